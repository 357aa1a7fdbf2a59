import Testing
import Transport

@testable import Relay

/// The line of later clients, in protocol buffers (protocol notes §3.4, dialect C).
@Suite struct BinarySocketTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob
  private let keepAlive = WebSocketResource.request(
    WebSocketResource.Request(verb: "GET", path: "/v1/keepalive", id: 7))

  private func pair() async throws -> RelayFixture {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    try await fixture.register(bob)
    return fixture
  }

  private func send(_ resource: WebSocketResource, on line: DeviceOutput) async throws {
    try await line.connection.send(.binary(resource.encoded))
  }

  /// The id and the text of the next delivery.
  private func delivery(on line: DeviceOutput) async throws -> (id: UInt64, text: String) {
    guard case .request(let request) = try await line.resource() else { throw RelayRefusal.invalid }
    #expect(request.verb == "PUT" && request.path == "/api/v1/message")
    let fields = try #require(ProtobufFields(try RelayFixture.opened(request.body)))
    return (try #require(request.id), try #require(fields.text(6)))
  }

  private func acknowledge(_ id: UInt64, _ status: UInt64 = 200, on line: DeviceOutput) async throws
  {
    let response = WebSocketResource.Response(id: id, status: status, message: "OK")
    try await send(.response(response), on: line)
    // Answered after it: then the acknowledgement has been understood.
    try await send(keepAlive, on: line)
    #expect(
      try await line.resource()
        == .response(WebSocketResource.Response(id: 7, status: 200, message: "OK")))
  }

  @Test func framesAreThePublishedOnes() {
    let delivery = WebSocketResource.delivery([1, 2], id: 300)
    #expect(
      delivery.encoded
        == [8, 1, 18, 29, 10, 3] + Array("PUT".utf8) + [18, 15] + Array("/api/v1/message".utf8)
        + [26, 2, 1, 2, 32, 0xac, 2])
    #expect(WebSocketResource(delivery.encoded) == delivery)
    #expect(WebSocketResource(keepAlive.encoded) == keepAlive)
  }

  @Test func whoAnswersInBinaryGetsItsMessagesAnewAndTheNextTimeAtOnce() async throws {
    let fixture = try await pair()
    for text in ["a", "b"] { _ = try await fixture.send(text, to: bob, from: alice) }
    let line = try await fixture.socket(bob)
    // A client of that age passes over text frames.
    for _ in 1...2 { _ = try await line.next() }
    try await send(keepAlive, on: line)
    var frames: [WebSocketResource] = []
    for _ in 1...3 { frames.append(try await line.resource()) }
    #expect(frames.count { if case .response = $0 { true } else { false } } == 1)
    await line.connection.close()

    let again = try await fixture.socket(bob)
    let first = try await delivery(on: again)
    #expect(first.text == "a")
    #expect(try await delivery(on: again).text == "b")
    try await acknowledge(first.id, on: again)
    await again.connection.close()
    let third = try await fixture.socket(bob)
    #expect(try await delivery(on: third).text == "b")
  }

  @Test func aLaterClientNamesItselfInAHeader() async throws {
    let fixture = try await pair()
    _ = try await fixture.send("a", to: bob, from: alice)
    let line = try await fixture.socket(bob, headers: ["X-Signal-Agent": "OWA"])
    #expect(try await delivery(on: line).text == "a")
  }

  @Test func theOperatorMaySayWhatNewDevicesSpeak() async throws {
    let fixture = try await RelayFixture { $0.socketFormat = .protobuf }
    try await fixture.register(alice)
    try await fixture.register(bob)
    _ = try await fixture.send("a", to: bob, from: alice)
    let line = try await fixture.socket(bob)
    #expect(try await delivery(on: line).text == "a")
    await line.connection.close()
    // Nobody who says `user` ever spoke anything but JSON.
    let old = try await fixture.socket(bob, name: "user")
    #expect(try await old.envelope().id == 0)
  }

  @Test func whatAClientCouldNotUseComesAgain() async throws {
    let fixture = try await pair()
    _ = try await fixture.send("a", to: bob, from: alice)
    let line = try await fixture.socket(bob, headers: ["X-Signal-Agent": "x"])
    try await acknowledge(try await delivery(on: line).id, 500, on: line)
    await line.connection.close()
    let again = try await fixture.socket(bob, headers: ["X-Signal-Agent": "x"])
    #expect(try await delivery(on: again).text == "a")
  }

  @Test func everyCallCanBeMadeOnTheLine() async throws {
    let fixture = try await pair()
    let line = try await fixture.socket(alice, headers: ["X-Signal-Agent": "x"])
    func ask(
      _ verb: String, _ path: String, _ body: String = ""
    ) async throws
      -> WebSocketResource.Response
    {
      let request = WebSocketResource.Request(
        verb: verb, path: path, body: Array(body.utf8), id: 1)
      try await send(.request(request), on: line)
      guard case .response(let response) = try await line.resource() else {
        throw RelayRefusal.invalid
      }
      return response
    }
    #expect(try await ask("PUT", "/v1/keys/", RelayFixture.keys([1])).status == 200)
    #expect(try await ask("GET", "/v1/keys").body == Array("{\"count\":1}".utf8))
    let message = "{\"messages\":[\(RelayFixture.message("x"))]}"
    #expect(try await ask("PUT", "/v1/messages/\(bob)", message).status == 200)
    #expect(try await ask("GET", "/v1/websocket/").status == 404)
    #expect(try await ask("PUT", "/v1/accounts/code/123456", "{}").status == 404)
    #expect(try await ask("GET", "nowhere").status == 404)
  }

  @Test func oneLineSpeaksOneLanguage() async throws {
    let fixture = try await pair()
    let line = try await fixture.socket(bob)
    try await line.send("{\"type\":2}")
    _ = try await line.next()
    try await send(keepAlive, on: line)
    #expect(await line.connection.closure == .byPeer(code: 1008, reason: "Not understood"))
  }

  @Test(
    arguments: [
      [], [8, 9], [8, 1], [8, 1, 18, 200, 1], [8, 2, 26, 2, 8, 1], [255], [8, 1, 18, 2, 10, 0],
    ] as [[UInt8]])
  func whatCannotBeUnderstoodClosesTheLine(_ bytes: [UInt8]) async throws {
    let fixture = try await pair()
    let line = try await fixture.socket(bob)
    try await line.connection.send(.binary(bytes))
    #expect(await line.connection.closure == .byPeer(code: 1008, reason: "Not understood"))
  }
}
