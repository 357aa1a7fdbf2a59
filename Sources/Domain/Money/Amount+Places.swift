/// How many digits stand after the point of an amount's text.
extension Amount {
  /// Those that mean something, and up to two that are written all the same: `0` for `5`, `1` for
  /// `1.50000`, `2` for `1.50`. Nil for what is no plain decimal number.
  package static func shownPlaces(of text: String) -> Int? {
    guard let (_, fraction) = parts(of: text) else { return nil }
    return max(significant(fraction), min(fraction.count, 2))
  }

  /// The text with so many digits after the point, or as many as mean something where those are more:
  /// no digit is lost but zeros. What is no plain decimal number stays as it is.
  package static func padded(_ text: String, places: Int) -> String {
    guard let (whole, fraction) = parts(of: text) else { return text }
    let count = max(significant(fraction), places)
    guard count > 0 else { return String(whole) }
    let kept = fraction.prefix(count)
    return whole + "." + kept + String(repeating: "0", count: count - kept.count)
  }

  private static func significant(_ fraction: Substring) -> Int {
    fraction.count - fraction.reversed().prefix { $0 == "0" }.count
  }

  /// Digits before the point, with a sign, and after it.
  private static func parts(of text: String) -> (whole: Substring, fraction: Substring)? {
    let whole = text.prefix { $0 != "." }
    let fraction = text.dropFirst(whole.count + 1)
    let digits = whole.first.map("+-−".contains) == true ? whole.dropFirst() : whole
    guard !digits.isEmpty, (digits + fraction).allSatisfy({ "0"..."9" ~= $0 }) else { return nil }
    return (whole, fraction)
  }
}
