import Clocks
import Cryptography
import JSON
import TestSupport
import Testing
import Transport

@testable import OneMe

/// What happens on a line that nobody asked for: pings, pushes, acknowledgements, nonsense.
@Suite(.timeLimit(.minutes(10)))
struct LineTests {
  @Test func answersTheServersPings() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.push(1, "null", sequence: 77)
      let pong = try await line.next(1)
      #expect(pong.whole == ComparableJSON(#"{"ver":11,"cmd":1,"seq":77,"opcode":1,"payload":{}}"#))
      // An answer to nothing must not be answered, or two machines would never stop.
      try await line.push(1, "null", sequence: 78, command: 1)
      try await line.push(1, "{}", sequence: 79)
      #expect(try await line.next(1).sequence == 79)
    }
    let client = try await server.connect()
    for await _ in client.events {}
    await server.stop()
  }

  @Test("Each frame that comes in is taken apart once, and what it says is read from there")
  func takesFramesApartOnce() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for number in Int64(1)...50 {
        try await line.push(
          128, #"{"chatId":-5,"message":{"id":\#(number),"time":\#(number),"text":"Привет"}}"#,
          sequence: number)
      }
      try await line.push(128, #"{"chatId":"none"}"#, sequence: 51)
    }
    let counter = ValueTree.Counter()
    let events = try await ValueTree.$made.withValue(counter) {
      let client = try await server.connect()
      var events = 0
      for await _ in client.events { events += 1 }
      return events
    }
    #expect(events == 51)
    #expect(counter.value == 52, "these, and the answer to the hello")
    await server.stop()
  }

  @Test func pingsAndMeasures() async throws {
    let time = ManualTime()
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let ping = try await line.next(1)
      #expect(ping.command == 0)
      #expect(ping.payload == ComparableJSON(#"{"interactive":true}"#))
      time.advance(by: .milliseconds(40))
      try await line.answer(ping, "null")
      try await line.untilEnd()
    }
    var configuration = server.configuration
    configuration.interactive = true
    let client = try await OneMeClient.connect(
      configuration, network: server.network, time: time)
    await time.untilSleeping(1)
    time.advance(by: .seconds(30))
    let first = await client.events.first { _ in true }
    #expect(first == .roundTrip(.milliseconds(40)))
    #expect(await client.roundTrip == .milliseconds(40))
    await client.close()
    await server.stop()
  }

  @Test func aPingWithoutAnswerEndsTheLine() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    await server.time.untilSleeping(1)
    server.time.advance(by: .seconds(30))
    await server.time.untilSleeping(1)
    server.time.advance(by: .seconds(15))
    for await _ in client.events {}
    #expect(await client.ending == .timedOut(.ping))
    await server.stop()
  }

  @Test(arguments: [true, false], [true, false])
  func acknowledgesMessagesIfToldTo(acknowledges: Bool, binary: Bool) async throws {
    let id = binary ? "117637120006750208" : #""117637120006750208""#
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.push(
        128, #"{"chatId":-5,"message":{"id":117637120006750208,"time":1}}"#, sequence: 4)
      if acknowledges {
        let ack = try await line.next(128)
        #expect(
          ack.whole
            == ComparableJSON(
              #"{"ver":11,"cmd":1,"seq":4,"opcode":128,"payload":{"chatId":-5,"messageId":\#(id)}}"#
            ))
      }
      // One without a number cannot be acknowledged: the next frame answers the ping.
      try await line.send(#"{"opcode":128,"payload":{"chatId":-5,"message":{"id":9}}}"#)
      try await line.push(1, "null", sequence: 5)
      try await line.next(1)
    }
    let client = try await server.connect {
      $0.acknowledgesMessages = acknowledges
      $0.codec = binary ? .binary : .json
    }
    var ids: [Int64] = []
    for await case .message(let arrival) in client.events {
      ids.append(arrival.message.id)
      await client.acknowledge([arrival])
    }
    #expect(ids == [117_637_120_006_750_208, 9])
    await server.stop()
  }

  @Test func bearsMoreMessagesThanAcknowledgementsAreTaken() async throws {
    let count = 6000
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for number in 0..<count {
        try await line.push(
          128, #"{"chatId":1,"message":{"id":\#(number)}}"#, sequence: Int64(number))
      }
      // Only now does it look at what it was told.
      try await line.push(1, "null", sequence: 1)
      var acknowledged = 0
      while try await line.next().opcode == 128 { acknowledged += 1 }
      #expect(acknowledged > 1024)
    }
    let client = try await server.connect()
    var ids = 0
    for await case .message(let arrival) in client.events {
      ids += 1
      await client.acknowledge([arrival])
    }
    #expect(ids == count)
    #expect(await client.ending != .overwhelmed)
    await server.stop()
  }

  @Test func acknowledgesNothingOfAnotherConnection() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.push(128, #"{"chatId":1,"message":{"id":2}}"#, sequence: 9)
      if line.number == 1 {
        #expect(try await line.next(128).sequence == 9)
        try await line.untilEnd()
      } else {
        #expect(try await line.next().opcode == 158, "an old number would answer something else")
      }
    }
    let first = try await server.connect()
    let event = try #require(await first.events.first { _ in true })
    guard case .message(let arrival) = event else { throw Unexpected(text: "\(event)") }
    let made = MessageArrival(chatId: 1, message: arrival.message)
    await first.acknowledge([made, arrival, made])
    let second = try await server.connect()
    await second.acknowledge([arrival])
    await #expect(throws: OneMeError.self) { try await second.callToken() }
    for client in [first, second] { await client.close() }
    await server.stop()
  }

  @Test func passesOverWhatItCannotReadAndDoesNotKnow() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.send(.binary([10, 0, 0, 5]))
      try await line.send("not JSON")
      try await line.push(137, #"{"vcp":"x"}"#)
      try await line.push(128, "null")
      try await line.push(292, #"{"banners":[]}"#)
      try await line.push(4711, #"{"new":true}"#)
      try await line.push(19, #"{"error":"login.token"}"#, sequence: 99, command: 3)
      try await line.push(131, #"{"contact":{"id":5}}"#)
    }
    let client = try await server.connect()
    let events = await client.events.reduce(into: []) { $0.append($1) }
    #expect(
      events == [
        .unreadable(opcode: nil, reason: "shorter than a header"),
        .unreadable(opcode: nil, reason: "not a JSON object"),
        .unreadable(opcode: .incomingCall, reason: "payload.conversationId is missing"),
        .unreadable(opcode: .message, reason: "it has no payload"),
        .contact(Contact(id: 5)),
      ])
    await server.stop()
  }

  @Test func aCallRings() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.push(
        137,
        #"{"vcp":"\#(CallConfigurationTests.vectorB)","callerId":67890022,"conversationId":"11AA22BB-33CC-44DD-8EFF-001122334455"}"#,
        sequence: 5, command: 1)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    guard case .incomingCall(let call)? = await client.events.first(where: { _ in true }) else {
      Issue.record("nothing rang")
      return
    }
    #expect(call.callerId == 67_890_022)
    #expect(try call.configuration.get().turn.count == 2)
    await client.close()
    await server.stop()
  }

  @Test func aTerminatedSessionEndsTheLine() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.push(20, "null")
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let events = await client.events.reduce(into: []) { $0.append($1) }
    #expect(events == [.signedOut])
    #expect(await client.ending == .signedOut)
    await server.stop()
  }

  @Test(arguments: [
    (#"{"redirectHost":"ws2.oneme.ru"}"#, "ws2.oneme.ru"), ("null", nil), ("[]", nil),
  ])
  func aRedirectEndsTheLine(payload: String, host: String?) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.push(3, payload)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let events = await client.events.reduce(into: []) { $0.append($1) }
    #expect(events == [.redirected(host: host)])
    #expect(await client.ending == .redirected(host: host))
    await server.stop()
  }

  @Test func aFrameBeyondTheCapEndsTheLine() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let text = String(repeating: "x", count: 5000)
      try await line.push(128, #"{"chatId":1,"message":{"id":2,"text":"\#(text)"}}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.limits.messageBytes = 4096 }
    for await _ in client.events {}
    guard case .transport(.closed(.violation(code: 1009, _))) = await client.ending else {
      Issue.record("ended otherwise: \(String(describing: await client.ending))")
      return
    }
    await server.stop()
  }

  @Test func eventsThatPileUpEndTheLine() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for _ in 0..<40_000 { try await line.push(129, #"{"chatId":1,"userId":2}"#) }
      try await line.untilEnd()
    }
    let client = try await server.connect()
    await #expect(throws: OneMeError.overwhelmed) { try await client.callToken() }
    let count = await client.events.reduce(0) { count, _ in count + 1 }
    #expect(count == EventQueue<OneMeEvent>.limitCount)
    await server.stop()
  }
}
