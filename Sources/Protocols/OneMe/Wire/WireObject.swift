extension WireObject {
  /// The value of `key` if it is there and of the expected shape; an optional key with an unexpected
  /// value counts as absent, so that a change of one field leaves the others readable.
  func optional<Value: Decodable>(_ key: WireKey, as type: Value.Type = Value.self) -> Value? {
    (try? decodeIfPresent(type, forKey: key)) ?? nil
  }

  /// A text. Of one that is longer than `WireBounds.textBytes` the beginning is kept.
  func text(_ key: WireKey) -> String? {
    whole(key).map {
      $0.utf8.count > WireBounds.textBytes ? $0.cut(toBytes: WireBounds.overlongTextBytes) : $0
    }
  }

  /// A text that is of no use unless it is whole, of any length.
  func whole(_ key: WireKey) -> String? { optional(key) }

  func flag(_ key: WireKey) -> Bool? { optional(key) }

  /// An id, a code or a cursor, as it came. What is reckoned with has bounds: see `WireBounds`.
  func number(_ key: WireKey) -> Int64? { optional(key, as: WireNumber.self)?.value }

  func numbers(_ key: WireKey) -> [Int64] {
    optional(key, as: WireList<WireNumber>.self)?.elements.map(\.value) ?? []
  }

  func list<Element: Decodable>(
    _ key: WireKey, of type: Element.Type = Element.self
  )
    -> WireList<Element>
  {
    optional(key) ?? WireList()
  }

  /// The name of somebody or something; what it has beyond `WireBounds.nameBytes` is cut off.
  func name(_ key: WireKey) -> String? { whole(key)?.cut(toBytes: WireBounds.nameBytes) }

  /// An address or a token; one that is too long to be any is none.
  func address(_ key: WireKey) -> String? {
    whole(key).flatMap { $0.utf8.count <= WireBounds.addressBytes ? $0 : nil }
  }

  /// What belongs to one message, or the like: no more than `limit` of it.
  func parts<Element: Decodable>(
    _ key: WireKey, of type: Element.Type = Element.self, limit: Int = WireBounds.parts
  ) -> [Element] {
    Array(list(key, of: type).elements.prefix(limit))
  }

  /// A text that names something here and at the server: one that is longer than any such name is
  /// none.
  func requiredName(_ key: WireKey) throws -> String {
    let name = try decode(String.self, forKey: key)
    guard name.utf8.count <= WireBounds.nameBytes else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "longer than any name")
    }
    return name
  }

  func map<Value: Decodable>(_ key: WireKey, of type: Value.Type = Value.self) -> WireMap<Value> {
    optional(key) ?? WireMap()
  }

  /// An id without which the object makes no sense.
  func requiredNumber(_ key: WireKey) throws -> Int64 {
    try decode(WireNumber.self, forKey: key).value
  }

  func nested(_ key: WireKey) -> WireObject? {
    try? nestedContainer(keyedBy: WireKey.self, forKey: key)
  }
}

/// A key of a JSON object, known by its spelling alone.
///
/// The server's objects grow keys from one week to the next; naming them where they are read keeps a
/// decoder to one line a key.
struct WireKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init(stringLiteral value: String) { stringValue = value }
  init?(intValue: Int) { nil }
}

typealias WireObject = KeyedDecodingContainer<WireKey>

extension Decoder {
  /// The object this decoder stands at.
  func object() throws -> WireObject { try container(keyedBy: WireKey.self) }
}

/// A whole number that stands on the wire as a number or as a string of digits.
///
/// Message ids have 18 digits and come as strings, since a browser's numbers end at 2^53 (MAX
/// protocol notes §0, 7); chat and user ids come as numbers. All fit in 64 signed bits.
struct WireNumber: Decodable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      value = number
    } else if let text = try? container.decode(String.self), let number = Int64(text) {
      value = number
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a whole number nor a string of one")
    }
  }
}

/// A list of which the elements that cannot be read are left out and counted.
struct WireList<Element: Decodable>: Decodable {
  private(set) var elements: [Element] = []
  private(set) var skipped = 0

  init() {}

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    while !list.isAtEnd {
      switch try list.decode(Attempt<Element>.self).result {
      case .success(let element): elements.append(element)
      case .failure: skipped += 1
      }
    }
  }
}

/// An object whose keys are ids; entries with another key or an unreadable value are left out and
/// counted.
struct WireMap<Value: Decodable>: Decodable {
  private(set) var entries: [Int64: Value] = [:]
  private(set) var skipped = 0

  init() {}

  init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    for key in object.allKeys {
      if let id = Int64(key.stringValue),
        case .success(let value) = try object.decode(Attempt<Value>.self, forKey: key).result
      {
        entries[id] = value
      } else {
        skipped += 1
      }
    }
  }
}

/// Decodes a value and never fails, so that one odd element does not take the whole list with it.
private struct Attempt<Value: Decodable>: Decodable {
  let result: Result<Value, any Error>

  init(from decoder: any Decoder) throws {
    result = Result { try Value(from: decoder) }
  }
}
