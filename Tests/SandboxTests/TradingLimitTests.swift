import Sandbox
import Testing
import Transport

@Suite struct TradingLimitTests {
  private static let swap = #"{"from":"ETH","to":"USDT","amount":"0.1","clientOrderId":"c-1"}"#

  @Test func aHundredMessagesASecond() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    // The authentication was the first.
    for _ in 1..<100 { _ = try await line.ask(#"{"op":"subscribe","ch":"balances"}"#) }
    let one = #"{"op":"subscribe","ch":"balances"}"#
    #expect(try await line.ask(one).error == "Rate limit exceeded")
    await fixture.pass(.seconds(1))
    #expect(try await line.ask(one).data.status == "subscribed")
  }

  @Test func fiveMinutesOfSilenceEndTheConnection() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    let lively = try await RawTradingConnection(fixture)
    await fixture.pass(.seconds(200))
    _ = try await lively.perform("balances", "{}")
    await fixture.pass(.seconds(100))
    #expect(try await line.line.closure() == .byPeer(code: 1001, reason: "idle"))
    #expect(try await lively.perform("balances", "{}").error == .null)
  }

  @Test func aMessageBeyondOneMegabyteEndsOnlyItsOwnConnection() async throws {
    let fixture = try await SandboxFixture()
    let loud = try await RawTradingConnection(fixture)
    let calm = try await RawTradingConnection(fixture)
    try? await loud.line.send(String(repeating: "x", count: (1 << 20) + 1))
    #expect(
      try await loud.line.closure() == .byPeer(code: 1009, reason: "Message too large"))
    #expect(try await calm.perform("balances", "{}").error == .null)
  }

  @Test func noiseFromOneDoesNotDisturbAnother() async throws {
    let fixture = try await SandboxFixture()
    let calm = try await RawTradingConnection(fixture)
    let noisy = try await RawTradingConnection(fixture)
    try await noisy.line.connection.send(.binary([0, 255, 13]))
    #expect(try await noisy.line.json().error == "Invalid message format")
    let deep = String(repeating: "[", count: 100_000)
    #expect(try await noisy.ask(deep).error == "Invalid message format")
    let wild = try await RawTradingConnection(fixture)
    try await wild.line.connection.writeRaw([0xFF, 0xFF, 0x00, 0x01])
    _ = try await wild.line.closure()
    #expect(try await calm.perform("balances", "{}").error == .null)
    #expect(try await noisy.perform("balances", "{}").error == .null)
  }

  @Test func otherPathsAreNotThere() async throws {
    let fixture = try await SandboxFixture()
    let url = fixture.sandbox.endpoints.tradingURL.replacing("stream", with: "other")
    await #expect(throws: TransportError.self) {
      try await RawConnection(url, network: fixture.network)
    }
  }

  // MARK: Faults

  @Test func dropAfterSwapHasExecuted() async throws {
    let fixture = try await SandboxFixture(faults: "drop-after-swap@1")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    #expect(try await line.line.closure() == .reset)
    let again = try await RawTradingConnection(fixture)
    let order = try await again.perform("order_status", #"{"id":"c-1"}"#)
    #expect(order.data.status == "PENDING")
  }

  @Test func dropBeforeSwapHasNot() async throws {
    let fixture = try await SandboxFixture(faults: "drop-before-swap@1")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    _ = try await line.line.closure()
    let again = try await RawTradingConnection(fixture)
    #expect(
      try await again.perform("order_status", #"{"id":"c-1"}"#).error == "Order not found")
    #expect(try await again.perform("swap", TradingLimitTests.swap).data.status == "PENDING")
  }

  @Test func noSwapReplyLeavesTheLineUsable() async throws {
    let line = try await RawTradingConnection(SandboxFixture(faults: "no-swap-reply"))
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    let next = try await line.perform("balances", "{}")
    #expect(next.op == "balances")
    #expect(next.data.balances[1].locked == "0.5")
  }

  @Test func lateSwapReplyComesLate() async throws {
    let fixture = try await SandboxFixture(faults: "late-swap-reply=900")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    #expect(try await line.perform("balances", "{}").op == "balances")
    await fixture.pass(.milliseconds(900))
    #expect(try await line.line.json().op == "swap")
  }

  @Test func skewMovesTheWindowAndTheClock() async throws {
    let fixture = try await SandboxFixture(faults: "skew=45")
    let line = try await RawTradingConnection(fixture, authenticated: false)
    #expect(
      try await line.ask(line.authentication()).error
        == "Request timestamp outside allowed window")
    let time = fixture.time.wallTime + 45_000
    #expect(try await line.ask(line.authentication(timestamp: time)).error == .null)
  }

  @Test func anUpgradeCanBeRefused() async throws {
    let fixture = try await SandboxFixture(faults: "refuse-upgrade=503@1")
    do {
      _ = try await RawTradingConnection(fixture)
      Issue.record("the upgrade was accepted")
    } catch TransportError.upgradeRefused(let status, _) {
      #expect(status == 503)
    }
    _ = try await RawTradingConnection(fixture)
  }

  @Test(arguments: [("fail-order", "FAILED"), ("cancel-order", "CANCELLED")])
  func anOrderCanEndBadly(fault: String, status: String) async throws {
    let fixture = try await SandboxFixture(faults: fault)
    let line = try await RawTradingConnection(fixture)
    _ = try await line.ask(#"{"op":"subscribe","ch":"balances"}"#)
    _ = try await line.perform("swap", TradingLimitTests.swap)
    #expect(try await line.line.json().data[1].locked == "0.5")
    await fixture.pass(.seconds(3))
    #expect(
      try await line.line.json().data[1]
        == .object(["asset": "ETH", "total": "2.6", "locked": "0.4"]))
    let order = try await line.perform("order_status", #"{"id":"c-1"}"#)
    #expect(order.data.status == .text(status))
    #expect(order.data.txHash == .null)
  }
}
