/// Escapes in a JSON text what a terminal or an editor would obey, hide or break a line at. Inside
/// JSON such characters stand in strings alone, so that readers get the same text as before.
///
/// Joiners and variation selectors, which scripts and emoji need, stay as they are behind a letter,
/// a digit, a symbol or one another. Private characters stay too: they mean something to those who
/// agreed on them, and nothing to a terminal.
package func escapingInvisible(_ json: String) -> String {
  // Most lines hold none, and every one of these takes more than one byte but DEL.
  guard json.utf8.contains(where: { $0 >= 0x80 || $0 == 0x7f }) else { return json }
  var output = ""
  output.reserveCapacity(json.utf8.count)
  var isInWord = false
  for scalar in json.unicodeScalars {
    let isAttachment = scalar.isSelector || scalar.properties.isJoinControl
    if isAttachment ? !isInWord : isEscaped(scalar) {
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      isInWord = false
    } else {
      output.unicodeScalars.append(scalar)
      if !isAttachment { isInWord = canCarry(scalar) }
    }
  }
  return output
}

private func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20: false  // The encoder has escaped them.
  case 0x7f..<0xa0, 0x2028, 0x2029: true
  case ..<0x80: false
  default:
    scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint
      || scalar.properties.generalCategory == .format && !scalar.isPrepended
  }
}

/// Whether a joiner or a selector can belong to what stands before it.
private func canCarry(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x23, 0x2a, 0x30...0x39: true  // `#`, `*` and digits begin key caps.
  case ..<0x80: scalar.properties.isAlphabetic
  default: !scalar.properties.isWhitespace
  }
}
