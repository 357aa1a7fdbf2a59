/// A protocol-buffer message: its fields in order, those that nobody knows among them.
///
/// Read as the format demands: of several fields with one number the last counts, one of another wire
/// type than expected counts as unknown, a 32-bit number is the low half of a longer one.
public struct ProtobufMessage: Sendable, Equatable {
  /// What a field holds, by its wire type.
  enum Value: Sendable, Equatable {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  struct Field: Sendable, Equatable {
    let number: UInt32
    let value: Value
  }

  var fields: [Field] = []

  /// A message without fields.
  public init() {}

  /// The number in field `number` (`uint64`, or an `enum` or `bool`).
  public func uint64(_ number: UInt32) -> UInt64? {
    last(number) { if case .varint(let value) = $0 { value } else { nil } }
  }

  /// The number in field `number` (`uint32`).
  public func uint32(_ number: UInt32) -> UInt32? {
    uint64(number).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The number in field `number` (`fixed64`).
  public func fixed64(_ number: UInt32) -> UInt64? {
    last(number) { if case .fixed64(let value) = $0 { value } else { nil } }
  }

  /// The bytes in field `number` (`bytes`, `string`, or a message).
  public func bytes(_ number: UInt32) -> ArraySlice<UInt8>? {
    last(number) { if case .bytes(let value) = $0 { value } else { nil } }
  }

  /// Everything in the repeated field `number`, in order.
  public func allBytes(_ number: UInt32) -> [ArraySlice<UInt8>] {
    fields.compactMap { field in
      if field.number == number, case .bytes(let value) = field.value { value } else { nil }
    }
  }

  /// The text in field `number`; what is no UTF-8 in it is replaced by U+FFFD.
  public func text(_ number: UInt32) -> String? {
    bytes(number).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Adds a field of type `uint32`, `uint64`, `enum` or `bool`.
  public mutating func append(_ number: UInt32, _ value: some UnsignedInteger) {
    fields.append(Field(number: number, value: .varint(UInt64(value))))
  }

  /// Adds a field of type `bytes`.
  public mutating func append(_ number: UInt32, _ value: some Collection<UInt8>) {
    fields.append(Field(number: number, value: .bytes(Array(value)[...])))
  }

  /// Adds a field of type `string`.
  public mutating func append(_ number: UInt32, _ value: String) { append(number, value.utf8) }

  /// Adds a message inside of this one.
  public mutating func append(_ number: UInt32, _ value: ProtobufMessage) {
    append(number, value.serialized)
  }

  /// Adds a field of type `fixed64`.
  public mutating func append(_ number: UInt32, fixed64 value: UInt64) {
    fields.append(Field(number: number, value: .fixed64(value)))
  }

  private func last<Content>(_ number: UInt32, _ content: (Value) -> Content?) -> Content? {
    for field in fields.reversed() where field.number == number {
      if let content = content(field.value) { return content }
    }
    return nil
  }
}

extension ProtobufMessage {
  /// How many fields a message may have.
  public static let maximumFields = 16_384

  /// Reads a message of at most `maximumSize` bytes.
  ///
  /// Throws ``AxolotlError/malformed(_:)``. Groups (wire types 3 and 4) are refused: the format gave
  /// them up before TextSecure used it.
  public init(
    _ serialized: some Collection<UInt8>, maximumSize: Int
  ) throws(AxolotlError) {
    guard serialized.count <= maximumSize else {
      throw .malformed("\(serialized.count) bytes, \(maximumSize) are allowed")
    }
    var input = Array(serialized)[...]
    while !input.isEmpty {
      guard fields.count < ProtobufMessage.maximumFields else {
        throw .malformed("too many fields")
      }
      fields.append(try ProtobufMessage.readField(&input))
    }
  }

  /// The bytes of the wire, fields in the order in which they were added.
  public var serialized: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(fields.reduce(0) { $0 + $1.value.maximumSize })
    for field in fields {
      let tag = UInt64(field.number) << 3
      switch field.value {
      case .varint(let value):
        output.append(varint: tag)
        output.append(varint: value)
      case .fixed64(let value):
        output.append(varint: tag | 1)
        for shift in 0..<8 { output.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
      case .bytes(let value):
        output.append(varint: tag | 2)
        output.append(varint: UInt64(value.count))
        output += value
      case .fixed32(let value):
        output.append(varint: tag | 5)
        for shift in 0..<4 { output.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
      }
    }
    return output
  }

  private static func readField(_ input: inout ArraySlice<UInt8>) throws(AxolotlError) -> Field {
    let tag = try readVarint(&input)
    guard let number = UInt32(exactly: tag >> 3), 1..<(1 << 29) ~= number else {
      throw .malformed("a field number out of range")
    }
    switch tag & 7 {
    case 0: return Field(number: number, value: .varint(try readVarint(&input)))
    case 1: return Field(number: number, value: .fixed64(try readFixed(&input, size: 8)))
    case 2:
      let count = try readVarint(&input)
      guard count <= UInt64(input.count) else {
        throw .malformed("a field longer than the message")
      }
      defer { input = input.dropFirst(Int(count)) }
      return Field(number: number, value: .bytes(input.prefix(Int(count))))
    case 5:
      let value = UInt32(truncatingIfNeeded: try readFixed(&input, size: 4))
      return Field(number: number, value: .fixed32(value))
    default: throw .malformed("a field of unknown wire type")
    }
  }

  private static func readVarint(_ input: inout ArraySlice<UInt8>) throws(AxolotlError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = input.popFirst() else { throw .malformed("a number cut short") }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw .malformed("a number of more than ten bytes")
  }

  private static func readFixed(
    _ input: inout ArraySlice<UInt8>, size: Int
  ) throws(AxolotlError) -> UInt64 {
    guard input.count >= size else { throw .malformed("a number cut short") }
    defer { input = input.dropFirst(size) }
    return input.prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension ProtobufMessage.Value {
  /// An upper bound of its field's size on the wire.
  fileprivate var maximumSize: Int {
    if case .bytes(let value) = self { 15 + value.count } else { 15 }
  }
}

extension [UInt8] {
  fileprivate mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
