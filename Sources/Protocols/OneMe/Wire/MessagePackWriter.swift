import JSON

/// Writes a tree as MessagePack, the body of binary frames (MAX protocol notes §2.2): each value in
/// its shortest form, the keys of objects in order, so that equal trees have equal bytes.
struct MessagePackWriter {
  private var bytes: [UInt8] = []

  static func write(_ value: JSONValue) -> [UInt8] {
    var writer = MessagePackWriter()
    writer.append(value)
    return writer.bytes
  }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .null: bytes.append(0xc0)
    case .bool(let flag): bytes.append(flag ? 0xc3 : 0xc2)
    case .integer(let number): append(number)
    case .number(let fraction): append(0xcb, fraction.bitPattern, 8)
    case .string(let text): append(text)
    case .array(let elements):
      appendCount(elements.count, short: 0x90, limit: 16, long: 0xdc)
      for element in elements { append(element) }
    case .object(let fields):
      appendCount(fields.count, short: 0x80, limit: 16, long: 0xde)
      for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
        append(key)
        append(value)
      }
    }
  }

  private mutating func append(_ number: Int64) {
    let bits = UInt64(bitPattern: number)
    switch number {
    case -32..<128: bytes.append(UInt8(truncatingIfNeeded: number))
    case 128..<1 << 8: append(0xcc, bits, 1)
    case 1 << 8..<1 << 16: append(0xcd, bits, 2)
    case 1 << 16..<1 << 32: append(0xce, bits, 4)
    case (1 << 32)...: append(0xcf, bits, 8)
    case -1 << 7 ..< -32: append(0xd0, bits, 1)
    case -1 << 15 ..< -1 << 7: append(0xd1, bits, 2)
    case -1 << 31 ..< -1 << 15: append(0xd2, bits, 4)
    default: append(0xd3, bits, 8)
    }
  }

  private mutating func append(_ text: String) {
    let content = Array(text.utf8)
    switch content.count {
    case 0..<32: bytes.append(0xa0 | UInt8(content.count))
    case 32..<1 << 8: append(0xd9, UInt64(content.count), 1)
    case 1 << 8..<1 << 16: append(0xda, UInt64(content.count), 2)
    default: append(0xdb, UInt64(content.count), 4)
    }
    bytes += content
  }

  /// `long` is the tag of the form with two bytes; the one with four follows it.
  private mutating func appendCount(_ count: Int, short: UInt8, limit: Int, long: UInt8) {
    switch count {
    case 0..<limit: bytes.append(short | UInt8(count))
    case limit..<1 << 16: append(long, UInt64(count), 2)
    default: append(long + 1, UInt64(count), 4)
    }
  }

  /// A tag and the lowest `width` bytes of `bits`, the highest first.
  private mutating func append(_ tag: UInt8, _ bits: UInt64, _ width: Int) {
    bytes.append(tag)
    for index in (0..<width).reversed() {
      bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index))))
    }
  }
}
