import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing
import TextSecureService

@testable import Accounts
@testable import ScreenState
@testable import ViewModels

/// Whatever happens while somebody writes, what they type is text and nothing else.
@MainActor @Suite(.timeLimit(.minutes(5))) struct TypingMomentsTests {
  /// What happens in the midst of a sentence.
  private enum Moment: CaseIterable {
    case nothing, call, message, chat, notice, search, palette, help, file, resize, quiet
  }

  private let openings = [
    "HELLO", "Hi Mama", "Lunch?", "WELL", "LLAMA", "Äpfel", "Öl", "Übermut", "straße", "ÇA VA",
    "Щука", "ДОМА", "Привет", "Ґанок", "її", "Quit", "Delete", "C", "d", "H", "L", "m", "i", "c",
    "?", "/", "1", "4", "+1", "D", "F", "y", "o", "x!", "no", "Yes", "«так»", "- list", "e.g.",
    ":)",
  ]
  private let letters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüÄÖÜßéñçабвгдежзийклмнопрстуфхцчшщыэюя"
      + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯіїєґІЇЄҐ0123456789     .,;:!?-+/()[]{}<>@#$%^&*=~`'\"|\\_")

  private func sentence(_ random: inout SeededGenerator) -> [Character] {
    let opening = openings.randomElement(using: &random) ?? ""
    let rest = (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in
      letters.randomElement(using: &random)
    }
    return Array(opening + " " + String(rest) + "x")
  }

  @Test(
    "200 sentences into any chat, while calls ring, chats arrive and dialogs open, change nothing")
  func moments() async throws {
    try await ConsoleFixture.runOnline { console in
      let (fixture, hub) = (console.fixture, console.hub)
      // Somebody else, so that there is a chat of this kind.
      let bob = fixture.hub(store: try .inMemory())
      try await fixture.signInToTextSecure(bob, "+14155550102")
      try await hub.only(AddContacts(numbers: ["+14155550102"], name: "Bob"))
      let chats = try await console.eventually("chats to write in") { screen in
        let open = console.model.chats.all.filter { !$0.closed }
        return open.contains { $0.service == .textsecure } ? open.map(\.chat) : nil
      }
      let before = try await ConsoleWorld(console)
      var random = SeededGenerator(seed: 12)
      var ended = 0
      for number in 0..<200 {
        let chat = number % 7 == 0 ? chats.last { $0.service == .textsecure } : nil
        console.model.focus(.chats)
        console.model.chats.select(chat ?? chats.randomElement(using: &random) ?? chats[0])
        console.press(.enter)
        #expect(console.screen.conversation?.composer.isWriting == true)
        let words = sentence(&random)
        let cut = Int.random(in: 0...words.count, using: &random)
        for letter in words[..<cut] { console.press(.character(letter)) }
        let moment = Moment.allCases.randomElement(using: &random) ?? .nothing
        // A ring ends so that another one can begin.
        if moment == .quiet, let call = console.screen.ring?.call.id {
          try await hub.run(IgnoreCall(id: call)) { _ in }
          try await console.until("silence") { $0.ring == nil }
          ended += 1
        }
        try await happen(moment, number, console)
        for letter in words[cut...] {
          console.press(.character(letter))
          // Whatever came has its turn between two letters.
          if number % 10 == 0 { await Task.yield() }
        }
        let written = console.screen.conversation?.composer.field.text
        if let taken = leave(moment, console) {
          #expect(taken == String(words[cut...]), "\(moment)")
          #expect(written == String(words[..<cut]), "\(moment)")
        } else {
          #expect(written == String(words), "\(moment)")
        }
        #expect(console.screen.dialog == nil && console.screen.focus == .conversation)
        console.press(.control("e"), .control("u"))
        #expect(console.screen.conversation?.composer.field.text == "")
      }
      // Calls have rung, but no key has declined, ignored or answered one.
      var after = try await ConsoleWorld(console)
      let news = Set(after.calls).subtracting(before.calls)
      #expect(!news.isEmpty)
      #expect(news.count { $0.hasSuffix("ignored") } == ended)
      #expect(news.allSatisfy { $0.hasSuffix("ringing") || $0.hasSuffix("ignored") }, "\(news)")
      after.calls = before.calls
      #expect(Set(before.chats).isSubset(of: after.chats))
      #expect(Set(before.identities).isSubset(of: after.identities))
      (after.chats, after.identities) = (before.chats, before.identities)
      #expect(after == before)
    }
  }

  private func happen(
    _ moment: Moment, _ number: Int, _ console: ConsoleFixture
  ) async throws {
    let sandbox = console.fixture.sandbox
    let numbers = sandbox.endpoints.numbers
    switch moment {
    case .nothing, .quiet: break
    case .call:
      guard console.screen.ring == nil,
        let call = await sandbox.call(numbers.main, from: numbers.second)
      else { return }
      try await console.until("the ring") { $0.ring?.call.id == call }
    case .message:
      await sandbox.write("and \(number)", from: "+79991234567", to: numbers.main)
    case .chat:
      await sandbox.write("first", from: numbers.second, to: numbers.main)
    case .notice:
      console.model.tell(UserError(.failed, code: "test", "Something failed", hint: "Look"))
    case .search: console.press(.control("f"))
    case .palette: console.press(.control("p"))
    case .help: console.press(.function(1))
    case .file: console.press(.control("o"))
    case .resize: console.press(.resize)
    }
  }

  /// What a dialog has taken instead of the chat; nil when none was opened. Leaves it.
  private func leave(_ moment: Moment, _ console: ConsoleFixture) -> String? {
    let dialog = console.screen.dialog
    let text: String? =
      switch dialog {
      case .search(let search): search.field.text
      case .palette(let palette): palette.field.text
      case .help(let help): help.filter.text
      case .form(let form): form.inputs.first.map { String($0.field.text.dropFirst("~/".count)) }
      default: nil
      }
    if dialog != nil { console.press(.escape) }
    return text
  }
}
