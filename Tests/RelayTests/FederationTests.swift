import Cryptography
import FoundationEssentials
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Relay

/// Two relays that know each other as `west` and `east` (protocol notes §3.3, federation).
@Suite struct FederationTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob
  private static let token = "sixteen or more letters"

  /// Where a relay can be reached before it has started, and cut off afterwards.
  private final class Doorway: Sendable {
    let url: String
    private let server: HTTPServer
    private let target: Target

    private final class Target: Sendable { let url = Mutex(String?.none) }

    init(_ network: Network) throws {
      let target = Target()
      server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
        guard let url = target.url.withLock({ $0 }) else { return .response(status: 500) }
        var asked = HTTPRequest(method: request.method, url: url + request.target)
        for name in ["Authorization", "Content-Type"] {
          asked.headers[name] = request.headers[name]
        }
        if !request.body.isEmpty { asked.body = .bytes(request.body) }
        do {
          let answer = try await network.send(asked)
          return .response(status: answer.status, body: answer.body)
        } catch {
          return .response(status: 500)
        }
      }
      self.target = target
      url = "http://127.0.0.1:\(server.port)"
    }

    func open(to url: String?) { target.url.withLock { $0 = url } }
  }

  private struct Pair {
    let west: RelayFixture
    let east: RelayFixture
    let toWest: Doorway
    let toEast: Doorway

    init(
      _ dialect: RelayDialect = .document, eastToken: String = FederationTests.token
    ) async throws {
      let network = Network()
      let (toWest, toEast) = (try Doorway(network), try Doorway(network))
      func relay(_ name: String, _ peer: FederatedPeer) async throws -> RelayFixture {
        try await RelayFixture {
          $0.dialect = dialect
          $0.name = name
          $0.peers = [peer]
        }
      }
      west = try await relay(
        "west",
        FederatedPeer(name: "east", url: toEast.url, token: Secret(FederationTests.token)))
      east = try await relay(
        "east", FederatedPeer(name: "west", url: toWest.url, token: Secret(eastToken)))
      toWest.open(to: west.relay.url)
      toEast.open(to: east.relay.url)
      (self.toWest, self.toEast) = (toWest, toEast)
      try await west.register(RelayFixture.alice)
      try await east.register(RelayFixture.bob, id: 77)
      _ = try await east.ask("PUT", "/v1/keys/", as: RelayFixture.bob, RelayFixture.keys([3]))
      // What was learned before the first people came is forgotten.
      for fixture in [west, east] { fixture.time.advance(by: .seconds(60)) }
    }
  }

  private func body(_ text: String, device: Int = 1) -> String {
    "{\"relay\":\"east\",\"messages\":[\(RelayFixture.message(text, device: device))]}"
  }

  @Test func theDirectoryNamesTheOtherRelay() async throws {
    let pair = try await Pair()
    let token = Base64.encode(ContactToken.bytes(of: bob)).prefix { $0 != "=" }
      .replacing("/", with: "_")
    let one = try await pair.west.ask("GET", "/v1/directory/\(token)", as: alice)
    #expect(one.text == "{\"relay\":\"east\",\"token\":\"\(token)\"}")
    let many = try await pair.west.ask(
      "PUT", "/v1/directory/tokens", as: alice, "{\"contacts\":[\"\(token)\"]}")
    #expect(many.text == "{\"contacts\":[\(one.text)]}")
  }

  @Test func keysMessagesAndAnswersGoOver() async throws {
    let pair = try await Pair()
    let key = try await pair.west.ask("GET", "/v1/keys/\(bob)/*?relay=east", as: alice)
    #expect(key.status == 200)
    #expect(key.text.contains("\"keyId\":3"))
    let line = try await pair.east.socket(bob)
    let path = "/v1/messages/\(bob)"
    #expect(try await pair.west.ask("PUT", path, as: alice, body("hello")).status == 200)
    let signal = try #require(ProtobufFields(try await line.envelope().signal))
    #expect(signal.text(2) == alice)
    #expect(signal.text(3) == "west")
    #expect(signal.text(6) == "hello")
    let answer = body("back").replacing("east", with: "west")
    #expect(
      try await pair.east.ask("PUT", "/v1/messages/\(alice)", as: bob, answer).status == 200)
    let waiting = try await pair.west.ask("GET", "/v1/messages", as: alice)
    #expect(waiting.text.contains("\"relay\":\"east\""))
  }

  @Test func whatTheOtherRelayRefusesIsRefused() async throws {
    let pair = try await Pair()
    let west = pair.west
    let mismatch = try await west.ask("PUT", "/v1/messages/\(bob)", as: alice, body("x", device: 2))
    #expect(mismatch.status == 409)
    #expect(mismatch.text == "{\"extraDevices\":[2],\"missingDevices\":[1]}")
    let unknown = "/v1/messages/+14155550155"
    #expect(try await west.ask("PUT", unknown, as: alice, body("x")).status == 404)
    #expect(
      try await west.ask("GET", "/v1/keys/+14155550155/*?relay=east", as: alice).status == 404)
    #expect(try await west.ask("GET", "/v1/keys/\(bob)/*?relay=north", as: alice).status == 404)
    #expect(try await west.ask("GET", "/v1/keys/\(bob)/x?relay=east", as: alice).status == 422)
    #expect(try await west.ask("GET", "/v1/keys/a%2Fb/*?relay=east", as: alice).status == 404)
  }

  @Test func attachmentsAreFetchedWhereTheyLie() async throws {
    struct Location: Decodable { var location: String }
    let pair = try await Pair()
    let place = try await pair.east.ask("GET", "/v1/attachments/", as: bob)
    struct Allocation: Decodable {
      var id: Int64
      var location: String
    }
    let allocation = try place.json(Allocation.self)
    let type = "application/octet-stream"
    _ = try await pair.east.ask("PUT", allocation.location, "sealed", type: type)
    let found = try await pair.west.ask(
      "GET", "/v1/attachments/\(allocation.id)?relay=east", as: alice)
    let location = try found.json(Location.self).location
    #expect(try await pair.west.ask("GET", location).text == "sealed")
  }

  @Test func aNumberBelongsToOneRelay() async throws {
    let pair = try await Pair()
    _ = try await pair.west.ask("GET", "/v1/accounts/sms/code/\(bob)")
    let code = try await pair.west.code(for: bob)
    func verify() async throws -> Int {
      try await pair.west.ask(
        "PUT", "/v1/accounts/code/\(code)", as: bob, RelayFixture.registration()
      ).status
    }
    #expect(try await verify() == 417)
    // A list is a peer's word, the code is proof: whoever insists moves here.
    #expect(try await verify() == 200)
  }

  @Test func aPeersListDoesNotBarAnAccountThatIsHere() async throws {
    let pair = try await Pair()
    // East has Alice, too: who insists moves there.
    _ = try await pair.east.ask("GET", "/v1/accounts/sms/code/\(alice)")
    let code = try await pair.east.code(for: alice)
    for _ in 1...2 {
      _ = try await pair.east.ask(
        "PUT", "/v1/accounts/code/\(code)", as: alice, RelayFixture.registration())
    }
    #expect(try await pair.east.ask("GET", "/v1/keys", as: alice).status == 200)
    pair.west.time.advance(by: .seconds(60))
    #expect(try await pair.west.register(alice).status == 200)
  }

  @Test func aPeerCannotSpeakForPeopleOfOurs() async throws {
    let pair = try await Pair(.server)
    let carol = "+14155550102"
    try await pair.west.register(carol)
    let message = "{\"messages\":[\(RelayFixture.message("forged"))]}"
    let credentials: HTTPHeaders = [
      "Authorization": RelayFixture.basic("east", password: FederationTests.token)
    ]
    func ask(_ path: String, _ body: String? = nil) async throws -> Int {
      try await pair.west.ask("PUT", "/v1/federation/\(path)", body, headers: credentials).status
    }
    #expect(try await ask("messages/\(carol)/1/\(alice)", message) == 403)
    #expect(try await ask("receipt/\(carol)/1/\(alice)/5") == 403)
    #expect(try await ask("messages/\(alice)/1/\(alice)", message) == 403)
    let waiting = try await pair.west.ask("GET", "/v1/messages", as: alice)
    #expect(waiting.text == "{\"messages\":[],\"more\":false}")
    #expect(try await ask("messages/\(bob)/1/\(alice)", message) == 204)
  }

  @Test func aPeerCannotSpeakForPeopleOfAnotherPeer() async throws {
    let network = Network()
    func peer(_ name: String, _ numbers: [String]) throws -> (HTTPServer, FederatedPeer) {
      let tokens = numbers.map { number in
        "{\"token\":\"\(Base64.encode(ContactToken.bytes(of: number)))\"}"
      }
      let server = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
        .response(
          status: 200, body: Array("{\"contacts\":[\(tokens.joined(separator: ","))]}".utf8))
      }
      return (
        server,
        FederatedPeer(
          name: name, url: "http://127.0.0.1:\(server.port)", token: Secret(FederationTests.token))
      )
    }
    let (northServer, north) = try peer("north", [bob])
    let (eastServer, east) = try peer("east", ["+14155550107"])
    let fixture = try await RelayFixture {
      $0.name = "west"
      $0.peers = [north, east]
    }
    try await fixture.register(alice)
    fixture.time.advance(by: .seconds(60))
    let message = "{\"messages\":[\(RelayFixture.message("x"))]}"
    func send(_ peer: FederatedPeer) async throws -> Int {
      try await fixture.ask(
        "PUT", "/v1/federation/messages/\(bob)/1/\(alice)", message,
        headers: ["Authorization": RelayFixture.basic(peer.name, password: FederationTests.token)]
      ).status
    }
    #expect(try await send(east) == 403)
    #expect(try await send(north) == 200)
    await northServer.stop()
    await eastServer.stop()
  }

  @Test func aPeerCannotPushOutWhatWasTaken() async throws {
    let pair = try await Pair()
    let carol = "+14155550102"
    try await pair.west.register(carol)
    #expect(try await pair.west.send("genuine", to: alice, from: carol) == 200)
    let credentials: HTTPHeaders = [
      "Authorization": RelayFixture.basic("east", password: FederationTests.token)
    ]
    let message = "{\"messages\":[\(RelayFixture.message("flood"))]}"
    var statuses: [Int: Int] = [:]
    for index in 0..<1100 {
      let source = "+1415556\(1000 + index % 300)"
      let answer = try await pair.west.ask(
        "PUT", "/v1/federation/messages/\(source)/1/\(alice)", message, headers: credentials)
      statuses[answer.status, default: 0] += 1
      // A patient peer fills no more than its share.
      if index % 100 == 0 { pair.west.time.advance(by: .seconds(60)) }
    }
    #expect(statuses == [200: 500, 413: 600])
    let waiting = try await pair.west.ask("GET", "/v1/messages", as: alice)
    let isThere = waiting.text.contains("\"source\":\"\(carol)\"")
    #expect(isThere)
    #expect(try await pair.west.send("another", to: alice, from: carol) == 200)
  }

  @Test func aRelayThatIsAwayIs503AndKeepsItsPeople() async throws {
    let pair = try await Pair()
    let token = Base64.encode(ContactToken.bytes(of: bob)).prefix { $0 != "=" }
      .replacing("/", with: "_")
    let path = "/v1/directory/\(token)"
    #expect(try await pair.west.ask("GET", path, as: alice).status == 200)
    pair.toEast.open(to: nil)
    pair.west.time.advance(by: .seconds(60))
    #expect(try await pair.west.ask("GET", path, as: alice).status == 200)
    #expect(
      try await pair.west.ask("PUT", "/v1/messages/\(bob)", as: alice, body("x")).status == 503)
  }

  @Test func strangersAreNoPeers() async throws {
    let pair = try await Pair()
    let path = "/v1/federation/user_count"
    #expect(try await pair.east.ask("GET", path).status == 401)
    #expect(try await pair.east.ask("GET", path, as: bob).status == 401)
    func peer(_ name: String, _ token: String) -> HTTPHeaders {
      ["Authorization": RelayFixture.basic(name, password: token)]
    }
    let wrong = peer("west", "another token of letters")
    #expect(try await pair.east.ask("GET", path, headers: wrong).status == 401)
    let right = peer("west", FederationTests.token)
    #expect(try await pair.east.ask("GET", path, headers: right).text == "{\"count\":1}")
    let tokens = try await pair.east.ask("GET", "/v1/federation/user_tokens/0", headers: right)
    let token = Base64.encode(ContactToken.bytes(of: bob)).prefix { $0 != "=" }
    #expect(tokens.text == "{\"contacts\":[{\"token\":\"\(token)\"}]}")
    let bad = "/v1/federation/user_tokens/x"
    #expect(try await pair.east.ask("GET", bad, headers: right).status == 422)
    let one = try await pair.east.ask("GET", "/v1/federation/key/\(bob)", headers: right)
    #expect(one.text.contains("\"keyId\":3"))
    let other = try await Pair(eastToken: "another token of letters")
    #expect(
      try await other.west.ask("PUT", "/v1/messages/\(bob)", as: alice, body("x")).status == 503)
  }

  @Test func receiptsGoBackInTheServersDialect() async throws {
    let pair = try await Pair(.server)
    let sender = try await pair.west.socket(alice)
    let line = try await pair.east.socket(bob)
    let sent = try await pair.west.ask("PUT", "/v1/messages/\(bob)", as: alice, body("x"))
    #expect(sent.status == 204)
    try await line.acknowledge(try await line.envelope().id)
    let receipt = try #require(ProtobufFields(try await sender.envelope().signal))
    #expect(receipt.integer(1) == 5)
    #expect(receipt.text(2) == bob)
    #expect(receipt.text(3) == "east")
    #expect(receipt.bytes(6) == nil)
  }

  @Test func peersStandInAFileOneALine() throws {
    let text = """
      # name URL token
      east https://relay.example/ 0123456789abcdef

      north  http://127.0.0.1:8080\t0123456789abcdef /etc/north.pem
      """
    let peers = try FederatedPeer.list(text)
    #expect(peers.map(\.name) == ["east", "north"])
    #expect(peers[0].url == "https://relay.example")
    #expect(peers[1].certificateAuthorityFile == "/etc/north.pem")
    for line in [
      "east", "east https://x short", "ea:st https://x 0123456789abcdef",
      "east ftp://x 0123456789abcdef", "east https://x 0123456789abcdef a b",
    ] {
      #expect(throws: RelayError.badPeers(line: 2)) { try FederatedPeer.list("\n" + line) }
    }
  }

  @Test func peersNeedANameForThisRelay() async {
    await #expect(throws: RelayError.badPeers(line: nil)) {
      _ = try await RelayFixture {
        $0.peers = [FederatedPeer(name: "x", url: "https://x", token: Secret("t"))]
      }
    }
  }
}
