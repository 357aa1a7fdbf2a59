import Cryptography
import Testing

@testable import OneMe

/// Chats, messages and people in the forms servers send them.
struct ObjectTests {
  @Test func readsAGroup() throws {
    let chat: Chat = try payload(
      """
      {"id":-70123456789012,"type":"CHAT","status":"ACTIVE","owner":67890022,"title":"Дача 2026",
       "description":"план на лето","access":"PRIVATE","link":"https://max.example/join/abc",
       "participantsCount":12,"participants":{"54321001":1795000060250,"67890022":1795000000103},
       "admins":[67890022],"adminParticipants":{"67890022":{"permissions":4095}},
       "options":{"ONLY_ADMIN_CAN_CALL":false},"lastMessage":{"id":"117637123948544000",
       "time":1795000060250,"type":"USER","sender":67890022,"text":"Кто едет?","attaches":[]},
       "lastEventTime":1795000060250,"newMessages":3,"created":1760000000000,"messagesCount":412}
      """)
    #expect(chat.id == -70_123_456_789_012)
    #expect(chat.kind == .group)
    #expect(chat.isActive)
    #expect(chat.title == "Дача 2026")
    #expect(chat.participants == [54_321_001: 1_795_000_060_250, 67_890_022: 1_795_000_000_103])
    #expect(chat.lastMessage?.id == 117_637_123_948_544_000)
    #expect(chat.unread == 3)
    #expect(chat.partner(of: 54_321_001) == nil)
  }

  @Test(arguments: [
    (#"{"id":"0","type":"DIALOG"}"#, Chat.Kind.dialog, true),
    (#"{"id":1,"type":"CHANNEL","status":"REMOVED"}"#, .channel, false),
    (#"{"id":1,"type":"CHAT","status":"LEFT"}"#, .group, false),
    (
      #"{"id":1,"type":"THREAD","status":"WHATEVER","title":5,"lastMessage":[]}"#, .other("THREAD"),
      true
    ),
    (#"{"id":1}"#, .other(""), true),
  ])
  func readsOddChats(json: String, kind: Chat.Kind, isActive: Bool) throws {
    let chat: Chat = try payload(json)
    #expect(chat.kind == kind)
    #expect(chat.isActive == isActive)
    #expect(chat.title == nil)
    #expect(chat.lastMessage == nil)
  }

  @Test func findsTheOtherPersonOfADialog() throws {
    let me: Int64 = 54_321_001
    let other: Int64 = 67_890_022
    #expect(Chat(id: me ^ other, kind: .dialog).partner(of: me) == other)
    #expect(Chat(id: 7, kind: .dialog, participants: [me: 0, other: 0]).partner(of: me) == other)
    #expect(Chat(id: 0, kind: .dialog, participants: [me: 0]).partner(of: me) == nil)
  }

  @Test func readsAMessage() throws {
    let message: Message = try payload(
      """
      {"id":"117637123948544000","time":1795000060250,"type":"USER","sender":67890022,
       "cid":1795000060001,"text":"Смотри: https://example.org завтра","elements":[
        {"type":"STRONG","length":7},
        {"type":"LINK","from":8,"length":19,"attributes":{"url":"https://example.org"}},
        {"type":"BROKEN"},{"type":"USER_MENTION","from":-4,"length":-1,"entityId":"7"}],
       "attaches":[],"link":{"type":"REPLY","message":{"id":"117637120006750208",
        "time":1795000000103,"sender":54321001,"text":"Есть ссылка?"}},"stats":{"views":5},
       "reactionInfo":{"counters":[{"reaction":"👍","count":2}],"totalCount":2,"yourReaction":"👍"}}
      """)
    #expect(message.id == 117_637_123_948_544_000)
    #expect(message.sender == 67_890_022)
    #expect(
      message.spans == [
        TextSpan(kind: "STRONG", start: 0, length: 7),
        TextSpan(kind: "LINK", start: 8, length: 19, url: "https://example.org"),
        TextSpan(kind: "USER_MENTION", start: 0, length: 0, userId: 7),
      ])
    #expect(
      message.reference
        == MessageReference(
          kind: .reply, messageId: 117_637_120_006_750_208, sender: 54_321_001,
          text: "Есть ссылка?"))
    #expect(
      message.reactions == Reactions(counters: [.init(reaction: "👍", count: 2)], total: 2, own: "👍")
    )
    #expect(message.views == 5)
    #expect(message.status == .normal)
  }

  @Test(arguments: [
    ("9007199254740993", 9_007_199_254_740_993),
    (#""9007199254740993""#, 9_007_199_254_740_993),
    ("9223372036854775807", Int64.max),
    (#""-9223372036854775808""#, Int64.min),
  ])
  func keepsIdsBeyond53Bits(id: String, value: Int64) throws {
    #expect(try payload(#"{"id":\#(id)}"#, as: Message.self).id == value)
  }

  @Test(arguments: ["1.5", #""x""#, "null", "true", "9223372036854775808", "[1]"])
  func refusesIdsThatAreNone(id: String) {
    #expect(throws: DecodingError.self) { try payload(#"{"id":\#(id)}"#, as: Message.self) }
  }

  @Test func readsEveryAttachment() throws {
    let message: Message = try payload(
      """
      {"id":1,"attaches":[
       {"_type":"PHOTO","photoId":1600000002,"baseUrl":"https://i.example/p1","width":1280,"height":720},
       {"_type":"VIDEO","duration":61000,"width":640,"height":360},
       {"_type":"FILE","fileId":900100200,"name":"смета.xlsx","size":48213,"token":"ft-1"},
       {"_type":"AUDIO","duration":4000},
       {"_type":"STICKER","url":"https://i.example/s"},
       {"_type":"SHARE","url":"https://example.org","title":"Пример"},
       {"_type":"CONTACT","contactId":"5","name":"Ира"},
       {"_type":"CALL","conversationId":"11AA22BB-33CC-44DD-8EFF-001122334455","callType":"AUDIO",
        "hangupType":"MISSED","duration":0,"contactIds":[67890022]},
       {"_type":"CONTROL","event":"add","userIds":[54321001]},
       {"_type":"CONTROL","event":"leave","userId":54321001},
       {"_type":"HOLOGRAM","depth":3},{},7,null]}
      """)
    #expect(
      message.attachments == [
        .photo(
          url: "https://i.example/p1", width: 1280, height: 720,
          source: MediaSource(id: 1_600_000_002, url: "https://i.example/p1")),
        .video(duration: 61000, width: 640, height: 360),
        .file(
          name: "смета.xlsx", size: 48213,
          source: MediaSource(id: 900_100_200, token: Secret("ft-1"))),
        .audio(duration: 4000),
        .sticker(url: "https://i.example/s"),
        .share(url: "https://example.org", title: "Пример"),
        .contact(id: 5, name: "Ира"),
        .call(
          CallRecord(
            conversationId: "11AA22BB-33CC-44DD-8EFF-001122334455", isVideo: false,
            outcome: "MISSED", duration: 0, participants: [67_890_022])),
        .control(event: "add", title: nil, userIds: [54_321_001]),
        .control(event: "leave", title: nil, userIds: [54_321_001]),
        .unsupported("HOLOGRAM"), .unsupported("?"),
      ])
  }

  @Test(arguments: [
    (#""names":[{"name":"Павел Н.","type":"ONEME"},{"name":"Паша","type":"CUSTOM"}]"#, "Паша"),
    (#""names":[{"name":"X","type":"FULL"},{"name":"Павел","type":"ONEME"}]"#, "Павел"),
    (#""names":[{"name":"","firstName":"Па","lastName":"Н","type":"CUSTOM"}]"#, "Па Н"),
    (
      #""names":[{"name":"","type":"CUSTOM"},{"type":"ONEME"}],"phone":79991234567"#, "+79991234567"
    ),
    (#""names":null"#, "67890022"),
  ])
  func choosesAName(fields: String, name: String) throws {
    #expect(try payload(#"{"id":67890022,\#(fields)}"#, as: Contact.self).displayName == name)
  }

  @Test func readsPresenceInSecondsAndMilliseconds() throws {
    let expected = Presence(status: .online, seen: 1_795_000_000_000)
    #expect(try payload(#"{"seen":1795000000,"status":1}"#) == expected)
    #expect(try payload(#"{"seen":1795000000000,"status":1}"#) == expected)
    #expect(try payload(#"{}"#) == Presence(status: .offline))
  }
}
