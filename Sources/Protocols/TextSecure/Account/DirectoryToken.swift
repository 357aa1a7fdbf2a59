import Cryptography

/// How a number is asked for in the directory: base64 of the first ten bytes of its SHA-1, without
/// padding (seed 002, directory tokens).
public enum DirectoryToken {
  private static let size = 10

  /// The token of a number in E.164 with its `+`.
  public static func token(of number: String) -> String {
    let token = Base64.encode(Digest.sha1.hash(Array(number.utf8)).prefix(size))
    return String(token.prefix { $0 != "=" })
  }

  /// A token as ``token(of:)`` writes it, from one with or without padding; nil if it is none.
  static func normalized(_ text: String) -> String? {
    guard let bytes = Base64.decode(text), bytes.count == size else { return nil }
    return String(Base64.encode(bytes).prefix { $0 != "=" })
  }
}
