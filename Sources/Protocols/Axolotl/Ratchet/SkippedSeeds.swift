import Cryptography

/// What the keys of messages are made from that have not come yet, though later ones have.
///
/// They are kept as they are stored, one after the other in one piece of memory: there may be two
/// thousand of them, and most messages need none.
struct SkippedSeeds: Sendable, Equatable {
  /// The counter (4 bytes, big-endian) and the seed (32 bytes).
  private static let entrySize = 36
  private static let counterSize = 4

  /// In the order of their counters; nil where there is none.
  private var packed: SecretBytes?

  /// None.
  init() {}

  /// Reads the stored form; throws ``AxolotlError/malformed(_:)`` if it is none, or more than `limit`.
  init(packed bytes: UnsafeRawBufferPointer, limit: Int) throws(AxolotlError) {
    guard bytes.count % SkippedSeeds.entrySize == 0,
      bytes.count <= limit * SkippedSeeds.entrySize
    else { throw .malformed("a list of skipped messages") }
    if bytes.count > 0 { packed = SecretBytes(bytes) }
  }

  var count: Int { (packed?.count ?? 0) / SkippedSeeds.entrySize }
  var isEmpty: Bool { packed == nil }

  /// Lends the stored form, if there are any.
  func withPacked(_ body: (UnsafeRawBufferPointer) -> Void) { packed?.withUnsafeBytes(body) }

  /// Adds the seeds of the messages from `first` on, and forgets the oldest beyond `limit`.
  mutating func append(_ seeds: [SecretBytes], from first: UInt32, limit: Int) {
    let kept = max(0, min(count, limit - seeds.count))
    let new = seeds.suffix(limit)
    let skipped = UInt32(seeds.count - new.count)
    let size = (kept + new.count) * SkippedSeeds.entrySize
    let before = packed
    packed = SecretBytes(count: size) { output in
      var rest = output[...]
      func write(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: bytes)
        rest = rest.dropFirst(bytes.count)
      }
      before?.withUnsafeBytes {
        write(UnsafeRawBufferPointer(rebasing: $0.suffix(kept * SkippedSeeds.entrySize)))
      }
      for (index, seed) in new.enumerated() {
        withUnsafeBytes(of: (first &+ skipped &+ UInt32(index)).bigEndian) { write($0) }
        seed.withUnsafeBytes { write($0) }
      }
    }
  }

  /// Takes out the seed of a message; nil if it is not here.
  mutating func take(_ counter: UInt32) -> SecretBytes? {
    guard let packed, let place = place(of: counter, in: packed) else { return nil }
    let end = place + SkippedSeeds.entrySize
    let seed = packed[place + SkippedSeeds.counterSize..<end]
    guard packed.count > SkippedSeeds.entrySize else {
      self.packed = nil
      return seed
    }
    self.packed = SecretBytes(count: packed.count - SkippedSeeds.entrySize) { output in
      packed.withUnsafeBytes { bytes in
        output.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<place]))
        UnsafeMutableRawBufferPointer(rebasing: output[place...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[end...]))
      }
    }
    return seed
  }

  private func place(of counter: UInt32, in packed: SecretBytes) -> Int? {
    packed.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: SkippedSeeds.entrySize).first {
        bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self) == counter.bigEndian
      }
    }
  }
}
