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
    /// Cap on the body.
    var limit = 0
    var isTooLarge = false
  }

  let target: String
  let state = Mutex(State())

  init(target: String) { self.target = target }

  var request: HTTPServer.Request {
    state.withLock { state in
      HTTPServer.Request(
        method: state.method, target: target, headers: state.headers, body: state.body,
        address: state.address, isWebSocketUpgrade: ServerHandshake.isAsked(by: state.headers))
    }
  }

  /// Keeps one piece of the body, as long as it stays within the limit.
  func append(_ bytes: UnsafeRawBufferPointer) {
    state.withLock { state in
      if state.isTooLarge || state.body.count + bytes.count > state.limit {
        state.isTooLarge = true
        state.body = []
      } else {
        state.body.append(contentsOf: bytes)
      }
    }
  }

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
