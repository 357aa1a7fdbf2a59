import Cryptography
import TestSupport
import Testing
import Transport

@testable import OneMe

/// What a session keeps between requests and lines.
@Suite(.timeLimit(.minutes(10)))
struct SessionRequestTests {
  @Test func keepsACallTokenUntilItWantsRefreshing() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19)
      let now = 1_795_265_047_000
      try await line.serve(
        158, #"{"token":"$1","token_lifetime_ts":\#(now + 9000),"token_refresh_ts":\#(now + 5000)}"#
      )
      try await line.serve(158, #"{"token":"$2","token_lifetime_ts":\#(now + 6000)}"#)
      try await line.serve(158, #"{"token":"$3"}"#)
      try await line.serve(158, #"{"token":"$4"}"#)
      try await line.untilEnd()
    }
    let session = try await online(server)
    for _ in 0..<3 { #expect(try await session.callToken().token == Secret("$1")) }
    server.time.setWallTime(1_795_265_047_000 + 5000)
    for _ in 0..<2 { #expect(try await session.callToken().token == Secret("$2")) }
    server.time.setWallTime(1_795_265_047_000 + 6000)
    // One that does not say how long it is good is good for one use.
    #expect(try await session.callToken().token == Secret("$3"))
    #expect(try await session.callToken().token == Secret("$4"))
    await session.stop()
    await server.stop()
  }

  @Test func goesOnWithTheTokenThatClosingOthersGives() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let login = try await line.serve(19)
      let token = line.number == 1 ? "token-1" : "fresh"
      #expect(login.payload.description.contains(#""token":"\#(token)""#))
      guard line.number == 1 else { return try await line.untilEnd() }
      try await line.serve(97, #"{"token":"fresh"}"#)
    }
    let session = server.session()
    await session.start()
    var replaced: [Secret] = []
    var logins = 0
    for await event in session.events {
      switch event {
      case .tokenReplaced(let token): replaced.append(token)
      case .state(.online) where logins == 0:
        logins += 1
        try await session.closeOtherSessions()
      case .state(.waiting):
        await server.time.untilSleeping(1)
        await session.retryNow()
      case .state(.online): logins += 1
      default: break
      }
      if logins == 2 { break }
    }
    #expect(replaced == [Secret("fresh")])
    await session.stop()
    await server.stop()
  }

  @Test func speaksTheSameWhereItIsMovedTo() async throws {
    let second = try ScriptedServer { line in
      try await line.serve(6)
      #expect(await line.isBinary)
      try await line.serve(19)
      try await line.untilEnd()
    }
    let port = second.port
    let first = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19)
      try await line.push(3, #"{"redirectHost":"127.0.0.1:\#(port)"}"#)
      try await line.untilEnd()
    }
    let session = first.session(codec: .binary)
    await session.start()
    var logins = 0
    for await event in session.events {
      if case .state(.online) = event { logins += 1 }
      if case .state(.waiting) = event {
        await first.time.untilSleeping(1)
        await session.retryNow()
      }
      if logins == 2 { break }
    }
    await session.stop()
    await first.stop()
    await second.stop()
  }

  /// A line dies; five messages come meanwhile; afterwards each is there once and in order.
  @Test(arguments: [OneMeConfiguration.Codec.json, .binary])
  func losesNothingWhenALineDies(codec: OneMeConfiguration.Codec) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let login = try await line.next(19)
      #expect(try login.number("chatsSync") == (line.number == 1 ? 0 : 1000))
      if line.number == 1 {
        try await line.answer(login, #"{"time":1000}"#)
        // The server sends a message again that it does not know to be taken.
        for _ in 0..<2 {
          try await line.push(128, #"{"chatId":7,"message":{"id":"1","time":900}}"#)
          try await line.next(128)
        }
        return
      }
      try await line.answer(
        login,
        #"{"time":2000,"chats":[{"id":7,"lastMessage":{"id":"6","time":1500},"lastEventTime":1500}]}"#
      )
      for _ in 0..<2 {
        let page = try await line.next(49)
        let from = try page.number("from")
        let missed = (1...6).map { (id: $0, time: 800 + $0 * 100) }.filter { $0.time >= from }
        let messages = missed.map { #"{"id":"\#($0.id)","time":\#($0.time)}"# }
        try await line.answer(page, #"{"messages":[\#(messages.joined(separator: ","))]}"#)
      }
      try await line.untilEnd()
    }
    let session = server.session(codec: codec)
    await session.start()
    var kept: [Int64: Message] = [:]
    for await event in session.events {
      switch event {
      case .event(.message(let arrival)):
        kept[arrival.message.id] = arrival.message
        await session.acknowledge([arrival])
      case .state(.waiting):
        await server.time.untilSleeping(1)
        await session.retryNow()
      default: break
      }
      guard case .snapshot(let snapshot) = event, snapshot.time == 2000 else { continue }
      let newest = kept.values.map(\.time).max() ?? 0
      let missed = try await session.online().missedMessages(chat: 7, after: newest)
      #expect(missed.isComplete)
      for message in missed.messages { kept[message.id] = message }
      break
    }
    #expect(kept.values.sorted { $0.time < $1.time }.map(\.id) == [1, 2, 3, 4, 5, 6])
    await session.stop()
    await server.stop()
  }

  @Test(arguments: [false, true])
  func readsTheLogOfCalls(binary: Bool) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let all = try await line.serve(
        163,
        #"{"callHistoryItems":[{"historyId":77,"callId":"11AA22BB","callerId":67890022,"chatId":121058319,"messageId":117637120006750208,"callType":"AUDIO","hangupType":"MISSED","time":1795000000103},{"callId":"2","callType":"VIDEO","chatId":0,"durationMs":61000,"callName":"Двор"},{"callId":"3","callType":"FAX"},{"callType":"AUDIO"}],"callHistorySync":1795000000999,"reset":true}"#
      )
      #expect(all.payload == ComparableJSON(#"{"callHistorySync":0}"#))
      let changes = try await line.serve(163, "null")
      #expect(changes.payload == ComparableJSON(#"{"callHistorySync":1795000000999}"#))
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    let history = try await client.callHistory()
    #expect(
      history
        == CallHistory(
          calls: [
            CallLogEntry(
              historyId: 77, callId: "11AA22BB", outcome: "MISSED", callerId: 67_890_022,
              chatId: 121_058_319, messageId: 117_637_120_006_750_208, time: 1_795_000_000_103),
            CallLogEntry(callId: "2", isVideo: true, duration: .seconds(61), name: "Двор"),
          ], cursor: 1_795_000_000_999, isReset: true))
    #expect(try await client.callHistory(since: try #require(history.cursor)) == CallHistory())
    await client.close()
    await server.stop()
  }

  /// Servers were seen to answer text with bytes.
  @Test func readsAnswersInTheOtherForm() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let request = try await line.next(158)
      let answer = ComparableJSON(
        #"{"cmd":1,"seq":\#(request.sequence),"opcode":158,"payload":{"token":"bytes"}}"#)
      try await line.send(try #require(answer.binary))
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = .json }
    #expect(try await client.callToken().token == Secret("bytes"))
    await client.close()
    await server.stop()
  }

  private func online(_ server: ScriptedServer) async throws -> OneMeSession {
    let session = server.session()
    await session.start()
    _ = await session.events.first { if case .state(.online) = $0 { true } else { false } }
    return session
  }
}
