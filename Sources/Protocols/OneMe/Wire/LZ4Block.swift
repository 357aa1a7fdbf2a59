import CLZ4

/// Raw LZ4 blocks: no magic, no size, no checksum (MAX protocol notes §1.3 and §2.2).
enum LZ4Block {
  /// No block expands by more than this factor.
  private static let expansion = 255

  /// The content of `block`; nil if it is broken or holds more than `size` bytes.
  static func decompress(_ block: some Collection<UInt8>, atMost size: Int) -> [UInt8]? {
    let input = Array(block)
    guard !input.isEmpty, size > 0, input.count <= Int32.max, size <= Int32.max else { return nil }
    var written: Int32 = -1
    let output = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      input.withUnsafeBytes { source in
        guard let from = source.bindMemory(to: CChar.self).baseAddress,
          let to = UnsafeMutableRawPointer(buffer.baseAddress)
        else { return }
        written = LZ4_decompress_safe(
          from, to.assumingMemoryBound(to: CChar.self), Int32(source.count), Int32(size))
      }
      count = max(0, Int(written))
    }
    return written < 0 ? nil : output
  }

  /// The same where the size is not known: the memory grows from `guess` bytes to `limit`.
  static func decompress(
    _ block: some Collection<UInt8>, guess: Int, limit: Int
  )
    -> [UInt8]?
  {
    let most = min(limit, block.count * expansion + 64)
    var size = min(max(guess, 64), most)
    while true {
      if let content = decompress(block, atMost: size) { return content }
      // The library does not tell a broken block from one that is too large.
      guard size < most else { return nil }
      size = min(size * 4, most)
    }
  }

  /// A block that holds `bytes`; nil for more than LZ4 can take (2 GB).
  static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    guard let count = Int32(exactly: bytes.count) else { return nil }
    let bound = LZ4_compressBound(count)
    guard bound > 0 else { return nil }
    var written: Int32 = 0
    let output = [UInt8](unsafeUninitializedCapacity: Int(bound)) { buffer, size in
      bytes.withUnsafeBytes { source in
        // An empty array may have no address, and the library wants one.
        withUnsafeBytes(of: UInt8(0)) { empty in
          let from = source.baseAddress ?? empty.baseAddress
          guard let from, let to = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
          written = LZ4_compress_default(
            from.assumingMemoryBound(to: CChar.self), to.assumingMemoryBound(to: CChar.self), count,
            bound)
        }
      }
      size = Int(written)
    }
    return written > 0 ? output : nil
  }
}
