import FoundationEssentials
import Transport

/// Frames as JSON text, version 11 (seed 000, Message Format).
struct JSONFrameCodec: FrameCodec {
  private static let version = 11

  func encode(_ header: FrameHeader, payload: some Encodable) throws -> WebSocketMessage {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let data = try encoder.encode(
      Outgoing(
        ver: Self.version, cmd: header.command.rawValue, seq: header.sequence ?? 0,
        opcode: header.opcode.rawValue, payload: payload))
    return .text(String(decoding: data, as: UTF8.self))
  }

  private struct Outgoing<Payload: Encodable>: Encodable {
    var ver: Int
    var cmd: Int
    var seq: Int
    var opcode: Int
    var payload: Payload
  }
}
