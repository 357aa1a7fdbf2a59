import Sandbox
import Testing

@Suite struct MaxSignInTests {
  @Test func nothingPassesBeforeTheGreeting() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    for opcode in [1, 17, 19, 49] {
      let answer = try await line.ask(opcode)
      #expect(answer.cmd == 3)
      #expect(answer.ver == 11)
      #expect(answer.payload.error == "proto.state")
    }
    #expect(try await line.greet().payload.location == "RU")
    #expect(try await line.ask(49, "{}").payload.error == "proto.state")
  }

  @Test(arguments: [
    ("\"timezone\":\"Europe/Moscow\"", "\"zone\":1", "payload.userAgent.timezone: required"),
    ("\"locale\":\"ru\",\"deviceLocale\"", "\"locale\":7,\"deviceLocale\"", "expected String"),
    ("550e8400-e29b", "550e8400+e29b", "deviceId: not a UUID"),
  ])
  func aGreetingIsComplete(part: String, replacement: String, complaint: String) async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    let answer = try await line.ask(6, RawMaxConnection.hello.replacing(part, with: replacement))
    #expect(answer.payload.error == "proto.payload")
    #expect(answer.payload.message.string?.contains(complaint) == true)
  }

  @Test func aCodeLeadsToATokenAndTheTokenToTheAccount() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.greet()
    let (token, code) = try await line.code(for: Cast.numbers.main)
    #expect(code.count == 6)
    let signedIn = try await line.ask(18, RawMaxConnection.code(token, code))
    #expect(signedIn.cmd == 1)
    #expect(signedIn.payload.profile.contact.phone == 79_990_001_122)
    let login = try await line.logIn(
      token: signedIn.payload.tokenAttrs.LOGIN.token.string ?? "")
    #expect(login.cmd == 1)
    #expect(login.payload.profile.contact.id == .integer(Cast.ira))
    // The code is used up.
    #expect(
      try await line.ask(18, RawMaxConnection.code(token, code)).payload.error
        == "auth.invalid.code")
  }

  @Test(arguments: ["79991234567", "+7999123456", "+799912345678", "+19991234567", "+7999123456x"])
  func aNumberHasOneForm(number: String) async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.greet()
    let answer = try await line.ask(
      17, #"{"phone":"\#(number)","type":"START_AUTH","language":"ru"}"#)
    #expect(answer.payload.error == "error.phone.wrong")
  }

  @Test func fiveWrongCodesAreTheLast() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.greet()
    let (token, code) = try await line.code(for: Cast.numbers.main)
    for _ in 0..<5 {
      let answer = try await line.ask(
        18, RawMaxConnection.code(token, code == "000000" ? "1" : "000000"))
      #expect(answer.payload.error == "error.code.wrong")
    }
    #expect(
      try await line.ask(18, RawMaxConnection.code(token, code)).payload.error
        == "error.code.attempt.limit")
  }

  @Test func aCodeExpires() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.greet()
    let (token, code) = try await line.code(for: Cast.numbers.main)
    fixture.time.setWallTime(fixture.time.wallTime + 300_000)
    #expect(
      try await line.ask(18, RawMaxConnection.code(token, code)).payload.error
        == "error.code.expired")
  }

  @Test func aResentCodeReplacesTheFirstAndFiveAreTheMost() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.greet()
    let first = try await line.code(for: Cast.numbers.main)
    var newest = first
    for _ in 0..<4 { newest = try await line.code(for: Cast.numbers.main, type: "RESEND") }
    #expect(
      try await line.ask(18, RawMaxConnection.code(first.0, first.1)).payload.error
        == "auth.invalid.code")
    let request = #"{"phone":"\#(Cast.numbers.main)","type":"RESEND","language":"ru"}"#
    #expect(try await line.ask(17, request).payload.error == "code.limit")
    #expect(try await line.ask(18, RawMaxConnection.code(newest.0, newest.1)).cmd == 1)
    fixture.time.setWallTime(fixture.time.wallTime + 600_000)
    #expect(try await line.ask(17, request).payload.requestCountLeft == 4)
  }

  @Test func aSecondFactorIsAskedFor() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    let challenged = try await line.enter(Cast.numbers.withPassword)
    #expect(challenged.payload.tokenAttrs == .null)
    let track = try #require(challenged.payload.passwordChallenge.trackId.string)
    func answer(_ password: String, _ track: String) async throws -> JSON {
      try await line.ask(115, #"{"trackId":"\#(track)","password":"\#(password)"}"#)
    }
    #expect(try await answer("wrong", track).payload.error == "error.password.wrong")
    #expect(try await answer("x", "other").payload.error == "track.not.found")
    let signedIn = try await answer(Cast.numbers.password, track)
    let token = try #require(signedIn.payload.tokenAttrs.LOGIN.token.string)
    #expect(
      try await line.logIn(token: token).payload.profile.contact.names[0].firstName == "Мария")
  }

  @Test func aQRCodeIsApprovedWithTheThirdQuestion() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.greet()
    let shown = try await line.ask(288)
    #expect(shown.payload.qrLink.string?.hasPrefix("https://") == true)
    let track = #"{"trackId":"\#(shown.payload.trackId.string ?? "")"}"#
    #expect(try await line.ask(291, track).payload.error == "track.not.confirmed")
    for isApproved in [false, false, true] {
      let state = try await line.ask(289, track)
      #expect(state.payload.status.loginAvailable == .bool(isApproved))
    }
    #expect(try await line.ask(291, track).payload.tokenAttrs.LOGIN.token.string != nil)

    let late = try await line.ask(288)
    fixture.time.setWallTime(fixture.time.wallTime + 60_000)
    let lateTrack = #"{"trackId":"\#(late.payload.trackId.string ?? "")"}"#
    #expect(try await line.ask(289, lateTrack).payload.error == "track.not.found")
  }

  @Test func aLogoutEndsTheToken() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    _ = try await line.logIn(token: token)
    let answer = try await line.ask(20)
    #expect(answer.cmd == 1)
    #expect(answer.payload == .null)
    let refused = try await line.logIn(token: token)
    #expect(refused.payload.error == "login.token")
    #expect(refused.payload.message == "FAIL_LOGIN_TOKEN")
  }

  @Test func anyNumberGetsAFurnishedAccount() async throws {
    let fixture = try await SandboxFixture()
    let login = try await RawMaxConnection(fixture).logIn("+79995550000")
    #expect(login.payload.profile.contact.phone == 79_995_550_000)
    #expect(login.payload.chats.items.count > 25)
  }
}
