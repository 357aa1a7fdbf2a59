/// Reads one MessagePack value as the protocol uses it (OneMe notes §2.2): maps with text or integer
/// keys, and extension 1 around a value. Sizes are checked against what is there.
struct MessagePackReader {
  /// What is wrong with the bytes.
  struct Malformed: Error {}

  private static let depthLimit = 32
  private var rest: ArraySlice<UInt8>

  /// The one value that `bytes` hold; anything after it is an error.
  static func value(of bytes: [UInt8]) throws(Malformed) -> WireValue {
    var reader = MessagePackReader(rest: bytes[...])
    let value = try reader.value(depth: 0)
    guard reader.rest.isEmpty else { throw Malformed() }
    return value
  }

  private mutating func value(depth: Int) throws(Malformed) -> WireValue {
    guard depth < MessagePackReader.depthLimit else { throw Malformed() }
    let head = try byte()
    switch head {
    case 0x00...0x7f: return .integer(Int64(head))
    case 0xe0...0xff: return .integer(Int64(Int8(bitPattern: head)))
    case 0x80...0x8f: return try map(Int(head & 0x0f), depth)
    case 0x90...0x9f: return try array(Int(head & 0x0f), depth)
    case 0xa0...0xbf: return try text(Int(head & 0x1f))
    case 0xc0: return .null
    case 0xc2: return .bool(false)
    case 0xc3: return .bool(true)
    case 0xc4...0xc6: return .bytes(Array(try slice(try length(1 << (head - 0xc4)))))
    case 0xca: return .real(Double(Float(bitPattern: UInt32(try number(4)))))
    case 0xcb: return .real(Double(bitPattern: try number(8)))
    case 0xcc...0xcf:
      guard let value = Int64(exactly: try number(1 << (head - 0xcc))) else { throw Malformed() }
      return .integer(value)
    case 0xd0: return .integer(Int64(Int8(truncatingIfNeeded: try number(1))))
    case 0xd1: return .integer(Int64(Int16(truncatingIfNeeded: try number(2))))
    case 0xd2: return .integer(Int64(Int32(truncatingIfNeeded: try number(4))))
    case 0xd3: return .integer(Int64(truncatingIfNeeded: try number(8)))
    case 0xd4...0xd8: return try wrapped(1 << (head - 0xd4), depth)
    case 0xc7...0xc9: return try wrapped(try length(1 << (head - 0xc7)), depth)
    case 0xd9...0xdb: return try text(try length(1 << (head - 0xd9)))
    case 0xdc, 0xdd: return try array(try length(head == 0xdc ? 2 : 4), depth)
    case 0xde, 0xdf: return try map(try length(head == 0xde ? 2 : 4), depth)
    default: throw Malformed()
    }
  }

  private mutating func array(_ count: Int, _ depth: Int) throws(Malformed) -> WireValue {
    guard count <= rest.count else { throw Malformed() }
    var items: [WireValue] = []
    for _ in 0..<count { items.append(try value(depth: depth + 1)) }
    return .array(items)
  }

  private mutating func map(_ count: Int, _ depth: Int) throws(Malformed) -> WireValue {
    guard count <= rest.count / 2 else { throw Malformed() }
    var members: [String: WireValue] = [:]
    for _ in 0..<count {
      let key: String
      switch try value(depth: depth + 1) {
      case .text(let text): key = text
      case .integer(let number): key = "\(number)"
      default: throw Malformed()
      }
      let earlier = members.updateValue(try value(depth: depth + 1), forKey: key)
      guard earlier == nil else { throw Malformed() }
    }
    return .map(members)
  }

  private mutating func text(_ count: Int) throws(Malformed) -> WireValue {
    guard let text = String(validating: try slice(count), as: UTF8.self) else { throw Malformed() }
    return .text(text)
  }

  /// Extension 1 wraps a value, 64-bit numbers above all.
  private mutating func wrapped(_ count: Int, _ depth: Int) throws(Malformed) -> WireValue {
    guard try byte() == 1 else { throw Malformed() }
    var inner = MessagePackReader(rest: try slice(count))
    let value = try inner.value(depth: depth + 1)
    guard inner.rest.isEmpty else { throw Malformed() }
    return value
  }

  private mutating func length(_ width: Int) throws(Malformed) -> Int { Int(try number(width)) }

  /// A big-endian number of `width` bytes.
  private mutating func number(_ width: Int) throws(Malformed) -> UInt64 {
    try slice(width).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func byte() throws(Malformed) -> UInt8 {
    guard let byte = rest.popFirst() else { throw Malformed() }
    return byte
  }

  private mutating func slice(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
