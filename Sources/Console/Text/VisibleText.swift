/// Makes text from a server, a file or a person safe to show: the one place where it happens.
///
/// Control and escape characters, bidirectional overrides and invisible format characters become
/// visible marks; line breaks become spaces unless `keepingLines`. Letters of any script, accents,
/// emoji and their joiners stay. Everything that reaches the screen, a notification or a person's
/// terminal passes through here; `--json` output does not need to, its encoder escapes.
///
/// - Parameter limit: at most this many characters are kept; `…` stands for the rest.
public func harmless(
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

/// Most text is printable ASCII.
private func isPlain(_ character: Character) -> Bool {
  if let ascii = character.asciiValue { return ascii >= 0x20 && ascii < 0x7f }
  return character.unicodeScalars.count <= markLimit
    && character.unicodeScalars.allSatisfy { !isDangerous($0) }
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
  var marks = 0
  for scalar in character.unicodeScalars {
    if isMark(scalar) {
      marks += 1
      guard marks <= markLimit else { continue }
    }
    output.unicodeScalars.append(visible(scalar, keepingLines: keepingLines))
  }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .spacingMark: true
  default: false
  }
}

private func visible(_ scalar: Unicode.Scalar, keepingLines: Bool) -> Unicode.Scalar {
  switch scalar.value {
  case 0x0a: keepingLines ? "\n" : " "
  case 0x0d, 0x09, 0x2028, 0x2029, 0x85: " "
  // The control pictures U+2400… mirror C0 one to one.
  case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{fffd}"
  case 0x7f: "\u{2421}"
  default: isDangerous(scalar) ? "\u{fffd}" : scalar
  }
}

private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x200c, 0x200d: false  // joiners: Persian and emoji need them
  case 0xe0020...0xe007f: false  // tag letters of regional flags
  case 0x2028, 0x2029: true
  default:
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
