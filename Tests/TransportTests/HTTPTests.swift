import FoundationEssentials
import TestSupport
import Testing
import Transport

/// HTTP between our client and our server.
@Suite(.timeLimit(.minutes(10)))
struct HTTPTests {
  private let network = Network()

  /// A server that tells what it got.
  private func mirror(
    _ configure: (inout HTTPServer.Configuration) -> Void = { _ in }
  ) throws
    -> HTTPServer
  {
    var configuration = HTTPServer.Configuration()
    configure(&configuration)
    return try HTTPServer(configuration, network: network) { request in
      var headers = HTTPHeaders()
      headers["X-Target"] = request.target
      headers["X-Method"] = request.method
      headers["X-Count"] = String(request.body.count)
      for name in ["Content-Type", "Expect", "Content-Length", "Authorization"] {
        headers["X-\(name)"] = request.headers[name] ?? "none"
      }
      headers.append("Set-Cookie", "a=1")
      headers.append("Set-Cookie", "b=2")
      return .response(status: 200, headers: headers, body: request.body)
    }
  }

  private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try await network.send(request)
  }

  @Test(arguments: ["GET", "POST", "PUT", "DELETE", "PATCH"])
  func aMethodWithoutABody(method: String) async throws {
    let server = try mirror()
    var request = HTTPRequest(
      method: method, url: "http://127.0.0.1:\(server.port)/x%2Fy/../z?a=1%2B2")
    request.headers["Authorization"] = "Bearer made-up"
    let response = try await send(request)
    #expect(response.status == 200)
    #expect(response.headers["x-method"] == method)
    #expect(response.headers["x-target"] == "/x%2Fy/../z?a=1%2B2")
    #expect(response.headers["x-count"] == "0")
    #expect(response.headers["x-authorization"] == "Bearer made-up")
    #expect(response.headers["x-content-type"] == "none")
    let hasLength = ["POST", "PUT", "PATCH"].contains(method)
    #expect(response.headers["x-content-length"] == (hasLength ? "0" : "none"))
    let cookies = response.headers.fields.filter { $0.name.lowercased() == "set-cookie" }
    #expect(cookies.map(\.value) == ["a=1", "b=2"])
    await server.stop()
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH_9.2\r\n", "<html>not HTTP at all</html>", "HTTP/9.9 x\r\n\r\n",
  ])
  func whatIsNoHTTPBreaksTheProtocol(answer: String) async {
    let server = RawServer { peer in
      _ = peer.readHead()
      peer.write(answer)
    }
    await #expect {
      _ = try await send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
    } throws: { error in
      guard case .protocolViolation = error as? TransportError else { return false }
      return true
    }
  }

  @Test func aHeadRequestHasNoBody() async throws {
    let server = try mirror()
    let response = try await send(
      HTTPRequest(method: "HEAD", url: "http://localhost:\(server.port)/"))
    #expect(response.headers["x-method"] == "HEAD")
    #expect(response.body.isEmpty)
    await server.stop()
  }

  @Test func twentyMegabytesFromAFileAndBack() async throws {
    let server = try mirror { $0.requestBytes = 20 << 20 }
    let bytes = [UInt8](repeating: 1, count: 10 << 20) + [UInt8](repeating: 2, count: 10 << 20)
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    let path = scratch.file("body")
    try Data(bytes).write(to: URL(filePath: path))
    var request = HTTPRequest(method: "PUT", url: "http://127.0.0.1:\(server.port)/")
    request.headers["Content-Type"] = "application/octet-stream"
    request.body = .file(path)
    request.responseBytes = 20 << 20
    let response = try await send(request)
    #expect(response.body == bytes)
    #expect(response.headers["x-content-type"] == "application/octet-stream")
    #expect(response.headers["x-expect"] == "none")
    await server.stop()
  }

  @Test(arguments: [0, 1, 300_000])
  func aFileBetweenOtherBytes(size: Int) async throws {
    let server = try mirror { $0.requestBytes = 1 << 20 }
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    let path = scratch.file("body")
    try Data([UInt8](repeating: 7, count: size)).write(to: URL(filePath: path))
    var request = HTTPRequest(method: "POST", url: "http://127.0.0.1:\(server.port)/")
    request.body = .framed(before: [1, 2, 3], file: path, after: [4, 5])
    let body = try await send(request).body
    let isWhole = body == [1, 2, 3] + [UInt8](repeating: 7, count: size) + [4, 5]
    #expect(isWhole)
    await server.stop()
  }

  @Test func aFileThatIsMissingIsAnError() async throws {
    var request = HTTPRequest(method: "PUT", url: "http://127.0.0.1:9/")
    request.body = .file("/nonexistent/body")
    await #expect(throws: TransportError.io("/nonexistent/body: No such file or directory")) {
      try await send(request)
    }
  }

  @Test func anAnswerBeyondTheCapIsRefused() async throws {
    let server = try mirror()
    var request = HTTPRequest(method: "POST", url: "http://127.0.0.1:\(server.port)/")
    request.body = .bytes([UInt8](repeating: 1, count: 1000))
    request.responseBytes = 999
    await #expect(throws: TransportError.tooLarge(limit: 999)) { try await send(request) }
    request.responseBytes = 1000
    #expect(try await send(request).body.count == 1000)
    await server.stop()
  }

  @Test func aRequestBeyondTheCapGets413() async throws {
    let server = try mirror { $0.requestBytes = 1000 }
    var request = HTTPRequest(method: "POST", url: "http://127.0.0.1:\(server.port)/")
    request.body = .bytes([UInt8](repeating: 1, count: 1000))
    #expect(try await send(request).status == 200)
    request.body = .bytes([UInt8](repeating: 1, count: 1001))
    #expect(try await send(request).status == 413)
    request.headers["Transfer-Encoding"] = "chunked"
    #expect(try await send(request).status == 413)
    await server.stop()
  }

  @Test func anAnswerThatDoesNotComeTimesOut() async throws {
    let server = RawServer { peer in
      _ = peer.readHead()
      _ = peer.awaitEnd()
    }
    var request = HTTPRequest(url: "http://127.0.0.1:\(server.port)/")
    // Long enough for the connection itself on a busy machine.
    request.timeout = .milliseconds(500)
    await #expect(throws: TransportError.timedOut(.response)) { try await send(request) }
  }

  @Test func anAnswerCutShortIsAnError() async throws {
    let server = RawServer { peer in
      _ = peer.readHead()
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
    }
    await #expect(throws: TransportError.closed(.endOfFile)) {
      try await send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
    }
  }

  @Test func endlessHeadersAreCutOff() async throws {
    let server = RawServer { peer in
      _ = peer.readHead()
      peer.write("HTTP/1.1 200 OK\r\n")
      let line = "X-Filler: " + String(repeating: "x", count: 1000) + "\r\n"
      for _ in 0..<400 { peer.write(line) }
      _ = peer.awaitEnd()
    }
    await #expect(throws: TransportError.protocolViolation("the answer's head is too long")) {
      try await send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
    }
  }

  @Test func aRedirectIsAnAnswer() async throws {
    let server = try HTTPServer(.init(), network: network) { _ in
      .response(status: 302, headers: ["Location": "http://127.0.0.1:1/"])
    }
    let response = try await send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
    #expect(response.status == 302)
    #expect(response.headers["location"] == "http://127.0.0.1:1/")
    await server.stop()
  }

  @Test func connectionsAreReused() async throws {
    let heads = Promise<Int>()
    let server = RawServer { peer in
      for count in 1...3 {
        _ = peer.readHead()
        peer.write("HTTP/1.1 204 No Content\r\n\r\n")
        if count == 3 { heads.keep(count) }
      }
      _ = peer.awaitEnd()
    }
    for _ in 0..<3 {
      let response = try await send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
      #expect(response.status == 204)
    }
    #expect(await heads.value == 3)
  }

  @Test(arguments: ["http://example.org/", "http://127.0.0.1@example.org/", "ftp://localhost/", ""])
  func onlySafeAddressesAreTaken(url: String) async {
    await #expect {
      _ = try await send(HTTPRequest(url: url))
    } throws: { error in
      switch error as? TransportError {
      case .insecure, .badAddress: true
      default: false
      }
    }
  }

  @Test func requestsWaitingAtStopGet503OrTheEnd() async throws {
    let arrived = Promise<Void>()
    let server = try HTTPServer(.init(), network: network) { _ in
      arrived.keep(())
      // Ends when `stop` cancels it; no answer would come otherwise.
      for await _ in AsyncStream<Void>(unfolding: { try? await Task.sleep(for: .seconds(60)) }) {}
      return .response(status: 200)
    }
    let url = "http://127.0.0.1:\(server.port)/"
    let answer = Task { try await network.send(HTTPRequest(url: url)).status }
    await arrived.value
    await server.stop()
    switch await answer.result {
    case .success(let status): #expect(status == 503)
    case .failure(let error): #expect(error as? TransportError == .closed(.endOfFile))
    }
  }

  @Test func malformedUpgradesAreAnswered() async throws {
    let server = try echoServer(network)
    let upgrade: HTTPHeaders = [
      "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    func status(_ change: (inout HTTPHeaders) -> Void, method: String = "GET") async throws -> Int {
      var request = HTTPRequest(method: method, url: "http://127.0.0.1:\(server.port)/")
      request.headers = upgrade
      change(&request.headers)
      return try await send(request).status
    }
    #expect(try await status { $0["Sec-WebSocket-Key"] = nil } == 400)
    #expect(try await status { $0["Sec-WebSocket-Key"] = "AAAA" } == 400)
    #expect(try await status { $0["Connection"] = "keep-alive" } == 400)
    #expect(try await status({ _ in }, method: "POST") == 400)
    #expect(try await status { $0["Sec-WebSocket-Version"] = "8" } == 426)
    // No upgrade at all, while the server has only a WebSocket to offer.
    #expect(try await status { $0["Upgrade"] = nil } == 426)
    await server.stop()
  }

  @Test func aClientThatLeavesDoesNotHarmTheServer() async throws {
    let server = try mirror()
    for _ in 0..<20 {
      let task = Task {
        try await network.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
      }
      task.cancel()
      _ = try? await task.value
    }
    let response = try await send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
    #expect(response.status == 200)
    await server.stop()
  }

  @Test func aPortInUseIsAnError() async throws {
    let server = try mirror()
    #expect(throws: TransportError.io("cannot listen: Address already in use")) {
      try mirror { $0.port = server.port }
    }
    #expect(throws: TransportError.badAddress("localhost")) {
      try mirror { $0.address = "localhost" }
    }
    await server.stop()
  }

  @Test func theSixthVersionOfTheInternetProtocolWorks() async throws {
    let server = try mirror { $0.address = "::1" }
    let response = try await send(HTTPRequest(url: "http://[::1]:\(server.port)/six"))
    #expect(response.headers["x-target"] == "/six")
    await server.stop()
  }
}
