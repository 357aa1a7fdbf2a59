extension Network {
  /// Opens a WebSocket connection and returns it after the upgrade was accepted (status 101).
  ///
  /// Throws `.insecure` for `ws://` beyond this machine, `.upgradeRefused` for any other answer
  /// (redirects are not followed), `.noLibrary` without libcurl, `.cancelled` when the task is
  /// cancelled.
  public func connect(
    _ request: WebSocketRequest
  ) async throws(TransportError)
    -> WebSocketConnection
  {
    let address = try Address(request.url, plain: "ws", secure: "wss")
    try address.checkSecurity(unixSocketPath: request.unixSocketPath)
    try NetworkLibraries.openCurl()
    let handshake = try ClientHandshake(
      address: address, headers: request.headers, random: random)
    let identifier = thread.newIdentifier()
    let incoming = MessageBuffer(limits: request.limits)
    let opened = Promise<HTTPHeaders>()
    let proxy = proxy
    thread.post { core in
      do throws(TransportError) {
        let opening = try WebSocketOpening(
          identifier: identifier, request: request, address: address, proxy: proxy,
          handshake: handshake,
          incoming: incoming, opened: opened, core: core)
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
      identifier: identifier, network: self, incoming: incoming, responseHeaders: headers)
  }

  /// Throws what `connect` would throw of a WebSocket's address before anything is dialled.
  public static func checkWebSocketAddress(_ url: String) throws(TransportError) {
    try Address(url, plain: "ws", secure: "wss").checkSecurity(unixSocketPath: nil)
  }
}
