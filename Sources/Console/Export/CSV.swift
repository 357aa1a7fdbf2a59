/// Comma-separated values as in RFC 4180, safe to open in a spreadsheet.
public enum CSV {
  /// One record with its line break.
  public static func line(_ fields: [String?]) -> String {
    fields.map { field($0 ?? "") }.joined(separator: ",") + "\r\n"
  }

  /// A field that a spreadsheet would take for a formula gets an apostrophe before it; amounts stay
  /// exact text either way.
  private static func field(_ text: String) -> String {
    let first = text.unicodeScalars.first
    let isFormula = first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let isNumber = text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    let safe = isFormula && !(text.first == "-" && isNumber && text.count > 1) ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
