/// A document of the server's, taken apart once: which values it holds and where, in one flat list.
///
/// Both forms of the protocol become such a tree. Texts stay bytes until somebody asks for them: of a
/// message most keys and many values are never looked at, and making a dictionary of each object costs
/// more than all else that is done with it.
final class WireTree: Sendable {
  /// How deep arrays and objects may lie in each other.
  static let depth = 64
  /// How many values a document may hold, names included; a login's answer has some ten thousand.
  static let values = 1 << 20

  /// A value, or the name of one. What an array or object holds follows it, names before their values.
  struct Node: Sendable {
    enum Kind: UInt8 { case null, bool, integer, number, text, escapedText, array, object }

    var kind: Kind
    /// The place after this and all that it holds.
    var end: UInt32
    /// The number itself; of a text, its place in the bytes in the upper half and its length.
    var bits: UInt64 = 0
  }

  fileprivate let bytes: [UInt8]
  fileprivate let nodes: [Node]
  /// Where the document stands in a larger one; for messages about it.
  fileprivate let path: [String]

  /// - Parameter nodes: at least one, each `end` and every text within bounds.
  init(bytes: [UInt8], nodes: [Node], path: [String] = []) {
    self.bytes = bytes
    self.nodes = nodes
    self.path = path
  }

  /// The document itself.
  var root: WireValue { WireValue(tree: self, place: 0) }
}

/// One value of a document: a place in its tree.
struct WireValue: Sendable {
  let tree: WireTree
  fileprivate let place: Int

  fileprivate var node: WireTree.Node { tree.nodes[place] }

  var isNull: Bool { node.kind == .null }

  /// The object that this is.
  func object() throws(DecodingError) -> WireObject {
    guard node.kind == .object else { throw mismatch([String: WireValue].self) }
    return WireObject(value: self)
  }

  /// The elements of an array; nil for anything else.
  var elements: WireElements? {
    node.kind == .array ? WireElements(value: self) : nil
  }

  var bool: Bool? { node.kind == .bool ? node.bits != 0 : nil }

  /// A whole number, however it is written as a number.
  var integer: Int64? {
    switch node.kind {
    case .integer: Int64(bitPattern: node.bits)
    case .number: exactInteger(Double(bitPattern: node.bits))
    default: nil
    }
  }

  /// Beyond 53 bits a fraction may stand for another number than was written.
  private func exactInteger(_ value: Double) -> Int64? {
    value.magnitude <= 0x1p53 ? Int64(exactly: value) : nil
  }

  /// A number that is finite.
  var number: Double? {
    switch node.kind {
    case .integer: Double(Int64(bitPattern: node.bits))
    case .number: Double(bitPattern: node.bits).isFinite ? Double(bitPattern: node.bits) : nil
    default: nil
    }
  }

  /// A text; nil for anything else, and for one with an escape that means nothing.
  var text: String? {
    switch node.kind {
    case .text: String(decoding: utf8, as: UTF8.self)
    case .escapedText: JSONEscapes.decode(utf8)
    default: nil
    }
  }

  /// The bytes of a text as they stand in the document.
  fileprivate var utf8: ArraySlice<UInt8> {
    let start = Int(node.bits >> 32)
    return tree.bytes[start..<start + Int(node.bits & 0xffff_ffff)]
  }

  /// Whether this is the text `key`.
  fileprivate func isText(_ key: WireKey) -> Bool {
    let node = node
    guard node.kind == .text else { return node.kind == .escapedText && text == key.text }
    let count = Int(node.bits & 0xffff_ffff)
    guard count == key.name.utf8CodeUnitCount else { return false }
    let start = Int(node.bits >> 32)
    return tree.bytes.withUnsafeBufferPointer { bytes in
      for offset in 0..<count where bytes[start + offset] != key.name.utf8Start[offset] {
        return false
      }
      return true
    }
  }

  fileprivate func at(_ place: Int) -> WireValue { WireValue(tree: tree, place: place) }
}

/// The elements of an array, in order.
struct WireElements: Sequence, IteratorProtocol {
  private let tree: WireTree
  private var place: Int
  private let end: Int

  fileprivate init(value: WireValue) {
    tree = value.tree
    place = value.place + 1
    end = Int(value.node.end)
  }

  mutating func next() -> WireValue? {
    guard place < end else { return nil }
    defer { place = Int(tree.nodes[place].end) }
    return WireValue(tree: tree, place: place)
  }
}

// What an object holds, for `WireObject`.

extension WireValue {
  /// The value called `key`, which may be null; the first where there are several.
  func field(_ key: WireKey) -> WireValue? {
    var place = place + 1
    let end = Int(node.end)
    while place < end {
      let content = at(place + 1)
      if at(place).isText(key) { return content }
      place = Int(content.node.end)
    }
    return nil
  }

  /// All names that can be read and their values, in the document's order.
  var fields: [(name: String, value: WireValue)] {
    var fields: [(String, WireValue)] = []
    var place = place + 1
    while place < node.end {
      let content = at(place + 1)
      if let name = at(place).text { fields.append((name, content)) }
      place = Int(content.node.end)
    }
    return fields
  }
}

// Where a value stands is reckoned only when it cannot be read.

extension WireValue {
  /// Something else was expected here.
  func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: path, debugDescription: "another kind of value"))
  }

  /// It is of the right kind, but makes no sense.
  func corrupted(_ why: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: why))
  }

  /// `key` is not there.
  func missing(_ key: WireKey) -> DecodingError {
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
