import Clocks
import TestSupport
import Testing

@testable import Transport

/// What a server bears from those who take their time, or all the room.
@Suite(.timeLimit(.minutes(1)))
struct ServerBoundsTests {
  private let network = Network()

  private func server(
    _ adjust: (inout HTTPServerBounds) -> Void,
    answer: @escaping @Sendable (HTTPServer.Request) async -> HTTPServer.Reply = { request in
      .response(status: 200, body: request.body)
    }
  ) throws -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    adjust(&configuration.bounds)
    return try HTTPServer(configuration, network: network, answer: answer)
  }

  /// A connection that sends `text` and then a byte at a time, for as long as it is let.
  private func isCutOff(_ server: HTTPServer, after text: String) async throws -> Bool {
    let client = try RawClient(port: Int(server.port))
    guard client.send(text) else { return false }
    // The server ends it although it is never silent for long.
    while client.send("x") {
      if await client.hasEnded(within: 20) { return true }
    }
    return true
  }

  @Test func aHeadHasToEnd() async throws {
    let server = try server { $0.headTimeout = .milliseconds(300) }
    #expect(try await isCutOff(server, after: "GET / HTTP/1.1\r\nX: "))
    await server.stop()
  }

  @Test func aBodyHasToEnd() async throws {
    let server = try server { bounds in
      bounds.bodyTimeout = .milliseconds(300)
      bounds.slowestRate = 1 << 30
    }
    #expect(
      try await isCutOff(
        server, after: "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n"))
    await server.stop()
  }

  @Test func anAnswerThatTakesLongIsWaitedFor() {
    var bounds = HTTPServerBounds()
    bounds.connectionsPerAddress = 1
    let connectionTable = ConnectionTable(bounds, limit: .max) {}
    connectionTable.opened(1, -1, from: "198.51.100.1")
    connectionTable.answers(1)
    let later = SystemTime().uptime + .seconds(86_400)
    connectionTable.expire(at: later)
    #expect(!connectionTable.admits("198.51.100.1"))
    connectionTable.writes(1, bytes: 1000)
    connectionTable.expire(at: later + .seconds(86_400))
    #expect(connectionTable.admits("198.51.100.1"))
    #expect(connectionTable.nextCheck == nil)
  }

  @Test func bodiesBeyondTheBudgetAreRefusedAndItIsGivenBack() async throws {
    let server = try server {
      $0.bufferedBytes = 3000
      $0.bufferedBytesPerAddress = 3000
    }
    func send(_ count: Int, isChunked: Bool = false) async throws -> HTTPResponse {
      var request = HTTPRequest(method: "PUT", url: "http://127.0.0.1:\(server.port)/")
      request.body = .bytes([UInt8](repeating: 1, count: count))
      if isChunked { request.headers["Transfer-Encoding"] = "chunked" }
      return try await network.send(request)
    }
    for isChunked in [false, true] {
      for _ in 1...3 {
        // Body and answer at once.
        #expect(try await send(1500, isChunked: isChunked).status == 200)
        #expect(try await send(1501, isChunked: isChunked).status == 503)
        let refused = try await send(3001, isChunked: isChunked)
        #expect(refused.status == 503)
      }
    }
    await server.stop()
  }

  @Test func theLedgerMakesRoomForThoseWhoHaveLess() {
    var bounds = HTTPServerBounds()
    (bounds.connections, bounds.connectionsPerAddress) = (4, 3)
    let connectionTable = ConnectionTable(bounds, limit: .max) {}
    for number in 1...3 { connectionTable.opened(UInt(number), -1, from: "198.51.100.1") }
    #expect(!connectionTable.admits("198.51.100.1"))
    #expect(connectionTable.admits("198.51.100.2"))
    connectionTable.opened(4, -1, from: "198.51.100.2")
    // All is taken: the one with three gives one up, and then one with two gives nothing to one who
    // would have as many.
    #expect(connectionTable.admits("198.51.100.3"))
    connectionTable.opened(5, -1, from: "198.51.100.3")
    #expect(connectionTable.admits("198.51.100.4"))
    connectionTable.opened(6, -1, from: "198.51.100.4")
    #expect(!connectionTable.admits("198.51.100.5"))
    connectionTable.closed(6)
    #expect(connectionTable.admits("198.51.100.5"))
    // What answers are worked out for, and WebSockets, stay.
    for number in 1...5 { connectionTable.upgraded(UInt(number)) }
    for number in 10...12 { connectionTable.opened(UInt(number), -1, from: "198.51.100.9") }
    for number in 10...12 { connectionTable.answers(UInt(number)) }
    #expect(!connectionTable.admits("198.51.100.10"))
  }

  @Test(arguments: [
    ("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
    ("2001:db8::1", "2001:db8::"), ("::ffff:203.0.113.7", "::ffff:203.0.113.7"),
  ])
  func addressesOfOneNetwork(_ address: String, name: String) {
    #expect(AddressBlock.name(of: address) == name)
  }

  @Test(arguments: [
    ("localhost", "127.0.0.1", true), ("127.0.0.1", "127.0.0.1", true), ("::1", "::1", true),
    ("127.9.9.9", "127.9.9.9", true), ("0.0.0.0", "0.0.0.0", false), ("::", "::", false),
    ("::ffff:127.0.0.1", "::ffff:127.0.0.1", true), ("203.0.113.7", "203.0.113.7", false),
  ])
  func whereAServerCanListen(_ text: String, literal: String, isLoopback: Bool) {
    #expect(ListenAddress.literal(text) == literal)
    #expect(ListenAddress.isLoopback(literal) == isLoopback)
  }

  @Test func aNameIsNoAddress() {
    #expect(ListenAddress.literal("127.example.org") == nil)
    #expect(ListenAddress.literal("") == nil)
  }
}
