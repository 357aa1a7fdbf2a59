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

  /// The frame that `text` is; the text is parsed once.
  static func open<Content>(
    _ text: String, _ read: @escaping Frame.Reader<Content>
  ) throws(FrameError) -> (frame: Frame, content: Content?) {
    let envelope: Envelope<Content>
    do {
      envelope = try JSONDecoder().decode(
        Envelope<Content>.self, from: Data(text.utf8), configuration: read)
    } catch {
      throw .notJSON
    }
    guard let frame = envelope.frame else { throw .noOpcode }
    return (frame, envelope.content)
  }

  private struct Outgoing<Payload: Encodable>: Encodable {
    var ver: Int
    var cmd: Int
    var seq: Int
    var opcode: Int
    var payload: Payload
  }

  private struct Envelope<Content>: DecodableWithConfiguration {
    /// Nil without an opcode.
    var frame: Frame?
    var content: Content?

    init(
      from decoder: any Decoder, configuration read: @escaping Frame.Reader<Content>
    ) throws {
      let object = try decoder.object()
      guard let opcode = object.number("opcode").flatMap(Int.init(exactly:)) else { return }
      let number = object.number("cmd").flatMap(Int.init(exactly:)) ?? 0
      let header = FrameHeader(
        // A command nobody has seen yet is not an answer to anything.
        command: FrameHeader.Command(rawValue: number) ?? .request,
        sequence: object.number("seq").flatMap(Int.init(exactly:)),
        opcode: Opcode(rawValue: opcode))
      var frame = Frame(header: header)
      frame.refusal = Refusal(in: object.nested("payload"), command: header.command)
      if object.contains("payload"), try !object.decodeNil(forKey: "payload") {
        content = frame.content(of: try object.superDecoder(forKey: "payload"), read)
      }
      self.frame = frame
    }
  }
}
