extension FieldState {
  /// Edits the text as the key says; false when the key is no editing key and means something
  /// else here.
  ///
  /// Works on whole characters as people see them. Line breaks of a paste become spaces, but for
  /// fields of several lines; a code field takes ASCII digits only, whatever surrounds them in a
  /// paste, and never more than its places.
  /// - Parameter limit: the most characters the field holds.
  package mutating func edit(_ key: Key, limit: Int = 4096) -> Bool {
    if case .choice(let options) = style { return choose(key, among: options) }
    var characters = Array(text)
    var position = max(0, min(cursor, characters.count))
    switch key {
    case .character(let typed):
      insert([typed], into: &characters, at: &position, limit: limit)
    case .paste(let pasted):
      let lineBreak: Character = style == .lines ? "\n" : " "
      insert(
        pasted.map { $0.isNewline ? lineBreak : $0 }, into: &characters, at: &position, limit: limit
      )
    case .newline where style == .lines, .control("j") where style == .lines:
      insert(["\n"], into: &characters, at: &position, limit: limit)
    case .up where style == .lines: position = Self.lineAbove(in: characters, from: position)
    case .down where style == .lines: position = Self.lineBelow(in: characters, from: position)
    case .backspace where position > 0:
      position -= 1
      characters.remove(at: position)
    case .delete where position < characters.count:
      characters.remove(at: position)
    case .backspace, .delete: break
    case .left: position = max(0, position - 1)
    case .right: position = min(characters.count, position + 1)
    case .home, .control("a"): position = Self.lineStart(in: characters, before: position)
    case .end, .control("e"): position = Self.lineEnd(in: characters, after: position)
    case .wordLeft, .alt("b"): position = Self.wordStart(in: characters, before: position)
    case .wordRight, .alt("f"): position = Self.wordEnd(in: characters, after: position)
    case .control("u"):
      characters.removeSubrange(..<position)
      position = 0
    case .control("k"):
      characters.removeSubrange(position...)
    case .control("w"):
      let start = Self.wordStart(in: characters, before: position)
      characters.removeSubrange(start..<position)
      position = start
    default: return false
    }
    text = String(characters)
    // Two pieces can join into one character: a letter and the accent pasted after it.
    cursor = min(String(characters[..<position]).count, text.count)
    return true
  }

  private func insert(
    _ piece: [Character], into characters: inout [Character], at position: inout Int, limit: Int
  ) {
    var piece = piece
    var limit = limit
    if case .code(let places) = style {
      piece = piece.filter { $0.isASCII && $0.isNumber }
      limit = min(limit, places)
    }
    piece = Array(piece.prefix(max(0, limit - characters.count)))
    characters.insert(contentsOf: piece, at: position)
    position += piece.count
  }

  private mutating func choose(_ key: Key, among options: [String]) -> Bool {
    let step: Int
    switch key {
    case .right, .character(" "): step = 1
    case .left: step = -1
    // Nothing can be typed here, but what is typed means nothing else either.
    case .character, .paste, .backspace, .delete: step = 0
    default: return false
    }
    guard let index = options.firstIndex(of: text) else { return true }
    text = options[(index + step + options.count) % options.count]
    return true
  }

  /// Just after the line break before `position`; in a field of one line its beginning.
  private static func lineStart(in characters: [Character], before position: Int) -> Int {
    characters[..<position].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private static func lineEnd(in characters: [Character], after position: Int) -> Int {
    characters[position...].firstIndex(of: "\n") ?? characters.count
  }

  private static func lineAbove(in characters: [Character], from position: Int) -> Int {
    let start = lineStart(in: characters, before: position)
    guard start > 0 else { return 0 }
    return min(lineStart(in: characters, before: start - 1) + position - start, start - 1)
  }

  private static func lineBelow(in characters: [Character], from position: Int) -> Int {
    let start = lineStart(in: characters, before: position)
    let end = lineEnd(in: characters, after: position)
    guard end < characters.count else { return end }
    return min(end + 1 + position - start, lineEnd(in: characters, after: end + 1))
  }

  private static func wordStart(in characters: [Character], before position: Int) -> Int {
    var start = position
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    return start
  }

  private static func wordEnd(in characters: [Character], after position: Int) -> Int {
    var end = position
    while end < characters.count, characters[end].isWhitespace { end += 1 }
    while end < characters.count, !characters[end].isWhitespace { end += 1 }
    return end
  }
}
