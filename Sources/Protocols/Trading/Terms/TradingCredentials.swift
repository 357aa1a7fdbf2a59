import Cryptography

/// What proves who is asking.
public struct TradingCredentials: Sendable {
  /// The API key, sent in the clear within TLS.
  public var key: Secret
  /// Used as its UTF-8 bytes, never trimmed.
  public var secret: Secret

  /// What was given out together.
  public init(key: Secret, secret: Secret) {
    self.key = key
    self.secret = secret
  }
}
