import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

/// Many who want something at once, most of them nothing good.
@Suite struct CrowdTests {
  private let alice = RelayBench.alice
  private let bob = RelayBench.bob

  private func port(_ bench: RelayBench) throws -> Int {
    try #require(bench.relay.url.split(separator: ":").last.flatMap { Int($0) })
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
    let bench = try await RelayBench()
    for length in ["Content-Length: 2000000\r\n", "Transfer-Encoding: chunked\r\n"] {
      let client = try RawClient(port: try port(bench))
      client.send(head(method, path, length))
      // Not a byte of the body has been sent.
      #expect(client.status() == status)
      #expect(client.hasEnded())
    }
  }

  @Test func anHonestClientIsServedAmidACrowd() async throws {
    let bench = try await RelayBench {
      $0.connections = 60
      $0.connectionsPerAddress = 40
    }
    for number in [alice, bob] { try await bench.register(number) }
    let port = try port(bench)
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
    let authorization = "Authorization: \(RelayBench.basic(alice))\r\n"
    for text in ["one", "two"] {
      let body = "{\"messages\":[\(RelayBench.message(text))]}"
      let honest = try RawClient(port: port, from: "127.0.0.2")
      let path = "/v1/messages/\(bob)"
      honest.send(
        head("PUT", path, "\(authorization)Content-Length: \(body.utf8.count)\r\n") + body)
      #expect(honest.status() == 200)
    }
    withExtendedLifetime(crowd) {}
  }

  @Test func oneAddressHasItsShareOfConnections() async throws {
    let bench = try await RelayBench { $0.connectionsPerAddress = 3 }
    let port = try port(bench)
    let few = try (0..<3).map { _ in try RawClient(port: port, from: "127.0.1.1") }
    for client in few { client.send("G") }
    #expect(try RawClient(port: port, from: "127.0.1.1").hasEnded())
    let other = try RawClient(port: port, from: "127.0.1.2")
    other.send(head("GET", "/v1/keys"))
    #expect(other.status() == 401)
    few[0].send("ET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(few[0].status() == 401)
  }

  private struct Allocation: Decodable { var location: String }

  private func location(_ bench: RelayBench) async throws -> String {
    try await bench.ask("GET", "/v1/attachments/", as: alice).json(Allocation.self).location
  }

  private func upload(_ bench: RelayBench, _ count: Int) async throws -> Int {
    let place = try await location(bench)
    let body = String(repeating: "x", count: count)
    return try await bench.ask("PUT", place, body, type: "application/octet-stream").status
  }

  @Test func whatIsAnnouncedAndNotFinishedTakesRoom() async throws {
    let scratch = try ScratchDirectory()
    let bench = try await RelayBench {
      $0.dataDirectory = scratch.file("relay")
      $0.attachmentSpace = 1000
      $0.attachmentBytes = 900
      $0.rateFactor = 1000
    }
    try await bench.register(alice)
    let path = try #require(try await location(bench).split(separator: "/", maxSplits: 2).last)
    do {
      let slow = try RawClient(port: try port(bench))
      slow.send(
        "PUT /\(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
          + "Content-Length: 800\r\n\r\nbeginning")
      // The answer to something else: by then the first request's head has been read.
      let after = try RawClient(port: try port(bench))
      after.send(head("GET", "/v1/keys"))
      #expect(after.status() == 401)
      #expect(try await upload(bench, 201) == 503)
      #expect(try await upload(bench, 200) == 200)
      withExtendedLifetime(slow) {}
    }
    // It has left, and with it what was set aside.
    var status = 503
    for _ in 0..<1000 where status == 503 { status = try await upload(bench, 800) }
    #expect(status == 200)
    #expect(try await upload(bench, 1) == 503)
    await bench.relay.stop()
  }
}
