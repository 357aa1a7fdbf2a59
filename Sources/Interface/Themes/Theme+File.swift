extension Theme {
  /// A line of a theme file that says nothing about a theme.
  package struct BadLine: Error, Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let text: String
  }

  /// The theme of a file: a role a line, `role = colour`, then perhaps `on` and the colour behind it,
  /// then attributes. What the file says nothing of is as in `terminal`; `background` is the colour
  /// behind everything.
  ///
  /// - Throws: `BadLine` for the first line that is wrong.
  package init(name: String, file text: String) throws(BadLine) {
    var theme = Theme(name: name, looks: Theme.terminal.looks)
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.split(whereSeparator: { $0.isWhitespace })
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      guard theme.take(line) else { throw BadLine(number: index + 1, text: String(line)) }
    }
    self = theme
  }

  /// Whether a line could be used.
  private mutating func take(_ line: Substring) -> Bool {
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = parts[0].split(whereSeparator: \.isWhitespace)
    guard parts.count == 2, key.count == 1 else { return false }
    let words = parts[1].split(whereSeparator: \.isWhitespace)
    if key[0] == "background" {
      guard words.count == 1, let colour = Colour(words[0]) else { return false }
      background = colour
      return true
    }
    guard let role = Role.allCases.first(where: { $0.name == key[0] }),
      let look = Look(words[...])
    else { return false }
    looks[role] = look
    return true
  }
}

extension Theme.Look {
  /// Words as `#d0d0d0 on black bold`; nil for others.
  fileprivate init?(_ words: ArraySlice<Substring>) {
    var rest = words
    guard !rest.isEmpty else { return nil }
    self.init()
    if let word = rest.first, let colour = Colour(word) {
      self.colour = colour
      rest.removeFirst()
    }
    if rest.first == "on" {
      guard let word = rest.dropFirst().first, let colour = Colour(word) else { return nil }
      background = colour
      rest.removeFirst(2)
    }
    for word in rest {
      guard let attribute = Theme.Attributes.named[String(word)] else { return nil }
      attributes.insert(attribute)
    }
  }
}
