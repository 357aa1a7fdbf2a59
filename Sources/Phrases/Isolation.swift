/// Text that is written from right to left, among text that is not (Unicode's UAX #9).

extension Unicode.Scalar {
  /// Whether it belongs to a script that is written from right to left, or turns what follows that way:
  /// the blocks that Unicode keeps for such scripts, and one control character.
  package var isRightToLeft: Bool {
    switch value {
    case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfefc, 0x10800...0x10fff, 0x1e800...0x1efff,
      0x2067:
      true
    default: false
    }
  }

  /// Begins a part of a text that is ordered by itself: LRI, RLI and FSI.
  package var beginsIsolate: Bool { 0x2066...0x2068 ~= value }
  /// Ends one: PDI.
  package var endsIsolate: Bool { value == 0x2069 }
}

/// Whether anything of a text is written from right to left.
package func hasRightToLeft(_ text: String) -> Bool {
  // Neither Latin nor Greek nor Cyrillic has such bytes, so that most texts are asked nothing more.
  let mayHave =
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.contains { $0 >= 0xd6 || $0 == 0xe2 }
    } ?? true
  return mayHave && text.unicodeScalars.contains(where: \.isRightToLeft)
}

/// A name or a text as part of a line of ours: written from right to left, it turns nothing around it
/// (FSI and PDI). Any other stays as it is.
package func isolated(_ text: String) -> String {
  guard hasRightToLeft(text) else { return text }
  return "\u{2068}" + withoutLoneIsolates(text) + "\u{2069}"
}

/// A text without isolates that begin and do not end in their line, or end and have not begun: they
/// would end one of ours.
package func withoutLoneIsolates(_ text: String) -> String {
  // The bytes that all four begin with.
  guard text.utf8.contains(0xe2),
    text.unicodeScalars.contains(where: { $0.beginsIsolate || $0.endsIsolate })
  else { return text }
  var kept: [Unicode.Scalar?] = []
  var open: [Int] = []
  func drop() {
    for place in open { kept[place] = nil }
    open = []
  }
  for scalar in text.unicodeScalars {
    if scalar == "\n" || scalar == "\u{2029}" { drop() }
    if scalar.endsIsolate {
      kept.append(open.popLast().map { _ in scalar })
      continue
    }
    if scalar.beginsIsolate { open.append(kept.count) }
    kept.append(scalar)
  }
  drop()
  return String(String.UnicodeScalarView(kept.compactMap(\.self)))
}
