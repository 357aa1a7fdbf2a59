import CLZ4
import Transport

/// Frames of version 10: a header of ten bytes, then MessagePack, compressed or not
/// (OneMe notes §2.2).
enum MaxBinary {
  static let version = 10
  private static let headerLength = 10
  /// Bodies shorter than this go out as they are.
  private static let compressionThreshold = 32
  /// Most that a client's body may hold once expanded.
  private static let bodyLimit = 4 << 20
  private static let zstdFlag: UInt8 = 0xff

  /// Takes a client's frame apart: its head, and its body as the JSON text of a frame.
  static func frame(of bytes: [UInt8]) -> (head: MaxFrame.Head, text: [UInt8])? {
    guard bytes.count >= headerLength else { return nil }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 << 8 | Int($1) } }
    let length = number(7..<10)
    guard bytes.count == headerLength + length else { return nil }
    let head = MaxFrame.Head(
      ver: number(0..<1), cmd: number(1..<2), seq: number(2..<4), opcode: number(4..<6))
    var body = Array(bytes[headerLength...])
    switch bytes[6] {
    case 0: break
    case zstdFlag: return nil
    default:
      guard let expanded = LZ4Block.expand(body, limit: bodyLimit) else { return nil }
      body = expanded
    }
    guard !body.isEmpty else { return (head, Array("{}".utf8)) }
    do {
      let payload = try MessagePackReader.value(of: body)
      return (head, Array(JSONText.encode(["payload": payload]).utf8))
    } catch {
      return nil
    }
  }

  /// Puts a frame together; `payload` nil leaves the body empty.
  static func frame(
    cmd: Int, seq: Int, opcode: Int, _ payload: WireValue?, style: MaxWire.Style
  ) -> [UInt8] {
    var body: [UInt8] = []
    var flags: UInt8 = 0
    if let payload {
      var writer = MessagePackWriter(wrapsIntegers: style.wrapsIntegers)
      writer.write(payload)
      body = writer.bytes
    }
    if style.compressesWithZstd, !body.isEmpty {
      flags = zstdFlag
      body = zstd(body)
    } else if body.count >= compressionThreshold {
      let block = LZ4Block.compress(body)
      flags = UInt8(clamping: min(body.count / block.count + 1, Int(zstdFlag) - 1))
      body = block
    }
    var bytes: [UInt8] = [UInt8(version), UInt8(truncatingIfNeeded: cmd)]
    for number in [seq, opcode] {
      bytes += [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
    }
    bytes.append(flags)
    for shift in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: body.count >> shift)) }
    return bytes + body
  }

  /// A zstd frame (RFC 8878) that stores instead of compressing: right, and without a library.
  private static func zstd(_ body: [UInt8]) -> [UInt8] {
    let blockLimit = 128 << 10
    var frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
    // One segment, its size in four bytes.
    frame.append(0xa0)
    for shift in [0, 8, 16, 24] { frame.append(UInt8(truncatingIfNeeded: body.count >> shift)) }
    for start in stride(from: 0, to: body.count, by: blockLimit) {
      let block = body[start..<min(start + blockLimit, body.count)]
      let head = block.count << 3 | (block.endIndex == body.count ? 1 : 0)
      for shift in [0, 8, 16] { frame.append(UInt8(truncatingIfNeeded: head >> shift)) }
      frame += block
    }
    return frame
  }
}

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
