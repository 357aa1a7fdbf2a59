import FoundationEssentials
import TestSupport
import Testing
import Transport

/// Bodies that a server takes into files and answers from them.
@Suite(.timeLimit(.minutes(10)))
struct ServerFileTests {
  private let network = Network()
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// Takes the bodies of PUT requests into the file `body`, 1000 bytes at most.
  private func server(
    _ answer: @escaping @Sendable (HTTPServer.Request) async -> HTTPServer.Reply
  ) throws -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    let path = scratch.file("body")
    configuration.destination = { request in
      request.method == "PUT" ? .file(path, limit: 1000) : .memory(limit: 10)
    }
    return try HTTPServer(configuration, network: network, answer: answer)
  }

  private func send(
    _ method: String, _ count: Int, to server: HTTPServer, isChunked: Bool = false
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(method: method, url: "http://127.0.0.1:\(server.port)/")
    request.body = .bytes([UInt8](repeating: 3, count: count))
    if isChunked { request.headers["Transfer-Encoding"] = "chunked" }
    return try await network.send(request)
  }

  @Test(arguments: [false, true]) func aBodyIsInAFileUntilTheAnswer(isChunked: Bool) async throws {
    let scratch = scratch
    let server = try server { request in
      guard let file = request.bodyFile, request.body.isEmpty else {
        return .response(status: 500)
      }
      return scratch.mode("body") == 0o600 ? .file(file) : .response(status: 500)
    }
    let response = try await send("PUT", 1000, to: server, isChunked: isChunked)
    #expect(response.status == 200)
    #expect(response.body == [UInt8](repeating: 3, count: 1000))
    await server.stop()
    #expect(try scratch.names().isEmpty)
  }

  @Test func whatIsMovedStays() async throws {
    let (kept, scratch) = (scratch.file("kept"), scratch)
    let server = try server { request in
      do {
        try FileManager.default.moveItem(atPath: request.bodyFile ?? "", toPath: kept)
        return .response(status: 204)
      } catch {
        return .response(status: 500)
      }
    }
    #expect(try await send("PUT", 5, to: server).status == 204)
    await server.stop()
    #expect(try scratch.names() == ["kept"])
  }

  @Test(arguments: [false, true]) func eachDestinationHasItsCap(isChunked: Bool) async throws {
    let server = try server { _ in .response(status: 200) }
    for (method, limit) in [("PUT", 1000), ("POST", 10)] {
      #expect(try await send(method, limit, to: server, isChunked: isChunked).status == 200)
      #expect(try await send(method, limit + 1, to: server, isChunked: isChunked).status == 413)
    }
    await server.stop()
    #expect(try scratch.names().isEmpty)
  }

  @Test func aFileThatCannotBeMadeOrFoundIsTold() async throws {
    let server = try server { _ in .file("/nonexistent") }
    #expect(try await send("POST", 1, to: server).status == 404)
    try Data([1]).write(to: URL(filePath: scratch.file("body")))
    #expect(try await send("PUT", 1, to: server).status == 503)
    await server.stop()
    // What was there before is not the request's.
    #expect(try scratch.names() == ["body"])
  }
}
