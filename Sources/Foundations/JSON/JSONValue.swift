import FoundationEssentials

/// Any JSON value, apart from a document: for objects whose keys are passed on without being known.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// A text.
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A whole number, or one in digits as a text.
  package var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .string(let text): Int64(text)
    default: nil
    }
  }

  /// The value as JSON with sorted keys.
  package func text(pretty: Bool) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    } catch {
      // Only a number that JSON does not know could fail, and none was ever read from JSON.
      return "null"
    }
  }
}

extension JSONValue {
  /// A value as it came; null for a number without end, since what a server means by one is not known,
  /// and for a text that cannot be read.
  package init(_ value: TreeValue) {
    self =
      if let elements = value.elements {
        .array(elements.map { JSONValue($0) })
      } else if let object = TreeObject(value) {
        .object(
          Dictionary(
            object.fields.map { ($0.name, JSONValue($0.value)) },
            uniquingKeysWith: { first, _ in first }))
      } else if let flag = value.bool {
        .bool(flag)
      } else if let text = value.text {
        .string(text)
      } else if let number = value.integer {
        .integer(number)
      } else {
        value.number.map(JSONValue.number) ?? .null
      }
  }
}

extension JSONValue: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
