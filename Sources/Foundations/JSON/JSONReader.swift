/// Reads a JSON text (RFC 8259) in one pass.
///
/// Numbers are checked by the grammar and kept as they are written: what they are worth is reckoned when
/// it is asked for.
package struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let strictTexts: Bool
  private var place = 0
  private let nodes: UnsafeMutableBufferPointer<ValueTree.Node>
  private var count = 0

  private init(
    _ bytes: UnsafeBufferPointer<UInt8>, into nodes: UnsafeMutableBufferPointer<ValueTree.Node>,
    strictTexts: Bool
  ) {
    self.bytes = bytes
    self.nodes = nodes
    self.strictTexts = strictTexts
  }

  /// The most nodes that a text of so many bytes has: two bytes each, as a value and its comma, but for
  /// what is still open. Of room that is not used no page is ever touched.
  private static func room(_ bytes: Int) -> Int {
    min(bytes / 2, ValueTree.values) + ValueTree.depth + 2
  }

  /// The document that `bytes` are; see `read(_:strictTexts:)`.
  ///
  /// - Throws: for what is no UTF-8, too.
  package static func read(
    _ bytes: [UInt8], strictTexts: Bool = false
  ) throws(NotJSON) -> ValueTree {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw NotJSON() }
    return try read(valid: bytes, strictTexts: strictTexts)
  }

  /// The document that `text` is.
  ///
  /// - Parameter strictTexts: Whether a control character within a text, or an escape that means
  ///   nothing, spoils the whole, as the grammar says. Else control characters are let through, as
  ///   people's texts have them and not every server escapes them, and an escape that means nothing
  ///   makes its own text unreadable.
  /// - Throws: for anything else, and for a document beyond the bounds of a tree.
  package static func read(
    _ text: String, strictTexts: Bool = false
  ) throws(NotJSON) -> ValueTree {
    try read(valid: Array(text.utf8), strictTexts: strictTexts)
  }

  private static func read(valid bytes: [UInt8], strictTexts: Bool) throws(NotJSON) -> ValueTree {
    // A tree counts in 32 bits; no message comes near that.
    guard bytes.count < Int(UInt32.max) else { throw NotJSON() }
    let nodes = [ValueTree.Node](unsafeUninitializedCapacity: room(bytes.count)) { nodes, count in
      bytes.withUnsafeBufferPointer { bytes in
        var reader = JSONReader(bytes, into: nodes, strictTexts: strictTexts)
        guard reader.value(depth: ValueTree.depth), reader.skipSpace() == nil else { return }
        count = reader.count
      }
    }
    guard !nodes.isEmpty else { throw NotJSON() }
    return ValueTree(bytes: bytes, nodes: nodes)
  }

  /// Steps over space; the byte that stands there then, nil at the end.
  @discardableResult @inline(__always)
  private mutating func skipSpace() -> UInt8? {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte <= 0x20 else { return byte }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      place += 1
    }
    return nil
  }

  private mutating func value(depth: Int) -> Bool {
    guard let byte = skipSpace(), count < ValueTree.values else { return false }
    switch byte {
    case UInt8(ascii: "{"): return container(.object, closedBy: UInt8(ascii: "}"), depth)
    case UInt8(ascii: "["): return container(.array, closedBy: UInt8(ascii: "]"), depth)
    case UInt8(ascii: "\""): return text()
    case UInt8(ascii: "t"): return word("true", .bool, 1)
    case UInt8(ascii: "f"): return word("false", .bool, 0)
    case UInt8(ascii: "n"): return word("null", .null, 0)
    default: return number()
    }
  }

  private mutating func append(_ kind: ValueTree.Node.Kind, _ bits: UInt64) {
    precondition(count < nodes.count)
    nodes[count] = ValueTree.Node(
      kind: kind, end: UInt32(truncatingIfNeeded: count + 1), bits: bits)
    count += 1
  }

  /// What stands in the bytes from `start` up to here.
  private mutating func append(_ kind: ValueTree.Node.Kind, from start: Int) {
    append(kind, UInt64(truncatingIfNeeded: start << 32 | (place - start)))
  }

  private mutating func container(
    _ kind: ValueTree.Node.Kind, closedBy close: UInt8, _ depth: Int
  ) -> Bool {
    guard depth > 0 else { return false }
    let start = count
    append(kind, 0)
    place += 1
    if skipSpace() == close {
      place += 1
      return true
    }
    while true {
      if kind == .object {
        guard skipSpace() == UInt8(ascii: "\""), text(), skipSpace() == UInt8(ascii: ":") else {
          return false
        }
        place += 1
      }
      guard value(depth: depth - 1), let mark = skipSpace() else { return false }
      place += 1
      if mark == close { break }
      guard mark == UInt8(ascii: ",") else { return false }
    }
    nodes[start].end = UInt32(truncatingIfNeeded: count)
    return true
  }

  private mutating func text() -> Bool {
    // Locals, since this is where most bytes are passed: a member would be stored at each of them.
    let bytes = bytes
    let start = place + 1
    var end = start
    var kind = ValueTree.Node.Kind.text
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      if bytes[end] == UInt8(ascii: "\\") {
        kind = .escapedText
        end += 1
      } else if bytes[end] < 0x20, strictTexts {
        return false
      }
      end += 1
    }
    guard end < bytes.count else { return false }
    if strictTexts, kind == .escapedText {
      let inside = UnsafeBufferPointer(rebasing: bytes[start..<end])
      guard JSONEscapes.decode(inside) != nil else { return false }
    }
    place = end
    append(kind, from: start)
    place += 1
    return true
  }

  private mutating func word(
    _ word: StaticString, _ kind: ValueTree.Node.Kind, _ bits: UInt64
  ) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[place + offset] != word.utf8Start[offset] { return false }
    place += count
    append(kind, bits)
    return true
  }

  /// `-? whole fraction? exponent?`, by the grammar.
  private mutating func number() -> Bool {
    let start = place
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    let whole = place
    guard skipDigits(), place - whole == 1 || bytes[whole] != UInt8(ascii: "0") else {
      return false
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      guard skipDigits() else { return false }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      guard skipDigits() else { return false }
    }
    append(.numeral, from: start)
    return true
  }

  /// At least one.
  private mutating func skipDigits() -> Bool {
    let start = place
    while place < bytes.count, bytes[place] &- 0x30 < 10 { place += 1 }
    return place > start
  }
}

/// Something that was read as JSON and is none.
package struct NotJSON: Error, Equatable {}
