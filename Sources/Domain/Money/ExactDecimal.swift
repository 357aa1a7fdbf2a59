/// A decimal number of any length: sign, digits and scale, computed as on paper.
///
/// Base ten keeps every operation the API needs exact, division by a power of ten among them, and
/// amounts are short: nothing here is worth a faster base.
struct ExactDecimal: Sendable, Hashable {
  private(set) var isNegative: Bool
  /// Decimal digits, most significant first, without leading zeros; empty for zero.
  private(set) var digits: [UInt8]
  /// How many of the digits stand after the point; no trailing zeros are kept there.
  private(set) var scale: Int

  static let zero = ExactDecimal(isNegative: false, digits: [], scale: 0)

  /// Normalises, so that equal values have equal fields. A negative scale appends zeros.
  init(isNegative: Bool, digits: [UInt8], scale: Int) {
    var digits = Array(digits.drop { $0 == 0 })
    var scale = scale
    if scale < 0, !digits.isEmpty {
      digits.append(contentsOf: repeatElement(0, count: -scale))
      scale = 0
    }
    while scale > 0, digits.last == 0 {
      digits.removeLast()
      scale -= 1
    }
    self.digits = digits
    self.scale = digits.isEmpty ? 0 : scale
    self.isNegative = isNegative && !digits.isEmpty
  }

  var isZero: Bool { digits.isEmpty }

  /// Plain text without exponent: `-0.05`, `12`, `3245.67`.
  var text: String {
    var shown = digits
    if shown.count <= scale {
      shown.insert(contentsOf: repeatElement(0, count: scale + 1 - shown.count), at: 0)
    }
    var bytes = shown.map { $0 + UInt8(ascii: "0") }
    if scale > 0 { bytes.insert(UInt8(ascii: "."), at: bytes.count - scale) }
    return (isNegative ? "-" : "") + String(decoding: bytes, as: UTF8.self)
  }

  /// The same value divided by ten to the power of `places`.
  func shiftedRight(by places: Int) -> ExactDecimal {
    ExactDecimal(isNegative: isNegative, digits: digits, scale: scale + places)
  }

  /// The value without the digits beyond `places` after the point: rounded towards zero.
  func truncated(toPlaces places: Int) -> ExactDecimal {
    guard scale > places else { return self }
    return ExactDecimal(
      isNegative: isNegative, digits: digits.dropLast(scale - places), scale: places)
  }

  static prefix func - (value: ExactDecimal) -> ExactDecimal {
    ExactDecimal(isNegative: !value.isNegative, digits: value.digits, scale: value.scale)
  }

  static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    let (a, b, scale) = aligned(left, right)
    if left.isNegative == right.isNegative {
      return ExactDecimal(isNegative: left.isNegative, digits: sum(a, b), scale: scale)
    }
    return a.lexicographicallyPrecedes(b)
      ? ExactDecimal(isNegative: right.isNegative, digits: difference(b, a), scale: scale)
      : ExactDecimal(isNegative: left.isNegative, digits: difference(a, b), scale: scale)
  }

  static func - (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal { left + -right }

  static func * (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    var columns = [Int](repeating: 0, count: left.digits.count + right.digits.count)
    for (i, a) in left.digits.enumerated() {
      for (j, b) in right.digits.enumerated() { columns[i + j + 1] += Int(a) * Int(b) }
    }
    for i in columns.indices.dropFirst().reversed() {
      columns[i - 1] += columns[i] / 10
      columns[i] %= 10
    }
    return ExactDecimal(
      isNegative: left.isNegative != right.isNegative, digits: columns.map(UInt8.init),
      scale: left.scale + right.scale)
  }

  /// The digits of both at one scale and one length, so that they compare and add by place.
  private static func aligned(
    _ left: ExactDecimal, _ right: ExactDecimal
  ) -> ([UInt8], [UInt8], scale: Int) {
    let scale = max(left.scale, right.scale)
    let a = left.digits + repeatElement(0, count: scale - left.scale)
    let b = right.digits + repeatElement(0, count: scale - right.scale)
    let length = max(a.count, b.count)
    return (
      repeatElement(0, count: length - a.count) + a, repeatElement(0, count: length - b.count) + b,
      scale
    )
  }

  /// The sum of two digit strings of one length, with one digit more.
  private static func sum(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: a.count + 1)
    for i in a.indices.reversed() {
      let column = a[i] + b[i] + result[i + 1]
      result[i + 1] = column % 10
      result[i] = column / 10
    }
    return result
  }

  /// `a - b` for digit strings of one length with `a >= b`.
  private static func difference(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    var result = a
    var borrow: UInt8 = 0
    for i in a.indices.reversed() {
      let taken = b[i] + borrow
      borrow = a[i] < taken ? 1 : 0
      result[i] = a[i] + borrow * 10 - taken
    }
    return result
  }
}

extension ExactDecimal: Comparable {
  static func < (left: ExactDecimal, right: ExactDecimal) -> Bool { (left - right).isNegative }
}

extension ExactDecimal {
  private static let lengthLimit = 128
  private static let exponentLimit = 128

  /// Whether `text` is a decimal number: sign, digits with at most one point among or beside them,
  /// and an exponent, all of bounded length.
  static func isNumber(_ text: String) -> Bool {
    var text = text
    guard let end = text.withUTF8(mantissaEnd) else { return false }
    return end == text.utf8.count || exponent(in: text) != nil
  }

  /// Where the digits end: at the end or at an exponent; nil if there is something else, or none.
  private static func mantissaEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count <= lengthLimit else { return nil }
    let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    var place = isSigned ? 1 : 0
    var hasDigit = false
    var hasPoint = false
    while place < bytes.count, bytes[place] | 0x20 != UInt8(ascii: "e") {
      switch bytes[place] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      default: return nil
      }
      place += 1
    }
    return hasDigit ? place : nil
  }

  /// What follows the `e`, within bounds.
  private static func exponent(in text: String) -> Int? {
    guard let mark = text.utf8.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
      return 0
    }
    let power = Int(Substring(text.utf8[mark...].dropFirst()))
    return power.flatMap { (-exponentLimit...exponentLimit).contains($0) ? $0 : nil }
  }

  /// The value of a text that is a number.
  init(writtenAs text: String) {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    var digits: [UInt8] = []
    digits.reserveCapacity(text.utf8.count)
    var scale = 0
    var isBehindPoint = false
    for byte in text.utf8 {
      if byte | 0x20 == UInt8(ascii: "e") { break }
      if byte == UInt8(ascii: ".") {
        isBehindPoint = true
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        digits.append(byte - UInt8(ascii: "0"))
        if isBehindPoint { scale += 1 }
      }
    }
    self.init(
      isNegative: isNegative, digits: digits,
      scale: scale - (ExactDecimal.exponent(in: text) ?? 0))
  }
}
