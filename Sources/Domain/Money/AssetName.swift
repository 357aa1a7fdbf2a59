/// What the name of an asset may be made of, wherever a person writes one.
public enum AssetName {
  /// The asset that others are usually counted in.
  package static let usualQuote = "USDT"

  /// Whether it is 1 to 128 of `[A-Za-z0-9_.:-]`: a letter of another alphabet may look like one of
  /// them, and is another asset.
  public static func isValid(_ text: some StringProtocol) -> Bool { SafeText.isName(String(text)) }
}
