import FoundationEssentials
import TestSupport
import Testing
import Transport

/// Bodies that go into a file, and deadlines for a standstill instead of the whole.
@Suite(.timeLimit(.minutes(10)))
struct DownloadTests {
  private let network = Network()
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func request(_ port: UInt16) -> HTTPRequest {
    var request = HTTPRequest(url: "http://127.0.0.1:\(port)/")
    request.responseFile = scratch.file("body")
    return request
  }

  /// Answers with `text` as it is and waits for the end.
  private func server(_ text: String) -> RawServer {
    RawServer { peer in
      _ = peer.readHead()
      peer.write(text)
      _ = peer.awaitEnd()
    }
  }

  @Test func aSuccessIsInTheFileAlone() async throws {
    let body = [UInt8](repeating: 7, count: 1 << 20)
    let server = try HTTPServer(.init(), network: network) { _ in
      .response(status: 200, body: body)
    }
    let response = try await network.send(request(server.port))
    #expect(response.isSuccess && response.body.isEmpty)
    #expect(Array(try Data(contentsOf: URL(filePath: scratch.file("body")))) == body)
    #expect(scratch.mode("body") == 0o600)
    // It is never replaced.
    await #expect(throws: TransportError.file("\(scratch.file("body")): File exists")) {
      try await network.send(request(server.port))
    }
    #expect(try scratch.names() == ["body"])
    await server.stop()
  }

  @Test func aRefusalIsInTheMemoryCutShort() async throws {
    let body = Array(String(repeating: "no ", count: 50_000).utf8)
    let server = try HTTPServer(.init(), network: network) { _ in
      .response(status: 404, body: body)
    }
    let response = try await network.send(request(server.port))
    #expect(response.status == 404)
    #expect(response.body == Array(body.prefix(64 << 10)))
    #expect(try scratch.names().isEmpty)
    await server.stop()
  }

  @Test(arguments: [
    "Content-Length: 1001\r\n\r\nx", "\r\n" + String(repeating: "x", count: 1001),
  ])
  func moreThanTheCapIsRefused(rest: String) async throws {
    let server = server("HTTP/1.1 200 OK\r\n" + rest)
    var request = request(server.port)
    request.responseBytes = 1000
    await #expect(throws: TransportError.tooLarge(limit: 1000)) { try await network.send(request) }
    #expect(try scratch.names().isEmpty)
  }

  @Test func anAnswerCutShortLeavesNoFile() async throws {
    let server = RawServer { peer in
      _ = peer.readHead()
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
    }
    await #expect(throws: TransportError.closed(.endOfFile)) {
      try await network.send(request(server.port))
    }
    #expect(try scratch.names().isEmpty)
  }

  @Test func aStandstillInTheMiddleIsGivenUp() async throws {
    let server = server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
    var request = request(server.port)
    // Long enough for the connection itself on a busy machine.
    request.stallTimeout = .milliseconds(500)
    await #expect(throws: TransportError.timedOut(.transfer)) { try await network.send(request) }
    #expect(try scratch.names().isEmpty)
  }

  @Test func aTransferThatMovesMayTakeLongerThanTheTimeout() async throws {
    let server = try HTTPServer(.init(), network: network) { _ in
      .response(status: 200, body: [UInt8](repeating: 1, count: 4 << 20))
    }
    var request = request(server.port)
    request.timeout = .milliseconds(1)
    request.stallTimeout = .seconds(30)
    #expect(try await network.send(request).status == 200)
    await server.stop()
  }

  @Test func aCancelledOneLeavesNoFile() async throws {
    let server = server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
    let (steps, sink) = AsyncStream<TransferProgress>.makeStream()
    let (network, url, path) = (network, "http://127.0.0.1:\(server.port)/", scratch.file("body"))
    let task = Task {
      var request = HTTPRequest(url: url)
      request.responseFile = path
      request.progress = { sink.yield($0) }
      return try await network.send(request)
    }
    for await step in steps {
      #expect(step == TransferProgress(done: 5, total: 10))
      break
    }
    task.cancel()
    await #expect(throws: TransportError.cancelled) { try await task.value }
    #expect(try scratch.names().isEmpty)
  }
}
