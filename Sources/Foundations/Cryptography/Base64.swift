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
    // In one piece: byte by byte takes longer than all that follows.
    var digits = text.utf8.withContiguousStorageIfAvailable { Array($0) } ?? Array(text.utf8)
    let count = digits.count
    while digits.last == equals { digits.removeLast() }
    let padding = (4 - digits.count % 4) % 4
    // Foundation reads an equals sign amid the text as a digit.
    guard count - digits.count <= padding, padding < 3, !digits.contains(equals) else {
      return nil
    }
    digits.append(contentsOf: repeatElement(equals, count: padding))
    return Data(base64Encoded: Data(digits)).map(Array.init)
  }
}
