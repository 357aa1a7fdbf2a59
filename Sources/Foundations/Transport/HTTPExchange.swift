import CMicroHTTPD
import Synchronization

/// A pointer of libmicrohttpd. `@unchecked`: the functions it is given to may be called from any
/// thread, and the daemon outlives every use.
struct MicroHTTPDPointer: @unchecked Sendable {
  let raw: OpaquePointer
}

/// One request on its way through the server, from its first line to the answer.
final class HTTPExchange: Sendable {
  /// What MHD's next call for this request finds.
  enum Phase {
    case head
    case body
    /// Suspended while the task works out the answer.
    case answering(MicroHTTPDPointer, Task<Void, Never>?)
    case answered(HTTPServer.Reply)
  }

  struct State {
    var phase = Phase.head
    var method = ""
    var version = ""
    var headers = HTTPHeaders()
    var address: String?
    var body: [UInt8] = []
    /// Where the body goes instead, if anywhere.
    var file: BodyFile?
    var received = 0
    var limit = 0
    /// The status for a body that cannot be taken.
    var refusal: Int?
  }

  let target: String
  let state = Mutex(State())

  init(target: String) { self.target = target }

  var request: HTTPServer.Request {
    state.withLock { state in
      HTTPServer.Request(
        method: state.method, target: target, headers: state.headers, body: state.body,
        bodyFile: state.file?.path, address: state.address,
        isWebSocketUpgrade: ServerHandshake.isAsked(by: state.headers))
    }
  }

  /// Makes room for a body of `announced` bytes; false if it may not be so large.
  func open(_ destination: HTTPServer.BodyDestination, announced: Int) -> Bool {
    switch destination {
    case .memory(let limit):
      state.withLock { $0.limit = limit }
      return announced <= limit
    case .file(let path, let limit):
      guard announced <= limit else { return false }
      do throws(TransportError) {
        let file = try BodyFile(creating: path)
        state.withLock { ($0.file, $0.limit) = (file, limit) }
      } catch {
        state.withLock { $0.refusal = 503 }
      }
      return true
    }
  }

  /// Keeps one piece of the body, as long as it stays within the limit.
  func append(_ bytes: UnsafeRawBufferPointer) {
    let file = state.withLock { state -> BodyFile? in
      state.received += bytes.count
      if state.received > state.limit { state.refusal = state.refusal ?? 413 }
      guard state.refusal == nil else {
        state.body = []
        return nil
      }
      if state.file == nil { state.body.append(contentsOf: bytes) }
      return state.file
    }
    do throws(TransportError) { try file?.append(bytes) } catch {
      // The disk may be full.
      state.withLock { $0.refusal = 503 }
    }
  }

  /// Nobody needs the body any more.
  func discard() { state.withLock { $0.file }?.remove() }

  /// Suspends the request and starts `work`, whose reply resumes it.
  func answer(
    on connection: MicroHTTPDPointer, with work: @escaping @Sendable () async -> HTTPServer.Reply
  ) {
    MHD_suspend_connection(connection.raw)
    state.withLock { $0.phase = .answering(connection, nil) }
    let task = Task { self.settle(await work()) }
    state.withLock { state in
      if case .answering = state.phase { state.phase = .answering(connection, task) }
    }
  }

  /// Fixes the reply and lets MHD go on; only the first one counts.
  func settle(_ reply: HTTPServer.Reply) {
    let suspended = state.withLock { state -> (MicroHTTPDPointer, Task<Void, Never>?)? in
      guard case .answering(let connection, let task) = state.phase else { return nil }
      state.phase = .answered(reply)
      return (connection, task)
    }
    guard let (connection, task) = suspended else { return }
    task?.cancel()
    MHD_resume_connection(connection.raw)
  }
}
