extension StringProtocol {
  /// Whether nothing of it can be seen.
  package var isBlank: Bool {
    unicodeScalars.allSatisfy { scalar in
      let properties = scalar.properties
      if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { return true }
      switch properties.generalCategory {
      case .control, .format: return true
      // The braille pattern without a dot.
      default: return scalar.value == 0x2800
      }
    }
  }

  /// Without spaces and line breaks at both ends.
  package var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
