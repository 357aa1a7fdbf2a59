/// An exact decimal amount of an asset: it keeps the text it was given and compares by value.
///
/// No floating point and no rounding anywhere: `"100.00"` equals `"100"`, and a value with forty
/// digits stays whole. A person's input goes through `init(userText:)`, which is strict; what a
/// server sends goes through `init(serverText:)`, which is tolerant.
public struct Amount: Sendable {
  /// The text as given, or plain text if the amount was computed.
  public let text: String
  let value: ExactDecimal

  /// Zero.
  public static let zero = Amount(.zero)

  init(_ value: ExactDecimal) {
    self.value = value
    text = value.text
  }

  /// Reads a decimal number as a server may write it: sign, leading zeros, `.5`, `5.` and an
  /// exponent are understood. Nil for anything else, beyond 128 characters, or an exponent beyond
  /// ±128.
  public init?(serverText: String) {
    guard serverText.utf8.count <= 128 else { return nil }
    var rest = serverText.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }

    let mantissa = rest.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    var exponent = 0
    if mantissa.endIndex != rest.endIndex {
      let power = rest[mantissa.endIndex...].dropFirst()
      guard let number = Int(Substring(power)), (-128...128).contains(number) else { return nil }
      exponent = number
    }

    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
    let whole = mantissa[..<point]
    let fraction = mantissa[point...].dropFirst()
    let digits = (Array(whole) + Array(fraction)).map { $0 &- UInt8(ascii: "0") }
    guard !digits.isEmpty, digits.allSatisfy({ $0 < 10 }) else { return nil }
    value = ExactDecimal(
      isNegative: isNegative, digits: digits, scale: fraction.count - exponent)
    text = serverText
  }

  /// The value in plain digits: no exponent, no sign but a minus, no needless zeros.
  public var plainText: String { value.text }

  /// Whether the value is below zero.
  public var isNegative: Bool { value.isNegative }
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
  public static func == (left: Amount, right: Amount) -> Bool { left.value == right.value }
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
