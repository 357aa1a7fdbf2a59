import Cryptography

/// Reads MessagePack, the body of binary frames (MAX protocol notes §2.2), as the tree that JSON
/// gives too.
///
/// Keys that are numbers become text, byte strings base64, and numbers beyond 64 signed bits
/// fractions: what JSON would hold in their place. Every count is checked against the bytes that are
/// left before memory is taken for it.
struct MessagePackReader {
  /// How deep arrays and objects may lie in each other.
  static let depth = 64
  /// How many values a body may hold; a login's answer has some ten thousand.
  static let values = 1 << 20

  private let bytes: [UInt8]
  private var place = 0
  private var valuesLeft: Int

  private init(_ bytes: [UInt8], valuesLeft: Int) {
    self.bytes = bytes
    self.valuesLeft = valuesLeft
  }

  /// The one value that `bytes` hold.
  ///
  /// - Throws: `notMessagePack` for anything else, more bytes behind it included.
  static func read(_ bytes: [UInt8]) throws(FrameError) -> JSONValue {
    var reader = MessagePackReader(bytes, valuesLeft: values)
    let value = try reader.value(depth: depth)
    guard reader.place == bytes.count else { throw .notMessagePack }
    return value
  }

  private mutating func value(depth: Int) throws(FrameError) -> JSONValue {
    guard depth > 0, valuesLeft > 0 else { throw .notMessagePack }
    valuesLeft -= 1
    let tag = try byte()
    return switch tag {
    case 0x00...0x7f: .integer(Int64(tag))
    case 0x80...0x8f: try object(Int(tag & 15), depth)
    case 0x90...0x9f: try array(Int(tag & 15), depth)
    case 0xa0...0xbf: .string(try text(Int(tag & 31)))
    case 0xc0: .null
    case 0xc2, 0xc3: .bool(tag == 0xc3)
    case 0xc4, 0xc5, 0xc6: .string(Base64.encode(try read(try size(tag - 0xc4))))
    case 0xc7, 0xc8, 0xc9: try extended(try size(tag - 0xc7), depth)
    case 0xca: .number(Double(Float(bitPattern: UInt32(try unsigned(4)))))
    case 0xcb: .number(Double(bitPattern: try unsigned(8)))
    case 0xcc, 0xcd, 0xce, 0xcf: number(try unsigned(1 << Int(tag - 0xcc)))
    case 0xd0: .integer(Int64(Int8(truncatingIfNeeded: try unsigned(1))))
    case 0xd1: .integer(Int64(Int16(truncatingIfNeeded: try unsigned(2))))
    case 0xd2: .integer(Int64(Int32(truncatingIfNeeded: try unsigned(4))))
    case 0xd3: .integer(Int64(bitPattern: try unsigned(8)))
    case 0xd4...0xd8: try extended(1 << Int(tag - 0xd4), depth)
    case 0xd9, 0xda, 0xdb: .string(try text(try size(tag - 0xd9)))
    case 0xdc, 0xdd: try array(try size(tag - 0xdb), depth)
    case 0xde, 0xdf: try object(try size(tag - 0xdd), depth)
    case 0xe0...0xff: .integer(Int64(Int8(bitPattern: tag)))
    default: throw .notMessagePack
    }
  }

  private func number(_ value: UInt64) -> JSONValue {
    Int64(exactly: value).map(JSONValue.integer) ?? .number(Double(value))
  }

  private mutating func array(_ count: Int, _ depth: Int) throws(FrameError) -> JSONValue {
    guard count <= min(bytes.count - place, valuesLeft) else { throw .notMessagePack }
    var elements: [JSONValue] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try value(depth: depth - 1)) }
    return .array(elements)
  }

  private mutating func object(_ count: Int, _ depth: Int) throws(FrameError) -> JSONValue {
    guard count <= min((bytes.count - place) / 2, valuesLeft) else { throw .notMessagePack }
    var fields: [String: JSONValue] = [:]
    fields.reserveCapacity(count)
    for _ in 0..<count {
      let key = try key(depth)
      fields[key] = try value(depth: depth - 1)
    }
    return .object(fields)
  }

  private mutating func key(_ depth: Int) throws(FrameError) -> String {
    switch try value(depth: depth - 1) {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let flag): String(flag)
    default: throw .notMessagePack
    }
  }

  /// Type 1 wraps a number of 64 bits, as MessagePack or bare; other types are unknown and null.
  private mutating func extended(_ count: Int, _ depth: Int) throws(FrameError) -> JSONValue {
    let type = try byte()
    let content = try read(count)
    guard type == 1 else { return .null }
    var inner = MessagePackReader(content, valuesLeft: valuesLeft)
    // A reader of its own: a wrapped value must not reach beyond its wrapping. What it cannot read
    // may still be a bare number.
    if let value = try? inner.value(depth: depth - 1), inner.place == content.count {
      valuesLeft = inner.valuesLeft
      return value
    }
    guard count == 8 else { throw .notMessagePack }
    return .integer(Int64(bitPattern: content.reduce(0) { $0 << 8 | UInt64($1) }))
  }

  /// A count of 1, 2 or 4 bytes for the widths 0, 1 and 2.
  private mutating func size(_ width: UInt8) throws(FrameError) -> Int {
    Int(try unsigned(1 << Int(width)))
  }

  /// What is no UTF-8 in a text is replaced, as in JSON.
  private mutating func text(_ count: Int) throws(FrameError) -> String {
    String(decoding: try read(count), as: UTF8.self)
  }

  private mutating func unsigned(_ count: Int) throws(FrameError) -> UInt64 {
    try read(count).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func byte() throws(FrameError) -> UInt8 {
    guard place < bytes.count else { throw .notMessagePack }
    defer { place += 1 }
    return bytes[place]
  }

  private mutating func read(_ count: Int) throws(FrameError) -> [UInt8] {
    guard count <= bytes.count - place else { throw .notMessagePack }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }
}
