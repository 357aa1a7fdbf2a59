/// Keys that are pressed one after the other and do one thing: mostly a single one.
package struct KeyPresses: Hashable, Sendable {
  package var keys: [Key]

  package init(_ keys: [Key]) { self.keys = keys }

  /// `^P`, `g c`.
  package var mark: String { keys.map(\.mark).joined(separator: " ") }

  /// Keys by the names that help and settings have for them, with spaces between: `g c`, `Ctrl-T`.
  ///
  /// Nil where one of them is no key's name.
  package init?(names: String) {
    var keys: [Key] = []
    for name in names.split(separator: " ") {
      guard let key = Key(name: String(name)) else { return nil }
      keys.append(key)
    }
    guard !keys.isEmpty else { return nil }
    self.keys = keys
  }
}

extension Key {
  /// A key that can be bound, by its name or its mark: `x`, `Shift-X`, `X`, `Ctrl-T`, `^T`, `Alt-x`,
  /// `F5`, `Space`.
  init?(name: String) {
    if name.count == 1, let typed = name.first, typed.isASCII || typed.isLetter {
      self = .character(typed)
      return
    }
    let lower = name.lowercased()
    if lower == "space" {
      self = .character(" ")
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), 1...24 ~= number {
      self = .function(number)
    } else if let letter = Key.last(of: name, after: ["^", "ctrl-"]) {
      guard let letter = letter.lowercased().first, letter.isASCII else { return nil }
      self = .control(letter)
    } else if let letter = Key.last(of: name, after: ["alt-shift-"]) {
      self = .alt(Character(letter.uppercased()))
    } else if let letter = Key.last(of: name, after: ["alt-"]) {
      self = .alt(letter)
    } else if let letter = Key.last(of: name, after: ["shift-"]), letter.isLetter {
      self = .character(Character(letter.uppercased()))
    } else {
      return nil
    }
  }

  /// The one character behind one of some beginnings.
  private static func last(of name: String, after beginnings: [String]) -> Character? {
    for beginning in beginnings where name.lowercased().hasPrefix(beginning) {
      let rest = name.dropFirst(beginning.count)
      return rest.count == 1 ? rest.first : nil
    }
    return nil
  }
}
