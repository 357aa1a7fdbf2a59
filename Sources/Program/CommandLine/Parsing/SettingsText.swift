import Domain

/// The text of a settings file, of which single values are changed; everything else stays as it is,
/// byte for byte.
struct SettingsText: Equatable {
  private(set) var text: String

  init(_ text: String) { self.text = text }

  /// Gives a setting a value: in the line that counts, which is the last one of that name, else in a
  /// line of its own at the end.
  mutating func set(_ name: String, to value: String) {
    // With their ends; `\r\n` is one character.
    var lines: [Substring] = []
    var rest = text[...]
    while let end = rest.firstIndex(where: \.isNewline) {
      lines.append(rest[...end])
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { lines.append(rest) }
    if let place = lines.lastIndex(where: { Self.name(of: $0) == name }),
      let equals = lines[place].firstIndex(of: "=")
    {
      let line = lines[place]
      let behind = line[line.index(after: equals)...]
      let space = behind.prefix { $0.isWhitespace && !$0.isNewline }
      let end = line.last.flatMap { $0.isNewline ? String($0) : nil } ?? ""
      lines[place] = line[...equals] + space + value + end
      text = lines.joined()
    } else {
      let newline = lines.first?.last.flatMap { $0.isNewline ? String($0) : nil } ?? "\n"
      let isEnded = lines.last.map { $0.last?.isNewline == true } ?? true
      text += (isEnded ? "" : newline) + "\(name) = \(value)" + newline
    }
  }

  /// What a line sets; nil for a comment and for what sets nothing.
  private static func name(of line: Substring) -> String? {
    // A file may begin with a byte order mark.
    let isMarked = line.unicodeScalars.first == "\u{feff}"
    let bare = (isMarked ? Substring(line.unicodeScalars.dropFirst()) : line).trimmed
    guard !bare.hasPrefix("#"), let equals = bare.firstIndex(of: "=") else { return nil }
    return bare[..<equals].trimmed
  }
}
