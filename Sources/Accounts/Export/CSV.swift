import Domain

/// Comma-separated values as in RFC 4180, safe to open in a spreadsheet and to show in a terminal.
package enum CSV {
  /// One record with its line break.
  package static func line(_ fields: [String?]) -> String {
    fields.map { field($0 ?? "") }.joined(separator: ",") + "\r\n"
  }

  /// A field that a spreadsheet would take for a formula gets an apostrophe before it, and so does one
  /// that begins with an apostrophe: whoever reads it back takes away the first of any field that has
  /// one there. Numbers, also those of telephones, are no formulas and stay exact text.
  private static func field(_ raw: String) -> String {
    let text = shown(raw)
    let safe = isFormula(text) || isFormula(raw) || text.hasPrefix("'") ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  /// What people and servers wrote, as a terminal can show it that gets the file in the end. Its line
  /// breaks stay as they are.
  private static func shown(_ text: String) -> String {
    text.split(separator: "\r\n", omittingEmptySubsequences: false)
      .map { harmless($0, keepingLines: true, limit: .max) }.joined(separator: "\r\n")
  }

  /// Spreadsheets pass over white space, and over what cannot be seen, before a formula; those of some
  /// languages take the wide forms of its first signs as well.
  private static func isFormula(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first else { return false }
    if first == "\t" || first == "\r" { return true }
    let rest = scalars.drop { scalar in
      scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
        || scalar.properties.generalCategory == .control
    }
    guard let sign = rest.first, "=+-@＝＋－＠".unicodeScalars.contains(sign) else { return false }
    let digits = rest.dropFirst()
    let isNumber =
      (sign == "-" || sign == "+") && rest.startIndex == scalars.startIndex && !digits.isEmpty
      && digits.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
    return !isNumber
  }
}
