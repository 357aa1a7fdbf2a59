import Transport

/// What one connection still has to send, in order.
///
/// Bounded: a client that asks and asks without reading loses its connection instead of filling
/// the memory of all.
struct SendQueue: Sendable {
  private enum Item: Sendable {
    case message(WebSocketMessage)
    case close(code: UInt16, reason: String)
    case drop
    case stall
  }

  private static let capacity = 1024
  private let stream: AsyncStream<Item>
  private let continuation: AsyncStream<Item>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(SendQueue.capacity))
  }

  func send(_ message: WebSocketMessage) {
    if case .dropped = continuation.yield(.message(message)) { continuation.finish() }
  }

  /// Closes after everything queued so far was sent; what comes later is dropped.
  func close(code: UInt16, reason: String = "") {
    continuation.yield(.close(code: code, reason: reason))
    continuation.finish()
  }

  /// Ends the connection at once after everything queued so far was sent, as a broken connection
  /// would.
  func drop() {
    continuation.yield(.drop)
    continuation.finish()
  }

  /// Leaves the connection half open after everything queued so far was sent.
  func stall() { continuation.yield(.stall) }

  /// Sends until the box or the connection is closed.
  func deliver(to connection: WebSocketConnection) async {
    for await item in stream {
      switch item {
      case .message(let message):
        do {
          try await connection.send(message)
        } catch {
          // The connection ended: its reader notices as well and reports it.
          return
        }
      case .close(let code, let reason):
        await connection.close(code: code, reason: reason)
        return
      case .drop:
        await connection.reset()
        return
      case .stall:
        await connection.stall()
        // Nobody hears what is still to be sent.
        for await _ in stream {}
        return
      }
    }
    await connection.close(code: 1008, reason: "too slow")
  }
}
