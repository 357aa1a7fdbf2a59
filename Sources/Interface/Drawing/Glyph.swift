/// A piece of text that every terminal shows in the same one or two columns: a letter and at most four
/// marks on it.
///
/// It lies in two words, without a string of its own, so that a picture of thousands is copied and
/// compared like memory.
struct Glyph: Hashable, Sendable {
  /// More marks than this on one letter are cut off; curses keeps no more.
  static let mostMarks = 4

  /// Three scalars of 21 bits each, the letter lowest.
  private var lower: UInt64
  /// Two more marks; above them the width.
  private var upper: UInt64

  private static let scalarBits: UInt64 = 21
  private static let scalarMask: UInt64 = (1 << scalarBits) - 1
  private static let widthShift: UInt64 = 2 * scalarBits

  /// A letter by itself.
  ///
  /// - Parameter width: 1 or 2.
  init(_ letter: Unicode.Scalar, width: Int = 1) {
    lower = UInt64(letter.value)
    upper = UInt64(width) << Self.widthShift
  }

  static let space = Glyph(" ")
  /// What stands in the second column of a wide one: nothing.
  static let rest = Glyph("\0", width: 0)

  /// 1 or 2; 0 in the second column of a wide one.
  var width: Int { Int(upper >> Self.widthShift) }

  /// The letter.
  var letter: Unicode.Scalar { scalar(0) ?? " " }

  /// Whether something stands on the letter.
  var isMarked: Bool { scalar(1) != nil }

  /// Whether no further mark has room.
  var isFull: Bool { scalar(Self.mostMarks) != nil }

  /// Does something with the letter and each of its marks; with nothing where that is the second column
  /// of a wide one.
  func forEachScalar(_ work: (Unicode.Scalar) -> Void) {
    for place in 0...Self.mostMarks {
      guard let scalar = scalar(place) else { return }
      work(scalar)
    }
  }

  /// As text.
  var text: String { CollectionOfOne(self).text }

  /// Puts a mark on the letter, unless there are enough.
  mutating func add(_ mark: Unicode.Scalar) {
    guard let place = (1...Self.mostMarks).first(where: { scalar($0) == nil }) else { return }
    let value = UInt64(mark.value)
    if place < 3 {
      lower |= value << (UInt64(place) * Self.scalarBits)
    } else {
      upper |= value << (UInt64(place - 3) * Self.scalarBits)
    }
  }

  /// Zero is no scalar here: control characters never get into a glyph.
  private func scalar(_ place: Int) -> Unicode.Scalar? {
    let bits =
      place < 3
      ? lower >> (UInt64(place) * Self.scalarBits) : upper >> (UInt64(place - 3) * Self.scalarBits)
    let value = UInt32(bits & Self.scalarMask)
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}

extension Sequence<Glyph> {
  /// All of them as one text.
  var text: String {
    var text = String.UnicodeScalarView()
    for glyph in self { glyph.forEachScalar { text.append($0) } }
    return String(text)
  }
}
