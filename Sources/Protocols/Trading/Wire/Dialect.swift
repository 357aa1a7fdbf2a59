import Cryptography

/// How messages of this API are signed and named: in three things the vendor's own client libraries
/// do otherwise than its document says, and a host may follow either in each.
public struct Dialect: Sendable, Hashable {
  /// Whose way something is done in.
  public enum Side: String, Sendable, Codable, CaseIterable {
    /// The document's (seed 001).
    case doc
    /// The vendor's client libraries'.
    case sdk

    var other: Side { self == .doc ? .sdk : .doc }
  }

  /// What signatures are made with: the secret, or the base64url text of its SHA-256. With the
  /// latter a nonce begins with the time.
  public var key: Side
  /// The fields of what is exchanged: `from`, `to`, `amount`, or `assetIn`, `assetOut`, `amountIn`.
  public var names: Side
  /// A request without fields: `"data":{}`, or no `data`, and nothing hashed.
  public var empty: Side

  /// Each of the three as given.
  public init(key: Side, names: Side, empty: Side) {
    self.key = key
    self.names = names
    self.empty = empty
  }

  /// By the three, and not by the text that is made of them.
  public static func == (left: Dialect, right: Dialect) -> Bool {
    left.key == right.key && left.names == right.names && left.empty == right.empty
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(names)
    hasher.combine(empty)
  }

  /// As the document says.
  public static let doc = Dialect(key: .doc, names: .doc, empty: .doc)
  /// As the client libraries do.
  public static let sdk = Dialect(key: .sdk, names: .sdk, empty: .sdk)
}

extension Dialect: RawRepresentable, CaseIterable, Codable, CustomStringConvertible {
  /// The two that are whole, and every mixture of them.
  public static let allCases = Side.allCases.flatMap { key in
    Side.allCases.flatMap { names in
      Side.allCases.map { Dialect(key: key, names: names, empty: $0) }
    }
  }

  /// `doc`, `sdk`, or what is done as the libraries do: `sdk-key+sdk-empty`.
  public var rawValue: String {
    let parts = [(key, "sdk-key"), (names, "sdk-names"), (empty, "sdk-empty")]
      .compactMap { $0.0 == .sdk ? $0.1 : nil }
    // Not by comparison with `doc` and `sdk`: two of them are compared by this text.
    return switch parts.count {
    case 0: "doc"
    case 3: "sdk"
    default: parts.joined(separator: "+")
    }
  }

  public init?(rawValue: String) {
    guard let dialect = Dialect.allCases.first(where: { $0.rawValue == rawValue }) else {
      return nil
    }
    self = dialect
  }

  public var description: String { rawValue }
}

extension Dialect {
  /// The key of the HMAC.
  func signingKey(_ secret: Secret) -> [UInt8] {
    let bytes = Array(secret.revealed.utf8)
    guard key == .sdk else { return bytes }
    return Base64.encode(Digest.sha256.hash(bytes)).utf8.map { byte in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: byte
      }
    }
  }

  var fromField: String { names == .doc ? "from" : "assetIn" }
  var toField: String { names == .doc ? "to" : "assetOut" }
  var amountField: String { names == .doc ? "amount" : "amountIn" }
  /// A number that is used once: `random` is what makes it so. The libraries put the time before it,
  /// in nanoseconds.
  func nonce(_ random: String, timestamp: Int64) -> String {
    key == .doc ? random : "\(timestamp)000000_\(random)"
  }
  /// Whether a request without fields says `"data":{}` or leaves `data` out and hashes nothing.
  var writesEmptyData: Bool { empty == .doc }
}

/// The order of the fields in a signed message. A server that re-writes JSON before hashing sorts
/// them; one that hashes the bytes does not care.
public enum KeyOrder: String, Sendable, Codable, CaseIterable {
  /// By name: unchanged by every common JSON writer.
  case sorted
  /// As the seed's samples stand.
  case documented
}

/// How a server wants to be spoken to.
public struct SpokenDialect: Sendable, Equatable, Codable {
  /// Whose description of the interface it follows.
  public var dialect: Dialect
  /// The order of the fields that its signatures cover.
  public var keyOrder: KeyOrder

  /// A spoken of speaking.
  public init(dialect: Dialect, keyOrder: KeyOrder) {
    self.dialect = dialect
    self.keyOrder = keyOrder
  }
}
