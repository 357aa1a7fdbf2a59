/// What a terminal says of itself when it is asked. It comes among the keys, and is none.
enum TerminalReport: Equatable, Sendable {
  /// Where its cursor stands, counted from 1 (CPR). Not in the first row, where the same bytes are a
  /// key with modifiers.
  case cursor(row: Int, column: Int)
  /// How one of its modes is set: 0 unknown, 1 set, 2 not set, 3 and 4 for ever (DECRPM).
  case mode(Int, Int)
  /// What it can do (DA1); every terminal answers that.
  case abilities([Int])
  /// Its name and version (XTVERSION).
  case name(String)
  /// Whether it takes pictures as kitty does.
  case graphics(isSupported: Bool)

  /// From `ESC [`, parameters and a final byte; nil for anything else.
  init?(parameters: ArraySlice<UInt8>, final: UInt8) {
    switch final {
    case UInt8(ascii: "R"):
      let numbers = Self.numbers(parameters)
      guard numbers.count == 2, numbers[0] > 1 else { return nil }
      self = .cursor(row: numbers[0], column: numbers[1])
    case UInt8(ascii: "c"):
      guard parameters.first == UInt8(ascii: "?") else { return nil }
      self = .abilities(Self.numbers(parameters.dropFirst()))
    case UInt8(ascii: "y"):
      guard parameters.last == UInt8(ascii: "$") else { return nil }
      // A private mode begins with a question mark; none of those is asked for.
      let numbers = Self.numbers(parameters.dropLast())
      guard numbers.count == 2 else { return nil }
      self = .mode(numbers[0], numbers[1])
    default: return nil
    }
  }

  /// From what stands between `ESC`, an introducer, and the end of the report; nil for anything else.
  init?(_ introducer: UInt8, _ content: [UInt8]) {
    let text = String(decoding: content, as: UTF8.self)
    switch introducer {
    case UInt8(ascii: "P") where text.hasPrefix(">|"): self = .name(String(text.dropFirst(2)))
    case UInt8(ascii: "_") where text.hasPrefix("G"):
      self = .graphics(isSupported: text.hasSuffix(";OK"))
    default: return nil
    }
  }

  private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
    parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).compactMap {
      Int(String(decoding: $0, as: UTF8.self))
    }
  }
}
