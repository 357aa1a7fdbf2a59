import CCurl

/// An outgoing WebSocket connection on its way: curl connects, then the handshake is exchanged, and
/// the connection is handed to a `WebSocketEngine` of the same identifier.
final class WebSocketOpening: NetworkTransfer, NetworkMember {
  let handle: CurlHandle
  private let identifier: Int
  private let request: WebSocketRequest
  private var handshake: ClientHandshake
  private let incoming: MessageBuffer
  private let opened: Promise<HTTPHeaders>
  private unowned let core: NetworkCore

  /// Once curl has connected; by when the handshake must be over then.
  private var connected: (channel: CurlChannel, deadline: Duration)?
  private var output = ByteQueue()
  private var input = ByteQueue()

  init(
    identifier: Int, request: WebSocketRequest, address: Address, proxy: String?,
    handshake: ClientHandshake, incoming: MessageBuffer, opened: Promise<HTTPHeaders>,
    core: NetworkCore
  ) throws(TransportError) {
    handle = try CurlHandle(
      address: address, certificateAuthorityFile: request.certificateAuthorityFile,
      unixSocketPath: request.unixSocketPath, proxy: proxy)
    handle.set(CURLOPT_CONNECT_ONLY, 1)
    handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    handle.set(CURLOPT_CONNECTTIMEOUT_MS, request.limits.connectTimeout.curlMilliseconds)
    self.identifier = identifier
    self.request = request
    self.handshake = handshake
    self.incoming = incoming
    self.opened = opened
    self.core = core
    output.append(handshake.request)
  }

  func finished(_ code: CURLcode) {
    core.forget(self)
    guard code == CURLE_OK, let socket = handle.activeSocket else {
      fail(code == CURLE_OK ? .io("curl gives no socket") : connectError(code))
      return
    }
    let (core, handle) = (core, handle)
    connected = (
      CurlChannel(handle: handle, descriptor: socket) { core.release(handle) },
      core.now + request.limits.handshakeTimeout
    )
    advance(at: core.now)
  }

  var interest: (descriptor: Int32, events: Int32)? {
    connected.map {
      ($0.channel.descriptor, output.isEmpty ? CURL_WAIT_POLLIN : CURL_WAIT_POLLOUT)
    }
  }

  var deadline: Duration? { connected?.deadline }

  func advance(at now: Duration) {
    guard let (channel, deadline) = connected else { return }
    if deadline <= now { return fail(.timedOut(.handshake)) }
    while !output.isEmpty {
      switch output.withUnread({ channel.write($0) }) {
      case .bytes(let count): output.consume(count)
      case .wouldBlock: return
      case let other: return fail(.closed(other.closure))
      }
    }
    while true {
      switch channel.read(into: core.scratch) {
      case .bytes(let count): input.append(UnsafeRawBufferPointer(rebasing: core.scratch[..<count]))
      case .wouldBlock: return
      case let other: return fail(.closed(other.closure))
      }
      do throws(TransportError) {
        if let headers = try handshake.accept(&input) {
          return try handOver(channel, headers)
        }
      } catch {
        return fail(error)
      }
    }
  }

  func abort() { fail(.cancelled) }

  private func handOver(_ channel: CurlChannel, _ headers: HTTPHeaders) throws(TransportError) {
    let engine = try WebSocketEngine(
      identifier: identifier, role: .client, channel: channel, limits: request.limits,
      incoming: incoming, alreadyRead: input, core: core)
    core.add(engine, as: identifier)
    if !opened.complete(.success(headers)) { engine.abort() }
  }

  private func fail(_ error: TransportError) {
    core.remove(identifier)
    core.release(handle)
    opened.complete(.failure(error))
  }

  /// A time-out of curl's is always the connecting here.
  private func connectError(_ code: CURLcode) -> TransportError {
    code == CURLE_OPERATION_TIMEDOUT ? .timedOut(.connect) : handle.error(for: code)
  }
}

extension Duration {
  /// For curl's limits, where 0 would mean "none".
  var curlMilliseconds: Int { Int(clamping: min(max(1, milliseconds), Int64(Int32.max))) }
}

extension ChannelProgress {
  /// What a read or write that ended the connection says about how.
  var closure: WebSocketClosure {
    switch self {
    case .reset: .reset
    case .failed(let text): .failed(text)
    case .end, .bytes, .wouldBlock: .endOfFile
    }
  }
}
