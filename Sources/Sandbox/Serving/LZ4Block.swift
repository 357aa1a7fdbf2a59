import CLZ4

/// Raw LZ4 blocks: no frame around them and no size in front.
enum LZ4Block {
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var block = [CChar](repeating: 0, count: Int(LZ4_compressBound(Int32(bytes.count))))
    let length = bytes.withUnsafeBytes { source in
      LZ4_compress_default(
        source.baseAddress?.assumingMemoryBound(to: CChar.self), &block, Int32(bytes.count),
        Int32(block.count))
    }
    return block.prefix(Int(length)).map(UInt8.init(bitPattern:))
  }

  /// nil if it is no block or holds more than `limit` bytes.
  static func expand(_ block: [UInt8], limit: Int) -> [UInt8]? {
    // A block grows at most 255-fold.
    let limit = min(limit, block.count * 255)
    var output = [CChar](repeating: 0, count: limit)
    let length = block.withUnsafeBytes { source in
      LZ4_decompress_safe(
        source.baseAddress?.assumingMemoryBound(to: CChar.self), &output, Int32(block.count),
        Int32(limit))
    }
    return length < 0 ? nil : output.prefix(Int(length)).map(UInt8.init(bitPattern:))
  }
}
