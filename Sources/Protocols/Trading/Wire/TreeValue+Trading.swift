import Domain
import JSON

/// The fields of a message as they are understood here.
///
/// A server writes amounts as text, but a number may slip in, and it must not pass through floating
/// point; so numbers read as the text they are written in, and ids that are sometimes numbers do too.
extension TreeValue {
  /// Reads a whole message by the grammar, escapes and all: one that is damaged says nothing about
  /// money. Nil if it is no JSON, not UTF-8, or beyond the bounds of a tree.
  init?(message bytes: [UInt8]) {
    guard let tree = try? JSONReader.read(bytes, strictTexts: true) else { return nil }
    self = tree.root
  }

  /// The same of a text.
  init?(message text: String) {
    guard let tree = try? JSONReader.read(text, strictTexts: true) else { return nil }
    self = tree.root
  }

  /// The first member called `name`; nil if there is none, or null, or no object here.
  subscript(name: TreeKey) -> TreeValue? { member(name) }

  /// A text, or a number with all its digits.
  var textOrNumeral: String? { text ?? numeral }

  /// Text that is there, not empty and of a sensible length in bytes.
  func text(_ name: TreeKey, limit: Int = 256) -> String? {
    self[name]?.text(limit: limit)
  }

  /// The same of this value.
  private func text(limit: Int) -> String? {
    guard let text = textOrNumeral, (1...limit).contains(text.utf8.count) else { return nil }
    return text
  }

  /// A transaction's hash: letters and digits, as every chain writes them, and what base64 and
  /// abbreviations add.
  /// Anything else is none, so that it can be copied and passed on as it is.
  func hash(_ name: TreeKey) -> String? {
    guard let text = text(name, limit: 128) else { return nil }
    let others = Array("+/=_-.:".utf8)
    let isHash = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: others.contains(byte)
      }
    }
    return isHash ? text : nil
  }

  func amount(_ name: TreeKey) -> Amount? { text(name).flatMap(Amount.init(serverText:)) }

  /// The amount that this value is, if it is not less than nothing.
  var quantity: Amount? {
    text(limit: 256).flatMap(Amount.init(serverText:)).flatMap { $0.isNegative ? nil : $0 }
  }

  /// An amount that cannot be less than nothing; one that is counts as unreadable.
  func quantity(_ name: TreeKey) -> Amount? { self[name]?.quantity }

  /// A moment in milliseconds since 1970. Before that, or after the year 9999, there is none: sums and
  /// differences of moments stay within 64 bits.
  func moment(_ name: TreeKey) -> Int64? {
    integer(name).flatMap { (0...253_402_300_799_999).contains($0) ? $0 : nil }
  }

  /// A few words for a person, cut where they are too many.
  func words(_ name: TreeKey) -> String? {
    text(name, limit: .max).map { $0.cut(to: 200) }
  }

  /// A whole number, however it is written.
  func integer(_ name: TreeKey) -> Int64? {
    guard let text = text(name) else { return nil }
    return Int64(text) ?? Amount(serverText: text).flatMap { Int64($0.plainText) }
  }

  /// Text without which the message means nothing.
  func requiredText(_ name: TreeKey) throws(DecodingFailure) -> String {
    guard let text = text(name) else { throw DecodingFailure(missing: name) }
    return text
  }

  func requiredQuantity(_ name: TreeKey) throws(DecodingFailure) -> Amount {
    guard let amount = quantity(name) else { throw DecodingFailure(missing: name) }
    return amount
  }
}

extension String {
  /// The text, or its first `limit` characters by Unicode's count and an ellipsis.
  func cut(to limit: Int) -> String {
    let scalars = unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return self }
    return String(self[..<end]) + "…"
  }
}

/// Why a message cannot be understood, in a few words.
package struct DecodingFailure: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
  init(missing name: TreeKey) { reason = "no usable \(name.text)" }
}
