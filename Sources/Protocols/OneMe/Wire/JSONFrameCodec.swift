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

  /// The frame that `text` is.
  static func open(_ text: String) throws(FrameError) -> (FrameHeader, payload: WireValue?) {
    let root = try JSONTreeReader.read(text).root
    guard let object = try? root.object() else { throw .notJSON }
    guard let opcode = object.number("opcode").flatMap(Int.init(exactly:)) else { throw .noOpcode }
    let command = object.number("cmd").flatMap(Int.init(exactly:)) ?? 0
    let header = FrameHeader(
      // A command nobody has seen yet is not an answer to anything.
      command: FrameHeader.Command(rawValue: command) ?? .request,
      sequence: object.number("seq").flatMap(Int.init(exactly:)),
      opcode: Opcode(rawValue: opcode))
    return (header, object["payload"])
  }

  private struct Outgoing<Payload: Encodable>: Encodable {
    var ver: Int
    var cmd: Int
    var seq: Int
    var opcode: Int
    var payload: Payload
  }
}
