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
    let all = Array(serialized)
    fields = try all.withUnsafeBufferPointer { bytes throws(AxolotlError) in
      let bytes = UnsafeRawBufferPointer(bytes)
      var fields: [Field] = []
      var scanner = ProtobufScanner(bytes)
      while let field = try scanner.next() {
        fields.append(Field(number: field.number, value: Value(field.value, in: all, at: bytes)))
      }
      return fields
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
}

extension ProtobufMessage.Value {
  /// What was found in `message`, which begins at `start` in memory.
  fileprivate init(
    _ value: ProtobufScanner.Value, in message: [UInt8], at start: UnsafeRawBufferPointer
  ) {
    switch value {
    case .varint(let number): self = .varint(number)
    case .fixed64(let number): self = .fixed64(number)
    case .fixed32(let number): self = .fixed32(number)
    case .bytes(let bytes):
      guard let first = bytes.baseAddress, let origin = start.baseAddress else {
        self = .bytes([])
        return
      }
      let place = first - origin
      self = .bytes(message[place..<place + bytes.count])
    }
  }

  /// An upper bound of its field's size on the wire.
  fileprivate var maximumSize: Int {
    if case .bytes(let value) = self {
      [UInt8].fieldOverhead + value.count
    } else {
      [UInt8].fieldOverhead
    }
  }
}
