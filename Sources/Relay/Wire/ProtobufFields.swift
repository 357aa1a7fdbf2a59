/// The fields of a protocol buffer, as far as the relay writes and reads any: numbers and bytes.
struct ProtobufFields {
  private enum Kind {
    static let varint: UInt64 = 0, fixed64: UInt64 = 1, bytes: UInt64 = 2, fixed32: UInt64 = 5
  }

  /// What has been written.
  private(set) var encoded: [UInt8] = []
  private var integers: [UInt64: UInt64] = [:]
  private var texts: [UInt64: [UInt8]] = [:]

  init() {}

  // MARK: Writing

  mutating func append(_ field: UInt64, _ value: UInt64) {
    varint(field << 3 | Kind.varint)
    varint(value)
  }

  mutating func append(_ field: UInt64, _ bytes: some Collection<UInt8>) {
    varint(field << 3 | Kind.bytes)
    varint(UInt64(bytes.count))
    encoded += bytes
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      encoded.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    encoded.append(UInt8(rest))
  }

  // MARK: Reading

  /// The last value of each field counts; nil if the bytes are no protocol buffer.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let tag = ProtobufFields.varint(&rest), tag >> 3 > 0 else { return nil }
      switch tag & 7 {
      case Kind.varint:
        guard let value = ProtobufFields.varint(&rest) else { return nil }
        integers[tag >> 3] = value
      case Kind.bytes:
        guard let count = ProtobufFields.varint(&rest), count <= UInt64(rest.count) else {
          return nil
        }
        texts[tag >> 3] = Array(rest.prefix(Int(count)))
        rest = rest.dropFirst(Int(count))
      case Kind.fixed64, Kind.fixed32:
        let count = tag & 7 == Kind.fixed64 ? 8 : 4
        guard rest.count >= count else { return nil }
        rest = rest.dropFirst(count)
      default: return nil
      }
    }
    encoded = bytes
  }

  func integer(_ field: UInt64) -> UInt64? { integers[field] }
  func bytes(_ field: UInt64) -> [UInt8]? { texts[field] }
  func text(_ field: UInt64) -> String? {
    texts[field].flatMap { String(validating: $0, as: UTF8.self) }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
