/// A frame of the MAX protocol as JSON text, version 11 ("Message Format" of the OneMe document).
enum MaxFrame {
  static let version = 11

  /// Which side of an exchange a frame is; on the wire the member `cmd`.
  enum Command: Int, Sendable, Codable {
    case request = 0
    case answer = 1
    case notFound = 2
    case failure = 3
  }

  /// What every frame must have, read before anything else.
  struct Head: Decodable {
    let ver: Int
    let cmd: Int
    let seq: Int
    let opcode: Int
  }

  /// A frame's payload, read as what the opcode asks for.
  struct Body<Payload: Decodable>: Decodable {
    let payload: Payload
  }

  /// A frame on its way out; a missing payload is written as null.
  struct Outgoing<Payload: Encodable>: Encodable {
    let ver = MaxFrame.version
    let cmd: Command
    /// nil is left out: some pushes have none.
    let seq: Int?
    let opcode: Int
    let payload: Payload?

    enum CodingKeys: CodingKey { case ver, cmd, seq, opcode, payload }

    func encode(to encoder: any Encoder) throws {
      var frame = encoder.container(keyedBy: CodingKeys.self)
      try frame.encode(ver, forKey: .ver)
      try frame.encode(cmd, forKey: .cmd)
      try frame.encodeIfPresent(seq, forKey: .seq)
      try frame.encode(opcode, forKey: .opcode)
      try frame.encode(payload, forKey: .payload)
    }
  }
}

/// The payload `{}`, and the reading of any object.
struct EmptyPayload: Codable {
  private enum None: CodingKey {}

  init() {}
  init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: None.self) }
  func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: None.self) }
}
