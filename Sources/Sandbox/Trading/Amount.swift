/// An exact, non-negative decimal with up to 18 places: an integer count of 10⁻¹⁸.
struct Amount: Sendable, Comparable {
  private static let places = 18
  private static let one: UInt128 = 1_000_000_000_000_000_000
  /// Twelve digits before the point leave room for every product made here.
  private static let most: UInt128 = one * 1_000_000_000_000

  private let units: UInt128

  static let zero = Amount(units: 0)

  private init(units: UInt128) { self.units = units }

  /// Reads plain decimal text: `0`, `12`, `0.5`; no sign, exponent, space or leading zeros.
  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, (1...12).contains(whole.count),
      whole.count == 1 || whole.first != UInt8(ascii: "0")
    else { return nil }
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard parts.count == 1 || (1...Amount.places).contains(fraction.count) else { return nil }
    var units: UInt128 = 0
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: Amount.places - fraction.count)
    for digit in whole + fraction + zeros {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      units = units * 10 + UInt128(digit - UInt8(ascii: "0"))
    }
    self.units = units
  }

  static func < (left: Amount, right: Amount) -> Bool { left.units < right.units }
  static func + (left: Amount, right: Amount) -> Amount { Amount(units: left.units + right.units) }

  /// The difference, or zero where it would be negative.
  static func - (left: Amount, right: Amount) -> Amount {
    Amount(units: left.units > right.units ? left.units - right.units : 0)
  }

  /// The product, rounded down; nil beyond twelve digits before the point.
  static func * (left: Amount, right: Amount) -> Amount? {
    let product = left.units.multipliedFullWidth(by: right.units)
    guard product.high < one else { return nil }
    let units = one.dividingFullWidth(product).quotient
    return units < most ? Amount(units: units) : nil
  }

  /// The quotient, rounded down; nil for division by zero or beyond twelve digits.
  static func / (left: Amount, right: Amount) -> Amount? {
    let scaled = left.units.multipliedFullWidth(by: one)
    guard scaled.high < right.units else { return nil }
    let units = right.units.dividingFullWidth(scaled).quotient
    return units < most ? Amount(units: units) : nil
  }

  /// This many ten-thousandths of the amount, rounded down.
  func basisPoints(_ points: Int) -> Amount { Amount(units: units * UInt128(points) / 10_000) }

  /// Cut off after `places` places.
  func floored(to places: Int) -> Amount {
    var step: UInt128 = 1
    for _ in places..<Amount.places { step *= 10 }
    return Amount(units: units / step * step)
  }
}

extension Amount: CustomStringConvertible {
  /// Plain decimal text without trailing zeros.
  var description: String {
    let (whole, rest) = units.quotientAndRemainder(dividingBy: Amount.one)
    guard rest > 0 else { return "\(whole)" }
    let digits = String(rest)
    let zeros = String(repeating: "0", count: Amount.places - digits.count)
    let fraction = (zeros + digits).reversed().drop { $0 == "0" }.reversed()
    return "\(whole)." + String(fraction)
  }
}

extension Amount: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let amount = Amount(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a plain decimal number")
    }
    self = amount
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
