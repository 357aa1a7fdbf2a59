/// The text of an `{"error": …}` answer.
struct TradingRefusal: Error, Equatable {
  let text: String

  init(_ text: String) { self.text = text }

  // Verbatim from "Error Format" of the trading document.
  static let notAuthenticated = TradingRefusal("Not authenticated")
  static let invalidSignature = TradingRefusal("Invalid signature")
  static let invalidKey = TradingRefusal("Invalid API key")
  static let outsideWindow = TradingRefusal("Request timestamp outside allowed window")
  static let usedNonce = TradingRefusal("Nonce has already been used or is expired")
  static let invalidChannel = TradingRefusal("Invalid channel format")
  static func unknownOperation(_ name: String) -> TradingRefusal {
    TradingRefusal("Unknown operation: \(name)")
  }

  // The document states these limits and demands, but not the words.
  static let invalidMessage = TradingRefusal("Invalid message format")
  static let tooFast = TradingRefusal("Rate limit exceeded")
  static let tooLarge = TradingRefusal("Message too large")
  static let tooManyChannels = TradingRefusal("Maximum subscriptions exceeded")
  static let tooManyConnections = TradingRefusal("Maximum connections exceeded")
  static let noOrder = TradingRefusal("Order not found")
  static let tooPoor = TradingRefusal("Insufficient balance")
  static let noRoute = TradingRefusal("No route found")
  static func invalid(_ complaint: String) -> TradingRefusal {
    TradingRefusal("Invalid request: \(complaint)")
  }

  /// By the words that a plan of faults uses: all of the document, and three that it lacks.
  static let byWord: [String: TradingRefusal] = [
    "not-authenticated": .notAuthenticated, "invalid-signature": .invalidSignature,
    "invalid-key": .invalidKey, "outside-window": .outsideWindow, "used-nonce": .usedNonce,
    "unknown-operation": .unknownOperation("planned"), "invalid-channel": .invalidChannel,
    "too-poor": .tooPoor, "too-fast": .tooFast, "internal": TradingRefusal("Internal error"),
  ]
}
