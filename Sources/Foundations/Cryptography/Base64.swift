import FoundationEssentials

/// Base64 as in RFC 4648.
public enum Base64 {
  /// The standard alphabet with padding.
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
  }

  /// The bytes of standard base64 text; padding may be missing, any other flaw gives nil.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let equals = UInt8(ascii: "=")
    let bare = Array(text.utf8.reversed().drop { $0 == equals }.reversed())
    let padding = (4 - bare.count % 4) % 4
    // Foundation reads an equals sign amid the text as a digit.
    guard text.utf8.count - bare.count <= padding, padding < 3, !bare.contains(equals) else {
      return nil
    }
    let padded = bare + [UInt8](repeating: equals, count: padding)
    return Data(base64Encoded: Data(padded)).map(Array.init)
  }
}
