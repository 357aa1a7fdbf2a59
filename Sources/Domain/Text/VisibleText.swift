/// Makes text from a server, a file or a person safe to show: the one place where it happens.
///
/// Control and escape characters and bidirectional overrides become visible marks, characters that
/// show nothing are dropped, line breaks become spaces unless `keepingLines`. Letters of any script,
/// accents, emoji and their joiners stay. Everything that reaches the screen, the clipboard, a
/// title, a notification or a person's terminal passes through here; JSON has
/// `escapingInvisible(_:)` instead, which loses nothing.
///
/// - Parameter limit: at most this many characters are kept; `…` stands for the rest.
package func harmless(
  _ text: some StringProtocol, keepingLines: Bool = false, limit: Int = 16_384
) -> String {
  var output = ""
  var count = 0
  for character in text {
    guard count < limit else { return output + "…" }
    count += 1
    if isPlain(character) {
      output.append(character)
    } else {
      appendVisible(character, keepingLines: keepingLines, to: &output)
    }
  }
  return output
}

/// A name as it can be shown: harmless, and without blanks that are none of the keyboard's.
///
/// Nil for a name of nothing visible, in whose place the next best one is to be taken.
package func visibleName(_ name: String?) -> String? {
  guard let name else { return nil }
  let shown = harmless(name)
  let isVisible = shown.unicodeScalars.contains {
    Visibility(of: $0) == .shown && !$0.properties.isWhitespace && $0.value != brailleBlank
      && !isMark($0) && !$0.properties.isJoinControl
  }
  guard isVisible else { return nil }
  return shown.unicodeScalars.contains { $0.value == brailleBlank }
    ? String(String.UnicodeScalarView(shown.unicodeScalars.filter { $0.value != brailleBlank }))
    : shown
}

/// Escapes in a JSON text what a terminal or an editor would obey, hide or break a line at. Inside
/// JSON such characters stand in strings alone, so that readers get the same text as before.
package func escapingInvisible(_ json: String) -> String {
  // Most lines hold none, and every one of these takes more than one byte but DEL.
  guard json.utf8.contains(where: { $0 >= 0x80 || $0 == 0x7f }) else { return json }
  var output = ""
  output.reserveCapacity(json.utf8.count)
  for scalar in json.unicodeScalars {
    if isEscaped(scalar) {
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    } else {
      output.unicodeScalars.append(scalar)
    }
  }
  return output
}

private func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20: false  // The encoder has escaped them.
  case 0x7f..<0xa0, 0x2028, 0x2029: true
  case ..<0x80: false
  case 0x200c, 0x200d: false
  default:
    Visibility(of: scalar) != .shown && scalar.properties.generalCategory == .format
      || scalar.properties.isBidiControl
  }
}

/// What is done with a character that is no ordinary one.
private enum Visibility {
  case shown
  /// It would move, turn or restyle text: a mark stands for it.
  case marked
  /// It shows nothing and means nothing where it stands alone.
  case dropped

  init(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x200c, 0x200d: self = .shown  // joiners: Persian and emoji need them
    case 0x180b...0x180d, 0x180f, 0xfe00...0xfe0f, 0xe0100...0xe01ef: self = .shown  // selectors
    case 0x200e, 0x200f, 0x061c: self = .dropped  // Direction marks turn nothing but digits.
    case 0xfff9...0xfffb: self = .dropped  // brackets of annotations
    default: self = Visibility(ofOther: scalar)
    }
  }

  private init(ofOther scalar: Unicode.Scalar) {
    let properties = scalar.properties
    if properties.isBidiControl {
      self = .marked
    } else if properties.isDefaultIgnorableCodePoint {
      // Soft hyphen, zero-width space, word joiner, byte order mark, grapheme joiner, Hangul
      // fillers, tag letters and whatever else Unicode says is not to be seen.
      self = .dropped
    } else {
      switch properties.generalCategory {
      case .control, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: self = .marked
      case .unassigned: self = isReservedForEmoji(scalar) ? .shown : .marked
      default: self = .shown
      }
    }
  }
}

/// The pattern without dots: a blank that is no space, and has a place in pictures made of dots.
private let brailleBlank: UInt32 = 0x2800

/// Where Unicode puts emoji, those of a later version than ours too.
package func isReservedForEmoji(_ scalar: Unicode.Scalar) -> Bool {
  0x1f000...0x1faff ~= scalar.value
}

/// Most text is printable ASCII.
private func isPlain(_ character: Character) -> Bool {
  if let ascii = character.asciiValue { return ascii >= 0x20 && ascii < 0x7f }
  return character.unicodeScalars.count <= markLimit
    && character.unicodeScalars.allSatisfy { Visibility(of: $0) == .shown }
}

/// A letter with more marks on it than this is an attack on the lines above and below it.
private let markLimit = 8

/// Appends what `character` may show: dangerous scalars as marks, and of a pile of accents the
/// lowest few.
private func appendVisible(_ character: Character, keepingLines: Bool, to output: inout String) {
  if character == "\r\n" {
    output.append(keepingLines ? "\n" : " ")
    return
  }
  // The flags of England and its like are a black flag and tag letters.
  let isFlag = character.unicodeScalars.first?.value == 0x1f3f4
  var marks = 0
  for scalar in character.unicodeScalars {
    if isMark(scalar) {
      marks += 1
      guard marks <= markLimit else { continue }
    }
    if let shown = visible(scalar, keepingLines: keepingLines, isInFlag: isFlag) {
      output.unicodeScalars.append(shown)
    }
  }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .spacingMark: true
  default: false
  }
}

/// Nil for what is dropped.
private func visible(
  _ scalar: Unicode.Scalar, keepingLines: Bool, isInFlag: Bool
) -> Unicode.Scalar? {
  switch scalar.value {
  case 0x0a: return keepingLines ? "\n" : " "
  case 0x0d, 0x09, 0x2028, 0x2029, 0x85: return " "
  // The control pictures U+2400… mirror C0 one to one.
  case 0x00..<0x20: return Unicode.Scalar(0x2400 + scalar.value) ?? "\u{fffd}"
  case 0x7f: return "\u{2421}"
  case 0xe0020...0xe007f where isInFlag: return scalar
  default:
    return switch Visibility(of: scalar) {
    case .shown: scalar
    case .marked: "\u{fffd}"
    case .dropped: nil
    }
  }
}
