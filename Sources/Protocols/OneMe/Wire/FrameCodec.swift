import Transport

/// How frames are written.
///
/// Servers speak JSON text (version 11, the seed's) and a binary form (version 10) with the same
/// opcodes and field names; the client sees neither. Reading needs no choice: see `Frame`.
protocol FrameCodec: Sendable {
  /// A whole frame.
  func encode(_ header: FrameHeader, payload: some Encodable) throws -> WebSocketMessage
}
