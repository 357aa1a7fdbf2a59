import Phrases

/// Makes text from a server, a file or a person safe to show: the one place where it happens.
///
/// Control and escape characters and bidirectional overrides become visible marks, characters that
/// show nothing are dropped, line breaks become spaces unless `keepingLines`. Letters of any script,
/// accents, emoji and their joiners stay, and isolates that begin and end in one line. Everything that reaches the screen, the clipboard, a
/// title, a notification or a person's terminal passes through here; JSON has
/// `escapingInvisible(_:)` instead, which loses nothing.
///
/// - Parameter limit: at most this many characters are kept; `…` stands for the rest.
package func harmless(
  _ text: String, keepingLines: Bool = false, limit: Int = 16_384
) -> String {
  // Bytes are at least as many as characters.
  if text.utf8.count <= limit,
    text.unicodeScalars.allSatisfy({ isOrdinary($0) || keepingLines && $0 == "\n" })
  {
    return text
  }
  var output = ""
  var count = 0
  var depth = 0
  for character in withoutLoneIsolates(text) {
    guard count < limit else {
      return output + "…" + String(repeating: "\u{2069}", count: depth)
    }
    if let scalar = character.unicodeScalars.first, scalar.beginsIsolate || scalar.endsIsolate {
      depth += scalar.beginsIsolate ? 1 : -1
    }
    count += 1
    if isPlain(character) {
      output.append(character)
    } else {
      appendVisible(character, keepingLines: keepingLines, to: &output)
    }
  }
  return output
}

/// The same of a part of a text.
package func harmless(
  _ text: Substring, keepingLines: Bool = false, limit: Int = 16_384
) -> String {
  harmless(String(text), keepingLines: keepingLines, limit: limit)
}

/// Whether a scalar shows as it is, in one column, and never joins what stands beside it: printable
/// ASCII, letters of Latin, Greek and Cyrillic, common signs. Most texts have no others, and need none
/// of the questions that Unicode asks of every character.
@inlinable
package func isOrdinary(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20...0x7e, 0xa1...0xac, 0xae...0x24f, 0x391...0x3a1, 0x3a3...0x3ff, 0x400...0x481,
    0x48a...0x52f, 0x2010...0x2015, 0x2018...0x2022, 0x2026, 0x2190...0x2193, 0x2500...0x25cc,
    0x25cf, 0x2713, 0x2717:
    true
  default: false
  }
}

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
    if scalar.isMark {
      marks += 1
      guard marks <= markLimit else { continue }
    }
    if let shown = visible(scalar, keepingLines: keepingLines, isInFlag: isFlag) {
      output.unicodeScalars.append(shown)
    }
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
  // Those without a partner are gone by now.
  case 0x2066...0x2069: return scalar
  default:
    return switch Visibility(of: scalar) {
    case .shown: scalar
    case .marked: "\u{fffd}"
    case .dropped: nil
    }
  }
}
