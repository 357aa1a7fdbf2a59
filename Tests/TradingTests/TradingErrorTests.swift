import Testing
import Transport

@testable import Trading

@Suite struct TradingErrorTests {
  @Test(arguments: [
    ("Not authenticated", Refusal.notAuthenticated, true),
    ("Invalid signature", .invalidSignature, true), ("Invalid API key", .invalidAPIKey, true),
    ("INVALID api key: expired", .invalidAPIKey, true),
    ("Request timestamp outside allowed window", .timestampOutsideWindow, true),
    ("Nonce has already been used or is expired", .nonceUsed, true),
    ("Unknown operation: dance", .unknownOperation("dance"), true),
    ("Invalid channel format", .invalidChannel, true), ("Rate limit exceeded", .rateLimited, true),
    ("Insufficient balance", .insufficientFunds, true),
    ("Invalid request: amount", .badRequest, true), ("No route found", .badRequest, true),
    ("Order not found", .notFound, false),
    ("Internal error", .other, false), ("", .other, false),
  ])
  func readsTheServersWords(text: String, refusal: Refusal, isDefinite: Bool) {
    #expect(Refusal(text: text) == refusal)
    #expect(TradingError.refused(refusal, text: text).isOutcomeUnknown == !isDefinite)
  }

  @Test func stopsOnlyForWhatAPersonMustCure() {
    let fatal: [TradingError] = [
      .refused(.invalidAPIKey, text: ""), .refused(.invalidSignature, text: ""),
      .upgradeRefused(status: 401, retryAfter: nil), .upgradeRefused(status: 403, retryAfter: nil),
      .upgradeRefused(status: 404, retryAfter: nil), .clockRefused, .turnedAway,
      .unreachable(.tls("untrusted")), .unreachable(.insecure("ws://example.org")),
    ]
    #expect(fatal.allSatisfy { $0.isFatal && !$0.isRetryable })
    let passing: [TradingError] = [
      .refused(.notAuthenticated, text: ""), .upgradeRefused(status: 503, retryAfter: .seconds(3)),
      .unreachable(.refused("host")), .lost(operation: "swap", .reset), .notReady,
    ]
    #expect(passing.allSatisfy { !$0.isFatal && $0.isRetryable })
  }

  @Test func speaksInSentences() {
    let all: [TradingError] = [
      .refused(.other, text: "Internal error"), .invalid("Odd."), .staleQuote, .notReady,
      .notSentInTime, .superseded, .tooLarge(limit: 65_536), .journal("disk full"),
      .unreachable(.refused("host")), .upgradeRefused(status: 404, retryAfter: nil), .clockRefused,
      .turnedAway, .stopped, .lost(operation: "swap", .reset),
      .noReply(operation: "swap", after: .seconds(10)), .unreadable(operation: "swap", "cut off"),
    ]
    for error in all {
      #expect(error.message.hasSuffix(".") || error.message.contains(":"), "\(error.message)")
      #expect(error.hint.hasSuffix("."), "\(error.hint)")
      #expect(error.message.count < 100)
    }
    #expect(TradingError.refused(.other, text: "Internal error").message.contains("Internal error"))
  }

  @Test func tellsHowToConnect() {
    var headers = HTTPHeaders()
    headers["Retry-After"] = "7"
    #expect(
      TradingError(connecting: .upgradeRefused(status: 429, headers: headers))
        == .upgradeRefused(status: 429, retryAfter: .seconds(7)))
    #expect(TradingError(connecting: .refused("host")) == .unreachable(.refused("host")))
  }
}
