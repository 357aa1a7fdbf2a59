// Where a value stands is reckoned only when it cannot be read. That a server sends nothing else must
// not make it slow: beyond so many neighbours a value's place among them is not counted.
private let neighboursCounted = 1000

extension TreeValue {
  /// Something else was expected here.
  package func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: path, debugDescription: "another kind of value"))
  }

  /// It is of the right kind, but makes no sense.
  package func corrupted(_ why: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: why))
  }

  /// `key` is not there.
  package func missing(_ key: TreeKey) -> DecodingError {
    .keyNotFound(
      PathKey(stringValue: key.text), .init(codingPath: path, debugDescription: "it is not there"))
  }

  private var path: [any CodingKey] {
    var path: [any CodingKey] = tree.path.map(PathKey.init(stringValue:))
    var outer = tree.root
    while outer.place < place {
      var inner = outer.place + 1
      var index = 0
      let isObject = outer.node.kind == .object
      while true {
        let content = at(isObject ? inner + 1 : inner)
        guard content.node.end <= place else { break }
        guard index < neighboursCounted else { return path + [PathKey(stringValue: "…")] }
        inner = Int(content.node.end)
        index += 1
      }
      path.append(isObject ? PathKey(stringValue: at(inner).text ?? "?") : PathKey(index))
      outer = at(isObject ? inner + 1 : inner)
    }
    return path
  }
}

/// A step of the way to a value.
private struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(_ index: Int) {
    stringValue = String(index)
    intValue = index
  }

  init?(intValue: Int) { self.init(intValue) }
}
