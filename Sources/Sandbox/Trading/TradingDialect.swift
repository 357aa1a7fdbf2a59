import Cryptography

/// Which of two descriptions of the interface the server follows: the trading document, or the
/// client libraries that its vendor gives out.
enum TradingDialect: String, Sendable, CaseIterable {
  case doc, sdk

  /// What signatures are made with: the secret, or the base64url text of its SHA-256.
  func signingKey(_ secret: Secret) -> [UInt8] {
    let bytes = Array(secret.revealed.utf8)
    guard self == .sdk else { return bytes }
    let text = Base64.encode(Digest.sha256.hash(bytes))
    return Array(text.replacing("+", with: "-").replacing("/", with: "_").utf8)
  }

  var channelLimit: Int { self == .doc ? 50 : 100 }
  /// Of one message, in bytes.
  var sizeLimit: Int { self == .doc ? 1 << 20 : 64 << 10 }

  /// `sdk` wants nanoseconds, `_` and something random.
  func takes(nonce: String) -> Bool {
    guard self == .sdk else { return true }
    let parts = nonce.split(separator: "_", maxSplits: 1)
    return parts.count == 2 && parts[0].utf8.count == 19 && UInt64(parts[0]) != nil
  }

  func word(for status: Order.Status) -> String {
    switch (self, status) {
    case (.sdk, .cancelled): "CANCELED"
    case (.sdk, .partial): "PARTIAL_FILLED"
    default: status.rawValue
    }
  }
}

extension CodingUserInfoKey {
  /// The `TradingDialect` that a request is read in; the document's without one.
  static let tradingDialect = CodingUserInfoKey(rawValue: "tradingDialect") ?? .fallback

  /// The initialiser can fail by its type alone.
  private static var fallback: CodingUserInfoKey { preconditionFailure("no key of that name") }
}

extension Decoder {
  var tradingDialect: TradingDialect {
    userInfo[.tradingDialect] as? TradingDialect ?? .doc
  }
}
