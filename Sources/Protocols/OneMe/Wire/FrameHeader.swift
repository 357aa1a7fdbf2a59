/// Everything of a frame but its payload (seed 000, Message Fields).
struct FrameHeader: Sendable, Equatable {
  /// Which side a frame is of; servers also send 0 for what nobody asked (MAX protocol notes §2.3).
  enum Command: Int, Sendable {
    case request = 0
    case answer = 1
    case notFound = 2
    case error = 3
  }

  var command: Command
  /// Counts each side's own requests; an answer repeats that of its request. A push may lack it.
  var sequence: Int?
  var opcode: Opcode
}
