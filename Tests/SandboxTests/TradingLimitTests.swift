import Sandbox
import Testing
import Transport

@Suite struct TradingLimitTests {
  private static let swap = #"{"from":"ETH","to":"USDT","amount":"0.1","clientOrderId":"c-1"}"#

  @Test func aHundredMessagesASecond() async throws {
    let bench = try await Bench()
    let line = try await TradingLine(bench)
    // The authentication was the first.
    for _ in 1..<100 { _ = try await line.ask(#"{"op":"subscribe","ch":"balances"}"#) }
    let one = #"{"op":"subscribe","ch":"balances"}"#
    #expect(try await line.ask(one).error == "Rate limit exceeded")
    await bench.pass(.seconds(1))
    #expect(try await line.ask(one).data.status == "subscribed")
  }

  @Test func fiveMinutesOfSilenceEndTheConnection() async throws {
    let bench = try await Bench()
    let line = try await TradingLine(bench)
    let lively = try await TradingLine(bench)
    await bench.pass(.seconds(200))
    _ = try await lively.perform("balances", "{}")
    await bench.pass(.seconds(100))
    #expect(try await line.line.closure() == .byPeer(code: 1001, reason: "idle"))
    #expect(try await lively.perform("balances", "{}").error == .null)
  }

  @Test func aMessageBeyondOneMegabyteEndsOnlyItsOwnConnection() async throws {
    let bench = try await Bench()
    let loud = try await TradingLine(bench)
    let calm = try await TradingLine(bench)
    try? await loud.line.send(String(repeating: "x", count: (1 << 20) + 1))
    #expect(
      try await loud.line.closure() == .byPeer(code: 1009, reason: "Message too large"))
    #expect(try await calm.perform("balances", "{}").error == .null)
  }

  @Test func noiseFromOneDoesNotDisturbAnother() async throws {
    let bench = try await Bench()
    let calm = try await TradingLine(bench)
    let noisy = try await TradingLine(bench)
    try await noisy.line.connection.send(.binary([0, 255, 13]))
    #expect(try await noisy.line.json().error == "Invalid message format")
    let deep = String(repeating: "[", count: 100_000)
    #expect(try await noisy.ask(deep).error == "Invalid message format")
    let wild = try await TradingLine(bench)
    try await wild.line.connection.writeRaw([0xFF, 0xFF, 0x00, 0x01])
    _ = try await wild.line.closure()
    #expect(try await calm.perform("balances", "{}").error == .null)
    #expect(try await noisy.perform("balances", "{}").error == .null)
  }

  @Test func otherPathsAreNotThere() async throws {
    let bench = try await Bench()
    let url = bench.sandbox.endpoints.tradingURL.replacing("stream", with: "other")
    await #expect(throws: TransportError.self) { try await Line(url, network: bench.network) }
  }

  // MARK: Faults

  @Test func dropAfterSwapHasExecuted() async throws {
    let bench = try await Bench(faults: "drop-after-swap@1")
    let line = try await TradingLine(bench)
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    #expect(try await line.line.closure() == .reset)
    let again = try await TradingLine(bench)
    let order = try await again.perform("order_status", #"{"id":"c-1"}"#)
    #expect(order.data.status == "PENDING")
  }

  @Test func dropBeforeSwapHasNot() async throws {
    let bench = try await Bench(faults: "drop-before-swap@1")
    let line = try await TradingLine(bench)
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    _ = try await line.line.closure()
    let again = try await TradingLine(bench)
    #expect(
      try await again.perform("order_status", #"{"id":"c-1"}"#).error == "Order not found")
    #expect(try await again.perform("swap", TradingLimitTests.swap).data.status == "PENDING")
  }

  @Test func noSwapReplyLeavesTheLineUsable() async throws {
    let line = try await TradingLine(Bench(faults: "no-swap-reply"))
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    let next = try await line.perform("balances", "{}")
    #expect(next.op == "balances")
    #expect(next.data.balances[1].locked == "0.5")
  }

  @Test func lateSwapReplyComesLate() async throws {
    let bench = try await Bench(faults: "late-swap-reply=900")
    let line = try await TradingLine(bench)
    try await line.line.send(line.frame("swap", TradingLimitTests.swap))
    #expect(try await line.perform("balances", "{}").op == "balances")
    await bench.pass(.milliseconds(900))
    #expect(try await line.line.json().op == "swap")
  }

  @Test func skewMovesTheWindowAndTheClock() async throws {
    let bench = try await Bench(faults: "skew=45")
    let line = try await TradingLine(bench, authenticated: false)
    #expect(
      try await line.ask(line.authentication()).error
        == "Request timestamp outside allowed window")
    let time = bench.time.wallTime + 45_000
    #expect(try await line.ask(line.authentication(timestamp: time)).error == .null)
  }

  @Test func anUpgradeCanBeRefused() async throws {
    let bench = try await Bench(faults: "refuse-upgrade=503@1")
    do {
      _ = try await TradingLine(bench)
      Issue.record("the upgrade was accepted")
    } catch TransportError.upgradeRefused(let status, _) {
      #expect(status == 503)
    }
    _ = try await TradingLine(bench)
  }

  @Test(arguments: [("fail-order", "FAILED"), ("cancel-order", "CANCELLED")])
  func anOrderCanEndBadly(fault: String, status: String) async throws {
    let bench = try await Bench(faults: fault)
    let line = try await TradingLine(bench)
    _ = try await line.ask(#"{"op":"subscribe","ch":"balances"}"#)
    _ = try await line.perform("swap", TradingLimitTests.swap)
    #expect(try await line.line.json().data[1].locked == "0.5")
    await bench.pass(.seconds(3))
    #expect(
      try await line.line.json().data[1]
        == .object(["asset": "ETH", "total": "2.6", "locked": "0.4"]))
    let order = try await line.perform("order_status", #"{"id":"c-1"}"#)
    #expect(order.data.status == .text(status))
    #expect(order.data.txHash == .null)
  }
}
