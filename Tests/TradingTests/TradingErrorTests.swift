import Testing
import Transport

@testable import Trading

@Suite struct TradingErrorTests {
  @Test(arguments: [
    ("Not authenticated", TradingRefusal.notAuthenticated),
    ("Invalid signature", .invalidSignature),
    ("Invalid API key", .invalidAPIKey), ("INVALID api key: expired", .invalidAPIKey),
    ("Request timestamp outside allowed window", .timestampOutsideWindow),
    ("Nonce has already been used or is expired", .nonceUsed),
    ("Unknown operation: dance", .unknownOperation("dance")),
    ("Invalid channel format", .invalidChannel), ("Rate limit exceeded", .rateLimited),
    ("Insufficient balance", .insufficientFunds), ("Invalid request: amount", .badRequest),
    ("No route found", .badRequest), ("Order not found", .notFound), ("Not found", .notFound),
    ("ORDER_NOT_FOUND", .notFound), ("Unknown order", .notFound),
    ("Session not found", .other), ("API key not found", .other), ("404 page not found", .other),
    ("Internal error", .other), ("", .other),
  ])
  func readsTheServersWords(text: String, refusal: TradingRefusal) {
    #expect(TradingRefusal(text: text) == refusal)
    let isProof = refusal == .timestampOutsideWindow
    #expect(TradingError.refused(refusal, text: text).isOutcomeUnknown == !isProof)
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

  @Test func onlyASwapMayHaveBeenCarriedOut() {
    let errors: [(String) -> TradingError] = [
      { .lost(operation: $0, .reset) }, { .noReply(operation: $0, after: .seconds(10)) },
      { .unreadable(operation: $0, "cut off") },
    ]
    for error in errors {
      #expect(error("swap").hint.contains("carried out"))
      for operation in ["balances", "estimate", "order_status"] {
        #expect(error(operation).hint == "Ask again.")
      }
    }
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
      TradingError(
        connecting: .upgradeRefused(status: 301, headers: ["Location": "wss://new.example/"])
      ).message.contains("wss://new.example/"))
    #expect(
      TradingError(connecting: .upgradeRefused(status: 429, headers: headers))
        == .upgradeRefused(status: 429, retryAfter: .seconds(7)))
    #expect(TradingError(connecting: .refused("host")) == .unreachable(.refused("host")))
  }
}
