/// The escapes of a JSON text.
enum JSONEscapes {
  private typealias Rest = Slice<UnsafeBufferPointer<UInt8>>

  /// What `bytes`, the inside of a text, mean; nil if an escape means nothing.
  ///
  /// Half a surrogate pair, as a server leaves it that cuts a text in the middle of one, is a character
  /// that is not known: it takes nothing else with it.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        continue
      }
      guard let scalar = scalar(&rest) else { return nil }
      output.append(contentsOf: String(scalar).utf8)
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func scalar(_ rest: inout Rest) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = unit(&rest) else { return nil }
      guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{fffd}" }
      // What follows and is no second half stands for itself.
      var ahead = rest
      guard ahead.popFirst() == UInt8(ascii: "\\"), ahead.popFirst() == UInt8(ascii: "u"),
        let second = self.unit(&ahead), UTF16.isTrailSurrogate(second)
      else { return "\u{fffd}" }
      rest = ahead
      return Unicode.Scalar(0x10000 + (UInt32(unit) & 0x3ff) << 10 + UInt32(second) & 0x3ff)
    default: return nil
    }
  }

  /// Four hexadecimal digits.
  private static func unit(_ rest: inout Rest) -> UInt16? {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = rest.popFirst() else { return nil }
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(byte - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt16(byte - 0x57)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt16(byte - 0x37)
      default: return nil
      }
    }
    return unit
  }
}
