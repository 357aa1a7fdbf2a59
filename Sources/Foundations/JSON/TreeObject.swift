/// An object of a document: its values by name.
package struct TreeObject: Sendable {
  /// Known to be an object.
  package let value: TreeValue

  /// `value` as an object; nil for anything else.
  package init?(_ value: TreeValue) {
    guard value.node.kind == .object else { return nil }
    self.value = value
  }

  /// The value called `key`, which may be null; the first where there are several.
  package subscript(key: TreeKey) -> TreeValue? {
    value.tree.place(of: key, in: value.place).map(value.at)
  }

  /// All names that can be read and their values, in the document's order.
  package var fields: [(name: String, value: TreeValue)] {
    var fields: [(String, TreeValue)] = []
    var place = value.place + 1
    let end = Int(value.node.end)
    while place < end {
      let content = value.at(place + 1)
      if let name = value.at(place).text { fields.append((name, content)) }
      place = Int(content.node.end)
    }
    return fields
  }
}

extension TreeValue {
  /// The object that this is.
  package func object() throws(DecodingError) -> TreeObject {
    guard let object = TreeObject(self) else { throw mismatch([String: TreeValue].self) }
    return object
  }

  /// The value called `key`; nil if there is none, or it is null, or this is no object.
  package func member(_ key: TreeKey) -> TreeValue? {
    guard node.kind == .object, let place = tree.place(of: key, in: place),
      tree.nodes[place].kind != .null
    else { return nil }
    return at(place)
  }
}

/// The name of a field, known by its spelling alone.
///
/// The objects of servers grow names from one week to the next; spelling them where they are read keeps
/// a decoder to one line a field.
package struct TreeKey: ExpressibleByStringLiteral, Sendable {
  let name: StaticString

  package init(stringLiteral name: StaticString) { self.name = name }

  /// The name.
  package var text: String { name.description }
}

extension ValueTree {
  /// Where the value called `key` of an object stands.
  ///
  /// Most of what is done with a message is done here: lists are lent once, and no value is made of what
  /// is passed over.
  fileprivate func place(of key: TreeKey, in object: Int) -> Int? {
    let key = UnsafeBufferPointer(start: key.name.utf8Start, count: key.name.utf8CodeUnitCount)
    return nodes.withUnsafeBufferPointer { nodes in
      let end = Int(nodes[object].end)
      var place = object + 1
      while place < end {
        if isName(nodes[place], key) { return place + 1 }
        place = Int(nodes[place + 1].end)
      }
      return nil
    }
  }

  /// Whether `node`, a name, is `key`, by its bytes.
  @inline(__always)
  private func isName(_ node: Node, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard node.kind == .text else { return isEscapedName(node, key) }
    guard key.count == Int(node.bits & 0xffff_ffff) else { return false }
    return withBytes(of: node) { name in
      var place = 0
      while place < key.count, name[place] == key[place] { place += 1 }
      return place == key.count
    }
  }

  private func isEscapedName(_ node: Node, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    withBytes(of: node) { JSONEscapes.decode($0) }?.utf8.elementsEqual(key) == true
  }
}
