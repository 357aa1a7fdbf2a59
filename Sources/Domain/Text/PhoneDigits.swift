extension StringProtocol {
  /// A telephone number without what people write between its digits: spaces, dashes, dots, brackets
  /// and slashes of all kinds, and what cannot be seen. Digits and the plus of other scripts become
  /// ours. Whatever else is in it stays.
  package var phoneDigits: String {
    var bare = ""
    for scalar in unicodeScalars {
      if scalar.value < 0x80 {
        if !" \t\n\r-().[]/".unicodeScalars.contains(scalar) { bare.unicodeScalars.append(scalar) }
        continue
      }
      if scalar.value == 0xff0b {
        bare += "+"
      } else if scalar.properties.numericType == .decimal,
        let digit = scalar.properties.numericValue
      {
        bare += String(Int(digit))
      } else {
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .dashPunctuation, .format,
          .openPunctuation, .closePunctuation:
          break
        // The sign for minus, and the dot in the middle.
        default: if ![0x2212, 0xb7].contains(scalar.value) { bare.unicodeScalars.append(scalar) }
        }
      }
    }
    return bare
  }
}
