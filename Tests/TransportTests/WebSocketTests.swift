import Testing
import Transport

@Suite(.timeLimit(.minutes(10)))
struct WebSocketTests {
  @Test func messagesGoBothWaysAndTheCloseIsClean() async throws {
    let network = Network()
    let server = try echoServer(network)
    let connection = try await network.connect(
      WebSocketRequest(url: "ws://127.0.0.1:\(server.port)/x"))
    var messages = connection.messages.makeAsyncIterator()
    for message in [.text("grüße"), .binary([0, 255]), .text("")] as [WebSocketMessage] {
      try await connection.send(message)
      #expect(await messages.next() == message)
    }
    #expect(connection.responseHeaders["Date"] != nil)
    await connection.close(code: 1000, reason: "done")
    #expect(await connection.closure == .byUs(code: 1000))
    #expect(await messages.next() == nil)
    await server.stop()
  }

  @Test func severalMessagesGoInARowAndAreTakenTogether() async throws {
    let network = Network()
    let server = try echoServer(network)
    let connection = try await network.connect(
      WebSocketRequest(url: "ws://127.0.0.1:\(server.port)/x"))
    let sent = (0..<100).map { WebSocketMessage.text("\($0)") }
    try await connection.send(sent)
    try await connection.send([])
    var received: [WebSocketMessage] = []
    while received.count < sent.count {
      let batch = await connection.nextMessages(atMost: 30)
      #expect(1...30 ~= batch.count)
      received += batch
      if batch.isEmpty { break }
    }
    #expect(received == sent)
    await connection.close()
    #expect(await connection.nextMessages(atMost: 30).isEmpty)
    await #expect(throws: TransportError.self) { try await connection.send(sent) }
    await server.stop()
  }

  @Test func aRequestIsAnswered() async throws {
    let network = Network()
    let server = try HTTPServer(.init(), network: network) { request in
      .response(
        status: 201, headers: ["X-Target": request.target, "X-Method": request.method],
        body: request.body)
    }
    var request = HTTPRequest(
      method: "POST", url: "http://127.0.0.1:\(server.port)/x%2Fy?a=1%2B2")
    request.body = .bytes([1, 2, 3])
    let response = try await network.send(request)
    #expect(response.status == 201)
    #expect(response.body == [1, 2, 3])
    #expect(response.headers["x-target"] == "/x%2Fy?a=1%2B2")
    await server.stop()
  }
}

/// A server that sends every message back.
func echoServer(
  _ network: Network, _ configuration: HTTPServer.Configuration = .init()
) throws
  -> HTTPServer
{
  try HTTPServer(configuration, network: network) { _ in
    .webSocket { connection in
      for await message in connection.messages { try? await connection.send(message) }
    }
  }
}
