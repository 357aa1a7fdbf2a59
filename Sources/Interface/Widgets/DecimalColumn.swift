import Domain

/// Exact amounts below each other, their decimal points in one line.
///
/// An amount is text and stays it: digits are grouped, a fraction that does not fit ends with `…`,
/// and a whole part is never cut. One that would push the others out of line stands by itself at
/// the right edge; where not even that fits, `#` fills the column.
struct DecimalColumn: Equatable {
  /// Columns that every amount is padded to.
  let width: Int
  private let wholeWidth: Int

  /// - Parameter width: the most columns to take.
  init(_ amounts: [String], width: Int) {
    let parts = amounts.map(Self.parts)
    let fraction = parts.map { TextWidth.columns(of: $0.fraction) }.max() ?? 0
    let wholes = parts.map { TextWidth.columns(of: $0.whole) }
    // Room for the point, two places and the sign that there are more.
    let most = max(0, width - min(fraction, 4))
    wholeWidth = wholes.filter { $0 <= most }.max() ?? 0
    let widest = parts.map { TextWidth.columns(of: $0.whole + $0.fraction) }.max() ?? 0
    self.width = max(0, min(width, max(wholeWidth + fraction, widest)))
  }

  /// Columns in which the amounts lose nothing but places after the first few.
  static func least(_ amounts: [String]) -> Int {
    let parts = amounts.map(parts)
    let whole = parts.map { TextWidth.columns(of: $0.whole) }.max() ?? 0
    return whole + min(5, parts.map { TextWidth.columns(of: $0.fraction) }.max() ?? 0)
  }

  /// One of the amounts, padded on both sides.
  func text(_ amount: String) -> String {
    let (whole, fraction) = Self.parts(amount)
    let columns = TextWidth.columns(of: whole)
    let isAligned = columns <= wholeWidth
    let room = width - (isAligned ? wholeWidth : columns)
    guard room >= (fraction.isEmpty ? 0 : 1) else { return String(repeating: "#", count: width) }
    // Zeros at the end are there for the eye alone: nothing is missing without them.
    let needed = fraction.count - fraction.reversed().prefix { $0 == "0" }.count
    let fitted =
      needed <= room ? String(fraction.prefix(room)) : TextWidth.fit(fraction, width: room)
    let rest = room - TextWidth.columns(of: fitted)
    let before = isAligned ? wholeWidth - columns : rest
    return String(repeating: " ", count: before) + whole + fitted
      + String(repeating: " ", count: isAligned ? rest : 0)
  }

  /// The whole part, grouped, and the fraction with its point.
  private static func parts(_ amount: String) -> (whole: String, fraction: String) {
    let grouped = Amount.grouped(amount)
    guard let point = grouped.firstIndex(of: ".") else { return (grouped, "") }
    return (String(grouped[..<point]), String(grouped[point...]))
  }
}
