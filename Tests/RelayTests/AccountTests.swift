import Testing

@testable import Relay

@Suite struct AccountTests {
  private let alice = RelayFixture.alice

  @Test func aCodeIsSentToAWellFormedNumberByAKnownTransport() async throws {
    let fixture = try await RelayFixture()
    #expect(try await fixture.ask("GET", "/v1/accounts/sms/code/\(alice)").status == 200)
    #expect(try await fixture.code(for: alice).count == 6)
    #expect(try await fixture.ask("GET", "/v1/accounts/voice/code/%2B14155550109").status == 200)
    #expect(try await fixture.ask("GET", "/v1/accounts/pigeon/code/\(alice)").status == 415)
    for number in ["14155550100", "+123", "+1415555010x", "+1234567890123456"] {
      #expect(try await fixture.ask("GET", "/v1/accounts/sms/code/\(number)").status == 400)
    }
  }

  @Test func codesAreRationedByNumber() async throws {
    let fixture = try await RelayFixture()
    let path = "/v1/accounts/sms/code/\(alice)"
    for _ in 1...2 { #expect(try await fixture.ask("GET", path).status == 200) }
    let refused = try await fixture.ask("GET", path)
    #expect(refused.status == 413)
    #expect(refused.headers["Retry-After"] == "30")
    #expect(try await fixture.ask("GET", "/v1/accounts/sms/code/+14155550109").status == 200)
    fixture.time.advance(by: .seconds(30))
    #expect(try await fixture.ask("GET", path).status == 200)
  }

  @Test func aCodeThatCannotBeDeliveredIs503() async throws {
    let fixture = try await RelayFixture { $0.deliver = { _ in false } }
    #expect(try await fixture.ask("GET", "/v1/accounts/sms/code/\(alice)").status == 503)
  }

  @Test(arguments: ["accounts", "acccounts"])
  func theRightCodeMakesAnAccountOnce(_ word: String) async throws {
    let fixture = try await RelayFixture()
    _ = try await fixture.ask("GET", "/v1/accounts/sms/code/\(alice)")
    let code = try await fixture.code(for: alice)
    let path = "/v1/\(word)/code/\(code)"
    let body = RelayFixture.registration()
    #expect(try await fixture.ask("PUT", path, body).status == 401)
    #expect(try await fixture.ask("PUT", "/v1/\(word)/code/1", as: alice, body).status == 403)
    let accepted = try await fixture.ask("PUT", path, as: alice, body)
    #expect(accepted.status == 200)
    #expect(accepted.body.isEmpty)
    #expect(try await fixture.ask("GET", "/v1/keys", as: alice).status == 200)
    fixture.time.advance(by: .seconds(60))
    #expect(try await fixture.ask("PUT", path, as: alice, body).status == 403)
  }

  @Test func guessingIsRationed() async throws {
    let fixture = try await RelayFixture()
    let body = RelayFixture.registration()
    var statuses: [Int] = []
    for _ in 1...3 {
      statuses.append(
        try await fixture.ask("PUT", "/v1/accounts/code/111111", as: alice, body).status)
    }
    #expect(statuses == [403, 403, 413])
  }

  @Test func aCodeExpires() async throws {
    let fixture = try await RelayFixture()
    _ = try await fixture.ask("GET", "/v1/accounts/sms/code/\(alice)")
    let code = try await fixture.code(for: alice)
    fixture.time.advance(by: RelayAPI.codeLifetime)
    let late = try await fixture.ask(
      "PUT", "/v1/accounts/code/\(code)", as: alice, RelayFixture.registration())
    #expect(late.status == 403)
  }

  @Test(arguments: [
    ("{", 415, 400), ("[]", 422, 422), ("{}", 422, 422),
    ("{\"signalingKey\":\"AAAA\",\"registrationId\":1}", 422, 422),
    ("{\"signalingKey\":\"\(RelayFixture.signalingKey)\",\"registrationId\":16384}", 422, 422),
  ])
  func badBodiesAreRefused(_ body: String, document: Int, server: Int) async throws {
    for dialect in RelayDialect.allCases {
      let fixture = try await RelayFixture { $0.dialect = dialect }
      let answer = try await fixture.ask("PUT", "/v1/accounts/code/123456", as: alice, body)
      #expect(answer.status == (dialect == .document ? document : server))
    }
  }

  @Test func theServersOwnDialectSays204And422() async throws {
    let fixture = try await RelayFixture { $0.dialect = .server }
    #expect(try await fixture.register(alice).status == 204)
    #expect(try await fixture.ask("GET", "/v1/accounts/x/code/\(alice)").status == 422)
  }

  @Test func pushIdsMakeADeviceActiveAndReplaceEachOther() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice, fetches: false)
    #expect(try await fixture.send("x", to: alice, from: alice) == 404)
    let apn = try await fixture.ask(
      "PUT", "/v1/accounts/apn/", as: alice, "{\"apnRegistrationId\":\"a\"}")
    #expect(apn.status == 200)
    #expect(try await fixture.send("x", to: alice, from: alice) == 200)
    let gcm = try await fixture.ask(
      "PUT", "/v1/accounts/gcm", as: alice, "{\"gcmRegistrationId\":\"g\"}")
    #expect(gcm.status == 200)
    #expect(try await fixture.ask("DELETE", "/v1/accounts/apn/", as: alice).status == 200)
    #expect(try await fixture.send("x", to: alice, from: alice) == 200)
    #expect(try await fixture.ask("DELETE", "/v1/accounts/gcm/", as: alice).status == 200)
    #expect(try await fixture.send("x", to: alice, from: alice) == 404)
    let path = "/v1/accounts/gcm/"
    #expect(
      try await fixture.ask("PUT", path, as: alice, "{\"gcmRegistrationId\":\"\"}").status == 422)
    #expect(try await fixture.ask("PUT", path, as: alice, "no").status == 415)
    #expect(try await fixture.ask("PUT", path, as: alice, "{}", type: "text/plain").status == 415)
    #expect(try await fixture.ask("PUT", path, "{}").status == 401)
  }

  @Test func everyEndpointWithCredentialsChecksThem() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    let calls = [
      ("PUT", "/v1/keys"), ("GET", "/v1/keys"), ("GET", "/v1/keys/\(alice)"),
      ("GET", "/v1/keys/\(alice)/*"), ("PUT", "/v1/directory/tokens"), ("GET", "/v1/directory/x"),
      ("PUT", "/v1/messages/\(alice)"), ("GET", "/v1/attachments/"), ("GET", "/v1/attachments/1"),
      ("GET", "/v1/devices/provisioning_code"), ("DELETE", "/v1/accounts/gcm"),
    ]
    for (method, path) in calls {
      let bare = try await fixture.ask(method, path)
      #expect(bare.status == 401, "\(method) \(path)")
      #expect(bare.headers["WWW-Authenticate"] == "Basic realm=\"TextSecure\"")
      #expect(try await fixture.ask(method, path, as: RelayFixture.bob).status == 401)
      #expect(try await fixture.ask(method, path, as: alice + ".2").status == 401)
    }
  }

  @Test func registeringAnewForgetsDevicesKeysAndQueue() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    #expect(try await fixture.link(alice) == 2)
    _ = try await fixture.ask("PUT", "/v1/keys", as: alice, RelayFixture.keys([1]))
    let line = try await fixture.socket(alice)
    try await fixture.register(alice, id: 8)
    #expect(await line.connection.closure == .byPeer(code: 4409, reason: "Replaced"))
    #expect(try await fixture.ask("GET", "/v1/keys", as: alice + ".2").status == 401)
    #expect(try await fixture.ask("GET", "/v1/keys", as: alice).text == "{\"count\":0}")
  }

  @Test func devicesAreLinkedWithACodeUpToALimit() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    for id in 2...RelayAPI.deviceLimit {
      #expect(try await fixture.link(alice) == id)
      fixture.time.advance(by: .seconds(120))
    }
    let body = RelayFixture.registration()
    #expect(try await fixture.ask("PUT", "/v1/devices/1", as: alice, body).status == 413)
    #expect(try await fixture.ask("PUT", "/v1/devices/1", as: RelayFixture.bob, body).status == 403)
    #expect(try await fixture.ask("PUT", "/v1/devices/1", body).status == 401)
    #expect(try await fixture.ask("GET", "/v1/keys", as: "\(alice).6").status == 200)
  }
}
