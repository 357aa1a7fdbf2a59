import FoundationEssentials
import JSON
import Transport

/// Frames as MessagePack under a header of ten bytes, version 10 (MAX protocol notes §2.2).
///
///     ver 1 | cmd 1 | seq 2 | opcode 2 | flags 1 | length 3 | body, all big endian
///
/// `flags` is 0 for a plain body, 255 for one in zstd; any other number says that the body is a raw
/// LZ4 block and about how many times larger its content is.
struct BinaryFrameCodec: FrameCodec {
  private static let version: UInt8 = 10
  private static let headerBytes = 10
  private static let zstd: UInt8 = 0xff
  /// The most that a body may expand to.
  static let contentBytes = 16 << 20
  /// Bodies of so many bytes are compressed, even where that makes them longer: so the web client.
  private static let compressedFrom = 32

  func encode(_ header: FrameHeader, payload: some Encodable) throws -> WebSocketMessage {
    let encoder = JSONEncoder()
    encoder.userInfo[MessageID.isBinary] = true
    let tree = try JSONReader.read(Array(encoder.encode(payload)))
    return .binary(try Self.frame(header, content: MessagePackWriter.write(JSONValue(tree.root))))
  }

  /// The bytes of a frame around a body that is compressed here if it is long enough.
  static func frame(_ header: FrameHeader, content: [UInt8]) throws(FrameError) -> [UInt8] {
    var body = content
    var flags: UInt8 = 0
    if content.count >= compressedFrom, let block = LZ4Block.compress(content) {
      body = block
      flags = UInt8(clamping: min(content.count / block.count + 1, Int(zstd) - 1))
    }
    guard body.count < 1 << 24, let opcode = UInt16(exactly: header.opcode.rawValue),
      let sequence = UInt16(exactly: header.sequence ?? 0)
    else { throw .tooLarge }
    let length = UInt32(body.count)
    return [
      version, UInt8(header.command.rawValue), UInt8(sequence >> 8),
      UInt8(truncatingIfNeeded: sequence), UInt8(opcode >> 8), UInt8(truncatingIfNeeded: opcode),
      flags, UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
      UInt8(truncatingIfNeeded: length),
    ] + body
  }

  /// The frame that `bytes` are.
  static func open(_ bytes: [UInt8]) throws(FrameError) -> (FrameHeader, payload: TreeValue?) {
    guard bytes.count >= headerBytes else { throw .noHeader }
    guard bytes[0] == version else { throw .version(bytes[0]) }
    let length = Int(bytes[7]) << 16 | Int(bytes[8]) << 8 | Int(bytes[9])
    guard bytes.count == headerBytes + length else { throw .badLength }
    let header = FrameHeader(
      // A command nobody has seen yet is not an answer to anything.
      command: FrameHeader.Command(rawValue: Int(bytes[1])) ?? .request,
      sequence: Int(bytes[2]) << 8 | Int(bytes[3]),
      opcode: Opcode(rawValue: Int(bytes[4]) << 8 | Int(bytes[5])))
    return (header, try payload(Array(bytes[headerBytes...]), flags: bytes[6]))
  }

  private static func payload(_ body: [UInt8], flags: UInt8) throws(FrameError) -> TreeValue? {
    if body.isEmpty { return nil }
    switch flags {
    case 0: return try MessagePackReader.read(body, at: ["payload"]).root
    case zstd: throw .zstd
    default:
      let guess = body.count * Int(flags)
      guard let content = LZ4Block.decompress(body, guess: guess, limit: contentBytes) else {
        throw .badCompression
      }
      return try MessagePackReader.read(content, at: ["payload"]).root
    }
  }
}
