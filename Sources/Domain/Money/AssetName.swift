/// What the name of an asset may be made of, wherever a person writes one.
public enum AssetName {
  /// The asset that others are usually counted in.
  package static let usualQuote = "USDT"

  /// Whether it is 1 to 128 of `[A-Za-z0-9_.:-]`: a letter of another alphabet may look like one of
  /// them, and is another asset.
  public static func isValid(_ text: some StringProtocol) -> Bool { SafeText.isName(String(text)) }
}

/// The characters that every JSON writer leaves alone: text made of them hashes to the same value
/// on every server, whatever it does to a message before checking the signature.
package enum SafeText {
  /// An ASCII letter or digit.
  package static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  /// `[A-Za-z0-9_.:-]`.
  package static func isSafe(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "_.:-".utf8.contains(byte)
  }

  /// An asset, network, venue or order id: 1 to 128 safe characters.
  package static func isName(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy(isSafe)
  }
}
