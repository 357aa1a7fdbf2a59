/// An exact decimal amount of an asset, written in plain digits; it compares by value.
///
/// No floating point and no rounding anywhere: `"100.00"` equals `"100"`, and a value with forty
/// digits stays whole. A person's input goes through `init(userText:)`, which is strict; what a
/// server sends goes through `init(serverText:)`, which is tolerant.
public struct Amount: Sendable {
  /// Plain digits: the text as given where it is that, zeros at its end included.
  public let text: String

  /// Computed when it is needed: most amounts are only carried, kept and shown.
  var value: ExactDecimal { ExactDecimal(writtenAs: text) }

  /// Zero.
  public static let zero = Amount(.zero)

  init(_ value: ExactDecimal) { text = value.text }

  /// Reads a decimal number as a server may write it: sign, leading zeros, `.5`, `5.` and an
  /// exponent are understood, and kept in plain digits. Nil for anything else, beyond 128 characters,
  /// or an exponent beyond ±128.
  public init?(serverText: String) {
    guard ExactDecimal.isNumber(serverText) else { return nil }
    text = Amount.isPlain(serverText) ? serverText : ExactDecimal(writtenAs: serverText).text
  }

  /// Digits with at most one point, none of them missing or too many; a minus before what is not
  /// zero.
  private static func isPlain(_ text: String) -> Bool {
    var digits = text.utf8[...]
    if digits.first == UInt8(ascii: "-") {
      digits = digits.dropFirst()
      guard digits.contains(where: { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }) else {
        return false
      }
    }
    let isBare = digits.allSatisfy { byte in
      byte == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard isBare, digits.first != UInt8(ascii: "."), digits.last != UInt8(ascii: ".") else {
      return false
    }
    let second = digits.dropFirst().first
    return digits.first != UInt8(ascii: "0") || second == nil || second == UInt8(ascii: ".")
  }

  /// The text to send: as given if it is plain digits, so that what was typed goes out unchanged.
  package var wireText: String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isPlain && text.utf8.first != UInt8(ascii: ".") && text.utf8.last != UInt8(ascii: ".")
      ? text : plainText
  }

  /// The value in plain digits: no exponent, no sign but a minus, no needless zeros.
  public var plainText: String { value.text }

  /// Whether the value is below zero.
  public var isNegative: Bool {
    // Asked of every row of a push; plain digits begin with a minus only below zero.
    text.utf8.first == UInt8(ascii: "-")
  }
  /// Whether the value is zero.
  public var isZero: Bool { value.isZero }
  /// Whether the value is above zero.
  public var isPositive: Bool { !value.isNegative && !value.isZero }
  /// How many digits stand after the point, trailing zeros aside.
  public var places: Int { value.scale }

  /// The exact sum.
  public static func + (left: Amount, right: Amount) -> Amount { Amount(left.value + right.value) }
  /// The exact difference; it may be negative.
  public static func - (left: Amount, right: Amount) -> Amount { Amount(left.value - right.value) }
  /// The exact product, of as many digits as it takes.
  public static func * (left: Amount, right: Amount) -> Amount { Amount(left.value * right.value) }

  /// This amount less `bps` hundredths of a percent (0 to 10 000), never rounded up: the digits
  /// beyond `places` after the point are dropped.
  public func reduced(byBasisPoints bps: Int, places: Int = 18) -> Amount {
    let kept = min(max(10_000 - bps, 0), 10_000)
    let product = value * ExactDecimal(integer: kept)
    return Amount(product.shiftedRight(by: 4).truncated(toPlaces: places))
  }

  /// `percent` hundredths of this amount (0 to 100), never rounded up: for the "25 % / max" keys.
  public func portion(percent: Int, places: Int = 18) -> Amount {
    let product = value * ExactDecimal(integer: min(max(percent, 0), 100))
    return Amount(product.shiftedRight(by: 2).truncated(toPlaces: places))
  }
}

extension ExactDecimal {
  /// A small whole number, zero or above.
  fileprivate init(integer: Int) {
    self.init(
      isNegative: false, digits: String(integer).utf8.map { $0 - UInt8(ascii: "0") }, scale: 0)
  }
}

extension Amount: Comparable, Hashable {
  /// Equal in value, whatever the texts.
  public static func == (left: Amount, right: Amount) -> Bool {
    left.text == right.text || left.value == right.value
  }
  public static func < (left: Amount, right: Amount) -> Bool { left.value < right.value }
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Amount: CustomStringConvertible {
  /// The text as given.
  public var description: String { text }
}

extension Amount: Codable {
  /// Reads the text form; numbers are refused, since they would pass through floating point.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let amount = Amount(serverText: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
    }
    self = amount
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Amount {
  /// `−0.01 %`: how far `new` is from `old`, to two places, towards zero.
  package static func percentChange(from old: Amount, to new: Amount) -> String? {
    guard old.isPositive else { return nil }
    let difference = new - old
    let distance = difference.isNegative ? Amount.zero - difference : difference
    // The largest number of hundredths of a percent that still fits, by bisection: exact, no Double.
    var low = 0
    var high = 1_000_000
    while low < high {
      let middle = (low + high + 1) / 2
      if old.hundredthsOfPercent(middle) <= distance { low = middle } else { high = middle - 1 }
    }
    let sign = difference.isNegative ? "−" : "+"
    return "\(sign)\(low / 100).\(String(100 + low % 100).dropFirst()) %"
  }

  private func hundredthsOfPercent(_ count: Int) -> Amount {
    self * (Amount(serverText: "\(count)e-4") ?? .zero)
  }
}
