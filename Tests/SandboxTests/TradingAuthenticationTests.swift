import Sandbox
import Testing
import Transport

@Suite struct TradingAuthenticationTests {
  @Test func acceptsTheDocumentedMessage() async throws {
    let line = try await RawTradingConnection(SandboxFixture(), authenticated: false)
    let reply = try await line.ask(line.authentication())
    #expect(reply == .object(["op": "auth", "data": .object(["status": "authenticated"])]))
  }

  @Test func nothingPassesBeforeIt() async throws {
    let line = try await RawTradingConnection(SandboxFixture(), authenticated: false)
    for text in [
      #"{"op":"subscribe","ch":"balances"}"#, line.frame("balances", "{}"), #"{"op":"dance"}"#,
    ] {
      #expect(try await line.ask(text) == .object(["error": "Not authenticated"]))
    }
  }

  @Test func refusesAWrongKey() async throws {
    let line = try await RawTradingConnection(SandboxFixture(), authenticated: false)
    #expect(
      try await line.ask(line.authentication(key: "other")) == .object(["error": "Invalid API key"])
    )
  }

  @Test func refusesASignatureThatIsWrongOrInCapitals() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture, authenticated: false)
    let right = line.sign("stream", "", fixture.time.wallTime, "n")
    for signature in [String(repeating: "0", count: 64), right.uppercased(), "", right + "0"] {
      let text = line.authentication(nonce: "n", signature: signature)
      #expect(try await line.ask(text) == .object(["error": "Invalid signature"]))
    }
    // None of them used the nonce up.
    let text = line.authentication(nonce: "n", signature: right)
    #expect(try await line.ask(text).data.status == "authenticated")
  }

  @Test(arguments: [(-30_001, false), (-30_000, true), (30_000, true), (30_001, false)])
  func theWindowIsThirtySecondsEitherWay(offset: Int64, passes: Bool) async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture, authenticated: false)
    let reply = try await line.ask(line.authentication(timestamp: fixture.time.wallTime + offset))
    #expect(reply.error == (passes ? .null : "Request timestamp outside allowed window"))
  }

  @Test func aNonceServesOnceAcrossConnections() async throws {
    let fixture = try await SandboxFixture()
    let first = try await RawTradingConnection(fixture, authenticated: false)
    let second = try await RawTradingConnection(fixture, authenticated: false)
    let text = first.authentication(nonce: "once")
    #expect(try await first.ask(text).error == .null)
    #expect(
      try await second.ask(text)
        == .object(["error": "Nonce has already been used or is expired"]))
    #expect(
      try await first.ask(first.frame("balances", "{}", nonce: "once")).error
        == "Nonce has already been used or is expired")
  }

  @Test(arguments: [
    "", "nonsense", "[]", "{}", #"{"op":7}"#, #"{"op":"auth"}"#, "{\"op\":\"auth\"",
    #"{"op":"auth","op":"auth"}"#,
  ])
  func whatIsNoMessageIsRefusedAndTheLineStays(text: String) async throws {
    let line = try await RawTradingConnection(SandboxFixture(), authenticated: false)
    #expect(try await line.ask(text) == .object(["error": "Invalid message format"]))
    #expect(try await line.ask(line.authentication()).data.status == "authenticated")
  }

  @Test(arguments: ["1732526400000.0", "1.7e12", "\"1732526400000\"", "null", "01"])
  func aTimestampIsAPlainInteger(text: String) async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture, authenticated: false)
    let message = line.authentication(nonce: "n").replacing("\(fixture.time.wallTime)", with: text)
    #expect(try await line.ask(message).error == "Invalid message format")
  }

  @Test func aKeyHasAHundredConnections() async throws {
    let fixture = try await SandboxFixture()
    var lines: [RawTradingConnection] = []
    for _ in 0..<100 { lines.append(try await RawTradingConnection(fixture)) }
    let extra = try await RawTradingConnection(fixture, authenticated: false)
    #expect(
      try await extra.ask(extra.authentication()).error == "Maximum connections exceeded")
    #expect(
      try await extra.line.closure()
        == .byPeer(code: 1008, reason: "Maximum connections exceeded"))
    #expect(try await lines[99].perform("balances", "{}").error == .null)
  }
}
