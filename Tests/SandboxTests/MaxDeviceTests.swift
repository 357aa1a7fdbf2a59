import Testing
import Transport

@testable import Sandbox

/// Sessions, second factors and QR codes.
@Suite struct MaxDeviceTests {
  @Test func sessionsAreListedAndTheOthersClosed() async throws {
    let fixture = try await SandboxFixture()
    let phone = try await RawMaxConnection(fixture)
    _ = try await phone.logIn(Cast.numbers.main)
    let desk = try await RawMaxConnection(fixture, .binary)
    let signedIn = try await desk.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    _ = try await desk.logIn(token: token)
    let pavel = try await RawMaxConnection(fixture)
    _ = try await pavel.logIn(Cast.numbers.second)

    let sessions = try await desk.ask(96).payload.sessions.items
    #expect(sessions.count == 2)
    #expect(sessions.map(\.current) == [true, false])
    #expect(sessions[0].client == "Chrome, Windows")

    let new = try await desk.ask(97).payload.token.string ?? ""
    #expect(new != token)
    #expect(try await phone.push(20).payload == .null)
    #expect(try await phone.ask(158).payload.error == "proto.state")
    #expect(try await desk.ask(96).payload.sessions.items.count == 1)
    #expect(try await pavel.ask(158).cmd == 1)
    #expect(try await desk.logIn(token: token).payload.error == "login.token")
    #expect(try await desk.logIn(token: new).cmd == 1)
  }

  @Test func aQRCodeIsApprovedByATelephone() async throws {
    let fixture = try await SandboxFixture()
    let phone = try await RawMaxConnection(fixture)
    _ = try await phone.logIn(Cast.numbers.second)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.greet()
    let shown = try await line.ask(288).payload
    let link = shown.qrLink.string ?? ""
    let track = #"{"trackId":"\#(shown.trackId.string ?? "")"}"#
    #expect(try await line.ask(289, track).payload.status.loginAvailable == false)
    #expect(try await phone.ask(290, #"{"qrLink":"\#(link)"}"#).cmd == 1)
    #expect(try await line.ask(289, track).payload.status.loginAvailable == true)
    let signedIn = try await line.ask(291, track)
    #expect(signedIn.payload.profile.contact.id == .integer(Cast.pavel))
  }

  @Test func aQRCodeIsAnEventAndATestApprovesIt() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.greet()
    let shown = try await line.ask(288).payload
    let link = try await fixture.event { if case .qr(let link) = $0 { link } else { nil } }
    #expect(shown.qrLink == .text(link))
    #expect(await !fixture.sandbox.approveQR(link, by: "+70000000000"))
    #expect(await !fixture.sandbox.approveQR("https://example.org", by: Cast.numbers.main))
    #expect(await fixture.sandbox.approveQR(link, by: Cast.numbers.withPassword))
    let track = #"{"trackId":"\#(shown.trackId.string ?? "")"}"#
    let challenge = try await line.ask(291, track).payload.passwordChallenge
    let answer = try await line.ask(
      115,
      #"{"trackId":"\#(challenge.trackId.string ?? "")","password":"\#(Cast.numbers.password)"}"#)
    #expect(answer.payload.profile.contact.id == .integer(Cast.maria))
  }

  @Test func theGuardedAccountAsksForItsPassword() async throws {
    let fixture = try await SandboxFixture(.guarded)
    let line = try await RawMaxConnection(fixture)
    let challenge = try await line.enter(Cast.numbers.main).payload.passwordChallenge
    #expect(challenge.trackId.string != nil)
    let track = #"{"trackId":"\#(challenge.trackId.string ?? "")","password":"no"}"#
    for _ in 0..<5 {
      #expect(try await line.ask(115, track).payload.error == "error.password.wrong")
    }
    #expect(try await line.ask(115, track).payload.error == "error.code.attempt.limit")
  }

  @Test func aCodeCanExpireBeforeItsApproval() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "qr-expires@2"))
    _ = try await line.greet()
    let shown = try await line.ask(288).payload
    let track = #"{"trackId":"\#(shown.trackId.string ?? "")"}"#
    #expect(try await line.ask(289, track).cmd == 1)
    #expect(try await line.ask(289, track).payload.error == "track.not.found")
  }

  @Test func whoLogsInAgainAndAgainLosesTheTokenThenHasToWait() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    for _ in 1...40 { #expect(try await line.logIn(token: token, chats: 1).cmd == 1) }
    #expect(try await line.logIn(token: token).payload.error == "login.token")
    #expect(try await line.logIn(token: token).payload.error == "error.limit.violate")
  }

  @Test func muteIsKeptAndToldToTheOtherDevices() async throws {
    let fixture = try await SandboxFixture()
    let phone = try await RawMaxConnection(fixture)
    _ = try await phone.logIn(Cast.numbers.main)
    let desk = try await RawMaxConnection(fixture)
    _ = try await desk.logIn(Cast.numbers.main)
    _ = try await desk.ask(
      22, #"{"settings":{"chats":{"\#(Cast.dialog)":{"dontDisturbUntil":-1}}}}"#)
    let told = try await phone.push(134).payload.config.chats["\(Cast.dialog)"]
    #expect(told.dontDisturbUntil == -1)
    let again = try await RawMaxConnection(fixture).logIn(Cast.numbers.main).payload.config.chats
    #expect(again["\(Cast.dialog)"].dontDisturbUntil == -1)
  }

  @Test func whatIsBegunOnOneDeviceIsThereOnTheOther() async throws {
    let fixture = try await SandboxFixture()
    let phone = try await RawMaxConnection(fixture)
    _ = try await phone.logIn(Cast.numbers.main)
    let desk = try await RawMaxConnection(fixture, .binary)
    _ = try await desk.logIn(Cast.numbers.main)
    _ = try await desk.ask(176, #"{"chatId":\#(Cast.dialog),"text":"Я ду","time":5}"#)
    #expect(try await phone.push(152).payload.draft.text == "Я ду")
    func drafts() async throws -> JSON {
      try await RawMaxConnection(fixture).logIn(Cast.numbers.main).payload.drafts.chats.saved
    }
    #expect(try await drafts()["\(Cast.dialog)"].text == "Я ду")
    _ = try await desk.ask(177, #"{"chatId":\#(Cast.dialog)}"#)
    #expect(try await phone.push(153).payload.chatId == .integer(Cast.dialog))
    #expect(try await drafts().keys.isEmpty)
  }

  @Test func aCaptchaIsOfferedBeforeTheSignIn() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "refuse=17:captcha.required@1"))
    _ = try await line.greet()
    let number = Cast.numbers.main
    let code = #"{"phone":"\#(number)","type":"START_AUTH","language":"ru"}"#
    #expect(try await line.ask(17, code).payload.error == "captcha.required")
    let captcha = try await line.ask(224, #"{"source":"auth","identifier":"\#(number)"}"#)
    #expect(captcha.payload.link.string?.hasPrefix("https://") == true)
    #expect(try await line.ask(17, code).cmd == 1)
  }

  @Test func comingAndGoingIsTold() async throws {
    let fixture = try await SandboxFixture()
    let ira = try await RawMaxConnection(fixture)
    _ = try await ira.logIn(Cast.numbers.main)
    let pavel = try await RawMaxConnection(fixture, .binary)
    _ = try await pavel.logIn(Cast.numbers.second)
    let came = try await ira.push(132).payload
    #expect(came.userId == .integer(Cast.pavel) && came.presence.status == 1)
    await pavel.line.connection.close()
    #expect(try await ira.push(132).payload.presence.status == 0)
  }
}
