import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import ScreenState
@testable import ViewModels

private let bob = "+14155550102"

/// Whom one can write to, of all messengers, by what is typed.
@MainActor @Suite(.timeLimit(.minutes(10))) struct PeopleModelTests {
  private func with(_ body: @MainActor (ConsoleFixture) async throws -> Void) async throws {
    try await ConsoleFixture.runOnline { console in
      // The chat with Павел is selected: of MAX.
      let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
      console.model.chats.select(ChatID(stored: chat))
      try await body(console)
    }
  }

  private func look(for text: String, on console: ConsoleFixture) async throws -> PeopleState {
    console.press(.end, .control("u"))
    console.type(text)
    return try await console.eventually("the people") { screen in
      screen.people.flatMap { $0.progress == nil ? $0 : nil }
    }
  }

  @Test("From a chat of MAX somebody of TextSecure is reached by the number, and named")
  func otherService() async throws {
    try await with { console in
      let other = console.fixture.hub(store: try .inMemory())
      try await console.fixture.signInToTextSecure(other, bob)
      console.press(.character("n"))
      try await console.until("everybody") { $0.people?.rows.isEmpty == false }
      console.press(.paste("\(bob) Bob"))
      let offered = try #require(console.screen.people)
      #expect(offered.rows.map(\.name) == [bob] && offered.rows.first?.service == nil)
      #expect(offered.hints.first?.label == Phrase.hintLookUp.text)
      console.press(.enter)
      try await console.until("the chat") {
        $0.dialog == nil && $0.conversation?.title == "Bob" && $0.focus == .conversation
      }
      #expect(console.screen.conversation?.service.rawValue == "textsecure")
      // Known now, by the name and the number.
      console.press(.escape, .character("n"))
      try await console.until("everybody") { $0.people?.rows.isEmpty == false }
      #expect(try await look(for: "bob", on: console).rows.first?.name == "Bob")
      #expect(try await look(for: "0102", on: console).rows.first?.name == "Bob")
    }
  }

  @Test("A number that several know asks which; one that nobody knows says who was asked")
  func numbers() async throws {
    try await with { console in
      let numbers = console.fixture.sandbox.endpoints.numbers
      let other = console.fixture.hub(store: try .inMemory())
      try await console.fixture.signInToTextSecure(other, numbers.second)
      console.press(.character("n"), .paste(numbers.second))
      try await console.until("Павел and the number") { $0.people?.rows.count == 2 }
      console.press(.down, .enter)
      let asked = try await console.eventually("both") { screen in
        screen.people.flatMap { people in
          people.rows.allSatisfy { $0.service != nil } && people.progress == nil ? people : nil
        }
      }
      #expect(asked.rows.compactMap(\.service?.rawValue) == ["max", "textsecure"])
      console.press(.down, .enter)
      try await console.until("the chat") {
        $0.dialog == nil && $0.conversation?.service.rawValue == "textsecure"
      }
      console.press(.escape, .character("n"), .paste("+14155550177"), .enter)
      let nobody = try await console.eventually("that nobody has it") { $0.people?.problem }
      #expect(nobody == Phrase.nobodyHasNumber.with("MAX, TextSecure", "+14155550177"))
      console.press(.escape)
      #expect(console.screen.dialog == nil)
    }
  }

  @Test("Names are found as one types, in whatever letters; Enter opens the chat")
  func names() async throws {
    try await with { console in
      console.press(.character("n"))
      try await console.until("everybody") { $0.people?.rows.isEmpty == false }
      #expect(try await look(for: "pavel", on: console).rows.first?.name == "Павел")
      #expect(try await look(for: "john", on: console).rows.first?.name == "John O'Neil")
      #expect(try await look(for: "zzzz", on: console).rows.isEmpty)
      #expect(console.screen.people?.empty == Phrase.nobodyFits.text)
      console.press(.enter)
      #expect(console.screen.people != nil, "there is nobody to write to")
      // Somebody who has never been written with.
      #expect(try await look(for: "dostav", on: console).rows.first?.name == "Доставка")
      console.press(.enter)
      try await console.until("the dialog") {
        $0.conversation?.title == "Доставка" && $0.dialog == nil
      }
    }
  }

  @Test("p shows everybody by name, with numbers, and no groups")
  func contacts() async throws {
    try await with { console in
      console.press(.character("p"))
      let people = try await console.eventually("the contacts") { screen in
        screen.people.flatMap { $0.rows.isEmpty ? nil : $0 }
      }
      let names = people.rows.map(\.name)
      #expect(people.title == Phrase.contactsTitle.text)
      #expect(names == names.sorted { $0.lowercased() < $1.lowercased() })
      #expect(names.contains("Павел") && names.contains("Доставка"))
      #expect(!names.contains { $0.hasPrefix("Дача 2026") || $0 == "Ира Т" })
      #expect(people.rows.contains { $0.detail.hasPrefix("+7") })
      console.press(.escape)
      #expect(console.screen.dialog == nil)
    }
  }

  @Test("Words that are typed there are no number; a number may be followed by a name")
  func typedNumbers() {
    #expect(TypedNumber("+49 (170) 123-45-67")?.number == "+491701234567")
    #expect(TypedNumber("+491701234567 Jo Doe")?.name == "Jo Doe")
    #expect(TypedNumber("Jo +491701234567") == nil && TypedNumber("12345") == nil)
    #expect(TypedNumber("++491701234567") == nil && TypedNumber("1234567890")?.name == nil)
  }
}

extension ScreenState {
  var people: PeopleState? { if case .people(let state)? = dialog { state } else { nil } }
}
