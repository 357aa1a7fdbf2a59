extension Network {
  /// Performs one HTTP request. A status of 4xx or 5xx is an answer, not an error; redirects are not
  /// followed.
  ///
  /// Throws `.insecure` for `http://` beyond this machine, `.tooLarge` for a body beyond the cap,
  /// `.timedOut`, `.closed` when the connection ended early, `.cancelled`; `.io` when a file that the
  /// request names cannot be read or made, `.noLibrary` without libcurl.
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
    try NetworkLibraries.openCurl()
    let answered = Promise<HTTPResponse>()
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

  /// Throws what `send` would throw of an HTTP address before anything is dialled.
  public static func checkHTTPAddress(_ url: String) throws(TransportError) {
    try Address(url, plain: "http", secure: "https").checkSecurity(unixSocketPath: nil)
  }
}
