import Cryptography

/// Which of two descriptions of the interface the server follows, the trading document or the client
/// libraries that its vendor gives out, in each of the three things in which they differ.
struct TradingDialect: Sendable, Equatable {
  /// Signatures are made with the base64url text of the secret's SHA-256, not with the secret.
  var hasLibraryKey = false
  /// Fields are called as in the libraries.
  var hasLibraryNames = false
  /// A request without fields has no body, and nothing is hashed.
  var hasLibraryEmptiness = false

  static let doc = TradingDialect()

  /// `doc`, `sdk`, or the traits of the libraries with `+` between.
  static let words: [String] = byWord.keys.sorted()

  private static let byWord: [String: TradingDialect] = {
    var all: [String: TradingDialect] = [:]
    for mask in 0..<8 {
      let dialect = TradingDialect(
        hasLibraryKey: mask & 1 != 0, hasLibraryNames: mask & 2 != 0,
        hasLibraryEmptiness: mask & 4 != 0)
      let traits = ["sdk-key", "sdk-names", "sdk-empty"].enumerated()
        .filter { mask & (1 << $0.offset) != 0 }.map(\.element)
      all[mask == 0 ? "doc" : mask == 7 ? "sdk" : traits.joined(separator: "+")] = dialect
    }
    return all
  }()

  init?(word: String) {
    guard let dialect = TradingDialect.byWord[word] else { return nil }
    self = dialect
  }

  init(
    hasLibraryKey: Bool = false, hasLibraryNames: Bool = false, hasLibraryEmptiness: Bool = false
  ) {
    self.hasLibraryKey = hasLibraryKey
    self.hasLibraryNames = hasLibraryNames
    self.hasLibraryEmptiness = hasLibraryEmptiness
  }

  /// What signatures are made with: the secret, or the base64url text of its SHA-256.
  func signingKey(_ secret: Secret) -> [UInt8] {
    let bytes = Array(secret.revealed.utf8)
    guard hasLibraryKey else { return bytes }
    let text = Base64.encode(Digest.sha256.hash(bytes))
    return Array(text.replacing("+", with: "-").replacing("/", with: "_").utf8)
  }

  var channelLimit: Int { hasLibraryNames ? 100 : 50 }
  /// Of one message, in bytes.
  var sizeLimit: Int { hasLibraryNames ? 64 << 10 : 1 << 20 }

  /// The libraries write nanoseconds, `_` and something random.
  func takes(nonce: String) -> Bool {
    guard hasLibraryKey else { return true }
    let parts = nonce.split(separator: "_", maxSplits: 1)
    return parts.count == 2 && parts[0].utf8.count == 19 && UInt64(parts[0]) != nil
  }

  func word(for status: Order.Status) -> String {
    switch (hasLibraryNames, status) {
    case (true, .cancelled): "CANCELED"
    case (true, .partial): "PARTIAL_FILLED"
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
