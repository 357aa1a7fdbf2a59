import Cryptography

/// A value that both of the protocol's notations can write.
enum WireValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  /// MessagePack alone; JSON gets it as base64.
  case bytes([UInt8])
  case array([WireValue])
  case map([String: WireValue])
}

extension WireValue: Decodable {
  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let number = try? value.decode(Int64.self) {
      self = .integer(number)
    } else if let flag = try? value.decode(Bool.self) {
      self = .bool(flag)
    } else if let items = try? value.decode([WireValue].self) {
      self = .array(items)
    } else if let members = try? value.decode([String: WireValue].self) {
      self = .map(members)
    } else {
      self = .real(try value.decode(Double.self))
    }
  }
}

extension WireValue: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let flag): try container.encode(flag)
    case .integer(let number): try container.encode(number)
    case .real(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .bytes(let bytes): try container.encode(Base64.encode(bytes))
    case .array(let items): try container.encode(items)
    case .map(let members): try container.encode(members)
    }
  }
}

extension WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: WireValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, WireValue)...) {
    self = .map(Dictionary(elements) { _, last in last })
  }
}
