/// A token, key or password: usable, but printed, logged and mirrored only as `‹redacted›`.
public struct Secret: Sendable, Hashable, Codable {
  /// Overwritten when the last copy of the value goes away.
  private let bytes: SecretBytes

  /// The plain text. Every use of this property is a place where a secret leaves its wrapping, as a
  /// copy that nobody overwrites: to be dropped soon.
  public var revealed: String {
    bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Takes over a text that must not be shown.
  public init(_ text: String) { bytes = SecretBytes(text.utf8) }

  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(revealed)
  }

  /// Compares bytes: Swift's `String ==` calls different encodings of `é` equal, a signature does not.
  public static func == (left: Secret, right: Secret) -> Bool {
    left.bytes == right.bytes
  }

  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
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
