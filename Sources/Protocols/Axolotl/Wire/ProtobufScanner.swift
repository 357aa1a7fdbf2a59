/// The fields of a protocol-buffer message one after the other, as places in its bytes: nothing is copied
/// and nothing is kept.
///
/// For messages of known fields that are read often; ``ProtobufMessage`` keeps what it has read.
struct ProtobufScanner {
  /// A field, valid as long as the bytes that are scanned are lent.
  struct Field {
    let number: UInt32
    let value: Value
  }

  /// What a field holds, by its wire type.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(UnsafeRawBufferPointer)
  }

  private let bytes: UnsafeRawBufferPointer
  private var place = 0
  private var count = 0

  /// - Parameter bytes: of the message, lent for as long as it is scanned.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next field; nil at the end.
  ///
  /// Throws ``AxolotlError/malformed(_:)``. Groups (wire types 3 and 4) are refused: the format gave
  /// them up before TextSecure used it.
  mutating func next() throws(AxolotlError) -> Field? {
    guard place < bytes.count else { return nil }
    guard count < ProtobufMessage.maximumFields else { throw .malformed("too many fields") }
    count += 1
    let tag = try readVarint()
    guard let number = UInt32(exactly: tag >> 3), 1..<(1 << 29) ~= number else {
      throw .malformed("a field number out of range")
    }
    switch tag & 7 {
    case 0: return Field(number: number, value: .varint(try readVarint()))
    case 1: return Field(number: number, value: .fixed64(try readFixed(size: 8)))
    case 2:
      let length = try readVarint()
      guard length <= UInt64(bytes.count - place) else {
        throw .malformed("a field longer than the message")
      }
      let end = place + Int(length)
      defer { place = end }
      return Field(
        number: number, value: .bytes(UnsafeRawBufferPointer(rebasing: bytes[place..<end])))
    case 5:
      let value = UInt32(truncatingIfNeeded: try readFixed(size: 4))
      return Field(number: number, value: .fixed32(value))
    default: throw .malformed("a field of unknown wire type")
    }
  }

  private mutating func readVarint() throws(AxolotlError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard place < bytes.count else { throw .malformed("a number cut short") }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw .malformed("a number of more than ten bytes")
  }

  private mutating func readFixed(size: Int) throws(AxolotlError) -> UInt64 {
    guard bytes.count - place >= size else { throw .malformed("a number cut short") }
    defer { place += size }
    return bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension ProtobufScanner.Field {
  /// The number (`uint32`, `enum` or `bool`); nil if it is of another wire type.
  var uint32: UInt32? {
    if case .varint(let value) = value { UInt32(truncatingIfNeeded: value) } else { nil }
  }

  /// The bytes (`bytes`, or a message); nil if it is of another wire type.
  var bytes: UnsafeRawBufferPointer? {
    if case .bytes(let value) = value { value } else { nil }
  }
}
