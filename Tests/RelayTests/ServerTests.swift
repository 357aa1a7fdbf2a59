import Clocks
import Database
import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

@Suite struct ServerTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob

  @Test func queuesAccountsAndURLsSurviveARestart() async throws {
    struct Allocation: Decodable { var location: String }
    let scratch = try ScratchDirectory()
    let first = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    try await first.register(alice)
    try await first.register(bob)
    _ = try await first.ask("PUT", "/v1/keys", as: bob, RelayFixture.keys([1, 2]))
    for text in ["a", "b"] { _ = try await first.send(text, to: bob, from: alice) }
    let line = try await first.socket(bob)
    _ = try await line.envelope()
    _ = try await line.envelope()
    try await line.acknowledge(0)
    let place = try await first.ask("GET", "/v1/attachments", as: alice).json(Allocation.self)
    await first.relay.stop()
    #expect(await line.connection.closure == .byPeer(code: 1001, reason: ""))

    let second = try await RelayFixture(time: first.time, seed: 2) {
      $0.dataDirectory = scratch.file("relay")
    }
    let again = try await second.socket(bob)
    let signal = try await again.envelope().signal
    #expect(signal.contains(UInt8(ascii: "b")))
    #expect(try await second.ask("GET", "/v1/keys", as: bob).text == "{\"count\":2}")
    let moved = place.location.replacing(first.relay.url, with: second.relay.url)
    let upload = try await second.ask("PUT", moved, "x", type: "application/octet-stream")
    #expect(upload.status == 200)
    #expect(scratch.mode("relay") == 0o700)
    #expect(scratch.mode("relay/relay.db") == 0o600)
    await second.relay.stop()
  }

  @Test func theStoreHoldsNeitherPasswordsNorCodes() async throws {
    let scratch = try ScratchDirectory()
    let fixture = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    _ = try await fixture.ask("GET", "/v1/accounts/sms/code/\(alice)")
    let code = try await fixture.code(for: alice)
    var request = HTTPRequest(method: "PUT", url: fixture.relay.url + "/v1/accounts/code/\(code)")
    let password = "a-password-to-look-for"
    request.headers["Authorization"] = RelayFixture.basic(alice, password: password)
    request.headers["Content-Type"] = "application/json"
    request.body = .bytes(Array(RelayFixture.registration().utf8))
    #expect(try await fixture.network.send(request).status == 200)
    await fixture.relay.stop()
    for name in ["relay.db", "relay.db-wal"] {
      let path = scratch.file("relay/\(name)")
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes.firstRange(of: Data(password.utf8)) == nil)
      #expect(bytes.firstRange(of: Data(code.utf8)) == nil)
    }
  }

  @Test func oneRelayWorksInADirectory() async throws {
    let scratch = try ScratchDirectory()
    let first = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    await #expect(throws: RelayError.inUse(path: scratch.file("relay"))) {
      _ = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    }
    await first.relay.stop()
  }

  @Test func plainTextStaysOnThisMachine() async {
    await #expect(throws: RelayError.needsTLS(address: "0.0.0.0")) {
      _ = try await RelayFixture { $0.address = "0.0.0.0" }
    }
  }

  @Test func theLogNamesNobody() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    _ = try await fixture.ask("GET", "/v1/keys/\(bob)/2?relay=x", as: alice)
    _ = try await fixture.ask("POST", "/nothing/\(alice)", "body")
    var lines: [RelayLogLine] = []
    for await event in fixture.relay.events {
      if case .request(let line) = event { lines.append(line) }
      if lines.last?.endpoint == "other" { break }
    }
    #expect(
      lines.suffix(2).map(\.endpoint) == ["/v1/keys/{number}/{device}", "other"])
    #expect(lines.suffix(2).map(\.status) == [404, 404])
    #expect(lines.suffix(2).first?.caller?.count == 16)
    #expect(lines.allSatisfy { !$0.description.contains("415555") })
  }

  @Test(arguments: [
    "/", "/v1", "/v1/keys/a/b/c", "/v3/keys", "/v1/%", "/v1/keys/%ff", "//", "/attachments",
    "/v1/accounts/sms", "/v1/websocket/?login=%2", "/?&&==&",
  ])
  func garbageIs404(_ path: String) async throws {
    let fixture = try await RelayFixture()
    #expect(try await fixture.ask("GET", path).status == 404)
  }

  @Test(arguments: [
    "Basic", "Basic ", "Basic !!!", "Bearer x", "basic KzE0MTU1NTUwMTAwOnNlY3JldA==",
    "Basic KzE0MTU1NTUwMTAw", "Basic //79",
  ])
  func garbledCredentialsAre401(_ header: String) async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    var request = HTTPRequest(url: fixture.relay.url + "/v1/keys")
    request.headers["Authorization"] = header
    #expect(try await fixture.network.send(request).status == 401)
  }

  @Test func contactsAreFoundByTheirTokens() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register("+14152222222")
    try await fixture.register(alice, fetches: false)
    let token = "BQVVHxMt5zAFXA"
    func ask(_ body: String) async throws -> RelayFixture.Answer {
      try await fixture.ask("PUT", "/v1/directory/tokens", as: alice, body)
    }
    let found = try await ask("{\"contacts\":[\"AAAAAAAAAAAAAA\",\"\(token)\"]}")
    #expect(found.text == "{\"contacts\":[{\"token\":\"\(token)\"}]}")
    #expect(try await ask("{\"contacts\":[\"\(token)==\"]}").text == found.text)
    #expect(try await ask("{\"contacts\":[\"short\"]}").status == 400)
    #expect(try await ask("{\"contacts\":7}").status == 422)
    #expect(try await ask("{").status == 415)
    let one = try await fixture.ask("GET", "/v1/directory/\(token)", as: alice)
    #expect(one.text == "{\"token\":\"\(token)\"}")
    #expect(try await fixture.ask("GET", "/v1/directory/AAAA", as: alice).status == 404)
    let many = Array(repeating: "\"\(token)\"", count: 50_001).joined(separator: ",")
    #expect(try await ask("{\"contacts\":[\(many)]}").status == 413)
  }

  @Test func aThousandEnvelopesStayAndTheNextOneHasNoRoom() async throws {
    let database = try RelayStoreSample.database()
    let address = DeviceAddress(number: alice, device: 1)
    @Sendable func signal(_ number: Int) -> IncomingSignal {
      IncomingSignal(
        type: 1, source: "+1415555\(1000 + number)", sourceDevice: 1, timestamp: UInt64(number))
    }
    let (taken, isFull) = try await database.write { connection in
      for number in 0..<Connection.queueLength {
        guard try connection.hasRoom(for: signal(number), of: address) else { break }
        try connection.enqueue(signal(number), for: address)
      }
      return (
        try connection.queue(of: address, after: 0, limit: 2000).map(\.signal.timestamp),
        try !connection.hasRoom(for: signal(5000), of: address)
      )
    }
    #expect(taken == Array(0..<UInt64(Connection.queueLength)))
    #expect(isFull)
  }
}

@Suite struct RateLimiterTests {
  @Test func drainedBucketsAreForgottenAndFullOnesAreNot() throws {
    let time = ManualTime()
    let limiter = RateLimiter(time: time)
    for _ in 1...3 { try limiter.charge(.prekeys, "eager") }
    for number in 1...10_000 { try limiter.charge(.sms, "\(number)") }
    time.advance(by: .seconds(60))
    for number in 1...10_000 { try limiter.charge(.sms, "again \(number)") }
    #expect(throws: RelayRefusal.tooMany(retryAfter: 540)) { try limiter.charge(.prekeys, "eager") }
  }
}
