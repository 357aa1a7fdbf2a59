import Domain

/// JSON as it stands in a message: members in order, numbers as the characters they are written in.
///
/// A server writes amounts as text, but a number may slip in, and it must not pass through floating
/// point; so numbers read as text, and ids that are sometimes numbers do too.
package enum JSONNode: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    let name: Name
    let value: JSONNode
  }

  /// The name of a member, packed into two words: a message has more names than anything else, and
  /// those that are asked for are short.
  package struct Name: Sendable, Equatable {
    private var words: (UInt64, UInt64) = (0, 0)

    /// The last byte is the length. A longer name is none that is asked for.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      withUnsafeMutableBytes(of: &words) { room in
        guard bytes.count <= 15 else { return room[15] = .max }
        room.copyMemory(from: UnsafeRawBufferPointer(bytes))
        room[15] = UInt8(bytes.count)
      }
    }

    init(_ name: StaticString) {
      self.init(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    package static func == (left: Name, right: Name) -> Bool { left.words == right.words }
  }

  case object([Member])
  case array([JSONNode])
  case text(String)
  case bool(Bool)
  case null

  /// Reads a whole text; nil if it is no JSON (RFC 8259), not UTF-8, or nested deeper than a message
  /// of this API ever is.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = JSONReader(bytes: bytes)
    guard let node = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = node
  }

  /// The first member called `name`; nil if there is none, or null, or no object here.
  subscript(name: StaticString) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    let name = Name(name)
    for place in members.indices where members[place].name == name {
      if case .null = members[place].value { return nil }
      return members[place].value
    }
    return nil
  }

  /// Text that is there, not empty and of a sensible length in bytes.
  func text(_ name: StaticString, limit: Int = 256) -> String? {
    guard case .text(let text)? = self[name], (1...limit).contains(text.utf8.count) else {
      return nil
    }
    return text
  }

  /// A transaction's hash: letters and digits, as every chain writes them, and what base64 and
  /// abbreviations add.
  /// Anything else is none, so that it can be copied and passed on as it is.
  func hash(_ name: StaticString) -> String? {
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

  func amount(_ name: StaticString) -> Amount? { text(name).flatMap(Amount.init(serverText:)) }

  /// An amount that cannot be less than nothing; one that is counts as unreadable.
  func quantity(_ name: StaticString) -> Amount? {
    amount(name).flatMap { $0.isNegative ? nil : $0 }
  }

  /// A moment in milliseconds since 1970. Before that, or after the year 9999, there is none: sums and
  /// differences of moments stay within 64 bits.
  func moment(_ name: StaticString) -> Int64? {
    integer(name).flatMap { (0...253_402_300_799_999).contains($0) ? $0 : nil }
  }

  /// A few words for a person, cut where they are too many.
  func words(_ name: StaticString) -> String? {
    text(name, limit: .max).map { $0.cut(to: 200) }
  }

  /// A whole number, however it is written.
  func integer(_ name: StaticString) -> Int64? {
    guard let text = text(name) else { return nil }
    return Int64(text) ?? Amount(serverText: text).flatMap { Int64($0.plainText) }
  }

  /// Text without which the message means nothing.
  func requiredText(_ name: StaticString) throws(DecodingFailure) -> String {
    guard let text = text(name) else { throw DecodingFailure(missing: name) }
    return text
  }

  func requiredQuantity(_ name: StaticString) throws(DecodingFailure) -> Amount {
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
  init(missing name: StaticString) { reason = "no usable \(name)" }
}
