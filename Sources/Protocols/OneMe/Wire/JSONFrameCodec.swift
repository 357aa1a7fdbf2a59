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

  /// The frame that `text` is, its payload not yet decoded.
  static func open(_ text: String) throws(FrameError) -> Frame {
    let envelope: Envelope
    do {
      envelope = try JSONText.decode(Envelope.self, from: text.utf8)
    } catch {
      throw .notJSON
    }
    guard let opcode = envelope.opcode else { throw .noOpcode }
    let header = FrameHeader(
      command: envelope.command, sequence: envelope.sequence, opcode: Opcode(rawValue: opcode))
    return Frame(header: header, refusal: envelope.refusal, body: .text(text))
  }

  /// What `read` makes of the payload in the frame `text`; nil if it is null or absent.
  static func payload<Value>(
    of text: String, _ read: @escaping (any Decoder) throws -> Value
  ) throws -> Value? {
    try JSONDecoder()
      .decode(Incoming<Value>.self, from: Data(text.utf8), configuration: read).payload
  }

  private struct Outgoing<Payload: Encodable>: Encodable {
    var ver: Int
    var cmd: Int
    var seq: Int
    var opcode: Int
    var payload: Payload
  }

  private struct Incoming<Value>: DecodableWithConfiguration {
    var payload: Value?

    init(from decoder: any Decoder, configuration read: (any Decoder) throws -> Value) throws {
      let object = try decoder.object()
      guard object.contains("payload"), try !object.decodeNil(forKey: "payload") else { return }
      payload = try read(object.superDecoder(forKey: "payload"))
    }
  }

  private struct Envelope: Decodable {
    var command: FrameHeader.Command
    var sequence: Int?
    var opcode: Int?
    var refusal: Refusal?

    init(from decoder: any Decoder) throws {
      let object = try decoder.object()
      let number = object.number("cmd").flatMap(Int.init(exactly:)) ?? 0
      // A command nobody has seen yet is not an answer to anything.
      command = FrameHeader.Command(rawValue: number) ?? .request
      sequence = object.number("seq").flatMap(Int.init(exactly:))
      opcode = object.number("opcode").flatMap(Int.init(exactly:))
      refusal = Refusal(in: object.nested("payload"), command: command)
    }
  }
}
