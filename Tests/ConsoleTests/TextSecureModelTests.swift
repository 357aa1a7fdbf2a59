import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import ScreenState
@testable import TextSecureService

private let alice = "+14155550101"
private let bob = "+14155550102"
private let carol = "+14155550103"

/// TextSecure by keys, with another person on the same relay.
@MainActor @Suite(.timeLimit(.minutes(10))) struct TextSecureModelTests {
  /// A console that is signed in to TextSecure alone, and somebody to write to.
  private func with(
    files: String = "", others: [String] = [],
    _ body: @MainActor (ConsoleFixture, AccountHub) async throws -> Void
  ) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub(directory: files)
      try await fixture.signInToTextSecure(hub, alice)
      let other = fixture.hub(store: try .inMemory(), directory: files)
      try await fixture.signInToTextSecure(other, bob)
      for number in others {
        try await fixture.signInToTextSecure(fixture.hub(store: try .inMemory()), number)
      }
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the lamp") { $0.lamp(.textsecure) == .online }
      try await body(console, other)
    }
  }

  /// Adds Bob by the dialog for it, which opens the chat with him.
  private func addBob(_ console: ConsoleFixture) async throws {
    console.press(.character("n"), .paste("\(bob) Bob"), .enter)
    try await console.until("the chat") { $0.dialog == nil && $0.conversation?.title == "Bob" }
  }

  private func texts(of hub: AccountHub, in chat: ChatID) async throws -> [String] {
    try await hub.environment.store.messages.latest(chat, limit: 100).map(\.text)
  }

  @Test("The wizard asks for relay, number and the way of the code, and says what is wrong")
  func wizard() async throws {
    try await HubFixture.run { fixture in
      let console = ConsoleFixture(fixture)
      try await console.until("the wizard") { $0.wizard != nil }
      console.press(
        .character(" "), .down, .character(" "), .down, .character(" "), .enter)
      #expect(console.screen.inputs.count == 3)
      #expect(console.screen.inputs[0].text == fixture.sandbox.endpoints.textsecureURL)
      #expect(console.screen.wizard?.step == 2)
      #expect(console.screen.wizard?.steps == 3)
      console.press(.control("u"), .enter)
      #expect(console.screen.wizard?.problem == Phrase.relayNeeded.text)
      console.press(.paste(fixture.sandbox.endpoints.textsecureURL + "\n"), .tab)
      console.type("12")
      console.press(.enter)
      try await console.until("what is wrong with it") {
        $0.wizard?.problem != nil && $0.wizard?.progress == nil
      }
      console.press(.control("u"), .paste(alice), .tab, .right)
      #expect(console.screen.inputs[2].text == Phrase.byVoice.text)
      console.press(.enter)
      try await console.until("the code's page") {
        $0.inputs.first?.style == .code(places: 6) && $0.wizard?.progress == nil
      }
      #expect(console.screen.wizard?.note?.hasPrefix("A new code can be asked for in") == true)
      let code = try await fixture.code(for: alice)
      let digits = code.filter(\.isNumber)
      console.press(.paste(digits == "111111" ? "222222" : "111111"))
      try await console.until("that it is wrong") { $0.wizard?.problem != nil }
      #expect(console.screen.inputs.first?.text.isEmpty == true)
      console.press(.paste("Your code: \(code)"))
      try await console.until("the end") {
        if case .done? = $0.wizard?.page { true } else { false }
      }
      console.press(.enter)
      try await console.until("the lamp") { $0.dialog == nil && $0.lamp(.textsecure) == .online }
    }
  }

  @Test("What is typed goes out in its order, letters are no commands, and answers come")
  func writing() async throws {
    try await with { console, other in
      try await addBob(console)
      #expect(console.screen.conversation?.composer.closed == nil)
      console.press(.enter)
      console.type("quit? ты")
      console.press(.newline)
      console.press(.paste("two\nlines"))
      #expect(console.screen.conversation?.composer.field.text == "quit? ты\ntwo\nlines")
      console.press(.enter)
      for number in 1...5 {
        console.type("\(number)")
        console.press(.enter)
      }
      try await console.until("all sent") { screen in
        screen.conversation?.lines.count { $0.status == .sent } == 6
      }
      let chat: ChatID = "textsecure:\(alice)"
      let received = try await other.eventually("all of it") {
        let texts = try await self.texts(of: other, in: chat)
        return texts.count == 6 ? texts : nil
      }
      #expect(received == ["quit? ты\ntwo\nlines", "1", "2", "3", "4", "5"])
      try await other.only(SendMessage(chat: chat, text: "yes"))
      try await console.until("the answer") { $0.conversation?.lines.last?.text == "yes" }
      #expect(console.screen.conversation?.composer.isWriting == true)
      // It has been on the screen: nobody finds it new later.
      let store = console.model.context.hub.environment.store
      try await console.untilStored("it read") { [bob] in
        try await store.chats.chat("textsecure:\(bob)")?.unread == 0
      }
      try await console.until("no count") { $0.chats.rows.first?.unread == 0 }
    }
  }

  @Test("A draft stays with its chat, and quitting waits until it is kept")
  func drafts() async throws {
    try await with { console, _ in
      try await addBob(console)
      var quits = 0
      console.model.context.program.quit = { quits += 1 }
      console.press(.enter)
      console.type("not yet")
      console.press(.escape, .escape)
      #expect(console.screen.focus == .chats)
      console.press(.enter)
      try await console.until("the draft") {
        $0.conversation?.composer.field.text == "not yet"
      }
      #expect(console.screen.conversation?.composer.isWriting == true)
      console.press(.control("c"))
      try await console.until("the end") { _ in quits == 1 }
      let kept = try await console.model.context.hub.environment.store.drafts.all()
      #expect(kept.map(\.text) == ["not yet"])
    }
  }

  @Test("An answer names what it answers, and nothing selected is no answer")
  func replying() async throws {
    try await with { console, other in
      try await addBob(console)
      console.press(.character("a"), .enter)
      try await other.eventually("it") {
        try await self.texts(of: other, in: "textsecure:\(alice)").first
      }
      try await console.until("it here") { $0.conversation?.lines.count == 1 }
      console.press(.up)
      #expect(console.screen.conversation?.selection == 0)
      console.press(.character("r"))
      #expect(console.screen.conversation?.composer.quote?.text == "a")
      console.press(.backspace)
      #expect(console.screen.conversation?.composer.quote == nil)
      console.press(.down)
      #expect(console.screen.conversation?.selection == nil)
    }
  }

  @Test("A key that has been compared is marked; another one in its place holds until accepted")
  func identities() async throws {
    try await with { console, other in
      try await addBob(console)
      console.press(.enter, .character("a"), .enter, .escape)
      let chat: ChatID = "textsecure:\(alice)"
      try await other.eventually("it") { try await self.texts(of: other, in: chat).first }
      console.press(.character("K"))
      let shown = try await console.eventually("both keys") {
        $0.fingerprints.flatMap { $0.own != nil && $0.theirs != nil ? $0 : nil }
      }
      #expect(shown.trust == .trusted)
      let theirs = try #require(try await other.lines(of: ShowIdentities()).first)
      #expect(shown.theirs?.text == theirs.fingerprint)
      console.press(.character("a"))
      #expect(console.screen.notices.last?.text == Phrase.keyUnchanged.text)
      console.press(.character("c"))
      #expect(console.screen.fingerprints?.code?.text == shown.own?.code)
      console.press(.character("c"))
      #expect(console.screen.fingerprints?.code?.text == theirs.shareText)
      console.press(.escape)
      #expect(console.screen.fingerprints?.code == nil)
      // What is marked by a letter in passing would be believed for good.
      console.press(.character("v"))
      #expect(console.screen.question?.title == Phrase.verifyKeyTitle.text)
      console.type("very well")
      console.press(.enter)
      #expect(console.screen.fingerprints?.trust == .trusted)
      console.press(.character("v"), .down, .enter)
      try await console.until("the mark") { $0.chats.rows.first?.identity == .verified }
      console.press(.escape)

      // Bob installs anew.
      let fixture = console.fixture
      let anew = fixture.hub(store: try .inMemory())
      try await fixture.signInToTextSecure(anew, bob)
      try await anew.only(AddContacts(numbers: [alice]))
      try await anew.only(SendMessage(chat: chat, text: "new phone"))
      try await console.until("the change") {
        $0.chats.rows.first?.identity == .changed && $0.conversation?.lines.last?.kind == .obstacle
      }
      #expect(console.model.attention.first == .identity("textsecure:\(bob)"))
      console.press(.escape, .control("n"))
      try await console.until("old and new") { $0.fingerprints?.new != nil }
      #expect(console.screen.fingerprints?.trust == .changed)
      #expect(console.screen.fingerprints?.theirs?.text == theirs.fingerprint)
      console.press(.character("v"))
      #expect(console.screen.notices.last?.text == Phrase.acceptFirst.text)
      console.press(.character("a"))
      #expect(console.screen.question?.title == Phrase.acceptKeyTitle.text)
      console.press(.down, .enter)
      try await console.until("what was held") { screen in
        screen.conversation?.lines.contains { $0.text == "new phone" } == true
      }
      try await console.until("no mark") { $0.chats.rows.first?.identity == .trusted }
      #expect(console.screen.fingerprints?.new == nil)
    }
  }

  @Test("A group is made of names, renamed, joined and left by keys")
  func groups() async throws {
    try await with(others: [carol]) { console, other in
      try await addBob(console)
      console.press(.escape, .character("N"))
      try await console.until("the form") { $0.form != nil }
      console.type("Book club")
      console.press(.tab)
      console.type("bo")
      console.press(.tab)
      #expect(console.screen.form?.inputs[1].field.text == "Bob, ")
      console.press(.enter)
      try await console.until("the group") { $0.conversation?.title == "Book club" }
      #expect(console.screen.dialog == nil)
      let chat = try #require(console.screen.chats.rows.first?.id)
      try await other.eventually("it at Bob's") {
        try await other.environment.store.chats.chat(ChatID(stored: chat))
      }
      try await console.until("its first line") { $0.conversation?.lines.isEmpty == false }
      console.press(.up, .character("m"))
      try await console.until("its members") { $0.group?.members.count == 2 }
      #expect(console.screen.group?.members.contains { $0.id == alice && $0.isOwn } == true)
      console.press(.character("r"), .control("u"))
      console.type("Readers")
      console.press(.enter)
      try await console.until("its name") { $0.group?.title == "Readers" }
      console.press(.character("a"))
      try await console.until("the form") { $0.form != nil }
      console.press(.paste(carol), .enter)
      try await console.until("three members") { $0.group?.members.count == 3 }
      console.press(.character("L"))
      #expect(console.screen.question?.title.contains("Readers") == true)
      console.type("leave it, please: 2")
      console.press(.enter)
      #expect(console.screen.group?.isActive == true, "back in the dialog, nothing done")
      console.press(.character("L"), .down, .enter)
      try await console.until("nobody") { $0.group?.isActive == false }
      console.press(.escape)
      try await console.until("no writing") {
        $0.conversation?.composer.closed == Phrase.youLeftGroup.text
      }
      console.press(.enter)
      #expect(console.screen.conversation?.composer.isWriting == false)
    }
  }

  @Test("A file goes out by its path, comes in by a key, and overwrites nothing")
  func files() async throws {
    let folder = try ScratchDirectory()
    let content = String(repeating: "0123456789", count: 3000)
    try content.write(toFile: folder.file("notes.txt"), atomically: true, encoding: .utf8)
    try await with(files: folder.path) { console, other in
      console.model.context.files.home = folder.path
      try await addBob(console)
      console.press(.control("o"))
      console.type("no")
      console.press(.tab)
      try await console.until("the path") { $0.form?.inputs[0].field.text == "~/notes.txt" }
      try await console.until("its size") { $0.form?.note == "29 KB" }
      console.press(.tab)
      console.type("look")
      console.press(.enter)
      try await console.until("it sent") { $0.conversation?.lines.last?.status == .sent }
      #expect(console.screen.dialog == nil)
      #expect(console.screen.conversation?.lines.last?.attachments.count == 1)
      let chat: ChatID = "textsecure:\(alice)"
      try await other.eventually("it there") { try await self.texts(of: other, in: chat).first }

      try await other.only(
        SendMessage(chat: chat, text: "back", attachments: [folder.file("notes.txt")]))
      try await console.until("it back") { $0.conversation?.lines.last?.offer?.key == "↑ s" }
      console.press(.up)
      #expect(console.screen.conversation?.lines.last?.offer?.key == "s")
      console.press(.character("s"))
      #expect(console.screen.form?.inputs[0].field.text == "~/Downloads/")
      console.type("nowhere")
      console.press(.enter)
      try await console.until("that there is no such folder") { $0.form?.problem != nil }
      console.press(.control("u"))
      console.type("~")
      console.press(.enter)
      let path = try await console.eventually("it saved") {
        $0.conversation?.lines.last?.attachments.first?.path
      }
      #expect(path != folder.file("notes.txt"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
      try await console.until("words about it") { screen in
        screen.notices.contains { $0.text == Phrase.savedAs.with(path) }
      }
    }
  }

  @Test("What did not go says why, counts as something to do, and a key tries again")
  func failures() async throws {
    try await with { console, _ in
      try await addBob(console)
      let hub = console.model.context.hub
      try await hub.only(SendMessage(chat: "textsecure:\(carol)", text: "hello"))
      try await console.until("the failure") { screen in
        console.model.attention.contains(.failure("textsecure:\(carol)"))
      }
      console.press(.control("n"))
      let line = try await console.eventually("its line") { $0.conversation?.lines.last }
      guard case .failed(let reason) = line.status else {
        Issue.record("it is \(line.status)")
        return
      }
      #expect(!reason.isEmpty)
      #expect(line.offer?.key == "↑ R")
      // Carol registers; the next try finds her.
      let third = console.fixture.hub(store: try .inMemory())
      try await console.fixture.signInToTextSecure(third, carol)
      console.press(.up, .character("R"))
      try await console.until("it sent") { $0.conversation?.lines.last?.status == .sent }
      try await console.until("nothing to do") { _ in
        !console.model.attention.contains(.failure("textsecure:\(carol)"))
      }
      try await third.eventually("it at Carol's") {
        try await self.texts(of: third, in: "textsecure:\(alice)").first
      }
    }
  }
}

extension ScreenState {
  fileprivate var fingerprints: FingerprintsState? {
    if case .identity(let state)? = dialog { state } else { nil }
  }

  fileprivate var group: GroupState? {
    if case .group(let state)? = dialog { state } else { nil }
  }
}
