import COpenSSL
import Glibc

/// Key material: never printed, compared in constant time, overwritten when its last copy is dropped.
///
/// Copies of the value share one piece of memory, so a key that is passed around stands in one place.
///
/// `@unchecked`: the memory is written while it is made, and only read afterwards.
public struct SecretBytes: @unchecked Sendable {
  /// How many bytes there are, and who looks at them once they are overwritten.
  private struct Head {
    let count: Int
    let wiped: (@Sendable (UnsafeRawBufferPointer) -> Void)?
  }

  /// The bytes stand behind the head: one piece of memory for all of it.
  private final class Memory: ManagedBuffer<Head, UInt8> {
    var buffer: UnsafeMutableRawBufferPointer {
      withUnsafeMutablePointers {
        UnsafeMutableRawBufferPointer(start: $1, count: $0.pointee.count)
      }
    }

    deinit {
      let buffer = buffer
      wipe(buffer)
      header.wiped?(UnsafeRawBufferPointer(buffer))
    }
  }

  private let memory: Memory

  /// `count` bytes that `fill` writes in place, zeros at first.
  public init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
    self.init(count: count, fill: fill, wiped: nil)
  }

  /// `wiped` sees the bytes after they were overwritten.
  init(
    count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void,
    wiped: (@Sendable (UnsafeRawBufferPointer) -> Void)?
  ) {
    let made = Memory.create(minimumCapacity: count) { _ in Head(count: count, wiped: wiped) }
    memory = unsafeDowncast(made, to: Memory.self)
    let buffer = memory.buffer
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    fill(buffer)
  }

  /// A copy of `bytes`; what they were copied from is the caller's to forget.
  public init(_ bytes: some Collection<UInt8>) {
    self =
      bytes.withContiguousStorageIfAvailable { SecretBytes(UnsafeRawBufferPointer($0)) }
      ?? Array(bytes).withUnsafeBytes { SecretBytes($0) }
  }

  /// A copy of `bytes`; what they were copied from is the caller's to forget.
  public init(_ bytes: UnsafeRawBufferPointer) {
    self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
  }

  /// These one after the other.
  public init(joining parts: [SecretBytes]) {
    self.init(count: parts.reduce(0) { $0 + $1.count }) { output in
      var rest = output[...]
      for part in parts {
        part.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: $0) }
        rest = rest.dropFirst(part.count)
      }
    }
  }

  /// How many bytes there are.
  public var count: Int { memory.buffer.count }

  /// The bytes in `range`, which must lie inside.
  public subscript(range: Range<Int>) -> SecretBytes {
    withUnsafeBytes { SecretBytes(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// The plain bytes, to be kept or sent. Every use is a place where a secret leaves its wrapping.
  public var revealed: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Lends the bytes to `body`, which must not let the pointer escape.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    // The memory must not be wiped while `body` still reads it.
    try withExtendedLifetime(memory) { try body(UnsafeRawBufferPointer($0.buffer)) }
  }
}

/// Overwrites what was secret, even where nobody reads it any more.
func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
  if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
}

extension SecretBytes: Equatable {
  /// Takes time that depends on the lengths alone.
  public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    left.count == right.count
      && left.withUnsafeBytes { left in
        right.withUnsafeBytes { CRYPTO_memcmp(left.baseAddress, $0.baseAddress, left.count) == 0 }
      }
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { Secret.placeholder }
  public var debugDescription: String { Secret.placeholder }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension RandomSource {
  /// `count` fresh bytes for a key.
  public func secret(_ count: Int) -> SecretBytes {
    var bytes = bytes(count)
    defer { bytes.withUnsafeMutableBytes { wipe($0) } }
    return SecretBytes(bytes)
  }
}
