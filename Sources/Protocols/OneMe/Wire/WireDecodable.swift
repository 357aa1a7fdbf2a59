import Cryptography
import JSON

/// What can be read out of a document of the server's.
protocol WireDecodable {
  /// - Throws: `DecodingError` for what is of another kind, or lacks what it must have.
  init(from value: TreeValue) throws
}

extension TreeObject {
  /// The value called `key`, without which the object makes no sense.
  func required<Value: WireDecodable>(
    _ key: TreeKey, as type: Value.Type = Value.self
  ) throws -> Value {
    guard let found = self[key] else { throw value.missing(key) }
    return try Value(from: found)
  }

  /// The value of `key` if it is there and of the expected shape; an optional key with an unexpected
  /// value counts as absent, so that a change of one field leaves the others readable.
  func optional<Value: WireDecodable>(_ key: TreeKey, as type: Value.Type = Value.self) -> Value? {
    guard let found = value.member(key) else { return nil }
    return try? Value(from: found)
  }

  /// A text. Of one that is longer than `WireBounds.textBytes` the beginning is kept.
  func text(_ key: TreeKey) -> String? { self[key]?.boundedText?.kept }

  /// The same, with the number of bytes that were not kept.
  func textAndCut(_ key: TreeKey) -> (kept: String, cutBytes: Int)? { self[key]?.boundedText }

  /// A text that is of no use unless it is whole, of any length.
  func whole(_ key: TreeKey) -> String? { self[key]?.text }

  func flag(_ key: TreeKey) -> Bool? { self[key]?.bool }

  /// An id, a code or a cursor, as it came. What is reckoned with has bounds: see `WireBounds`.
  func number(_ key: TreeKey) -> Int64? { self[key]?.id }

  func numbers(_ key: TreeKey) -> [Int64] {
    self[key]?.elements.map { $0.compactMap(\.id) } ?? []
  }

  func list<Element: WireDecodable>(
    _ key: TreeKey, of type: Element.Type = Element.self
  )
    -> WireList<Element>
  {
    optional(key) ?? WireList()
  }

  /// The name of somebody or something; what it has beyond `WireBounds.nameBytes` is cut off.
  func name(_ key: TreeKey) -> String? { whole(key)?.cut(toBytes: WireBounds.nameBytes) }

  /// An address or a token; one that is too long to be any is none.
  func address(_ key: TreeKey) -> String? {
    whole(key).flatMap { $0.utf8.count <= WireBounds.addressBytes ? $0 : nil }
  }

  /// What belongs to one message, or the like: no more than `limit` of it.
  func parts<Element: WireDecodable>(
    _ key: TreeKey, of type: Element.Type = Element.self, limit: Int = WireBounds.parts
  ) -> [Element] {
    var parts: [Element] = []
    guard let elements = self[key]?.elements else { return parts }
    for element in elements {
      guard parts.count < limit else { break }
      if let part = try? Element(from: element) { parts.append(part) }
    }
    return parts
  }

  /// A text that names something here and at the server: one that is longer than any such name is
  /// none.
  func requiredName(_ key: TreeKey) throws -> String {
    let name = try required(key, as: String.self)
    guard name.utf8.count <= WireBounds.nameBytes else {
      throw (self[key] ?? value).corrupted("longer than any name")
    }
    return name
  }

  func map<Value: WireDecodable>(_ key: TreeKey, of type: Value.Type = Value.self) -> WireMap<Value>
  {
    optional(key) ?? WireMap()
  }

  /// An id without which the object makes no sense.
  func requiredNumber(_ key: TreeKey) throws -> Int64 {
    try required(key, as: WireNumber.self).value
  }

  func nested(_ key: TreeKey) -> TreeObject? { self[key].flatMap(TreeObject.init) }
}

extension TreeValue {
  /// A whole number that stands on the wire as a number or as a string of digits.
  ///
  /// Message ids have 18 digits and come as strings, since a browser's numbers end at 2^53 (MAX
  /// protocol notes §0, 7); chat and user ids come as numbers. All fit in 64 signed bits.
  fileprivate var id: Int64? { integer ?? text.flatMap { Int64($0) } }

  fileprivate var boundedText: (kept: String, cutBytes: Int)? {
    guard let text else { return nil }
    guard text.utf8.count > WireBounds.textBytes else { return (text, 0) }
    let kept = text.cut(toBytes: WireBounds.overlongTextBytes)
    return (kept, text.utf8.count - kept.utf8.count)
  }
}

/// An id, a code or a cursor.
struct WireNumber: WireDecodable {
  let value: Int64

  init(from value: TreeValue) throws {
    guard let number = value.id else { throw value.mismatch(Int64.self) }
    self.value = number
  }
}

/// A list of which the elements that cannot be read are left out and counted.
struct WireList<Element: WireDecodable>: WireDecodable {
  private(set) var elements: [Element] = []
  private(set) var skipped = 0

  init() {}

  init(from value: TreeValue) throws {
    guard let list = value.elements else { throw value.mismatch([TreeValue].self) }
    // One odd element does not take the whole list with it.
    for element in list {
      if let read = try? Element(from: element) { elements.append(read) } else { skipped += 1 }
    }
  }
}

/// An object whose keys are ids; entries with another key or an unreadable value are left out and
/// counted.
struct WireMap<Value: WireDecodable>: WireDecodable {
  private(set) var entries: [Int64: Value] = [:]
  private(set) var skipped = 0

  init() {}

  init(from value: TreeValue) throws {
    for (name, content) in try value.object().fields {
      if let id = Int64(name), let read = try? Value(from: content) {
        entries[id] = read
      } else {
        skipped += 1
      }
    }
  }
}

extension String: WireDecodable {
  init(from value: TreeValue) throws {
    guard let text = value.text else { throw value.mismatch(String.self) }
    self = text
  }
}

extension Double: WireDecodable {
  init(from value: TreeValue) throws {
    guard let number = value.number else { throw value.mismatch(Double.self) }
    self = number
  }
}

extension Secret: WireDecodable {
  init(from value: TreeValue) throws { self.init(try String(from: value)) }
}

extension JSONValue: WireDecodable {
  init(from value: TreeValue) { self.init(value) }
}
