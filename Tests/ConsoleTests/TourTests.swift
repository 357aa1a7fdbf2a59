import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import ScreenState
@testable import ViewModels

/// The tour of six steps, by doing what it says.
@MainActor @Suite(.timeLimit(.minutes(5))) struct TourTests {
  private func says(_ phrase: Phrase, _ step: Int, on console: ConsoleFixture) -> Bool {
    console.screen.notices.map(\.text)
      == [Phrase.tourStep.with("\(step)", "6") + " " + phrase.text]
  }

  @Test("Each step says what to press, and is over once it was pressed")
  func steps() async throws {
    try await ConsoleFixture.runOnline { console in
      let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
      console.model.chats.select(ChatID(stored: chat))
      console.press(.function(2))
      #expect(says(.tourOpen, 1, on: console))
      // Anything else can be done meanwhile.
      console.press(.down, .up)
      #expect(says(.tourOpen, 1, on: console))
      console.press(.enter)
      try await console.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
      #expect(says(.tourWrite, 2, on: console))
      console.type("hello")
      console.press(.enter)
      try await console.until("it sent") { $0.conversation?.lines.last?.text == "hello" }
      #expect(says(.tourSelect, 3, on: console))
      console.press(.up)
      #expect(says(.tourFind, 4, on: console))
      console.press(.control("p"))
      #expect(says(.tourTrade, 5, on: console))
      console.press(.escape, .escape, .escape, .character("3"))
      #expect(says(.tourHelp, 6, on: console))
      console.press(.character("?"))
      #expect(console.screen.notices.last?.text == Phrase.tourOver.text)
      console.press(.escape, .function(2), .function(2))
      #expect(console.screen.notices.last?.text == Phrase.tourLeft.text)
    }
  }

  @Test("The palette finds it by its name in every language")
  func palette() async throws {
    let model = try HubFixture.emptyModel()
    model.press(.control("p"))
    for letter in "tour" { model.press(.character(letter)) }
    guard case .palette(let palette)? = model.screen.dialog else {
      Issue.record("no palette")
      return
    }
    #expect(palette.entries.first?.id == "tour")
  }
}
