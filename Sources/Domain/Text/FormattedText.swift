/// What people mark as they write: `*strong*`, `_emphasised_` and `` `as code` ``.
///
/// A mark begins where a word does and ends where one does, so that `2*3*4`, `snake_case_name` and the
/// underscores of an address stay what they are. A backslash before a mark makes it a letter. Marks do
/// not reach over lines, and nothing is marked within code.
package struct FormattedText: Sendable, Equatable {
  /// How a stretch looks.
  package enum Look: Sendable, Equatable { case strong, emphasised, code }

  /// A stretch of the text, in UTF-16 units.
  package struct Stretch: Sendable, Equatable {
    package var look: Look
    package var start: Int
    package var length: Int
  }

  /// The text without the marks.
  package private(set) var text = ""
  package private(set) var stretches: [Stretch] = []

  /// Reads what somebody has written.
  package init(marked: String) {
    for (index, line) in marked.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if index > 0 { text += "\n" }
      append(Array(line))
    }
  }

  private static let marks: [Character: Look] = ["*": .strong, "_": .emphasised, "`": .code]

  private mutating func append(_ line: [Character]) {
    var index = 0
    while index < line.count {
      let character = line[index]
      if character == "\\", index + 1 < line.count, FormattedText.marks[line[index + 1]] != nil {
        text.append(line[index + 1])
        index += 2
      } else if let look = FormattedText.marks[character],
        let end = FormattedText.end(of: index, in: line)
      {
        let start = text.utf16.count
        let inner = Array(line[(index + 1)..<end])
        if look == .code { text += String(inner) } else { append(inner) }
        stretches.append(Stretch(look: look, start: start, length: text.utf16.count - start))
        index = end + 1
      } else {
        text.append(character)
        index += 1
      }
    }
  }

  /// Where the stretch ends that a mark begins; nil where it begins none.
  private static func end(of start: Int, in line: [Character]) -> Int? {
    let mark = line[start]
    guard start == 0 || !line[start - 1].isWordLike, start + 2 < line.count,
      !line[start + 1].isWhitespace, line[start + 1] != mark
    else { return nil }
    for index in (start + 2)..<line.count where line[index] == mark {
      let isAtEnd = index + 1 == line.count || !line[index + 1].isWordLike
      if !line[index - 1].isWhitespace, isAtEnd, line[index - 1] != "\\" { return index }
    }
    return nil
  }
}

extension Character {
  /// It stands within words, or within what is no sentence: a path, an address.
  fileprivate var isWordLike: Bool { isLetter || isNumber || "/\\:@#".contains(self) }
}
