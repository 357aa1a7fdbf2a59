import Cryptography
import JSON

/// Reads MessagePack, the body of binary frames (MAX protocol notes §2.2), as the tree that JSON
/// gives too.
///
/// Keys that are numbers become text, byte strings base64, and numbers beyond 64 signed bits
/// fractions: what JSON would hold in their place. Every count is checked against the bytes that are
/// left before memory is taken for it.
struct MessagePackReader {
  private var bytes: [UInt8]
  private var place: Int
  private var end: Int
  private var nodes: [ValueTree.Node] = []

  /// The one value that `bytes` hold.
  ///
  /// - Parameter path: where it stands, for messages about it.
  /// - Throws: `notMessagePack` for anything else, more bytes behind it included.
  static func read(_ bytes: [UInt8], at path: [String] = []) throws(FrameError) -> ValueTree {
    var reader = MessagePackReader(bytes: bytes, place: 0, end: bytes.count)
    reader.nodes.reserveCapacity(bytes.count / 4 + 8)
    try reader.value(depth: ValueTree.depth)
    guard reader.place == reader.end else { throw .notMessagePack }
    return ValueTree(bytes: reader.bytes, nodes: reader.nodes, path: path)
  }

  private mutating func value(depth: Int) throws(FrameError) {
    guard depth > 0, nodes.count < ValueTree.values else { throw .notMessagePack }
    let tag = try byte()
    switch tag {
    case 0x00...0x7f: append(Int64(tag))
    case 0x80...0x8f: try object(Int(tag & 15), depth)
    case 0x90...0x9f: try array(Int(tag & 15), depth)
    case 0xa0...0xbf: try text(Int(tag & 31))
    case 0xc0: append(.null, 0)
    case 0xc2, 0xc3: append(.bool, UInt64(tag & 1))
    case 0xc4, 0xc5, 0xc6: append(text: Base64.encode(try read(try size(tag - 0xc4))))
    case 0xc7, 0xc8, 0xc9: try extended(try size(tag - 0xc7), depth)
    case 0xca: append(Double(Float(bitPattern: UInt32(try unsigned(4)))))
    case 0xcb: append(Double(bitPattern: try unsigned(8)))
    case 0xcc, 0xcd, 0xce, 0xcf: append(try unsigned(1 << Int(tag - 0xcc)))
    case 0xd0: append(Int64(Int8(truncatingIfNeeded: try unsigned(1))))
    case 0xd1: append(Int64(Int16(truncatingIfNeeded: try unsigned(2))))
    case 0xd2: append(Int64(Int32(truncatingIfNeeded: try unsigned(4))))
    case 0xd3: append(Int64(bitPattern: try unsigned(8)))
    case 0xd4...0xd8: try extended(1 << Int(tag - 0xd4), depth)
    case 0xd9, 0xda, 0xdb: try text(try size(tag - 0xd9))
    case 0xdc, 0xdd: try array(try size(tag - 0xdb), depth)
    case 0xde, 0xdf: try object(try size(tag - 0xdd), depth)
    case 0xe0...0xff: append(Int64(Int8(bitPattern: tag)))
    default: throw .notMessagePack
    }
  }

  private mutating func append(_ kind: ValueTree.Node.Kind, _ bits: UInt64) {
    nodes.append(ValueTree.Node(kind: kind, end: UInt32(nodes.count + 1), bits: bits))
  }

  private mutating func append(_ value: Int64) { append(.integer, UInt64(bitPattern: value)) }
  private mutating func append(_ value: Double) { append(.double, value.bitPattern) }

  private mutating func append(_ value: UInt64) {
    if let value = Int64(exactly: value) { append(value) } else { append(Double(value)) }
  }

  /// A text that does not stand in the body: it is put behind it.
  private mutating func append(text: String) {
    append(.text, UInt64(bytes.count) << 32 | UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func array(_ count: Int, _ depth: Int) throws(FrameError) {
    guard count <= min(end - place, ValueTree.values - nodes.count) else { throw .notMessagePack }
    let start = nodes.count
    append(.array, 0)
    for _ in 0..<count { try value(depth: depth - 1) }
    nodes[start].end = UInt32(nodes.count)
  }

  private mutating func object(_ count: Int, _ depth: Int) throws(FrameError) {
    guard count <= min((end - place) / 2, ValueTree.values - nodes.count) else {
      throw .notMessagePack
    }
    let start = nodes.count
    append(.object, 0)
    for _ in 0..<count {
      try key(depth)
      try value(depth: depth - 1)
    }
    nodes[start].end = UInt32(nodes.count)
  }

  private mutating func key(_ depth: Int) throws(FrameError) {
    let start = nodes.count
    try value(depth: depth - 1)
    let node = nodes[start]
    switch node.kind {
    case .text: return
    case .integer:
      nodes.removeLast()
      append(text: String(Int64(bitPattern: node.bits)))
    case .bool:
      nodes.removeLast()
      append(text: String(node.bits != 0))
    default: throw .notMessagePack
    }
  }

  /// Type 1 wraps a number of 64 bits, as MessagePack or bare; other types are unknown and null.
  private mutating func extended(_ count: Int, _ depth: Int) throws(FrameError) {
    let type = try byte()
    let content = place
    _ = try take(count)
    guard type == 1 else { return append(.null, 0) }
    // A wrapped value must not reach beyond its wrapping. What cannot be read may still be a bare number.
    let (after, known, given) = (place, nodes.count, bytes.count)
    let outerEnd = end
    (place, end) = (content, after)
    defer { (place, end) = (after, outerEnd) }
    if (try? value(depth: depth - 1)) != nil, place == after { return }
    nodes.removeLast(nodes.count - known)
    bytes.removeLast(bytes.count - given)
    guard count == 8 else { throw .notMessagePack }
    append(Int64(bitPattern: number(content..<after)))
  }

  /// A count of 1, 2 or 4 bytes for the widths 0, 1 and 2.
  private mutating func size(_ width: UInt8) throws(FrameError) -> Int {
    Int(try unsigned(1 << Int(width)))
  }

  /// What is no UTF-8 in a text is replaced when it is read, as in JSON.
  private mutating func text(_ count: Int) throws(FrameError) {
    let place = try take(count)
    append(.text, UInt64(place.lowerBound) << 32 | UInt64(count))
  }

  private mutating func unsigned(_ count: Int) throws(FrameError) -> UInt64 {
    number(try take(count))
  }

  private func number(_ range: Range<Int>) -> UInt64 {
    bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func byte() throws(FrameError) -> UInt8 { bytes[try take(1).lowerBound] }

  private mutating func read(_ count: Int) throws(FrameError) -> [UInt8] {
    Array(bytes[try take(count)])
  }

  /// Steps over so many bytes.
  private mutating func take(_ count: Int) throws(FrameError) -> Range<Int> {
    guard count <= end - place else { throw .notMessagePack }
    defer { place += count }
    return place..<place + count
  }
}
