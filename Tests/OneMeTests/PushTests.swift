import Testing

@testable import OneMe

/// Pushes and the events they become.
struct PushTests {
  @Test func readsTheComposedPushes() throws {
    #expect(
      try event(
        """
        {"ver":11,"cmd":0,"seq":4,"opcode":128,"payload":{"chatId":121058319,"message":
         {"id":"117637120006750208","time":1795000000103,"type":"USER","sender":67890022,
          "text":"Ты где?","attaches":[]},"prevMessageId":"117637110000000000","unread":1,
          "mark":1794999000000,"ttl":false}}
        """)
        == .message(
          MessageArrival(
            chatId: 121_058_319,
            message: Message(
              id: 117_637_120_006_750_208, time: 1_795_000_000_103, sender: 67_890_022,
              text: "Ты где?"),
            unread: 1, mark: 1_794_999_000_000, previousId: 117_637_110_000_000_000)))
    #expect(
      try push(129, #"{"chatId":121058319,"userId":67890022,"type":"TEXT"}"#)
        == .typing(chatId: 121_058_319, userId: 67_890_022, kind: "TEXT"))
    #expect(
      try push(130, #"{"chatId":1,"userId":2,"mark":1795000060250,"setAsUnread":false}"#)
        == .marked(chatId: 1, userId: 2, mark: 1_795_000_060_250, asUnread: false))
    #expect(
      try push(131, #"{"contact":{"id":5}}"#) == .contact(Contact(id: 5)))
    #expect(
      try push(132, #"{"userId":67890022,"presence":{"seen":1795000000,"status":1}}"#)
        == .presence(
          userId: 67_890_022, Presence(status: .online, seen: 1_795_000_000_000)))
    #expect(
      try push(134, #"{"config":{"chats":{"3":{"dontDisturbUntil":-1}}}}"#)
        == .mutes([3: .always]))
    #expect(
      try push(135, #"{"chat":{"id":-7,"type":"CHAT","status":"LEFT"}}"#)
        == .chat(Chat(id: -7, kind: .group, isActive: false)))
  }

  @Test(arguments: [("EDITED", Message.Status.edited), ("REMOVED", .removed)])
  func tellsEditsAndRemovals(word: String, status: Message.Status) throws {
    let change = try push(128, #"{"chatId":1,"message":{"id":2,"status":"\#(word)"}}"#)
    guard case .message(let arrival) = change else {
      Issue.record("no message")
      return
    }
    #expect(arrival.message.status == status)
  }

  @Test(arguments: [
    #"{"chatId":1,"messageIds":["2",3]}"#, #"{"chat":{"id":1},"messageIds":["2",3],"ttl":true}"#,
  ])
  func readsDeletions(json: String) throws {
    #expect(try push(142, json) == .messagesDeleted(chatId: 1, messageIds: [2, 3]))
  }

  @Test(arguments: [
    #""counters":[{"reaction":"❤️","count":1}],"totalCount":1"#,
    #""reactionInfo":{"counters":[{"reaction":"❤️","count":1}],"totalCount":1}"#,
  ])
  func readsReactionsInBothPlaces(fields: String) throws {
    #expect(
      try push(155, #"{"chatId":1,"messageId":"2",\#(fields)}"#)
        == .reactions(
          chatId: 1, messageId: 2,
          Reactions(counters: [.init(reaction: "❤️", count: 1)], total: 1)))
  }

  @Test(arguments: [
    (
      140, #"{"chatId":-5,"startTime":1,"endTime":"9"}"#,
      OneMeEvent.messagesDeletedBetween(chatId: -5, start: 1, end: 9)
    ),
    (152, #"{"chatId":-5,"draft":{"text":"а"}}"#, .draft(.chat(-5), Draft(text: "а"))),
    (152, #"{"userId":5,"text":"а","time":3}"#, .draft(.user(5), Draft(text: "а", time: 3))),
    (153, #"{"chatId":-5}"#, .draft(.chat(-5), nil)),
    (
      154, #"{"chatId":1,"message":{"id":2}}"#,
      .delayedMessage(
        MessageArrival(chatId: 1, message: Message(id: 2, time: 0, sender: nil, text: "")))
    ),
    (156, #"{"chatId":1,"messageId":"2"}"#, .ownReaction(chatId: 1, messageId: 2, nil)),
    (
      156, #"{"chatId":1,"messageId":2,"reactionInfo":{"yourReaction":"👍"}}"#,
      .ownReaction(chatId: 1, messageId: 2, "👍")
    ),
    (
      156, #"{"chatId":1,"messageId":2,"reaction":{"reactionType":"EMOJI","id":"👍"}}"#,
      .ownReaction(chatId: 1, messageId: 2, "👍")
    ),
    (159, #"{"profile":{"contact":{"id":5}}}"#, .profile(Contact(id: 5))),
    (159, #"{"profile":{"id":5}}"#, .profile(Contact(id: 5))),
    (136, #"{"fileId":"5"}"#, .uploadReady(ProcessedUpload(media: .file(5)))),
    (
      136, #"{"videoId":5,"error":"broken"}"#,
      .uploadReady(ProcessedUpload(media: .video(5), failure: "broken"))
    ),
    (136, #"{"audioId":5}"#, .uploadReady(ProcessedUpload(media: .audio(5)))),
    (
      165, #"{"action":"ADD","callHistoryItems":[{"callId":"c","callType":"VIDEO","time":3}]}"#,
      .callHistory(
        CallHistoryChange(
          isRemoval: false, calls: [CallLogEntry(callId: "c", isVideo: true, time: 3)]))
    ),
    (
      165, #"{"action":"REMOVE","item":{"callId":"c","callType":"AUDIO"}}"#,
      .callHistory(CallHistoryChange(isRemoval: true, calls: [CallLogEntry(callId: "c")]))
    ),
    (
      165, #"{"action":"ADD","callId":"c","callType":"AUDIO"}"#,
      .callHistory(CallHistoryChange(isRemoval: false, calls: [CallLogEntry(callId: "c")]))
    ),
  ])
  func readsTheRarerPushes(opcode: Int, json: String, expected: OneMeEvent) throws {
    #expect(try push(opcode, json) == expected)
  }

  @Test func readsACallOfTheSeed() throws {
    let call = try call(
      #""vcp":"\#(CallConfigurationTests.vectorA)","callerId":12345678,"conversationId":"C""#)
    #expect(call.callerId == 12_345_678)
    #expect(call.conversationId == "C")
    #expect(call.kind == .audio)
    #expect(call.chatId == nil)
    #expect(try call.configuration.get().signalingURL == "wss://v/ws2")
  }

  @Test(arguments: [
    (#""type":"VIDEO""#, IncomingCall.Kind.video),
    (#""type":"AUDIO","vcp":"\#(CallConfigurationTests.vectorC)""#, .audio),
    (#""vcp":"\#(CallConfigurationTests.vectorC)""#, .video),
    (#""type":7"#, .audio),
  ])
  func tellsVideoFromAudio(fields: String, kind: IncomingCall.Kind) throws {
    #expect(try call(#""callerId":1,"conversationId":"C",\#(fields)"#).kind == kind)
  }

  @Test func ringsWithoutAReadableConfiguration() throws {
    let fields = #""callerId":"1","conversationId":"C","chatId":-5,"isContact":true"#
    #expect(try call(fields).configuration == .failure(.empty))
    #expect(try call(fields).chatId == -5)
    #expect(try call(fields + #","vcp":"12:!!!!""#).configuration == .failure(.badBase64))
  }

  @Test(arguments: [
    128, 129, 130, 131, 132, 135, 136, 137, 140, 142, 152, 153, 154, 155, 156, 159, 165,
  ])
  func refusesAnEmptyPayload(opcode: Int) throws {
    #expect(throws: DecodingError.self) { try push(opcode, "{}") }
    #expect(throws: DecodingError.self) { try push(opcode, "[]") }
    #expect(try push(opcode, "null") == nil)
  }

  private func push(_ opcode: Int, _ payload: String) throws -> OneMeEvent? {
    try event(#"{"ver":11,"cmd":0,"seq":9,"opcode":\#(opcode),"payload":\#(payload)}"#)
  }

  private func call(_ fields: String) throws -> IncomingCall {
    guard case .incomingCall(let call) = try push(137, "{\(fields)}") else {
      throw VCPError.empty
    }
    return call
  }
}
