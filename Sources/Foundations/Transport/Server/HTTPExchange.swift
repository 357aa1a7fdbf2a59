import CMicroHTTPD
import Cryptography
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
    /// So many bytes are announced, or may come if none are.
    var expected = 0
    /// Taken from the budget.
    var held = 0
    /// What the destination wants kept until the end.
    var holding: (any Sendable)?
    /// The status for a body that cannot be taken.
    var refusal: Int?
  }

  /// So much of a body beyond its limit is read to its end and thrown away: a client that is cut off
  /// while it sends seldom hears why.
  private static let tolerated = 1 << 20

  let target: String
  let state = Mutex(State())
  private let budget: BufferBudget

  init(target: String, budget: BufferBudget) {
    self.target = target
    self.budget = budget
  }

  deinit { letGo() }

  /// For how many bytes the client gets time.
  var expectedBytes: Int { state.withLock { $0.expected } }

  var request: HTTPServer.Request {
    state.withLock { state in
      HTTPServer.Request(
        method: state.method, target: target, headers: state.headers, body: state.body,
        bodyFile: state.file?.path, address: state.address,
        isWebSocketUpgrade: ServerHandshake.isAsked(by: state.headers))
    }
  }

  /// Makes ready for a body; nil if it may come, else what is answered without reading it.
  func open(
    _ destination: HTTPServer.BodyDestination, _ request: HTTPServer.Request
  ) -> HTTPServer.Reply? {
    let announced = request.announcedBytes
    switch destination {
    case .refused(let status, let headers, let body):
      return .response(status: status, headers: headers, body: body)
    case .memory(let limit, let holding):
      guard (announced ?? 0) <= limit + HTTPExchange.tolerated else {
        return .response(status: 413)
      }
      let kept = (announced ?? 0) > limit ? 0 : announced ?? 0
      guard budget.hasRoom(for: kept, of: request.address ?? "") else {
        return HTTPExchange.crowded
      }
      state.withLock { state in
        (state.limit, state.expected, state.holding) = (limit, announced ?? limit, holding)
        if (announced ?? 0) > limit { state.refusal = 413 }
      }
    case .file(let path, let limit, let holding):
      guard (announced ?? 0) <= limit + HTTPExchange.tolerated else {
        return .response(status: 413)
      }
      state.withLock { state in
        (state.limit, state.expected, state.holding) = (limit, announced ?? limit, holding)
        if (announced ?? 0) > limit { state.refusal = 413 }
      }
      do throws(TransportError) {
        let file = try BodyFile(creating: path)
        state.withLock { $0.file = file }
      } catch {
        state.withLock { $0.refusal = 503 }
      }
    }
    return nil
  }

  /// Keeps one piece of the body, as long as it stays within the limit and the server has room. False
  /// when there is so much beyond it that the client is not worth hearing out.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let (file, goesOn) = state.withLock { state -> (BodyFile?, Bool) in
      state.received += bytes.count
      if state.received > state.limit { state.refusal = state.refusal ?? 413 }
      if state.refusal == nil, state.file == nil {
        if budget.reserve(bytes.count, for: state.address ?? "") {
          state.held += bytes.count
          // In one piece where its size is known: growing would hold it twice.
          if state.body.isEmpty { state.body.reserveCapacity(state.expected) }
          state.body.append(contentsOf: bytes)
        } else {
          state.refusal = 503
        }
      }
      guard state.refusal == nil else {
        state.body = []
        return (nil, state.received <= state.limit + HTTPExchange.tolerated)
      }
      return (state.file, true)
    }
    if file == nil, state.withLock({ $0.refusal }) != nil { letGo() }
    do throws(TransportError) { try file?.append(bytes) } catch {
      // The disk may be full.
      state.withLock { $0.refusal = 503 }
    }
    return goesOn
  }

  /// The answer to be sent: this one, if the server has room for it until the client has taken it.
  func hold(_ reply: HTTPServer.Reply) -> HTTPServer.Reply {
    guard case .response(_, _, let body) = reply, !body.isEmpty else { return reply }
    let hasRoom = state.withLock { state in
      guard budget.reserve(body.count, for: state.address ?? "") else { return false }
      state.held += body.count
      // It is copied into what is sent.
      state.phase = .answered(.hangUp)
      return true
    }
    return hasRoom ? reply : HTTPExchange.crowded
  }

  /// There is room again when others have been served.
  private static let crowded = HTTPServer.Reply.response(
    status: 503, headers: ["Retry-After": "1"])

  private func letGo() {
    let (held, address) = state.withLock { state in
      defer { state.held = 0 }
      return (state.held, state.address ?? "")
    }
    budget.giveBack(held, for: address)
  }

  /// Nobody needs the body or the answer any more.
  func discard() {
    state.withLock { $0.file }?.remove()
    state.withLock { $0.holding = nil }
    letGo()
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

/// The opening handshake of RFC 6455 §4.2, server side.
enum ServerHandshake {
  /// Whether a request asks for a WebSocket at all.
  static func isAsked(by headers: HTTPHeaders) -> Bool {
    headers.tokens("Upgrade").contains("websocket")
  }

  /// What is wrong with a request that asks for a WebSocket: the answer to give instead; nil if
  /// nothing is.
  static func refusal(method: String, version: String, headers: HTTPHeaders) -> HTTPServer.Reply? {
    let key = headers["Sec-WebSocket-Key"].flatMap { Base64.decode($0) }
    guard method == "GET", version == "HTTP/1.1", headers.tokens("Connection").contains("upgrade"),
      key?.count == 16
    else { return .response(status: 400, body: Array("malformed WebSocket handshake\n".utf8)) }
    guard headers["Sec-WebSocket-Version"] == "13" else { return upgradeRequired }
    return nil
  }

  static let upgradeRequired = HTTPServer.Reply.response(
    status: 426, headers: ["Upgrade": "websocket", "Sec-WebSocket-Version": "13"])
}
