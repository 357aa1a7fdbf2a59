/// How a mouse report goes on whose beginning came too long before, so that nobody types the rest of
/// it into a message.
///
/// A whole one reads `ESC [ < button ; column ; row M`, with `m` at the end when a button is let go.
enum LateReport: Sendable {
  /// `ESC` was taken for the escape key.
  case afterEscape
  /// `ESC [` was taken for Alt with a bracket.
  case afterBracket
  /// Some of the numbers were there.
  case inside

  /// How many bytes at the beginning are the rest of the report; 0 where they are not.
  func length(in bytes: [UInt8]) -> Int {
    switch self {
    case .afterEscape: Self.length(of: "[<", in: bytes[...])
    case .afterBracket: Self.length(of: "<", in: bytes[...])
    case .inside: Self.length(of: "", in: bytes[...], separators: 0...2)
    }
  }

  /// What was pasted, without the reports of a mouse that was moved or pressed meanwhile.
  static func without(reportsIn bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x1b) else { return bytes }
    var rest = bytes[...]
    var kept: [UInt8] = []
    while let byte = rest.first {
      let length = byte == 0x1b ? length(of: "\u{1b}[<", in: rest) : 0
      if length == 0 { kept.append(byte) }
      rest.removeFirst(max(1, length))
    }
    return kept
  }

  /// Longer numbers are none of a mouse.
  private static let longest = 32

  private static func length(
    of start: String, in bytes: ArraySlice<UInt8>, separators: ClosedRange<Int> = 2...2
  ) -> Int {
    let start = Array(start.utf8)
    guard bytes.starts(with: start) else { return 0 }
    let numbers = bytes.dropFirst(start.count).prefix(longest).prefix {
      0x30...0x39 ~= $0 || $0 == UInt8(ascii: ";")
    }
    let end = numbers.endIndex
    guard separators.contains(numbers.count { $0 == UInt8(ascii: ";") }), end < bytes.endIndex,
      [UInt8(ascii: "M"), UInt8(ascii: "m")].contains(bytes[end])
    else { return 0 }
    return end + 1 - bytes.startIndex
  }
}
