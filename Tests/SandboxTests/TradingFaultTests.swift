import Sandbox
import Testing
import Transport

/// Every fault of the trading server, seen from a line.
@Suite struct TradingFaultTests {
  private static let swap = #"{"from":"ETH","to":"USDT","amount":"0.1","clientOrderId":"c-1"}"#

  private func swap(_ line: RawTradingConnection) async throws -> JSON {
    try await line.perform("swap", TradingFaultTests.swap)
  }

  /// Whether the server has the order, asked over a new line.
  private func isExecuted(_ fixture: SandboxFixture) async throws -> Bool {
    let line = try await RawTradingConnection(fixture)
    return try await line.perform("order_status", #"{"id":"c-1"}"#).error == .null
  }

  @Test func aFrameMayDropTheLineBeforeItIsLookedAt() async throws {
    let fixture = try await SandboxFixture(faults: "drop-before-frame@2")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingFaultTests.swap))
    #expect(try await line.line.closure() == .reset)
    #expect(try await !isExecuted(fixture))
  }

  @Test func aFrameMayDropTheLineWithoutAnAnswer() async throws {
    let fixture = try await SandboxFixture(faults: "drop-at-frame@2")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingFaultTests.swap))
    #expect(try await line.line.closure() == .reset)
    #expect(try await isExecuted(fixture))
  }

  @Test func aFrameMayDropTheLineAfterItsAnswer() async throws {
    let fixture = try await SandboxFixture(faults: "drop-after-frame@2")
    let line = try await RawTradingConnection(fixture)
    #expect(try await swap(line).data.status == "PENDING")
    #expect(try await line.line.closure() == .reset)
  }

  @Test func aPushMayDropTheLine() async throws {
    let fixture = try await SandboxFixture(faults: "drop-at-push")
    let line = try await RawTradingConnection(fixture)
    _ = try await line.ask(#"{"op":"subscribe","ch":"balances"}"#)
    #expect(try await swap(line).op == "swap")
    #expect(try await line.line.closure() == .reset)
  }

  @Test(arguments: [1000, 1001, 1008, 1009, 1012, 1013])
  func aLineMayBeClosedWithAnyCode(code: Int) async throws {
    let fixture = try await SandboxFixture(faults: "close-at-frame=\(code)@2")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingFaultTests.swap))
    let closure = try await line.line.closure()
    #expect(closure == .byPeer(code: UInt16(code), reason: "planned"))
    #expect(try await !isExecuted(fixture))
  }

  @Test func aLineMayBeHalfOpen() async throws {
    let fixture = try await SandboxFixture(faults: "half-open@2")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("swap", TradingFaultTests.swap))
    #expect(try await !isExecuted(fixture))
    await fixture.sandbox.stop()
  }

  @Test(arguments: [401, 403, 404, 429, 503])
  func anUpgradeIsRefused(status: Int) async throws {
    let fixture = try await SandboxFixture(faults: "refuse-upgrade=\(status)@1")
    do {
      _ = try await RawTradingConnection(fixture)
      Issue.record("the upgrade was accepted")
    } catch TransportError.upgradeRefused(let told, let headers) {
      #expect(told == status)
      #expect(headers["Retry-After"] == ([429, 503].contains(status) ? "1" : nil))
    }
  }

  @Test func answersComeLateTwiceOrNotAtAll() async throws {
    let fixture = try await SandboxFixture(
      faults: "no-reply=balances@1,late-reply=estimate:500,reply-twice=order_status:300")
    let line = try await RawTradingConnection(fixture)
    try await line.line.send(line.frame("balances", "{}"))
    #expect(try await swap(line).op == "swap", "no balances came before it")
    try await line.line.send(
      line.frame("estimate", #"{"from":"ETH","to":"USDT","amount":"1"}"#))
    #expect(try await line.perform("balances", "{}").op == "balances")
    await fixture.pass(.milliseconds(500))
    #expect(try await line.line.json().op == "estimate")
    let status = try await line.perform("order_status", #"{"id":"c-1"}"#)
    await fixture.pass(.milliseconds(300))
    #expect(try await line.line.json() == status)
  }

  /// The statuses that are pushed about an order, and those of `order_status` after each.
  private func pushes(_ faults: String, _ count: Int) async throws -> [String] {
    let fixture = try await SandboxFixture(faults: faults)
    let line = try await RawTradingConnection(fixture)
    let id = try #require(try await swap(line).data.orderId.string)
    _ = try await line.ask(#"{"op":"subscribe","ch":"orders:\#(id)"}"#)
    await fixture.pass(.seconds(10))
    var statuses: [String] = []
    while statuses.count < count {
      statuses.append(try await line.line.json().data.status.string ?? "-")
    }
    #expect(try await line.perform("balances", "{}").op == "balances", "no more came")
    return statuses
  }

  @Test(arguments: [
    ("push-twice", ["PROCESSING", "PROCESSING", "FILLED", "FILLED"]),
    ("push-reordered", ["FILLED", "PROCESSING"]),
    ("push-late", ["PROCESSING", "FILLED", "PENDING"]), ("no-push", []),
    ("partial-fill", ["PROCESSING", "PARTIAL", "FILLED"]), ("stick-order", ["PROCESSING"]),
    ("odd-status", ["SETTLING", "FILLED"]),
    ("fail-order,revive-order", ["PROCESSING", "FAILED", "FILLED"]),
  ])
  func pushesGoWrong(faults: String, expected: [String]) async throws {
    #expect(try await pushes(faults, expected.count) == expected)
  }

  @Test func aPushMayComeBeforeTheAnswer() async throws {
    let fixture = try await SandboxFixture(faults: "push-early")
    let line = try await RawTradingConnection(fixture)
    _ = try await line.ask(#"{"op":"subscribe","ch":"balances"}"#)
    let early = try await swap(line)
    #expect(early.ch.string?.hasPrefix("orders:ord_") == true)
    #expect(try await line.line.json().op == "swap")
  }

  @Test func anOrderMayBeUnknownForAWhile() async throws {
    let fixture = try await SandboxFixture(faults: "no-order@1")
    let line = try await RawTradingConnection(fixture)
    _ = try await swap(line)
    #expect(
      try await line.perform("order_status", #"{"id":"c-1"}"#).error == "Order not found")
    #expect(try await line.perform("order_status", #"{"id":"c-1"}"#).data.status == "PENDING")
  }

  @Test func theTimeIsToldToAnybody() async throws {
    let fixture = try await SandboxFixture(faults: "skew=-3600")
    let url = fixture.sandbox.endpoints.tradingURL.replacing("ws://", with: "http://")
      .replacing("/ws/v1/stream", with: "/api/v1/time")
    let answer = try await fixture.network.send(HTTPRequest(url: url))
    let time = fixture.time.wallTime - 3_600_000
    #expect(String(decoding: answer.body, as: UTF8.self) == #"{"serverTime":\#(time)}"#)
    #expect(answer.headers.date == time / 1000 * 1000)
    let silent = try await SandboxFixture(faults: "no-time")
    let other = silent.sandbox.endpoints.tradingURL.replacing("ws://", with: "http://")
      .replacing("/ws/v1/stream", with: "/api/v1/time")
    #expect(try await silent.network.send(HTTPRequest(url: other)).status == 404)
  }

  @Test func limitsAreToldInTheEvents() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    for number in 1..<51 {
      _ = try await line.ask(#"{"op":"subscribe","ch":"orders:o\#(number)"}"#)
    }
    #expect(
      try await line.ask(#"{"op":"subscribe","ch":"orders:o51"}"#).error
        == "Maximum subscriptions exceeded")
    try? await line.line.send(String(repeating: "x", count: (1 << 20) + 1))
    #expect(
      try await line.line.closure() == .byPeer(code: 1009, reason: "Message too large"))
    for expected in ["Maximum subscriptions exceeded", "Message too large"] {
      let told: String = try await fixture.event { event in
        if case .refused(.trading, _, let error) = event { error } else { nil }
      }
      #expect(told == expected)
    }
  }

  @Test(arguments: [
    "dialect=other", "verifier", "close-at-frame", "close-at-frame=12", "no-reply=dance",
    "late-reply=swap", "late-reply=swap:x", "no-push@2", "drop-before-frame=1",
  ])
  func whatMakesNoSenseIsRefused(text: String) {
    #expect(throws: SandboxError.self) { try FaultPlan(parsing: text) }
  }
}
