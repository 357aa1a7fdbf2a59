/// A name as it can be shown: harmless, and without blanks that are none of the keyboard's.
///
/// Nil for a name of nothing visible, in whose place the next best one is to be taken.
package func visibleName(_ name: String?) -> String? {
  guard let name, name.unicodeScalars.contains(where: \.isSeen) else { return nil }
  let shown = harmless(name)
  guard shown.unicodeScalars.contains(where: \.isBlankSymbol) else { return shown }
  return String(String.UnicodeScalarView(shown.unicodeScalars.filter { !$0.isBlankSymbol }))
}

/// The name of an asset, a network or another thing that is told apart by its letters alone.
///
/// What cannot be seen in it is shown as code points: `US‹U+200B›DT` is another asset than `USDT`,
/// and one of nothing visible is no blank.
package func visibleCode(_ code: String) -> String {
  if code.utf8.allSatisfy({ 0x21..<0x7f ~= $0 }) { return code }
  let isSeen = code.unicodeScalars.contains(where: \.isSeen)
  var shown = ""
  for (count, scalar) in code.unicodeScalars.enumerated() {
    // A mark has its letter before it, or it has none.
    let stays = scalar.isSeen || isSeen && (scalar == " " || scalar.isMark && count > 0)
    if stays, Visibility(of: scalar) == .shown {
      shown.unicodeScalars.append(scalar)
    } else {
      shown += scalar.codePoint
    }
    if count >= codeLimit { return shown + "…" }
  }
  return shown
}

/// An asset with a longer name than this is none that anybody has to read to its end.
private let codeLimit = 64
