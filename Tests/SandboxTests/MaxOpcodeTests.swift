import Testing
import Transport

@testable import Sandbox

/// Every opcode by itself, in both notations.
@Suite struct MaxOpcodeTests {
  static let notations = [MaxWire.Notation.text, .binary]

  /// What a signed-in client may ask, and members that the answer must have.
  private static let questions: [(Int, String, Set<String>)] = [
    (1, #"{"interactive":true}"#, []),
    (5, #"{"events":[]}"#, []),
    (22, #"{"settings":{"chats":{"\#(Cast.dacha)":{"dontDisturbUntil":-1}}}}"#, ["chats", "hash"]),
    (32, #"{"contactIds":[\#(Cast.pavel)]}"#, ["contacts"]),
    (35, #"{"contactIds":[\#(Cast.pavel)]}"#, ["presence"]),
    (46, #"{"phone":"+79991234567"}"#, ["contact"]),
    (48, #"{"chatIds":[\#(Cast.dacha),0]}"#, ["chats"]),
    (
      49, #"{"chatId":0,"from":4000000000000,"forward":0,"backward":30,"getMessages":true}"#,
      ["messages"]
    ),
    (53, #"{"marker":4000000000000,"count":3}"#, ["chats", "marker"]),
    (59, #"{"chatId":\#(Cast.dacha),"type":"MEMBER","count":5}"#, ["members", "marker"]),
    (64, #"{"chatId":0,"message":{"text":"x","cid":1}}"#, ["chatId", "message", "unread", "mark"]),
    (65, #"{"chatId":\#(Cast.dacha),"type":"TEXT"}"#, []),
    (73, #"{"query":"хлеб","count":5}"#, ["result", "total", "marker"]),
    (75, #"{"chatId":\#(Cast.dacha),"subscribe":true}"#, []),
    (80, #"{"count":1}"#, ["url"]),
    (82, #"{"count":1}"#, ["info"]),
    (87, #"{"count":1}"#, ["info"]),
    (96, "{}", ["sessions"]),
    (158, "{}", ["token", "token_lifetime_ts", "token_refresh_ts"]),
    (163, #"{"callHistorySync":0}"#, ["callHistoryItems", "callHistorySync", "reset"]),
    (176, #"{"chatId":0,"text":"x","time":5}"#, []), (177, #"{"chatId":0}"#, []),
    (97, "{}", ["token"]),
    (20, "{}", []),
  ]

  @Test(arguments: notations)
  func eachIsAnswered(notation: MaxWire.Notation) async throws {
    let line = try await RawMaxConnection(SandboxFixture(), notation)
    _ = try await line.logIn(Cast.numbers.main)
    for (opcode, payload, members) in Self.questions {
      let answer = try await line.ask(opcode, payload)
      #expect(answer.cmd == 1, "\(opcode): \(answer)")
      #expect(answer.ver == (notation == .text ? 11 : 10))
      #expect(answer.payload.keys.isSuperset(of: members), "\(opcode): \(answer.payload.keys)")
      if members.isEmpty { #expect(answer.payload == .null) }
    }
  }

  private static let refusals: [(Int, String, String)] = [
    (1, "{}", "proto.payload"), (22, #"{"settings":{"chats":{"x":{}}}}"#, "proto.payload"),
    (22, #"{"settings":{"chats":{"5":{"dontDisturbUntil":-1}}}}"#, "chat.not.found"),
    (22, #"{"settings":{"chats":{"0":{"dontDisturbUntil":-2}}}}"#, "proto.payload"),
    (46, #"{"phone":"+70000000000"}"#, "not.found"), (46, "{}", "proto.payload"),
    (48, #"{"chatIds":[77]}"#, "chat.not.found"), (53, #"{"marker":"x"}"#, "proto.payload"),
    (59, #"{"chatId":77}"#, "chat.not.found"), (73, #"{"query":"x"}"#, "proto.payload"),
    (73, #"{"query":"…","count":5}"#, "proto.payload"),
    (73, #"{"query":"x","count":101}"#, "proto.payload"),
    (73, #"{"query":"x","count":5,"marker":-1}"#, "proto.payload"),
    (73, #"{"query":"x","count":5,"chatId":77}"#, "chat.not.found"),
    (80, "{}", "proto.payload"),
    (83, #"{"videoId":1,"chatId":0,"messageId":"1"}"#, "not.found"),
    (88, #"{"fileId":1,"chatId":0,"messageId":"1"}"#, "not.found"),
    (64, #"{"userId":99000222,"message":{"text":"x","cid":9}}"#, "error.user.restricted.send"),
    (
      64, #"{"chatId":0,"message":{"text":"x","cid":9,"elements":[{"type":"STRONG","length":2}]}}"#,
      "proto.payload"
    ),
    (
      64, #"{"chatId":0,"message":{"cid":9,"attaches":[{"_type":"FILE","fileId":1}]}}"#,
      "not.found"
    ),
    (
      64, #"{"chatId":0,"message":{"cid":9,"attaches":[{"_type":"HOLOGRAM"}]}}"#, "proto.payload"
    ),
    (66, #"{"chatId":0,"messageIds":[],"forMe":true}"#, "proto.payload"),
    (66, #"{"chatId":0,"messageIds":["1"],"forMe":true}"#, "not.found"),
    (163, "{}", "proto.payload"), (167, #"{"conversationId":"x"}"#, "not.found"),
    (178, #"{"chatId":0,"messageId":"1"}"#, "proto.payload"),
    (180, #"{"chatId":77,"messageIds":[]}"#, "chat.not.found"),
    (176, #"{"chatId":77,"text":"x","time":5}"#, "chat.not.found"),
    (181, #"{"chatId":0,"messageId":"1","count":0}"#, "proto.payload"),
    (181, #"{"chatId":0,"messageId":"1","count":5}"#, "not.found"),
    (224, #"{"source":"auth","identifier":"7"}"#, "error.phone.wrong"),
    (290, #"{"qrLink":"https://example.org"}"#, "track.not.found"),
    (92, "{}", "proto.opcode"), (65535, "{}", "proto.opcode"),
  ]

  @Test(arguments: notations)
  func eachIsRefusedWithTheRightWord(notation: MaxWire.Notation) async throws {
    let line = try await RawMaxConnection(SandboxFixture(), notation)
    _ = try await line.logIn(Cast.numbers.main)
    for (opcode, payload, error) in Self.refusals {
      let answer = try await line.ask(opcode, payload)
      #expect(answer.cmd == 3, "\(opcode) \(payload)")
      #expect(answer.payload.error == .text(error), "\(opcode) \(payload): \(answer.payload)")
    }
  }

  @Test(arguments: notations)
  func aLongPastIsPagedToItsBeginning(notation: MaxWire.Notation) async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture, notation)
    let login = try await line.logIn(Cast.numbers.main)
    let chat = login.payload.chats.items.first { $0.id == .integer(Cast.long) } ?? .null
    #expect(chat.messagesCount == 5000)
    #expect(chat.newMessages == 12)
    var from = fixture.time.wallTime
    var ids: [Int64] = []
    while true {
      let page = try await line.ask(
        49, #"{"chatId":\#(Cast.long),"from":\#(from),"forward":0,"backward":100}"#)
      guard let oldest = page.payload.messages[0].time.integer else { break }
      ids = page.payload.messages.items.compactMap(\.id.id64) + ids
      from = oldest - 1
    }
    #expect(ids.count == 5000)
    #expect(ids == ids.sorted() && Set(ids).count == 5000)

    let found = try await line.ask(73, #"{"query":"КАРАКАТ","count":5}"#).payload
    #expect(found.total == 1)
    let hit = found.result[0]
    #expect(hit.chatId == .integer(Cast.long))
    let time = try #require(hit.message.time.integer)
    let around = try await line.ask(
      49, #"{"chatId":\#(Cast.long),"from":\#(time),"forward":3,"backward":4}"#)
    #expect(around.payload.messages.items.count == 7)
    #expect(around.payload.messages[3].text == .text(GeneratedHistory.rarity))
  }

  @Test func idsAreTextInJSONAndNumbersInBinary() async throws {
    let fixture = try await SandboxFixture()
    for (notation, isText) in [(MaxWire.Notation.text, true), (.binary, false)] {
      let line = try await RawMaxConnection(fixture, notation)
      _ = try await line.logIn(Cast.numbers.main)
      let page = try await line.ask(
        49, #"{"chatId":\#(Cast.dialog),"from":4000000000000,"forward":0,"backward":4}"#)
      #expect((page.payload.messages[0].id.string != nil) == isText)
      // The reply's quoted message and its chat.
      let link = page.payload.messages[1].link
      #expect((link.message.id.string != nil) == isText)
      #expect(link.chatId == .integer(Cast.dialog))
    }
  }

  @Test func searchPagesThroughItsHits() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.main)
    var ids: [Int64] = []
    var marker: Int64 = 0
    repeat {
      let page = try await line.ask(
        73, #"{"chatId":\#(Cast.long),"query":"запись","count":100,"marker":\#(marker)}"#
      ).payload
      ids += page.result.items.compactMap(\.message.id.id64)
      #expect(page.total == 497)
      marker = page.marker.integer ?? 0
    } while marker > 0
    #expect(ids.count == 497)
    #expect(ids == ids.sorted(by: >))
  }

  @Test func everyKindOfAttachmentStandsSomewhere() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.main)
    let page = try await line.ask(
      49, #"{"chatId":\#(Cast.rare),"from":4000000000000,"forward":0,"backward":100}"#)
    let attachments = page.payload.messages.items.flatMap(\.attaches.items)
    let kinds = Set(attachments.compactMap { $0["_type"].string })
    #expect(
      kinds == [
        "PHOTO", "VIDEO", "AUDIO", "FILE", "STICKER", "SHARE", "CONTACT", "CONTROL", "CALL",
        "INLINE_KEYBOARD", "LOCATION", "POLL", "APP", "PRESENT", "UNSUPPORTED", "HOLOGRAM",
      ])
    let photo = attachments.first { $0["_type"] == "PHOTO" } ?? .null
    #expect(photo.baseUrl.string?.hasPrefix("http://127.0.0.1:") == true)
  }
}
