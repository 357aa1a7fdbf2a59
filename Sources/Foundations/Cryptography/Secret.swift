/// A token, key or password: usable, but printed, logged and mirrored only as `‹redacted›`.
public struct Secret: Sendable, Hashable, Codable {
  /// The plain text. Every use of this property is a place where a secret leaves its wrapping.
  public let revealed: String

  /// Takes over a text that must not be shown.
  public init(_ text: String) { revealed = text }

  public init(from decoder: any Decoder) throws {
    revealed = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(revealed)
  }

  /// Compares bytes: Swift's `String ==` calls different encodings of `é` equal, a signature does not.
  public static func == (left: Secret, right: Secret) -> Bool {
    equalInConstantTime(Array(left.revealed.utf8), Array(right.revealed.utf8))
  }

  public func hash(into hasher: inout Hasher) {
    for byte in revealed.utf8 { hasher.combine(byte) }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// What is shown in place of every secret.
  public static let placeholder = "‹redacted›"

  public var description: String { Secret.placeholder }
  /// The placeholder, as everywhere.
  public var debugDescription: String { Secret.placeholder }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
