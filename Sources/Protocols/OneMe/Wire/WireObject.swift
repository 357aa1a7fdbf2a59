extension WireObject {
  /// The value of `key` if it is there and of the expected shape; an optional key with an unexpected
  /// value counts as absent, so that a change of one field leaves the others readable.
  func optional<Value: Decodable>(_ key: WireKey, as type: Value.Type = Value.self) -> Value? {
    (try? decodeIfPresent(type, forKey: key)) ?? nil
  }

  func text(_ key: WireKey) -> String? { optional(key) }

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
