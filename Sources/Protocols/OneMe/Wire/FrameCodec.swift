import Transport

/// How frames look on the wire.
///
/// Servers speak JSON text (version 11, the seed's) and a binary form (version 10) with the same
/// opcodes and field names; the client sees neither.
protocol FrameCodec: Sendable {
  /// A whole frame.
  func encode(_ header: FrameHeader, payload: some Encodable) throws -> WebSocketMessage

  /// The frame without its payload's content.
  ///
  /// - Throws: `FrameError`.
  func open(_ message: WebSocketMessage) throws(FrameError) -> Frame

  /// What `read` makes of the payload of a frame this codec has opened; nil for a payload that is
  /// null or absent.
  ///
  /// - Throws: what `read` throws, which is `DecodingError` for an unexpected shape.
  func payload<Value>(
    of frame: Frame, _ read: @escaping (any Decoder) throws -> Value
  ) throws -> Value?
}

/// A frame whose payload is decoded when its opcode has told as what.
struct Frame: Sendable {
  var header: FrameHeader
  /// The error it is or carries; nil for everything but answers.
  var refusal: Refusal?
  var message: WebSocketMessage
}

/// Why a message is no frame.
enum FrameError: Error, Equatable {
  case wrongKind
  case notJSON
  case noOpcode

  var reason: String {
    switch self {
    case .wrongKind: "a binary message on a text connection"
    case .notJSON: "not a JSON object"
    case .noOpcode: "no opcode"
    }
  }
}
