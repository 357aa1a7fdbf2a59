import Cryptography
import TestSupport
import Testing
import Transport

@testable import Sandbox

/// The signalling socket of calls (OneMe notes §5.1, §5.2).
@Suite struct CallSignalTests {
  /// Ira's telephone rings.
  private struct Ringing {
    let fixture: SandboxFixture
    let line: RawMaxConnection
    let id: String
    let configuration: JSON

    init(faults: String = "") async throws {
      fixture = try await SandboxFixture(faults: faults)
      line = try await RawMaxConnection(fixture)
      _ = try await line.logIn(Cast.numbers.main)
      let numbers = Cast.numbers
      id = try #require(await fixture.sandbox.call(numbers.main, from: numbers.second))
      let ring = try await line.push(137).payload
      #expect(ring.conversationId == .text(id))
      let parts = (ring.vcp.string ?? "").split(separator: ":", maxSplits: 1)
      let block = try #require(parts.last.flatMap { Base64.decode($0) })
      let text = try #require(LZ4Block.expand(block, limit: 4096))
      configuration = try JSON(String(decoding: text, as: UTF8.self))
    }

    /// The address that a ringing telephone connects to.
    func url(_ changes: [String: String] = [:]) -> String {
      var query = [
        "userId": String((configuration.trnu.string ?? "").split(separator: ":").last ?? ""),
        "entityType": "USER", "deviceIdx": "0", "conversationId": id,
        "token": configuration.tkn.string ?? "", "platform": "WEB", "appVersion": "1.1",
        "version": "5", "device": "browser", "capabilities": "2A03F", "clientType": "ONE_ME",
        "tgt": "accept",
      ]
      for (name, value) in changes { query[name] = value }
      return (configuration.wse.string ?? "") + "?"
        + query.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    func connect() async throws -> RawConnection {
      let signal = try await RawConnection(url(), network: fixture.network)
      #expect(try await signal.json().notification == "connection")
      return signal
    }
  }

  @Test func theServerSpeaksFirst() async throws {
    let ringing = try await Ringing()
    let signal = try await RawConnection(ringing.url(), network: ringing.fixture.network)
    let hello = try await signal.json()
    #expect(hello.type == "notification" && hello.notification == "connection")
    #expect(hello.conversation.id == .text(ringing.id))
    #expect(
      hello.conversation.participants.items.map(\.externalId.id)
        == [.text("\(Cast.pavel)"), .text("\(Cast.ira)")])
    #expect(hello.conversationParams.turn.username == ringing.configuration.trnu)
  }

  @Test(arguments: [
    (["token": "x"], "invalid-token"), (["userId": "1"], "invalid-token"),
    (["conversationId": "x"], "conversation-not-found"), (["tgt": "x"], "invalid-request"),
    (["entityType": "BOT"], "invalid-request"), (["capabilities": "xyz"], "invalid-request"),
  ])
  func aStrangerIsTurnedAway(changes: [String: String], error: String) async throws {
    let ringing = try await Ringing()
    let signal = try await RawConnection(ringing.url(changes), network: ringing.fixture.network)
    #expect(try await signal.json().message == .text(error))
    #expect(try await signal.closure() == .byPeer(code: 1000, reason: ""))
  }

  @Test func aCancelledCallIsClosedAtOnce() async throws {
    let ringing = try await Ringing(faults: "call-cancel=7")
    let signal = try await ringing.connect()
    await ringing.fixture.pass(.seconds(7))
    let closed = try await signal.json()
    #expect(closed.notification == "closed-conversation" && closed.reason == "CANCELED")
    #expect(try await signal.closure() == .byPeer(code: 1000, reason: ""))
    let log = try await ringing.line.push(128).payload.message.attaches[0]
    #expect(log.hangupType == "CANCELED" && log.conversationId == .text(ringing.id))
  }

  @Test func hangingUpEndsTheCall() async throws {
    let ringing = try await Ringing()
    let signal = try await ringing.connect()
    try await signal.send(#"{"command":"hangup","reason":"REJECTED","sequence":1}"#)
    let response = try await signal.json()
    #expect(response.response == "hangup" && response.sequence == 1)
    #expect(try await signal.closure() == .byPeer(code: 1000, reason: ""))
    #expect(
      try await ringing.line.push(128).payload.message.attaches[0].hangupType == "REJECTED")
    let late = try await RawConnection(ringing.url(), network: ringing.fixture.network)
    #expect(try await late.json().message == "conversation-ended")
  }

  @Test func decliningElsewhereClosesTheSignal() async throws {
    let ringing = try await Ringing()
    let signal = try await ringing.connect()
    let answer = try await ringing.line.ask(
      167, #"{"conversationId":"\#(ringing.id)","reason":"REJECTED"}"#)
    #expect(answer.cmd == 1)
    #expect(try await signal.json().reason == "REJECTED")
  }

  @Test func anAcceptedCallLastsAndIsLogged() async throws {
    let ringing = try await Ringing()
    let signal = try await ringing.connect()
    try await signal.send(
      #"{"command":"accept-call","sequence":1,"mediaSettings":{"isAudioEnabled":true}}"#)
    #expect(try await signal.json().response == "accept-call")
    // Before the server's next ping of the socket: the caller hangs up after half a minute.
    await ringing.fixture.pass(.seconds(30))
    var ending: [JSON] = []
    while ending.count < 2 {
      guard case .text(let text) = try await signal.next() else { break }
      if text != "ping" { ending.append(try JSON(text)) }
    }
    #expect(ending.first?.notification == "hungup" && ending.first?.reason == "HUNGUP")
    #expect(ending.last?.message == "conversation-ended")
    let log = try await ringing.line.ask(163, #"{"callHistorySync":0}"#).payload
    #expect(log.callHistoryItems[0].callId == .text(ringing.id))
    #expect(log.callHistoryItems[0].durationMs == 30_000)
    #expect(log.callHistoryItems.items.count == 5)
    let rest = try await ringing.line.ask(
      163, #"{"callHistorySync":\#(log.callHistorySync.integer ?? 0)}"#
    ).payload
    #expect(rest.callHistoryItems.items.isEmpty && rest.reset == false)
  }

  @Test func commandsAreCountedFromOne() async throws {
    let ringing = try await Ringing()
    let signal = try await ringing.connect()
    for bad in [
      #"{"command":"hangup","reason":"REJECTED","sequence":2}"#, "{}", "hello",
      #"{"command":"hangup","sequence":1}"#, #"{"command":"dance","sequence":2}"#,
    ] {
      try await signal.send(bad)
      #expect(try await signal.json().message == "invalid-request", "\(bad)")
    }
    try await signal.send("pong")
    try await signal.connection.send(.binary(Array("pong".utf8)))
    try await signal.send(#"{"command":"transmit-data","sequence":3,"data":{}}"#)
    #expect(try await signal.json().response == "transmit-data")
  }

  @Test func theServerPingsAndDropsTheSilent() async throws {
    let ringing = try await Ringing(faults: "call-cancel=600")
    let signal = try await ringing.connect()
    await ringing.fixture.pass(.seconds(15))
    #expect(try await signal.next() == .text("ping"))
    await ringing.fixture.pass(.seconds(120))
    #expect(try await signal.closure() == .byPeer(code: 1001, reason: "idle"))
  }

  @Test(arguments: BrokenConfiguration.names)
  func configurationsCanBeOthers(name: String) async throws {
    let fixture = try await SandboxFixture(faults: "vcp=\(name)")
    let line = try await RawMaxConnection(fixture, .binary)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.sandbox.call(Cast.numbers.main, from: Cast.numbers.second)
    #expect(
      try await line.push(137).payload.vcp == .text(BrokenConfiguration.text(name)))
  }
}
