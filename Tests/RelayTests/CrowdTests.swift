import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

/// Many who want something at once, most of them nothing good.
@Suite struct CrowdTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob

  private func port(_ fixture: RelayFixture) throws -> Int {
    try #require(fixture.relay.url.split(separator: ":").last.flatMap { Int($0) })
  }

  private func head(_ method: String, _ path: String, _ fields: String = "") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\(fields)\r\n"
  }

  @Test(arguments: [
    ("PUT", "/v1/messages/+14155550100", 401), ("PUT", "/v1/keys", 401),
    ("PUT", "/v2/keys", 401), ("PUT", "/v1/directory/tokens", 401),
    ("PUT", "/v1/accounts/gcm", 401), ("PUT", "/v1/accounts/code/123456", 401),
    ("PUT", "/v1/devices/123456", 401), ("GET", "/v1/keys", 401),
    ("PUT", "/v1/federation/messages/+14155550107/1/+14155550100", 401),
    ("PUT", "/attachments/1?expires=1&signature=0", 403), ("PUT", "/v1/nothing", 404),
  ])
  func withoutCredentialsNoBodyIsRead(_ method: String, _ path: String, status: Int) async throws {
    let fixture = try await RelayFixture()
    for length in ["Content-Length: 2000000\r\n", "Transfer-Encoding: chunked\r\n"] {
      let client = try RawClient(port: try port(fixture))
      client.send(head(method, path, length))
      // Not a byte of the body has been sent.
      #expect(await client.status() == status)
      #expect(await client.hasEnded())
    }
  }

  @Test func anHonestClientIsServedAmidACrowd() async throws {
    let fixture = try await RelayFixture {
      $0.connections = 60
      $0.connectionsPerAddress = 40
    }
    for number in [alice, bob] { try await fixture.register(number) }
    let port = try port(fixture)
    // More than one address may have, and together with those of other addresses more than fit.
    var crowd: [RawClient] = []
    for index in 0..<100 {
      let client = try RawClient(port: port, from: "127.0.1.\(index % 3)")
      client.send("G")
      crowd.append(client)
    }
    for _ in 0..<30 {
      let client = try RawClient(port: port, from: "127.0.1.9")
      client.send(head("PUT", "/v1/messages/\(bob)", "Content-Length: 2000000\r\n"))
      crowd.append(client)
    }
    let authorization = "Authorization: \(RelayFixture.basic(alice))\r\n"
    for text in ["one", "two"] {
      let body = "{\"messages\":[\(RelayFixture.message(text))]}"
      let honest = try RawClient(port: port, from: "127.0.0.2")
      let path = "/v1/messages/\(bob)"
      honest.send(
        head("PUT", path, "\(authorization)Content-Length: \(body.utf8.count)\r\n") + body)
      #expect(await honest.status() == 200)
    }
    withExtendedLifetime(crowd) {}
  }

  @Test func oneAddressHasItsShareOfConnections() async throws {
    let fixture = try await RelayFixture { $0.connectionsPerAddress = 3 }
    let port = try port(fixture)
    let few = try (0..<3).map { _ in try RawClient(port: port, from: "127.0.1.1") }
    for client in few { client.send("G") }
    #expect(try await RawClient(port: port, from: "127.0.1.1").hasEnded())
    let other = try RawClient(port: port, from: "127.0.1.2")
    other.send(head("GET", "/v1/keys"))
    #expect(await other.status() == 401)
    few[0].send("ET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(await few[0].status() == 401)
  }

  private struct Allocation: Decodable { var location: String }

  private func location(_ fixture: RelayFixture) async throws -> String {
    try await fixture.ask("GET", "/v1/attachments/", as: alice).json(Allocation.self).location
  }

  private func upload(_ fixture: RelayFixture, _ count: Int) async throws -> Int {
    let place = try await location(fixture)
    let body = String(repeating: "x", count: count)
    return try await fixture.ask("PUT", place, body, type: "application/octet-stream").status
  }

  @Test func whatIsAnnouncedAndNotFinishedTakesRoom() async throws {
    let scratch = try ScratchDirectory()
    let fixture = try await RelayFixture {
      $0.dataDirectory = scratch.file("relay")
      $0.attachmentSpace = 1000
      $0.attachmentBytes = 900
      $0.rateFactor = 1000
    }
    try await fixture.register(alice)
    let path = try #require(try await location(fixture).split(separator: "/", maxSplits: 2).last)
    do {
      let slow = try RawClient(port: try port(fixture))
      slow.send(
        "PUT /\(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
          + "Content-Length: 800\r\n\r\nbeginning")
      // The answer to something else: by then the first request's head has been read.
      let after = try RawClient(port: try port(fixture))
      after.send(head("GET", "/v1/keys"))
      #expect(await after.status() == 401)
      #expect(try await upload(fixture, 201) == 503)
      #expect(try await upload(fixture, 200) == 200)
      withExtendedLifetime(slow) {}
    }
    // It has left, and with it what was set aside.
    var status = 503
    for _ in 0..<1000 where status == 503 { status = try await upload(fixture, 800) }
    #expect(status == 200)
    #expect(try await upload(fixture, 1) == 503)
    await fixture.relay.stop()
  }
}
