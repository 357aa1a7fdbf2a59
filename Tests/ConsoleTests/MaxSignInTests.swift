import Cryptography
import Phrases
import Sandbox
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState
@testable import Storage
@testable import ViewModels

/// Ways into MAX besides a code, and what stands in the way.
@MainActor @Suite(.timeLimit(.minutes(10))) struct MaxSignInTests {
  /// A console on MAX's first page, with the chosen way.
  private func wizard(
    _ fixture: HubFixture, rights: Int, guide: SandboxGuide? = nil
  ) async throws
    -> ConsoleFixture
  {
    let console = ConsoleFixture(fixture, guide: guide)
    try await console.until("the wizard") { $0.wizard != nil }
    console.press(.down, .character(" "), .enter, .tab)
    for _ in 0..<rights { console.press(.right) }
    return console
  }

  /// Scans what is shown with a phone, then lets the next question be asked.
  private func scan(_ link: String, _ fixture: HubFixture) async {
    #expect(await fixture.sandbox.approveQR(link, by: fixture.sandbox.endpoints.numbers.main))
    await fixture.time.release(.seconds(5))
  }

  private func refusals(_ fixture: HubFixture) -> Int {
    fixture.tape.events.count { if case .refused(.max, _, _) = $0 { true } else { false } }
  }

  @Test("A phone scans the code, the password is asked for, and then one is in")
  func scanned() async throws {
    try await HubFixture.run(.guarded) { fixture in
      let guide = SandboxGuide(
        answers: [:], password: fixture.sandbox.endpoints.numbers.password,
        messages: AsyncStream { $0.finish() })
      let console = try await wizard(fixture, rights: 1, guide: guide)
      console.press(.enter)
      let link = try await console.eventually("a code") { $0.wizard?.picture }
      #expect(link.hasPrefix("https://max.example/qr/"))
      #expect(console.screen.wizard?.progress == Phrase.waitingForPhone.text)
      #expect(console.screen.wizard?.note == Phrase.scanWithin.with("1 min"))
      #expect(console.screen.untilExpiry ?? .seconds(9) <= .seconds(1))
      await scan(link, fixture)
      try await console.until("the password's page") { $0.inputs.first?.style == .secret }
      #expect(console.screen.wizard?.introduction.last == "Hint: лошадь, но правильная")
      #expect(console.screen.wizard?.delivered?.contains("correct horse") == true)
      #expect(console.screen.wizard?.picture == nil)
      console.type("wrong")
      console.press(.enter)
      try await console.until("that it is wrong") { $0.wizard?.problem != nil }
      #expect(console.screen.inputs.first?.text == "")
      console.type("correct horse")
      console.press(.enter)
      try await console.until("the end") {
        if case .done? = $0.wizard?.page { true } else { false }
      }
      let account = try #require(try await fixture.store.accounts.account(.max))
      #expect(account.identifier == "+79990001122" && account.displayName == "Ира Т")
    }
  }

  @Test("Codes follow one another as they expire; Esc stops asking after them")
  func expired() async throws {
    try await HubFixture.run(.guarded, faults: "qr-expires@1") { fixture in
      let console = try await wizard(fixture, rights: 1)
      console.press(.enter)
      let first = try await console.eventually("a code") { $0.wizard?.picture }
      await fixture.time.release(.seconds(5))
      let second = try await console.eventually("another code") { screen in
        screen.wizard?.picture.flatMap { $0 == first ? nil : $0 }
      }
      #expect(second != first)
      console.press(.escape)
      #expect(console.screen.wizard?.picture == nil)
      #expect(console.screen.inputs.count == 2)
      _ = try await fixture.tape.eventually("the line closed") { [tape = fixture.tape] in
        tape.events.contains { if case .disconnected(.max, _) = $0 { true } else { false } }
          ? true : nil
      }
      let error = try await console.model.context.hub.failure(
        of: EnterCode(service: .max, code: "1"))
      #expect(error.code == "no-sign-in")
    }
  }

  @Test("A login made elsewhere is taken over with its device, and nobody else's is lost for it")
  func token() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let known = try #require(try await fixture.store.accounts.account(.max))
      let device = try #require(known.deviceId)

      let other = try Store.inMemory()
      let hub = fixture.hub(store: other)
      for (token, id) in [("no token\"", device), (known.secret.revealed, ""), ("", device)] {
        let error = try await hub.failure(of: SignIn.byToken(Secret(token), device: id))
        #expect(error.kind == .usage)
      }
      let stored = #"{"token":"\#(known.secret.revealed)","viewerId":54321001}"#
      let line = try await hub.only(
        SignIn.byToken(Secret(stored), device: "\"\(device)\" "))
      #expect(line.login?.account == "Ира Т")
      let account = try #require(try await other.accounts.account(.max))
      #expect(account.deviceId == device && account.identifier == "+79990001122")

      // Refused before anything of the account is touched.
      let error = try await hub.failure(
        of: SignIn.byToken(Secret("sandbox-1-2-3"), device: device))
      #expect(error.kind == .credentials)
      let kept = try await other.accounts.account(.max)
      #expect(kept?.secret == account.secret && kept?.deviceId == device)
      #expect(try await hub.lines(of: ShowStatus()).first?.state == "online")
    }
  }

  @Test("A scan by the same person keeps what is stored, one by somebody else does not")
  func samePerson() async throws {
    try await HubFixture.run(.guarded) { fixture in
      let numbers = fixture.sandbox.endpoints.numbers
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      try await hub.only(EnterPassword(service: .max, password: Secret(numbers.password)))
      try await fixture.store.calls.save(
        CallRecord(
          service: .max, conversationId: "mark", callerId: "5", kind: .audio, at: 1, state: .missed)
      )
      for (number, isKept) in [(numbers.main, true), (numbers.second, false)] {
        let events = fixture.tape.events.count
        async let lines = hub.lines(of: SignIn.byScan(replace: true))
        let link = try await fixture.tape.eventually("a code") { [tape = fixture.tape] in
          tape.events.dropFirst(events).compactMap { event in
            if case .qr(let link) = event { link } else { nil }
          }.first
        }
        #expect(await fixture.sandbox.approveQR(link, by: number))
        await fixture.time.release(.seconds(5))
        if try await lines.last?.next == .password {
          try await hub.only(EnterPassword(service: .max, password: Secret(numbers.password)))
        }
        #expect(try await fixture.store.accounts.account(.max)?.identifier == number)
        let mark = try await fixture.store.calls.call("mark")
        #expect((mark != nil) == isKept, "\(number)")
      }
    }
  }

  @Test("A captcha's link is shown, and Enter asks for the code again")
  func captcha() async throws {
    try await HubFixture.run(faults: "refuse=17:captcha.required") { fixture in
      let console = try await wizard(fixture, rights: 0)
      console.press(.backTab, .paste(fixture.sandbox.endpoints.numbers.main), .enter)
      let link = try await console.eventually("the link") { $0.wizard?.picture }
      #expect(link == "https://max.example/captcha/79990001122")
      #expect(refusals(fixture) == 1)
      console.press(.enter)
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(refusals(fixture) == 2)
      let error = try await console.eventually("the page") { $0.wizard?.title }
      #expect(error == Phrase.captchaTitle.with("MAX"))
    }
  }

  @Test("After too many tries the page counts down, and asks nobody meanwhile")
  func flood() async throws {
    try await HubFixture.run(faults: "refuse=17:error.limit.violate") { fixture in
      let console = try await wizard(fixture, rights: 0)
      console.press(.backTab, .paste(fixture.sandbox.endpoints.numbers.main), .enter)
      try await console.until("words about it") { $0.wizard?.problem != nil }
      #expect(console.screen.wizard?.note == Phrase.pauseFor.with("MAX", "5 min"))
      #expect(console.screen.untilExpiry ?? .seconds(9) <= .seconds(1))
      console.press(.enter, .enter)
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(refusals(fixture) == 1)
      fixture.time.advance(by: .seconds(301))
      #expect(console.screen.wizard?.note == nil)
      console.press(.enter)
      #expect(console.screen.wizard?.progress == Phrase.askingForCode.text)
    }
  }

  @Test("Where no code comes, the page says why, and Ctrl-R asks again when that is of use")
  func noCode() async throws {
    try await HubFixture.run(faults: "refuse=288:error.limit.violate") { fixture in
      let console = try await wizard(fixture, rights: 1)
      console.press(.enter)
      try await console.until("words about it") { $0.wizard?.problem != nil }
      #expect(console.screen.wizard?.note == Phrase.pauseFor.with("MAX", "5 min"))
      console.press(.control("r"), .enter)
      #expect(console.screen.wizard?.progress == nil && refusals(fixture) == 1)
      fixture.time.advance(by: .seconds(301))
      console.press(.control("r"))
      #expect(console.screen.wizard?.progress == Phrase.askingForCode.text)
      console.press(.escape)
      #expect(console.screen.inputs.count == 2)
    }
  }

  @Test("A client that is too old says where the version is set; a set one is what servers see")
  func tooOld() async throws {
    try await HubFixture.run(faults: "unsupported-version@1") { fixture in
      let hub = fixture.hub { $0[.max].clientVersion = "26.9.8" }
      let number = fixture.sandbox.endpoints.numbers.main
      let error = try await hub.failure(of: SignIn.toMax(phone: number))
      #expect(
        error.code == "client.unsupported-version" && error.hint.contains("--max-app-version"))
      try await fixture.signInToMax(hub)
      let device = try #require(try await hub.lines(of: ListDevices()).first)
      #expect(device.info == "WEB 26.9.8" && device.current)
    }
  }

  @Test(
    "Where the server says that it sends no codes, the QR code comes up by itself, with a reason")
  func noCodes() async throws {
    try await HubFixture.run(faults: "phone-auth=off") { fixture in
      let console = try await wizard(fixture, rights: 0)
      let link = try await console.eventually("a code to scan") { $0.wizard?.picture }
      #expect(link.hasPrefix("https://max.example/qr/"))
      #expect(console.screen.wizard?.introduction.first == Phrase.noCodesHere.with("MAX"))
      #expect(refusals(fixture) == 0, "nobody has asked for a code")
      console.press(.escape)
      #expect(console.screen.inputs.count == 2)
      // Whoever asks for a code all the same is led there again.
      let line = try await console.model.context.hub.only(
        SignIn.toMax(phone: fixture.sandbox.endpoints.numbers.main))
      #expect(line.next == .noCodes)
      #expect(
        try await console.model.context.hub.only(AskSignInWays(service: .max)).next == .noCodes)
    }
  }

  @Test("A refusal to send a code leads to the QR code, also where the greeting promised one")
  func codeRefused() async throws {
    try await HubFixture.run(faults: "refuse=17:service.unavailable") { fixture in
      let console = try await wizard(fixture, rights: 0)
      console.press(.backTab, .paste(fixture.sandbox.endpoints.numbers.main), .enter)
      _ = try await console.eventually("a code to scan") { $0.wizard?.picture }
      #expect(console.screen.wizard?.introduction.first == Phrase.noCodesHere.with("MAX"))
    }
  }

  @Test("After a minute without an SMS, Enter leads to the QR code, and the page says so")
  func silence() async throws {
    try await HubFixture.run(faults: "phone-auth=silent") { fixture in
      let console = try await wizard(fixture, rights: 0)
      console.press(.backTab, .paste(fixture.sandbox.endpoints.numbers.main), .enter)
      try await console.until("the code's page") { $0.inputs.count == 1 }
      #expect(fixture.tape.codes(for: fixture.sandbox.endpoints.numbers.main) == [])
      console.press(.enter)
      #expect(console.screen.inputs.count == 1 && console.screen.wizard?.picture == nil)
      fixture.time.advance(by: .seconds(61))
      #expect(console.screen.wizard?.note == Phrase.noCodeCame.with("MAX"))
      console.press(.enter)
      _ = try await console.eventually("a code to scan") { $0.wizard?.picture }
    }
  }

  @Test("On the real server the QR code is named first")
  func order() throws {
    var settings = HubSettings()
    #expect(settings.usesRealMax)
    settings[.max].url = "ws://127.0.0.1:1/websocket"
    #expect(!settings.usesRealMax)
    settings[.max].url = "wss://api.oneme.ru/websocket"
    #expect(settings.usesRealMax)
    settings[.max].url = nil
    settings.isSandbox = true
    #expect(!settings.usesRealMax)
  }

  @Test("The wizard's first choice there is the QR code; elsewhere it is the code by SMS")
  func firstChoice() async throws {
    try await HubFixture.run { fixture in
      @MainActor func firstWay(_ url: String) -> String {
        let hub = fixture.hub { ($0[.max].url, $0.isSandbox) = (url, false) }
        let model = ConsoleModel(hub: hub, zone: .utc)
        let steps = SignInModel(
          model.context, .max, sandbox: nil, ask: { _, _ in }, onDone: { _ in })
        return steps.form.text(1)
      }
      // Plain text leaves this machine for nobody: no server is dialled.
      #expect(firstWay("ws://api.oneme.ru/websocket") == Phrase.byQR.text)
      #expect(firstWay(fixture.sandbox.endpoints.maxURL) == Phrase.byCode.text)
    }
  }

  @Test(
    "Where the text form is refused the binary one is used, and remembered",
    arguments: ["text=refused", "text=unsupported"])
  func otherForm(fault: String) async throws {
    try await HubFixture.run(faults: fault) { fixture in
      let hub = fixture.hub()
      let login = try await fixture.signInToMax(hub)
      #expect(login.login?.state == "online" && login.login?.codec == "binary")
      #expect(try await hub.lines(of: ShowStatus()).first?.codec == "binary")
      let server = try await hub.lines(of: ListServers()).first
      #expect(server?.codec == "binary" && server?.url == fixture.sandbox.endpoints.maxBinaryURL)
      await hub.close()
      let tries = {
        fixture.tape.events.count { if case .fault("text") = $0 { true } else { false } }
      }
      let before = tries()
      let second = fixture.hub()
      #expect(try await second.lines(of: ShowStatus()).first?.state == "online")
      #expect(tries() == before, "the text form is not tried again")
      await second.close()
      // A form that is named is the one that is spoken.
      let strict = fixture.hub(codec: "json") { $0[.max].url = fixture.sandbox.endpoints.maxURL }
      #expect(try await strict.lines(of: ListServers()).first?.codec == "json")
    }
  }

  @Test("An account that was signed in by the text form falls back when that is refused one day")
  func laterForm() async throws {
    try await HubFixture.run(faults: "text=refused") { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      await first.close()
      var account = try #require(try await fixture.store.accounts.account(.max))
      account.settings.textRefusedAt = nil
      try await fixture.store.accounts.save(account)
      let hub = fixture.hub()
      #expect(try await hub.lines(of: ShowStatus()).first?.codec == "binary")
      let kept = try await fixture.store.accounts.account(.max)?.settings.textRefusedAt
      #expect(kept == fixture.sandbox.endpoints.maxURL)
    }
  }

  @Test("The device is named once for a profile, before the first sign-in, and failures keep it")
  func device() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let phone = fixture.sandbox.endpoints.numbers.main
      try await hub.only(SignIn.toMax(phone: phone))
      let named = try #require(try await fixture.store.settings.value(.maxDevice))
      await hub.close()
      let second = fixture.hub()
      try await fixture.signInToMax(second)
      #expect(try await fixture.store.accounts.account(.max)?.deviceId == named)
    }
  }
}
