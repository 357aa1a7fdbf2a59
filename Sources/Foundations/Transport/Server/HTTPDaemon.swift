// curl.h brings the socket headers, whose names the static Glibc module then leaves to it.
import CCurl
import CMicroHTTPD
import Glibc
import Synchronization

/// The running server behind an `HTTPServer`: libmicrohttpd with its thread, the requests it works
/// on and the upgraded connections it lends to the network thread.
final class HTTPDaemon: Sendable {
  private struct State {
    var daemon: MicroHTTPDPointer?
    var isStopping = false
    var exchanges: [ObjectIdentifier: HTTPExchange] = [:]
    var connections: Set<Int> = []
    /// Resumed when the last connection is gone.
    var lastConnection: CheckedContinuation<Void, Never>?
    var stopTask: Task<Void, Never>?
  }

  let configuration: HTTPServer.Configuration
  private let network: Network
  private let answer: @Sendable (HTTPServer.Request) async -> HTTPServer.Reply
  private let state = Mutex(State())
  private let connectionTable: ConnectionTable
  /// The connectionTable's watch on the network thread.
  private let watch: Int
  private let budget: BufferBudget

  init(
    _ configuration: HTTPServer.Configuration, network: Network,
    answer: @escaping @Sendable (HTTPServer.Request) async -> HTTPServer.Reply
  ) {
    self.configuration = configuration
    self.network = network
    self.answer = answer
    let files = OpenFiles.connections(isSecure: configuration.tls != nil)
    connectionTable = ConnectionTable(configuration.bounds, limit: files) {
      network.thread.post { _ in }
    }
    watch = network.thread.newIdentifier()
    budget = BufferBudget(configuration.bounds)
  }

  // MARK: Start and stop

  /// Returns the TCP port, 0 for a Unix socket.
  func start() throws(TransportError) -> UInt16 {
    var settings = cmhd_configuration()
    settings.idle_seconds = UInt32(clamping: configuration.bounds.idleTimeout.components.seconds)
    // The connectionTable counts, and makes room. Those that it has ended may take a moment to be gone.
    settings.connections = UInt32(clamping: configuration.bounds.connections + 64)
    settings.admit = httpDaemonAdmit
    settings.notify = httpDaemonNotify
    settings.answer = httpDaemonAnswer
    settings.begin = httpDaemonBegin
    settings.complete = httpDaemonComplete
    settings.listening = -1
    // Balanced when the daemon has stopped: until then MHD's callbacks use this pointer.
    settings.context = Unmanaged.passRetained(self).toOpaque()
    do throws(TransportError) {
      let daemon = try listen(&settings)
      state.withLock { $0.daemon = MicroHTTPDPointer(raw: daemon) }
      network.thread.post { [connectionTable, watch] core in
        core.add(ConnectionDeadlines(connectionTable), as: watch)
      }
      return configuration.unixSocketPath == nil ? cmhd_port(daemon) : 0
    } catch {
      Unmanaged.passUnretained(self).release()
      throw error
    }
  }

  func stop() async {
    let task = state.withLock { state in
      let task = state.stopTask ?? Task.detached { await self.shutDown() }
      state.stopTask = task
      return task
    }
    await task.value
  }

  /// MHD insists: nothing may be suspended or upgraded when it is stopped. So no request may begin
  /// to wait any more, those that wait get 503, and connections are closed and awaited.
  private func shutDown() async {
    let (daemon, exchanges, connections) = state.withLock { state in
      state.isStopping = true
      return (state.daemon, state.exchanges.values, state.connections)
    }
    guard let daemon else { return }
    let listening = MHD_quiesce_daemon(daemon.raw)
    // Nobody gets in from here on. It is closed only when the daemon's thread has taken it out of its
    // set, which ends the program if it is gone by then.
    if listening >= 0 { shutdown(listening, Int32(SHUT_RDWR)) }
    if let path = configuration.unixSocketPath { unlink(path) }
    for exchange in exchanges { exchange.settle(.response(status: 503)) }
    for identifier in connections {
      network.thread.post { core in
        (core.member(identifier) as? WebSocketEngine)?.close(code: 1001, reason: "")
      }
    }
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if !state.connections.isEmpty { state.lastConnection = continuation }
        return state.connections.isEmpty
      }
      if isDone { continuation.resume() }
    }
    MHD_stop_daemon(daemon.raw)
    network.thread.post { [watch] core in core.remove(watch) }
    if listening >= 0 { close(listening) }
    state.withLock { $0.daemon = nil }
    Unmanaged.passUnretained(self).release()
  }

  // MARK: Connections and requests, on MHD's thread

  fileprivate func admits(_ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Bool {
    connectionTable.admits(SocketChannel.text(of: address, size) ?? "")
  }

  fileprivate func note(_ connection: OpaquePointer, hasBegun: Bool) {
    guard hasBegun else { return connectionTable.closed(UInt(bitPattern: connection)) }
    let socket = cmhd_socket(connection)
    connectionTable.opened(
      UInt(bitPattern: connection), socket, from: SocketChannel.peer(of: socket) ?? "")
  }

  fileprivate func exchange(for target: String) -> HTTPExchange {
    HTTPExchange(target: target, budget: budget)
  }

  /// Takes the next step of a request. Returns false to drop its connection.
  fileprivate func proceed(
    _ exchange: HTTPExchange, _ connection: OpaquePointer, method: String, version: String,
    upload: UnsafeRawBufferPointer
  ) -> Bool {
    switch exchange.state.withLock({ $0.phase }) {
    case .head:
      let headers = HeaderCollector.headers(of: connection)
      let address = SocketChannel.peer(of: cmhd_socket(connection))
      exchange.state.withLock { state in
        state.phase = .body
        (state.method, state.version, state.headers) = (method, version, headers)
        state.address = address
      }
      let request = exchange.request
      let destination =
        configuration.destination?(request) ?? .memory(limit: configuration.requestBytes)
      if let refusal = exchange.open(destination, request) {
        return put(refusal, on: connection)
      }
      connectionTable.reads(UInt(bitPattern: connection), bytes: exchange.expectedBytes)
      return true
    case .body:
      guard upload.isEmpty else { return exchange.append(upload) }
      return answerComplete(exchange, connection)
    case .answered(let reply):
      return queue(reply, for: exchange, on: connection)
    case .answering:
      return true
    }
  }

  /// The request has been answered or its client is gone.
  fileprivate func forget(_ exchange: HTTPExchange, _ connection: OpaquePointer?) {
    exchange.discard()
    if let connection { connectionTable.idles(UInt(bitPattern: connection)) }
    state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = nil }
  }

  private func answerComplete(_ exchange: HTTPExchange, _ connection: OpaquePointer) -> Bool {
    let (status, refusal) = exchange.state.withLock { state in
      (
        state.refusal,
        ServerHandshake.isAsked(by: state.headers)
          ? ServerHandshake.refusal(
            method: state.method, version: state.version, headers: state.headers) : nil
      )
    }
    if let status { return put(.response(status: status), on: connection) }
    if let refusal { return put(refusal, on: connection) }
    let (request, answer) = (exchange.request, answer)
    let pointer = MicroHTTPDPointer(raw: connection)
    let isStopping = state.withLock { state in
      guard !state.isStopping else { return true }
      state.exchanges[ObjectIdentifier(exchange)] = exchange
      connectionTable.answers(UInt(bitPattern: connection))
      exchange.answer(on: pointer) { await answer(request) }
      return false
    }
    return isStopping ? put(.response(status: 503), on: connection) : true
  }

  private func put(_ reply: HTTPServer.Reply, on connection: OpaquePointer) -> Bool {
    connectionTable.writes(UInt(bitPattern: connection), bytes: HTTPReply.size(of: reply))
    return HTTPReply.queue(reply, on: connection)
  }

  private func queue(
    _ reply: HTTPServer.Reply, for exchange: HTTPExchange, on connection: OpaquePointer
  ) -> Bool {
    guard case .webSocket(var headers, _) = reply else {
      return put(exchange.hold(reply), on: connection)
    }
    let request = exchange.request
    guard request.isWebSocketUpgrade, let key = request.headers["Sec-WebSocket-Key"] else {
      return put(ServerHandshake.upgradeRequired, on: connection)
    }
    headers["Upgrade"] = "websocket"
    headers["Sec-WebSocket-Accept"] = WebSocketKey.accept(for: key)
    let response = MHD_create_response_for_upgrade(
      httpDaemonUpgraded, Unmanaged.passUnretained(self).toOpaque())
    return HTTPReply.queue(response, status: 101, headers: headers, on: connection)
  }

  // MARK: Upgraded connections

  /// Takes over an upgraded socket, with bytes that MHD had already read from it.
  fileprivate func adopt(
    _ socket: Int32, _ handle: MicroHTTPDPointer, of connection: OpaquePointer?,
    alreadyRead: [UInt8], exchange: HTTPExchange
  ) {
    if let connection { connectionTable.upgraded(UInt(bitPattern: connection)) }
    guard case .answered(.webSocket(_, let serve)) = exchange.state.withLock({ $0.phase }) else {
      cmhd_close_upgraded(handle.raw)
      return
    }
    let identifier = network.thread.newIdentifier()
    let incoming = MessageBuffer(limits: configuration.webSocketLimits)
    let isWelcome = state.withLock { state in
      guard !state.isStopping else { return false }
      state.connections.insert(identifier)
      // Under the lock, so that the closing of all connections comes after this one's beginning.
      network.thread.post { core in
        self.begin(identifier, incoming, socket, handle, alreadyRead, core)
      }
      return true
    }
    guard isWelcome else {
      cmhd_close_upgraded(handle.raw)
      return
    }
    let connection = WebSocketConnection(
      identifier: identifier, network: network, incoming: incoming)
    Task {
      await serve(connection)
      await connection.close()
    }
  }

  /// On the network thread: the connection's life as a WebSocket begins.
  private func begin(
    _ identifier: Int, _ incoming: MessageBuffer, _ socket: Int32, _ handle: MicroHTTPDPointer,
    _ alreadyRead: [UInt8], _ core: NetworkCore
  ) {
    let channel = SocketChannel(descriptor: socket) { cmhd_close_upgraded(handle.raw) }
    var input = ByteQueue()
    input.append(alreadyRead)
    do throws(TransportError) {
      let engine = try WebSocketEngine(
        identifier: identifier, role: .server, channel: channel,
        limits: configuration.webSocketLimits, incoming: incoming, alreadyRead: input, core: core,
        onGone: { self.lost(identifier) })
      core.add(engine, as: identifier)
    } catch {
      channel.close()
      incoming.finish(.failed("\(error)"))
      lost(identifier)
    }
  }

  private func lost(_ identifier: Int) {
    let waiting = state.withLock { state in
      state.connections.remove(identifier)
      guard state.connections.isEmpty else { return nil as CheckedContinuation<Void, Never>? }
      defer { state.lastConnection = nil }
      return state.lastConnection
    }
    waiting?.resume()
  }
}

// MHD's callbacks, on its thread; `context` is the daemon, which holds itself until it has stopped.

private func daemon(_ context: UnsafeMutableRawPointer?) -> HTTPDaemon? {
  context.map { Unmanaged<HTTPDaemon>.fromOpaque($0).takeUnretainedValue() }
}

private func httpDaemonAdmit(
  _ context: UnsafeMutableRawPointer?, _ address: UnsafePointer<sockaddr>?, _ size: socklen_t
) -> MHD_Result {
  guard let daemon = daemon(context), let address else { return .NO }
  return daemon.admits(address, size) ? .YES : .NO
}

private func httpDaemonNotify(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_ConnectionNotificationCode
) {
  guard let connection else { return }
  daemon(context)?.note(connection, hasBegun: code == .CONNECTION_NOTIFY_STARTED)
}

private func httpDaemonBegin(
  _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let daemon = daemon(context) else { return nil }
  let exchange = daemon.exchange(for: target.map { String(cString: $0) } ?? "")
  return Unmanaged.passRetained(exchange).toOpaque()
}

private func httpDaemonComplete(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let pointer = slot?.pointee else { return }
  let exchange = Unmanaged<HTTPExchange>.fromOpaque(pointer).takeRetainedValue()
  daemon(context)?.forget(exchange, connection)
  slot?.pointee = nil
}

private func httpDaemonAnswer(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
  _ upload: UnsafePointer<CChar>?,
  _ uploadCount: UnsafeMutablePointer<Int>?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let daemon = daemon(context), let connection, let method, let version, let uploadCount,
    let exchange = slot?.pointee
  else { return .NO }
  let bytes = UnsafeRawBufferPointer(start: upload, count: uploadCount.pointee)
  uploadCount.pointee = 0
  let goesOn = daemon.proceed(
    Unmanaged<HTTPExchange>.fromOpaque(exchange).takeUnretainedValue(), connection,
    method: String(cString: method), version: String(cString: version), upload: bytes)
  return goesOn ? .YES : .NO
}

private func httpDaemonUpgraded(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ exchange: UnsafeMutableRawPointer?, _ extra: UnsafePointer<CChar>?, _ extraCount: Int,
  _ socket: Int32, _ handle: OpaquePointer?
) {
  guard let daemon = daemon(context), let exchange, let handle else { return }
  SocketChannel.sendAtOnce(cmhd_socket(connection))
  daemon.adopt(
    socket, MicroHTTPDPointer(raw: handle), of: connection,
    alreadyRead: Array(UnsafeRawBufferPointer(start: extra, count: extraCount)),
    exchange: Unmanaged<HTTPExchange>.fromOpaque(exchange).takeUnretainedValue())
}
