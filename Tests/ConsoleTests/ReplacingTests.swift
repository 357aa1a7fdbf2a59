import Cryptography
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels

private let alice = "+14155550101"
private let bob = "+14155550102"

/// Signing in as somebody else erases what is stored of whoever is signed in: it is asked before.
@MainActor @Suite(.timeLimit(.minutes(10))) struct ReplacingTests {
  /// A chat of the service, to be lost or kept.
  private func mark(_ service: Service, in fixture: HubFixture) async throws {
    try await fixture.store.chats.save([
      ChatRecord(chat: "\(service.rawValue):mark", service: service, kind: .dialog, title: "Mark")
    ])
  }

  private func isMarked(_ service: Service, in fixture: HubFixture) async throws -> Bool {
    try await fixture.store.chats.chat("\(service.rawValue):mark") != nil
  }

  /// The wizard on the first page of one service, which stands in the list so many rows from the top.
  private func wizard(_ console: ConsoleFixture, row: Int) async throws {
    try await console.until("the accounts") { screen in
      screen.status.entries.contains { $0.state != .notSetUp }
    }
    console.press(.character("S"))
    for _ in 0...2 {
      guard case .services(let choices, let selection)? = console.screen.wizard?.page else { break }
      if choices[selection].isChosen != (selection == row) { console.press(.character(" ")) }
      console.press(.down)
    }
    console.press(.enter)
  }

  private func typeNumber(_ number: String, _ console: ConsoleFixture) {
    console.press(.tab, .control("u"), .paste(number), .enter)
  }

  @Test("Another TextSecure number is asked about before any code is sent; no keeps everything")
  func textSecure() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTextSecure(hub, alice)
      try await mark(.textsecure, in: fixture)
      let error = try await hub.failure(of: SignIn.toTextSecure(number: bob))
      #expect(error.kind == .refused && error.code == "would-replace")
      #expect(error.message.contains(alice) && error.message.contains("1 chats"))
      #expect(error.hint.contains("--replace"))

      let console = ConsoleFixture(fixture, hub: hub)
      try await wizard(console, row: 2)
      typeNumber(bob, console)
      let question = try await console.eventually("a question") { $0.question }
      #expect(question.selection == 0 && question.options[0].id == ChoiceModel.no)
      #expect(question.title == Phrase.replaceTitle.with("TextSecure"))
      #expect(question.introduction.contains(alice) && question.introduction.contains(bob))
      #expect(question.introduction.contains("1 chats"))
      console.type("y")
      console.press(.enter)
      #expect(console.screen.inputs[1].text == bob, "back on the page, as it was typed")
      #expect(console.screen.wizard?.problem == nil && console.screen.wizard?.progress == nil)
      #expect(fixture.tape.codes(for: bob).isEmpty)
      #expect(try await isMarked(.textsecure, in: fixture))

      // Esc is a no as well.
      console.press(.enter)
      try await console.until("a question") { $0.question != nil }
      console.press(.escape)
      #expect(console.screen.inputs.count == 3 && fixture.tape.codes(for: bob).isEmpty)

      console.press(.enter)
      try await console.until("a question") { $0.question != nil }
      console.press(.right, .enter)
      try await console.until("the code's page") { $0.inputs.first?.style == .code(places: 6) }
      #expect(try await isMarked(.textsecure, in: fixture), "nothing is erased before the code")
      console.press(.paste(try await fixture.code(for: bob)))
      try await console.until("the end") {
        if case .done? = $0.wizard?.page { true } else { false }
      }
      #expect(try await fixture.store.accounts.account(.textsecure)?.identifier == bob)
      #expect(try await isMarked(.textsecure, in: fixture) == false)
    }
  }

  @Test("A yes to one number is none to the next")
  func anotherNumber() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTextSecure(hub, alice)
      let console = ConsoleFixture(fixture, hub: hub)
      try await wizard(console, row: 2)
      typeNumber(bob, console)
      try await console.until("a question") { $0.question != nil }
      console.press(.right, .enter)
      try await console.until("the code's page") { $0.inputs.first?.style == .code(places: 6) }
      console.press(.escape)
      typeNumber("+14155550103", console)
      try await console.until("a question") { $0.question != nil }
      #expect(fixture.tape.codes(for: "+14155550103").isEmpty)
    }
  }

  @Test("The same number is not asked about")
  func sameNumber() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTextSecure(hub, alice)
      try await mark(.textsecure, in: fixture)
      try await fixture.signInToTextSecure(hub, alice)
      try await fixture.signInToMax(hub)
      try await mark(.max, in: fixture)
      try await fixture.signInToMax(hub)
      try await fixture.signInToTrading(hub)
      try await fixture.signInToTrading(hub)
      #expect(try await isMarked(.textsecure, in: fixture))
      #expect(try await isMarked(.max, in: fixture))
    }
  }

  @Test("Another MAX number is asked about before any code is sent")
  func maxNumber() async throws {
    try await HubFixture.run { fixture in
      let other = fixture.sandbox.endpoints.numbers.second
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      try await mark(.max, in: fixture)
      let console = ConsoleFixture(fixture, hub: hub)
      try await wizard(console, row: 0)
      console.press(.control("u"), .paste(other), .enter)
      let question = try await console.eventually("a question") { $0.question }
      #expect(question.introduction.contains("Ира Т (+79990001122)"))
      console.press(.enter)
      #expect(console.screen.inputs[0].text == other)
      #expect(fixture.tape.codes(for: other).isEmpty)
      console.press(.enter)
      try await console.until("a question") { $0.question != nil }
      console.press(.right, .enter)
      try await console.until("the code's page") { $0.inputs.first?.style == .code(places: 6) }
      #expect(try await isMarked(.max, in: fixture))
      console.press(.paste(try await fixture.code(for: other)))
      try await console.until("the end") {
        if case .done? = $0.wizard?.page { true } else { false }
      }
      #expect(try await isMarked(.max, in: fixture) == false)
    }
  }

  @Test("Whoever scans is known at the end: the login waits for the answer, a no takes it back")
  func maxScan() async throws {
    try await HubFixture.run { fixture in
      let other = fixture.sandbox.endpoints.numbers.second
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      try await mark(.max, in: fixture)
      for isYes in [false, true] {
        let events = fixture.tape.events.count
        async let failure = hub.failure(of: SignIn.byScan())
        let link = try await fixture.tape.eventually("a code") { [tape = fixture.tape] in
          tape.events.dropFirst(events).compactMap { event in
            if case .qr(let link) = event { link } else { nil }
          }.first
        }
        #expect(await fixture.sandbox.approveQR(link, by: other))
        await fixture.time.release(.seconds(5))
        #expect(try await failure.code == "would-replace")
        let line = try await hub.only(ReplaceLogin(service: .max, replace: isYes))
        #expect(line.next == (isYes ? .done : .answers))
        #expect(try await isMarked(.max, in: fixture) == !isYes)
        #expect(fixture.tape.requests("20") == 1, "the session that nobody uses is ended")
        let again = try await hub.failure(of: ReplaceLogin(service: .max, replace: true))
        #expect(again.code == "no-sign-in")
        #expect(try await hub.lines(of: ShowStatus()).first?.state == "online")
      }
    }
  }

  @Test("Another trading key is asked about once the server has taken it")
  func tradingKey() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub { $0.isSandbox = false }
      try await fixture.signInToTrading(hub)
      // The same server by another name, as a second one would be.
      let url = fixture.sandbox.endpoints.tradingURL
      let elsewhere = fixture.hub {
        $0.isSandbox = false
        $0[.trading].url = url.replacing("127.0.0.1", with: "localhost")
      }
      let key = fixture.sandbox.endpoints.tradingKey
      let secret = fixture.sandbox.endpoints.tradingSecret
      let error = try await elsewhere.failure(of: SignIn.toTrading(key: key, secret: secret))
      #expect(error.code == "would-replace" && error.message.contains("the API key"))
      #expect(error.message.contains(url))
      #expect(try await fixture.store.accounts.account(.trading)?.url == url)
      try await elsewhere.only(SignIn.toTrading(key: key, secret: secret, replace: true))
      #expect(try await fixture.store.accounts.account(.trading)?.url != url)
    }
  }

  @Test("The wizard's first page says who is signed in")
  func firstPage() async throws {
    try await HubFixture.run { fixture in
      let hub = try await fixture.signedInHub()
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("both lamps") { $0.isOnline }
      console.press(.character("S"))
      guard case .services(let choices, _)? = console.screen.wizard?.page else {
        Issue.record("not the first page")
        return
      }
      let key = fixture.sandbox.endpoints.tradingKey
      #expect(
        choices.map(\.account) == [
          "signed in as Ира Т", "signed in as sand…\(key.suffix(2))", nil,
        ])
    }
  }

  @Test(
    "Who is signed in is not asked again: S and Enter lead to the one that is missing, and end there"
  )
  func oneServiceAlone() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the account") { $0.lamp(.max) == .online }
      console.press(.character("S"))
      guard case .services(let choices, let selection)? = console.screen.wizard?.page else {
        Issue.record("not the first page")
        return
      }
      #expect(choices.allSatisfy { !$0.isChosen } && choices[selection].service == .trading)
      console.press(.enter)
      #expect(console.screen.wizard?.title == Phrase.tradingTitle.text)
      let endpoints = fixture.sandbox.endpoints
      console.press(.paste(endpoints.tradingKey), .tab)
      console.press(.paste(endpoints.tradingSecret.revealed), .enter)
      let done = try await console.eventually("the end") { screen in
        if case .done(let lines)? = screen.wizard?.page { lines } else { nil }
      }
      #expect(done.count == 1)
    }
  }

  @Test("The sandbox's own answers are selected whole, and the page says whose they are")
  func sandboxAnswers() async throws {
    try await HubFixture.run { fixture in
      let guide = SandboxGuide(
        answers: [.max: ["phone": "+79990001122"]], messages: AsyncStream { $0.finish() })
      let console = ConsoleFixture(fixture, guide: guide)
      try await console.until("the wizard") { $0.wizard != nil }
      console.press(.enter)
      #expect(console.screen.inputs.first?.text == "+79990001122")
      #expect(console.screen.wizard?.delivered == Phrase.sandboxAnswers.text)
      console.type("+49")
      #expect(console.screen.inputs.first?.text == "+49")
      #expect(console.screen.wizard?.delivered == nil)
    }
  }
}
