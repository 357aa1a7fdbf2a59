extension FieldState {
  /// Edits the text as the key says; false when the key is no editing key and means something
  /// else here.
  ///
  /// Works on whole characters as people see them. Line breaks of a paste become spaces, but for
  /// fields of several lines; a code field takes ASCII digits only, whatever surrounds them in a
  /// paste, and never more than its places.
  /// - Parameters:
  ///   - limit: the most characters the field holds.
  ///   - killed: the text that was killed last, in this field or another one. A secret never gets there.
  package mutating func edit(_ key: Key, limit: Int = 4096, killed: inout String) -> Bool {
    if case .choice(let options) = style { return choose(key, among: options) }
    if FieldState.undoing.contains(key) {
      if let (text, cursor) = past.undo() { (self.text, self.cursor) = (text, cursor) }
      isSelected = false
      return true
    }
    var editor = LineEditor(self, limit: limit)
    guard let kind = editor.edit(key, killed: &killed) else { return false }
    let edited = String(editor.characters)
    if edited != text, style.isKept {
      // A word after the other is undone.
      let isSpace = if case .character(let typed) = key { typed.isWhitespace } else { false }
      past.keep(text, cursor: cursor, before: kind, isNewStep: isSpace || isSelected)
    } else if kind == .other {
      past.endStep()
    }
    // Two pieces can join into one character: a letter and the accent pasted after it.
    cursor = min(String(editor.characters[..<editor.position]).count, edited.count)
    text = edited
    isSelected = false
    return true
  }

  /// What takes the last change back; some terminals cannot send the first.
  package static let undoing: [Key] = [.control("_"), .control("x")]

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
}

extension FieldState.Style {
  /// Whether what is in the field may be kept besides: no secret is.
  fileprivate var isKept: Bool { self != .secret }
}

/// The characters of a field while one key edits them.
private struct LineEditor {
  var characters: [Character]
  var position: Int
  private let style: FieldState.Style
  private let limit: Int
  private let isSelected: Bool
  private let isKilling: Bool

  init(_ field: FieldState, limit: Int) {
    characters = Array(field.text)
    position = max(0, min(field.cursor, characters.count))
    style = field.style
    self.limit = limit
    isSelected = field.isSelected
    isKilling = field.past.isKilling
  }

  /// What kind of editing it was; nil for a key that edits nothing.
  mutating func edit(_ key: Key, killed: inout String) -> FieldPast.Kind? {
    switch key {
    case .character(let typed):
      replaceSelection()
      insert([typed])
      return .typing
    case .paste(let pasted):
      let lineBreak: Character = style == .lines ? "\n" : " "
      replaceSelection()
      insert(pasted.map { $0.isNewline ? lineBreak : $0 })
    case .newline where style == .lines, .control("j") where style == .lines: insert(["\n"])
    case .control("y"):
      replaceSelection()
      insert(Array(killed).map { $0.isNewline && style != .lines ? " " : $0 })
    case .backspace, .delete:
      let from = isSelected ? 0 : key == .backspace ? max(0, position - 1) : position
      let to =
        isSelected
        ? characters.count : key == .backspace ? position : min(characters.count, position + 1)
      remove(from..<to)
      return .deleting
    default:
      if let range = killing(key) {
        kill(range, &killed)
        return .killing
      }
      guard let place = place(after: key) else { return nil }
      position = place
    }
    return .other
  }

  private mutating func insert(_ piece: [Character]) {
    var (piece, limit) = (piece, limit)
    if case .code(let places) = style {
      piece = piece.filter { $0.isASCII && $0.isNumber }
      limit = min(limit, places)
    }
    piece = Array(piece.prefix(max(0, limit - characters.count)))
    characters.insert(contentsOf: piece, at: position)
    position += piece.count
  }

  private mutating func replaceSelection() {
    if isSelected { remove(0..<characters.count) }
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    position = range.lowerBound
  }

  // MARK: Killing

  /// What a key kills; nil for one that kills nothing.
  private func killing(_ key: Key) -> Range<Int>? {
    let range: Range<Int>
    switch key {
    // At the end of a line its break goes, so that the key goes on when it is pressed again.
    case .control("u"):
      let start = lineStart(before: position)
      range = (start == position ? max(0, start - 1) : start)..<position
    case .control("k"):
      let end = lineEnd(after: position)
      range = position..<(end == position ? min(characters.count, end + 1) : end)
    case .control("w"), .wordBackspace: range = wordStart(before: position)..<position
    case .alt("d"), .wordDelete: range = position..<wordEnd(after: position)
    default: return nil
    }
    return isSelected ? 0..<characters.count : range
  }

  /// Kills that follow each other are one text.
  private mutating func kill(_ range: Range<Int>, _ killed: inout String) {
    guard !range.isEmpty else { return }
    let isBefore = range.upperBound == position
    let piece = String(characters[range])
    remove(range)
    guard style.isKept else { return }
    killed = !isKilling ? piece : isBefore ? piece + killed : killed + piece
  }

  // MARK: Moving

  /// Where a key leads; nil for one that leads nowhere.
  private func place(after key: Key) -> Int? {
    switch key {
    case .up where style == .lines: lineAbove(from: position)
    case .down where style == .lines: lineBelow(from: position)
    case .left: max(0, position - 1)
    case .right: min(characters.count, position + 1)
    case .home, .control("a"): lineStart(before: position)
    case .end, .control("e"): lineEnd(after: position)
    case .wordLeft, .alt("b"): wordStart(before: position)
    case .wordRight, .alt("f"): wordEnd(after: position)
    default: nil
    }
  }

  /// Just after the line break before `position`; in a field of one line its beginning.
  private func lineStart(before position: Int) -> Int {
    characters[..<position].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private func lineEnd(after position: Int) -> Int {
    characters[position...].firstIndex(of: "\n") ?? characters.count
  }

  private func lineAbove(from position: Int) -> Int {
    let start = lineStart(before: position)
    guard start > 0 else { return 0 }
    return min(lineStart(before: start - 1) + position - start, start - 1)
  }

  private func lineBelow(from position: Int) -> Int {
    let start = lineStart(before: position)
    let end = lineEnd(after: position)
    guard end < characters.count else { return end }
    return min(end + 1 + position - start, lineEnd(after: end + 1))
  }

  private func wordStart(before position: Int) -> Int {
    var start = position
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    return start
  }

  private func wordEnd(after position: Int) -> Int {
    var end = position
    while end < characters.count, characters[end].isWhitespace { end += 1 }
    while end < characters.count, !characters[end].isWhitespace { end += 1 }
    return end
  }
}
