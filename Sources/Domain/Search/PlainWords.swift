/// The words of texts that are plain ASCII and Russian letters, byte by byte: most texts are, and each
/// message that arrives is split.
///
/// Gives what `WordSplitter.eachWord(of:_:)` gives; a test compares the two.
enum PlainWords {
  /// ASCII in its spelling, with what stands between words as a space.
  private static let spelling: [UInt8] = (0..<0x80).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) + 0x20
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(byte)
    default: space
    }
  }
  private static let space = UInt8(ascii: " ")

  /// Each word with a space after it; nil if the text has other letters.
  static func spelled(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var words: [UInt8] = []
    words.reserveCapacity(text.count + 1)
    var length = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte < 0x80 {
        let letter = spelling[Int(byte)]
        if letter != space {
          if length < WordSplitter.longestWord { words.append(letter) }
          length += 1
        } else if length > 0 {
          words.append(space)
          length = 0
        }
      } else {
        guard index < text.count, let letter = russian(byte, text[index]) else { return nil }
        index += 1
        if length < WordSplitter.longestWord {
          words.append(letter.0)
          words.append(letter.1)
        }
        length += 1
      }
    }
    if length > 0 { words.append(space) }
    return words
  }

  /// The small letter of a Russian one, in UTF-8; nil for any other.
  private static func russian(_ first: UInt8, _ second: UInt8) -> (UInt8, UInt8)? {
    switch (first, second) {
    case (0xD0, 0x81), (0xD1, 0x91): (0xD0, 0xB5)  // ё is е
    case (0xD0, 0x90...0x9F): (0xD0, second + 0x20)
    case (0xD0, 0xA0...0xAF): (0xD1, second - 0x20)
    case (0xD0, 0xB0...0xBF), (0xD1, 0x80...0x8F): (first, second)
    default: nil
    }
  }
}
