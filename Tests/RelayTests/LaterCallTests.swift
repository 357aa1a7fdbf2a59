import FoundationEssentials
import Testing
import Transport

@testable import Relay

/// Calls that the document does not have and that clients of its time or soon after make
/// (protocol notes §3.3).
@Suite struct LaterCallTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob

  @Test func aDeviceIsListedAndRemovedByTheFirstOne() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    let start = fixture.time.wallTime
    let second = "\(alice).\(try await fixture.link(alice))"
    let day = start - start % 86_400_000
    #expect(
      try await fixture.ask("GET", "/v1/devices", as: alice).text == """
        {"devices":[{"created":\(start),"id":1,"lastSeen":\(day)},\
        {"created":\(start),"id":2,"lastSeen":\(day)}]}
        """)
    let line = try await fixture.socket(second)
    #expect(try await fixture.ask("DELETE", "/v1/devices/2", as: second).status == 401)
    #expect(try await fixture.ask("DELETE", "/v1/devices/1", as: alice).status == 401)
    #expect(try await fixture.ask("DELETE", "/v1/devices/3", as: alice).status == 404)
    #expect(try await fixture.ask("DELETE", "/v1/devices/x", as: alice).status == 404)
    #expect(try await fixture.ask("DELETE", "/v1/devices/2", as: alice).status == 200)
    #expect(await line.connection.closure == .byPeer(code: 4409, reason: "Replaced"))
    #expect(try await fixture.ask("GET", "/v1/keys", as: second).status == 401)
    #expect(try await fixture.send("x", to: alice, from: alice) == 200)
  }

  @Test func theLastConnectionsDayIsKept() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    fixture.time.advance(by: .seconds(3 * 86_400))
    let line = try await fixture.socket(alice)
    try await line.send("{\"type\":2}")
    _ = try await line.next()
    let today = fixture.time.wallTime - fixture.time.wallTime % 86_400_000
    let devices = try await fixture.ask("GET", "/v1/devices/", as: alice)
    #expect(devices.text.contains("\"lastSeen\":\(today)"))
  }

  @Test func messagesCanBeAskedForAndDeleted() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    try await fixture.register(bob)
    for text in ["x", "y"] {
      let body =
        "{\"timestamp\":\(text == "x" ? 5 : 6),\"messages\":[\(RelayFixture.message(text))]}"
      _ = try await fixture.ask("PUT", "/v1/messages/\(bob)", as: alice, body)
    }
    func one(_ text: String, _ time: Int) -> String {
      """
      {"message":"\(text)==","source":"\(alice)","sourceDevice":1,"timestamp":\(time),"type":1}
      """
    }
    #expect(
      try await fixture.ask("GET", "/v1/messages/", as: bob).text
        == "{\"messages\":[\(one("eA", 5)),\(one("eQ", 6))],\"more\":false}")
    for _ in 1...2 {
      #expect(try await fixture.ask("DELETE", "/v1/messages/\(alice)/5", as: bob).status == 200)
    }
    #expect(try await fixture.ask("DELETE", "/v1/messages/\(alice)/z", as: bob).status == 404)
    #expect(
      try await fixture.ask("GET", "/v1/messages", as: bob).text
        == "{\"messages\":[\(one("eQ", 6))],\"more\":false}")
  }

  @Test func receiptsAreTheServersDialectAlone() async throws {
    for dialect in RelayDialect.allCases {
      let fixture = try await RelayFixture { $0.dialect = dialect }
      try await fixture.register(alice)
      try await fixture.register(bob)
      let path = "/v1/receipt/\(alice)/1395187200000"
      let status = try await fixture.ask("PUT", path, as: bob, "").status
      #expect(status == (dialect == .document ? 404 : 204))
      let waiting = try await fixture.ask("GET", "/v1/messages", as: alice).text
      let receipt = """
        {"source":"\(bob)","sourceDevice":1,"timestamp":1395187200000,"type":5}
        """
      #expect(
        waiting == "{\"messages\":[\(dialect == .document ? "" : receipt)],\"more\":false}")
      #expect(try await fixture.ask("PUT", "/v1/receipt/\(alice)/x", as: bob, "").status == 404)
    }
  }

  @Test func anAcknowledgedMessageIsConfirmedAndAReceiptIsNot() async throws {
    let fixture = try await RelayFixture { $0.dialect = .server }
    try await fixture.register(alice)
    try await fixture.register(bob)
    let (sender, receiver) = (try await fixture.socket(alice), try await fixture.socket(bob))
    _ = try await fixture.send("x", to: bob, from: alice)
    let message = try await receiver.envelope()
    try await receiver.acknowledge(message.id)
    let receipt = try await sender.envelope()
    let expected = IncomingSignal(
      type: 5, source: bob, sourceDevice: 1, timestamp: UInt64(fixture.time.wallTime))
    #expect(receipt.signal == expected.encoded)
    try await sender.acknowledge(receipt.id)
    #expect(
      try await fixture.ask("GET", "/v1/messages", as: bob).text
        == "{\"messages\":[],\"more\":false}")
  }

  @Test func aVoiceServiceIsToldWhatToSay() async throws {
    let fixture = try await RelayFixture()
    let script = try await fixture.ask("POST", "/v1/accounts/voice/twiml/123456")
    #expect(script.status == 200)
    #expect(script.headers["Content-Type"] == "application/xml")
    #expect(script.text.contains("1, 2, 3, 4, 5, 6."))
    for code in ["12345", "12345x", "%3CSay%3E"] {
      #expect(try await fixture.ask("POST", "/v1/accounts/voice/twiml/\(code)").status == 404)
    }
  }

  @Test func keysMayCarryASignature() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice, id: 9)
    let key = RelayFixture.publicKey
    let signature = String(repeating: "A", count: 86)
    func bundle(_ signature: String) -> String {
      """
      {"identityKey":"\(key(251))","lastResortKey":{"keyId":16777215,"publicKey":"\(key(250))"},\
      "preKeys":[{"keyId":4,"publicKey":"\(key(4))"}],\
      "signedPreKey":{"keyId":5,"publicKey":"\(key(5))","signature":"\(signature)"}}
      """
    }
    #expect(try await fixture.ask("GET", "/v2/keys/signed", as: alice).status == 404)
    #expect(try await fixture.ask("GET", "/v2/keys/\(alice)/*", as: alice).status == 404)
    #expect(try await fixture.ask("PUT", "/v2/keys", as: alice, bundle("AAAA")).status == 422)
    #expect(try await fixture.ask("PUT", "/v2/keys", as: alice, bundle(signature)).status == 200)
    #expect(try await fixture.ask("GET", "/v2/keys", as: alice).text == "{\"count\":1}")
    #expect(
      try await fixture.ask("GET", "/v2/keys/\(alice)/*", as: alice).text == """
        {"devices":[{"deviceId":1,"preKey":{"keyId":4,"publicKey":"\(key(4))"},"registrationId":9,\
        "signedPreKey":{"keyId":5,"publicKey":"\(key(5))","signature":"\(signature)"}}],\
        "identityKey":"\(key(251))"}
        """)
    let other = "{\"keyId\":6,\"publicKey\":\"\(key(6))\",\"signature\":\"\(signature)\"}"
    #expect(try await fixture.ask("PUT", "/v2/keys/signed", as: alice, other).status == 200)
    #expect(try await fixture.ask("GET", "/v2/keys/signed", as: alice).text == other)
    // The document's upload has no signed key, and the one before fits no more.
    _ = try await fixture.ask("PUT", "/v1/keys", as: alice, RelayFixture.keys([1]))
    #expect(try await fixture.ask("GET", "/v2/keys/signed", as: alice).status == 404)
  }

  @Test func aLineIsKeptAliveByHTTPToo() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    #expect(try await fixture.ask("GET", "/v1/keepalive", as: alice).status == 200)
    #expect(try await fixture.ask("GET", "/v1/keepalive").status == 401)
  }
}

/// What one network address may do, whatever numbers it names.
@Suite struct AddressLimitTests {
  @Test func codesAreRationedByAddress() async throws {
    let fixture = try await RelayFixture()
    func ask(_ number: Int, from address: String) async throws -> Int {
      try await fixture.ask(
        "GET", "/v1/accounts/sms/code/+1415555\(2000 + number)",
        headers: ["X-Forwarded-For": "9.9.9.9, \(address)"]
      ).status
    }
    for number in 1...20 { #expect(try await ask(number, from: "192.0.2.7") == 200) }
    #expect(try await ask(21, from: "192.0.2.7") == 413)
    #expect(try await ask(22, from: "192.0.2.8") == 200)
    fixture.time.advance(by: .seconds(60))
    #expect(try await ask(23, from: "192.0.2.7") == 200)
  }

  @Test func guessersAreRefusedUnheardAndOthersAreNot() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(RelayFixture.alice)
    func ask(_ password: String, from address: String) async throws -> Int {
      var headers: HTTPHeaders = ["X-Forwarded-For": address]
      headers["Authorization"] = RelayFixture.basic(RelayFixture.alice, password: password)
      return try await fixture.ask("GET", "/v1/keys", headers: headers).status
    }
    for _ in 1...30 { #expect(try await ask("guess", from: "2001:db8:1:2::3") == 401) }
    #expect(try await ask("secret", from: "2001:db8:1:2:ffff::9") == 413)
    #expect(try await ask("secret", from: "2001:db8:1:3::3") == 200)
    fixture.time.advance(by: .seconds(60))
    #expect(try await ask("secret", from: "2001:db8:1:2::3") == 200)
  }

  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
    ("2001:db8::1", "2001:db8::"), ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
  ])
  func anAddressStandsForItsNetwork(_ address: String, _ key: String) {
    let request = HTTPServer.Request(method: "GET", target: "/", address: address)
    #expect(ClientAddress.key(of: request) == key)
  }

  @Test(arguments: ["127.0.0.1", "::1", nil]) func thisMachineIsNotRationed(_ address: String?) {
    let request = HTTPServer.Request(method: "GET", target: "/", address: address)
    #expect(ClientAddress.key(of: request) == nil)
  }
}
