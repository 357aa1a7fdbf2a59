import Cryptography

/// Our own id of an order: `[A-Za-z0-9_-]`, 1 to 36 characters, unique for ever.
public struct ClientOrderID: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The id as it is sent.
  public let text: String

  /// Nil unless `text` is 1 to 36 of the allowed characters.
  public init?(_ text: String) {
    let allowed = text.utf8.allSatisfy { byte in
      SafeText.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    guard allowed, (1...36).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  /// A new id of 120 random bits: `tercet` and 30 hexadecimal digits, 36 characters in all.
  public static func random(from source: any RandomSource) -> ClientOrderID {
    ClientOrderID(unchecked: "tercet" + source.hexadecimal(15))
  }

  private init(unchecked text: String) { self.text = text }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = ClientOrderID(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an order id")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }
}
