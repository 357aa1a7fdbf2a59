import Cryptography
import TestSupport
import Testing

@testable import OneMe

/// Messages sent, changed, deleted, marked and reacted to.
@Suite(.timeLimit(.minutes(10)))
struct WritingTests {
  private static let sent =
    #"{"chatId":121058319,"message":{"id":"117637120006750208","time":5,"sender":54321001,"text":"Привет 👋"},"unread":0}"#

  @Test(arguments: [false, true])
  func sends(binary: Bool) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let plain = try await line.serve(64, Self.sent)
      #expect(
        plain.payload
          == ComparableJSON(
            #"{"chatId":121058319,"message":{"text":"Привет 👋","cid":1795000000001,"elements":[{"type":"STRONG","from":0,"length":6},{"type":"LINK","from":7,"length":2,"attributes":{"url":"https://x"}},{"type":"USER_MENTION","from":0,"length":1,"entityId":5}],"attaches":[]},"notify":true}"#
          ))
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    let spans = [
      TextSpan(kind: "STRONG", start: 0, length: 6),
      TextSpan(kind: "LINK", start: 7, length: 2, url: "https://x"),
      TextSpan(kind: "USER_MENTION", start: 0, length: 1, userId: 5),
    ]
    let arrival = try await client.send(
      OutgoingMessage(clientId: 1_795_000_000_001, text: "Привет 👋", spans: spans),
      to: .chat(121_058_319))
    #expect(arrival.chatId == 121_058_319)
    #expect(arrival.message.id == 117_637_120_006_750_208)
    #expect(arrival.message.clientId == 1_795_000_000_001)
    #expect(arrival.message.spans == spans)
    #expect(arrival.unread == 0)
    await client.close()
    await server.stop()
  }

  @Test func answersForwardsAndAttaches() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let reply = try await line.serve(64, Self.sent)
      #expect(
        reply.payload
          == ComparableJSON(
            #"{"userId":5,"message":{"text":"да","cid":1,"elements":[],"attaches":[],"link":{"type":"REPLY","messageId":"9007199254740993"}},"notify":false}"#
          ))
      let forward = try await line.serve(64, Self.sent)
      #expect(
        forward.payload
          == ComparableJSON(
            #"{"chatId":0,"message":{"text":"","cid":2,"elements":[],"attaches":[],"link":{"type":"FORWARD","chatId":-7,"messageId":"3"}},"notify":true}"#
          ))
      let attached = try await line.serve(64, Self.sent)
      #expect(
        attached.payload
          == ComparableJSON(
            #"{"chatId":1,"message":{"text":"","cid":3,"elements":[],"attaches":[{"_type":"PHOTO","photoToken":"p"},{"_type":"VIDEO","videoId":4,"token":"v"},{"_type":"FILE","fileId":5}]},"notify":true}"#
          ))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    _ = try await client.send(
      OutgoingMessage(
        clientId: 1, text: "да", reference: .reply(messageId: 9_007_199_254_740_993),
        isSilent: true), to: .user(5))
    _ = try await client.send(
      OutgoingMessage(clientId: 2, text: "", reference: .forward(chatId: -7, messageId: 3)),
      to: .chat(0))
    let received: [OneMe.Attachment] = [
      .photo(url: nil, width: nil, height: nil, source: MediaSource(token: Secret("p"))),
      .video(
        duration: nil, width: nil, height: nil, source: MediaSource(id: 4, token: Secret("v"))),
      .file(name: "x", size: nil, source: MediaSource(id: 5)), .sticker(url: "s"),
      .file(name: "nameless", size: nil),
    ]
    let attachments = received.compactMap(OutgoingAttachment.init)
    _ = try await client.send(
      OutgoingMessage(clientId: 3, text: "", attachments: attachments), to: .chat(1))
    await client.close()
    await server.stop()
  }

  /// One line dies with the message on its way; on the next it is sent again, and answered twice.
  @Test func isSafeToRepeat() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let request = try await line.next(64)
      #expect(try request.nested("message", "cid") == 7)
      guard line.number == 2 else { return }
      try await line.answer(request, Self.sent)
      try await line.answer(request, Self.sent)
      try await line.push(1, "null", sequence: 3)
      try await line.next(1)
    }
    let message = OutgoingMessage(clientId: 7, text: "Привет 👋")
    let first = try await server.connect()
    await #expect(throws: OneMeError.transport(.closed(.byPeer(code: 1000, reason: "")))) {
      try await first.send(message, to: .chat(121_058_319))
    }
    let second = try await server.connect()
    let arrival = try await second.send(message, to: .chat(121_058_319))
    #expect(arrival.message.id == 117_637_120_006_750_208)
    let events = await second.events.reduce(into: []) { $0.append($1) }
    #expect(events == [])
    await server.stop()
  }

  @Test func waitsForAnAttachmentThatIsNotReady() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      // Tried again after a pause, then at once when the server says that an upload is done.
      for attempt in 1...3 {
        let request = try await line.next(64)
        #expect(try request.nested("message", "cid") == 1)
        guard attempt < 3 else {
          try await line.answer(request, Self.sent)
          break
        }
        try await line.answer(request, #"{"error":"attachment.not.ready"}"#, command: 3)
        if attempt == 2 { try await line.push(136, #"{"fileId":5}"#) }
      }
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let message = OutgoingMessage(clientId: 1, text: "", attachments: [.file(id: 5)])
    async let arrival = client.send(message, to: .chat(1))
    await server.time.release(.seconds(3))
    #expect(try await arrival.message.id == 117_637_120_006_750_208)
    let event = await client.events.first { _ in true }
    #expect(event == .uploadReady(ProcessedUpload(media: .file(5))))
    await client.close()
    await server.stop()
  }

  @Test func givesUpOnAnAttachmentThatNeverIs() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      while true {
        let request = try await line.next()
        if request.opcode == 1 { continue }
        try await line.answer(request, #"{"error":"attachment.not.ready"}"#, command: 3)
      }
    }
    let client = try await server.connect { $0.pingInterval = .seconds(600) }
    async let arrival = client.send(
      OutgoingMessage(clientId: 1, text: "", attachments: [.file(id: 5)]), to: .chat(1))
    for _ in 0..<20 { await server.time.release(.seconds(3)) }
    do {
      _ = try await arrival
      Issue.record("never ready, and yet sent")
    } catch {
      #expect(error as? OneMeError == .refused(OneMeRefusal(code: "attachment.not.ready")))
    }
    await client.close()
    await server.stop()
  }

  @Test(arguments: [false, true])
  func editsAndDeletes(binary: Bool) async throws {
    let id = binary ? "9007199254740993" : #""9007199254740993""#
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let edit = try await line.serve(
        67,
        #"{"message":{"id":"9007199254740993","text":"иначе","status":"EDITED","updateTime":9}}"#)
      #expect(
        edit.payload
          == ComparableJSON(
            #"{"chatId":-5,"messageId":\#(id),"text":"иначе","elements":[{"type":"STRONG","from":0,"length":5}],"attachments":[{"_type":"FILE","fileId":5}]}"#
          ))
      for forMe in [true, false] {
        let deletion = try await line.serve(
          66, forMe ? "null" : #"{"failedMessageIds":["9007199254740993"]}"#)
        #expect(
          deletion.payload
            == ComparableJSON(#"{"chatId":-5,"messageIds":[\#(id)],"forMe":\#(forMe)}"#))
      }
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    let spans = [TextSpan(kind: "STRONG", start: 0, length: 5)]
    let edited = try await client.edit(
      9_007_199_254_740_993, chat: -5, text: "иначе", spans: spans, attachments: [.file(id: 5)])
    #expect(edited.status == .edited)
    #expect(edited.spans == spans)
    let ids: [Int64] = [9_007_199_254_740_993]
    #expect(try await client.delete(ids, chat: -5, forEverybody: false) == [])
    #expect(try await client.delete(ids, chat: -5, forEverybody: true) == ids)
    await client.close()
    await server.stop()
  }

  @Test func marksAndReacts() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let read = try await line.serve(50, #"{"unread":2,"mark":9}"#)
      #expect(
        read.payload
          == ComparableJSON(#"{"type":"READ_MESSAGE","chatId":-5,"messageId":"3","mark":9}"#))
      let unread = try await line.serve(50, "null")
      #expect(
        unread.payload
          == ComparableJSON(#"{"type":"SET_AS_UNREAD","chatId":-5,"messageId":"3","mark":9}"#))
      let reaction = try await line.serve(
        178, #"{"reactionInfo":{"counters":[{"reaction":"👍","count":1}],"yourReaction":"👍"}}"#)
      #expect(
        reaction.payload
          == ComparableJSON(
            #"{"chatId":-5,"messageId":"3","reaction":{"reactionType":"EMOJI","id":"👍"}}"#))
      let taken = try await line.serve(179, "null")
      #expect(taken.payload == ComparableJSON(#"{"chatId":-5,"messageId":"3"}"#))
      try await line.serve(180, #"{"messagesReactions":{"3":{"totalCount":4}}}"#)
      try await line.serve(
        181, #"{"reactions":[{"userId":5,"reaction":"👍"},{"userId":6},{"reaction":"x"}]}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    #expect(
      try await client.markRead(chat: -5, upTo: 3, time: 9) == ReadMark(unread: 2, mark: 9))
    #expect(try await client.markUnread(chat: -5, from: 3, time: 9) == ReadMark())
    let reactions = try await client.react(to: 3, chat: -5, with: "👍")
    #expect(reactions?.own == "👍")
    #expect(try await client.react(to: 3, chat: -5, with: nil) == nil)
    #expect(
      try await client.reactions(to: [3], chat: -5) == [3: Reactions(counters: [], total: 4)])
    #expect(try await client.whoReacted(to: 3, chat: -5) == [5: "👍"])
    await client.close()
    await server.stop()
  }

  @Test func tellsTypingOnceInSixSeconds() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for chat in ["1", "2", "1"] {
        let typing = try await line.serve(65, "null")
        #expect(typing.payload == ComparableJSON(#"{"chatId":\#(chat),"type":"TEXT"}"#))
      }
      try await line.untilEnd()
    }
    let client = try await server.connect()
    for _ in 0..<5 { try await client.showTyping(chat: 1) }
    try await client.showTyping(chat: 2)
    server.time.advance(by: .milliseconds(5999))
    try await client.showTyping(chat: 1)
    server.time.advance(by: .milliseconds(1))
    try await client.showTyping(chat: 1)
    await client.close()
    await server.stop()
  }

  @Test func saysPlainlyThatAStrangerCannotBeWrittenTo() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let request = try await line.next(64)
      try await line.answer(request, #"{"error":"error.user.restricted.send"}"#, command: 3)
      try await line.serve(64, #"{"message":{"id":1}}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let message = OutgoingMessage(clientId: 1, text: "привет")
    do {
      _ = try await client.send(message, to: .user(5))
      Issue.record("sent to a stranger")
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      #expect(refusal.kind == .notAllowed)
      #expect(error.hint?.isEmpty == false)
    }
    await #expect(throws: OneMeError.malformed(.send, "payload.chatId is missing")) {
      try await client.send(message, to: .user(5))
    }
    await client.close()
    await server.stop()
  }
}
