import Cryptography

// Fields of protocol-buffer messages, written where they are to stand.

extension [UInt8] {
  /// The most bytes that a field of a number takes up, and one of bytes besides them.
  static var fieldOverhead: Int { 15 }

  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Adds a field of type `uint32`, `uint64`, `enum` or `bool`.
  mutating func append(field number: UInt32, _ value: UInt64) {
    append(varint: UInt64(number) << 3)
    append(varint: value)
  }

  /// Adds a field of type `bytes`.
  mutating func append(field number: UInt32, _ value: UnsafeRawBufferPointer) {
    append(headOfField: number, size: value.count)
    append(contentsOf: value)
  }

  /// Adds a field of type `bytes` with a secret in it, in the clear.
  mutating func append(field number: UInt32, revealing secret: SecretBytes) {
    secret.withUnsafeBytes { append(field: number, $0) }
  }

  /// Adds a field of type `bytes` with the 33 bytes of a key.
  mutating func append(field number: UInt32, _ key: PublicKey) {
    append(headOfField: number, size: PublicKey.serializedSize)
    key.append(to: &self)
  }

  /// Begins a field of type `bytes`, of which so many follow.
  mutating func append(headOfField number: UInt32, size: Int) {
    append(varint: UInt64(number) << 3 | 2)
    append(varint: UInt64(size))
  }

  /// Adds a message as a field. Its size is known once it stands there, so it is moved a little.
  mutating func append(
    messageField number: UInt32, _ write: (inout [UInt8]) -> Void
  ) {
    let start = count
    write(&self)
    let size = count - start
    append(headOfField: number, size: size)
    let head = count - start - size
    withUnsafeMutableBytes { bytes in
      withUnsafeTemporaryAllocation(byteCount: head, alignment: 1) { kept in
        let (message, place) = (start..<start + size, bytes[start + size..<bytes.count])
        kept.copyMemory(from: UnsafeRawBufferPointer(rebasing: place))
        UnsafeMutableRawBufferPointer(rebasing: bytes[(start + head)...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[message]))
        UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + head])
          .copyMemory(from: UnsafeRawBufferPointer(kept))
      }
    }
  }
}
