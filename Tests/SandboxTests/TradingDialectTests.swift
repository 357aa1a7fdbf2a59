import Cryptography
import Sandbox
import Testing
import Transport

/// The vendor's dialect, and servers that hash what they write again. Signatures of the libraries are
/// made by these tests' own few lines.
@Suite struct TradingDialectTests {
  private static let nonce = "1795265047000000000_"

  private func frame(
    _ fixture: SandboxFixture, _ operation: String, _ data: String?, signed: String? = nil,
    nonce: String = TradingDialectTests.nonce + SystemRandom().hexadecimal(8)
  ) -> String {
    let secret = fixture.sandbox.endpoints.tradingSecret.revealed
    let key = Base64.encode(Digest.sha256.hash(secret.utf8)).replacing("+", with: "-")
      .replacing("/", with: "_")
    let time = fixture.time.wallTime
    let hash = Hexadecimal.encode(Digest.sha256.hash((signed ?? data ?? "").utf8))
    let path = operation == "auth" ? "stream" : operation
    let canonical = "WS\n/ws/v1/\(path)\n\(time)\n\(nonce)\n\(hash)"
    let signature = Hexadecimal.encode(
      Digest.sha256.authenticate(canonical.utf8, key: key.utf8))
    let tail = data.map { #","data":\#($0)"# } ?? ""
    return #"{"op":"\#(operation)","key":"\#(fixture.sandbox.endpoints.tradingKey)","ts":\#(time),"#
      + #""nonce":"\#(nonce)","sig":"\#(signature)"\#(tail)}"#
  }

  private func line(_ fixture: SandboxFixture) async throws -> RawTradingConnection {
    let line = try await RawTradingConnection(fixture, authenticated: false)
    #expect(try await line.ask(frame(fixture, "auth", nil)).data.status == "authenticated")
    return line
  }

  @Test func takesTheLibrariesKeyNamesAndEmptyBody() async throws {
    let fixture = try await SandboxFixture(faults: "dialect=sdk")
    let line = try await line(fixture)
    let quote = try await line.ask(
      frame(fixture, "estimate", #"{"amountIn":"1.5","assetIn":"ETH","assetOut":"USDT"}"#))
    #expect(quote.data.expectedOut == "3245.67")
    #expect(
      try await line.ask(frame(fixture, "estimate", #"{"amount":"1.5","from":"ETH","to":"USDT"}"#))
        .error == "Invalid request: assetIn: required")
    #expect(try await line.ask(frame(fixture, "balances", nil)).data.balances.items.count == 3)
    #expect(
      try await line.ask(frame(fixture, "balances", "null", signed: "")).error
        == "Invalid signature", "raw bytes were null")
  }

  @Test func takesNullForNothingWhereItIsReadFirst() async throws {
    let fixture = try await SandboxFixture(faults: "dialect=sdk,verifier=sorted")
    let line = try await line(fixture)
    #expect(
      try await line.ask(frame(fixture, "balances", "null", signed: "")).data.balances.items.count
        == 3)
  }

  @Test func refusesTheDocumentsWay() async throws {
    let fixture = try await SandboxFixture(faults: "dialect=sdk")
    let line = try await RawTradingConnection(fixture, authenticated: false)
    #expect(try await line.ask(line.authentication()).error == "Invalid signature")
    let plain = frame(fixture, "auth", nil, nonce: "no-time")
    #expect(try await line.ask(plain).error == "Invalid message format")
  }

  @Test func writesTheLibrariesStatuses() async throws {
    let fixture = try await SandboxFixture(faults: "dialect=sdk,cancel-order,partial-fill")
    let line = try await line(fixture)
    let swap =
      #"{"amountIn":"0.1","assetIn":"ETH","assetOut":"USDT","clientOrderId":"c-1","slippage_bps":5}"#
    _ = try await line.ask(frame(fixture, "swap", swap))
    for (wait, status) in [(3, "PARTIAL_FILLED"), (1, "CANCELED")] {
      await fixture.pass(.seconds(wait))
      let order = try await line.ask(frame(fixture, "order_status", #"{"id":"c-1"}"#))
      #expect(order.data.status == .text(status))
      #expect(order.data.filledOut == "108.189")
    }
  }

  @Test(arguments: [
    ("raw", #"{"to":"USDT", "from":"ETH","amount":"1.5"}"#, nil as String?),
    (
      "in-order", #"{"to":"USDT", "from":"\u0045TH","amount":"1.5"}"#,
      #"{"to":"USDT","from":"ETH","amount":"1.5"}"#
    ),
    (
      "sorted", #"{"to":"USDT","from":"ETH","amount":"1.5","x":["<",{"b":1,"a":null}]}"#,
      #"{"amount":"1.5","from":"ETH","to":"USDT","x":["\u003c",{"a":null,"b":1}]}"#
    ),
    (
      "documented", #"{"amount":"1.5","from":"ETH","to":"USDT"}"#,
      #"{"from":"ETH","to":"USDT","amount":"1.5"}"#
    ),
  ])
  func hashesWhatItWritesAgain(verifier: String, data: String, hashed: String?) async throws {
    let fixture = try await SandboxFixture(faults: "verifier=\(verifier)")
    let line = try await RawTradingConnection(fixture)
    #expect(
      try await line.ask(line.frame("estimate", data, signed: hashed)).data.expectedOut
        == "3245.67")
    if hashed != nil {
      #expect(try await line.perform("estimate", data).error == "Invalid signature")
    }
  }
}
