import Cryptography

/// The network thread: one loop that owns every outgoing and incoming connection of the process.
///
/// The thread starts with the first connection, so that a program that paints first pays for TLS
/// and curl later. It ends when the network and all its connections have been released.
///
/// Proxies come from the usual environment variables (`https_proxy`, `all_proxy`, `no_proxy`; HTTP
/// and SOCKS), except for plain-text connections, which never leave the machine. TLS is 1.2 or
/// newer and always verified.
public final class Network: Sendable {
  let thread = NetworkThread()
  private let random: any RandomSource = SystemRandom()
  private let proxy: String?

  /// Nothing is started or loaded yet.
  public init() { proxy = nil }

  /// Goes through `proxy` (`http://…`, `socks5h://…`) whatever the environment says.
  init(proxy: String) { self.proxy = proxy }

  deinit { thread.stop() }

  /// Opens a WebSocket connection and returns it after the upgrade was accepted (status 101).
  ///
  /// Throws `.insecure` for `ws://` beyond this machine, `.upgradeRefused` for any other answer
  /// (redirects are not followed), `.cancelled` when the task is cancelled.
  public func connect(
    _ request: WebSocketRequest
  ) async throws(TransportError)
    -> WebSocketConnection
  {
    let address = try Address(request.url, plain: "ws", secure: "wss")
    try address.checkSecurity(unixSocketPath: request.unixSocketPath)
    let handshake = try ClientHandshake(
      address: address, headers: request.headers, random: random)
    let identifier = thread.newIdentifier()
    let mailbox = Mailbox(limits: request.limits)
    let opened = Waiter<HTTPHeaders>()
    let proxy = proxy
    thread.post { core in
      do throws(TransportError) {
        let opening = try WebSocketOpening(
          identifier: identifier, request: request, address: address, proxy: proxy,
          handshake: handshake,
          mailbox: mailbox, opened: opened, core: core)
        guard core.start(opening) else { throw .io("curl takes no further connection") }
        core.add(opening, as: identifier)
      } catch {
        opened.complete(.failure(error))
      }
    }
    let thread = thread
    let headers = try await opened.value {
      thread.post { $0.member(identifier)?.abort() }
    }
    return WebSocketConnection(
      identifier: identifier, network: self, mailbox: mailbox, responseHeaders: headers)
  }

  /// Performs one HTTP request. A status of 4xx or 5xx is an answer, not an error; redirects are not
  /// followed.
  ///
  /// Throws `.insecure` for `http://` beyond this machine, `.tooLarge` for a body beyond the cap,
  /// `.timedOut`, `.closed` when the connection ended early, `.cancelled`; `.io` when a file that the
  /// request names cannot be read or made.
  public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    guard let path = request.responseFile else { return try await perform(request, into: nil) }
    // Made and removed here, where the caller waits: nothing is left when this has returned.
    let file = try BodyFile(creating: path)
    do throws(TransportError) {
      let response = try await perform(request, into: file)
      if !response.isSuccess { file.remove() }
      return response
    } catch {
      file.remove()
      throw error
    }
  }

  private func perform(
    _ request: HTTPRequest, into file: BodyFile?
  ) async throws(TransportError) -> HTTPResponse {
    let address = try Address(request.url, plain: "http", secure: "https")
    try address.checkSecurity(unixSocketPath: request.unixSocketPath)
    try request.headers.checkLines()
    let answered = Waiter<HTTPResponse>()
    let identifier = thread.newIdentifier()
    let proxy = proxy
    thread.post { core in
      do throws(TransportError) {
        let transfer = try HTTPTransfer(
          identifier: identifier, request: request, file: file, address: address, proxy: proxy,
          answered: answered, core: core)
        guard core.start(transfer) else { throw .io("curl takes no further request") }
        core.add(transfer, as: identifier)
      } catch {
        answered.complete(.failure(error))
      }
    }
    let thread = thread
    return try await answered.value {
      thread.post { $0.member(identifier)?.abort() }
    }
  }
}

extension Address {
  /// Plain text stays on this machine: loopback addresses and Unix sockets.
  fileprivate func checkSecurity(unixSocketPath: String?) throws(TransportError) {
    guard isSecure || isLoopback || unixSocketPath != nil else { throw .insecure(host) }
  }
}

extension Network {
  /// Throws what `connect` would throw of a WebSocket's address before anything is dialled.
  public static func checkWebSocketAddress(_ url: String) throws(TransportError) {
    try Address(url, plain: "ws", secure: "wss").checkSecurity(unixSocketPath: nil)
  }

  /// Throws what `send` would throw of an HTTP address before anything is dialled.
  public static func checkHTTPAddress(_ url: String) throws(TransportError) {
    try Address(url, plain: "http", secure: "https").checkSecurity(unixSocketPath: nil)
  }
}
