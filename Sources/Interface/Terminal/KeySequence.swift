import ScreenState

/// What control bytes and escape sequences mean.
enum KeySequence {
  /// - Parameter byte: below 0x20, or 0x7f.
  static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x08, 0x7f: .backspace
    case 0x09: .tab
    case 0x0d: .enter
    case 0x1b: .escape
    case 0x01...0x1a: .control(Character(Unicode.Scalar(byte + 0x60)))
    default: .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  /// `ESC O` and a letter: what terminals send in application mode, and F1 to F4.
  static func short(_ final: UInt8) -> Key? {
    final == UInt8(ascii: "M") ? .enter : named(final, modifier: 1)
  }

  /// `ESC [`, parameters and a final byte; nil for what is unknown or no key.
  static func long(parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
    if parameters.first == UInt8(ascii: "<") {
      return mouse(parameters.dropFirst(), isPress: final == UInt8(ascii: "M"))
    }
    // The Linux console sends F1 to F5 as `ESC [ [ A` to `E`.
    if parameters == [UInt8(ascii: "[")] {
      return 0x41...0x45 ~= final ? .function(Int(final) - 0x40) : nil
    }
    if parameters.isEmpty, final == UInt8(ascii: "I") { return .focusIn }
    if parameters.isEmpty, final == UInt8(ascii: "O") { return .focusOut }
    let numbers = numbers(parameters)
    let modifier = numbers.count > 1 ? numbers[1] : 1
    guard final == UInt8(ascii: "~") else { return named(final, modifier: modifier) }
    switch numbers.first {
    case 1, 7: return .home
    case 2: return .insert
    case 3: return modifier > 2 ? .wordDelete : .delete
    case 4, 8: return .end
    case 5: return .pageUp
    case 6: return .pageDown
    case let number?: return functionNumbers[number].map(Key.function)
    case nil: return nil
    }
  }

  /// What Alt makes of a key; nil for one that it leaves as it is.
  static func withAlt(_ key: Key) -> Key? {
    switch key {
    case .up: .altUp
    case .left: .wordLeft
    case .right: .wordRight
    default: nil
    }
  }

  /// The modifiers are bits, counted from 1: Shift, Alt, Control.
  private static func isAlt(_ modifier: Int) -> Bool { max(0, modifier - 1) & 2 != 0 }

  private static func named(_ final: UInt8, modifier: Int) -> Key? {
    let isPlain = modifier <= 2
    return switch final {
    case UInt8(ascii: "A"): isAlt(modifier) ? .altUp : .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): isPlain ? .right : .wordRight
    case UInt8(ascii: "D"): isPlain ? .left : .wordLeft
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "Z"): .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4f)
    default: nil
    }
  }

  /// The holes are history: the VT220's keyboard had gaps there.
  private static let functionNumbers: [Int: Int] = {
    let codes = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34]
    return Dictionary(uniqueKeysWithValues: zip(codes, 1...))
  }()

  /// Shift, Alt and Control in the number of a button.
  private static let mouseModifiers = 4 | 8 | 16

  /// An SGR report: button, then the place counted from 1. Only the main button without a modifier is
  /// a click: with one the terminal selects text. A wheel turns whatever is held.
  ///
  /// Nothing waits for the release, which terminals do not always send.
  private static func mouse(_ parameters: ArraySlice<UInt8>, isPress: Bool) -> Key? {
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .compactMap { UInt16(String(decoding: $0, as: UTF8.self)) }.map(Int.init)
    guard isPress, numbers.count == 3, numbers[1] > 0, numbers[2] > 0,
      parameters.count(where: { $0 == UInt8(ascii: ";") }) == 2
    else { return nil }
    let (column, row) = (numbers[1] - 1, numbers[2] - 1)
    return switch numbers[0] {
    case 0: .click(column: column, row: row)
    case let wheel where wheel & ~mouseModifiers == 64: .scroll(lines: -3, column: column, row: row)
    case let wheel where wheel & ~mouseModifiers == 65: .scroll(lines: 3, column: column, row: row)
    default: nil
    }
  }

  private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
    parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 1
    }
  }
}
