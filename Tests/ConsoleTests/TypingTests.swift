import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing
import TextSecureService

@testable import ScreenState
@testable import ViewModels

/// Whoever types words where words can be typed changes nothing else, whatever letters they have.
@MainActor @Suite(.timeLimit(.minutes(2))) struct TypingTests {
  private func world(_ console: ConsoleFixture) async throws -> ConsoleWorld {
    try await ConsoleWorld(console)
  }

  /// Words that spelled disaster, then any others.
  private func sentences(_ seed: UInt64, count: Int) -> [String] {
    var random = SeededGenerator(seed: seed)
    let words = [
      "HELLO", "WELL", "LLAMA", "Hi", "Mama", "LEAVE", "XXL", "Kava", "Mädchen", "HALT", "Hände",
      "ALLEZ", "Quit", "Delete", "Привет", "ДОМА", "Мама", "Щука", "Yes", "yes", "no", "2", "11",
      "REPLY", "Really?", "Exit", "Umbrella", "Stop", "Tutu", "C", "c", "D", "/", "+1",
    ]
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ?/+.,лдРЬН")
    return (0..<count).map { number in
      guard number % 2 == 1 else {
        return (0..<Int.random(in: 1...5, using: &random))
          .compactMap { _ in words.randomElement(using: &random) }.joined(separator: " ")
      }
      return String(
        (0..<Int.random(in: 2...24, using: &random))
          .compactMap { _ in letters.randomElement(using: &random) })
    }
  }

  private func openChat(_ console: ConsoleFixture) async throws {
    let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
    console.model.chats.select(ChatID(stored: chat))
    console.press(.enter)
    try await console.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
  }

  @Test("In an open chat every letter is text", arguments: [1, 2] as [UInt64])
  func chat(_ seed: UInt64) async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      let before = try await world(console)
      for sentence in sentences(seed, count: 60) {
        console.type(sentence)
        #expect(console.screen.conversation?.composer.field.text == sentence)
        #expect(console.screen.dialog == nil && console.screen.focus == .conversation)
        console.press(.end, .control("u"))
      }
      #expect(try await world(console) == before)
    }
  }

  @Test("So it is while a call rings, which only keys with Alt reach")
  func ring() async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      let numbers = console.fixture.sandbox.endpoints.numbers
      let call = try #require(
        await console.fixture.sandbox.call(numbers.main, from: numbers.second, isVideo: false))
      try await console.until("the ring") { $0.ring?.call.id == call }
      #expect(console.screen.ring?.hints.map(\.key) == ["Alt-d", "Alt-m", "Alt-i", "Alt-c"])
      let before = try await world(console)
      for sentence in ["Hi Mama", "didn't I?", "mmm"] + sentences(3, count: 60) {
        console.type(sentence)
        #expect(console.screen.conversation?.composer.field.text == sentence)
        console.press(.end, .control("u"))
      }
      #expect(console.screen.ring?.call.id == call)
      #expect(try await world(console) == before)
    }
  }

  @Test("Among messages letters act on the selected one or begin a message, and no more")
  func messages() async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      let before = try await world(console)
      // A reaction is set by its number, and taken back by the same: that is meant.
      for sentence in sentences(4, count: 80).map({ $0.filter { $0 != "+" } }) {
        console.press(.up)
        #expect(console.screen.conversation?.selection != nil)
        console.type(sentence)
        // Whatever has come up: back to an empty field.
        for _ in 0..<3 where console.screen.dialog != nil { console.press(.escape) }
        #expect(console.screen.dialog == nil && console.screen.focus == .conversation)
        console.model.conversation.showEnd()
        if console.model.composer.isChanging { console.press(.escape) }
        console.press(.end, .control("u"), .backspace)
        #expect(console.screen.conversation?.composer.field.text == "")
      }
      #expect(try await world(console) == before)
    }
  }

  @Test("A word whose first letter is bound to nothing there begins a message whole")
  func begins() async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      console.press(.up)
      console.type("HELLO")
      #expect(console.screen.conversation?.composer.field.text == "HELLO")
      console.press(.control("u"), .up)
      console.type("mother")
      #expect(console.screen.conversation?.composer.field.text == "mother", "it is no group")
      console.press(.control("u"), .up, .paste("WELL"))
      #expect(console.screen.conversation?.composer.field.text == "WELL")
    }
  }

  @Test(
    "Where a list has the keys and a chat stands beside it, words change nothing",
    arguments: PaneID.allCases.filter { $0 != .conversation })
  func beside(_ pane: PaneID) async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      console.press(.escape)
      console.model.focus(pane)
      console.model.context.program.quit = {}
      let before = try await world(console)
      // 2 leads to the chat, where words are meant. In the call log b is the bell's key and m opens a
      // message to the caller, on the hub H halts and e opens an export: all of them say so.
      let keys = pane == .calls ? "bmиь" : pane == .chats ? "" : "HeРу"
      let own = Array(keys + "2")
      let words = ["HELLO", "WELL LLAMA", "Hi Mama", "Bob", "them", "Kava", "MUTE", "leave"]
      for sentence in words + sentences(6, count: 60) {
        for letter in sentence where !own.contains(letter) {
          console.press(.character(letter))
        }
        console.press(.enter)
        await console.model.context.hub.environment.busy.untilIdle()
        for _ in 0..<4 where console.screen.dialog != nil { console.press(.escape) }
        #expect(console.screen.dialog == nil, "\(sentence)")
        console.model.conversation.showEnd()
        console.press(.end, .control("u"))
        console.model.focus(pane)
      }
      let after = try await world(console)
      #expect(after.accounts == before.accounts && after.orders == before.orders)
      #expect(after.chats == before.chats && after.identities == before.identities)
      #expect(after.isHalted == before.isHalted && after.isBellOn == before.isBellOn)
      #expect(after.calls == before.calls && after.requests == before.requests)
    }
  }

  @Test("A ringing call beside an open chat is reached with Alt alone, and says so")
  func ringBeside() async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      console.press(.escape)
      let numbers = console.fixture.sandbox.endpoints.numbers
      let call = try #require(
        await console.fixture.sandbox.call(numbers.main, from: numbers.second, isVideo: false))
      try await console.until("the ring") { $0.ring?.call.id == call }
      #expect(console.screen.ring?.hints.map(\.key) == ["Alt-d", "Alt-m", "Alt-i", "Alt-c"])
      let before = try await world(console)
      console.type("Hi did")
      for _ in 0..<3 where console.screen.dialog != nil { console.press(.escape) }
      #expect(console.screen.ring?.call.id == call)
      #expect(try await world(console) == before)
      console.press(.alt("d"))
      try await console.until("silence") { $0.ring == nil }
    }
  }

  @Test("A letter that does nothing in the list says by which key one comes to the chat")
  func wayToTheChat() async throws {
    try await ConsoleFixture.runOnline { console in
      try await openChat(console)
      console.press(.escape, .character("H"))
      #expect(!console.screen.status.isHalted)
      let words = Phrase.writeElsewhere.with("2", "Павел")
      let said = String(words.dropLast())
      #expect(console.screen.notices.last?.text == said)
      // H halts, but not from here.
      let way = Phrase.worksElsewhere.with("3", "Shift-H", Phrase.commandHalt.text)
      #expect(console.screen.notices.last?.hint == String(way.dropLast()))
      #expect(Phrase.writeFromElsewhere.text.hasPrefix(Command.showView2.keys[0].mark))
      console.press(.paste("hello"))
      #expect(console.screen.notices.map(\.text) == [said])
      console.press(.character("2"))
      console.type("HELLO")
      #expect(console.screen.conversation?.composer.field.text == "HELLO")
    }
  }

  @Test("In the ticket m takes all there is where an amount stands, in a word it is a letter")
  func ticketWord() async throws {
    try await ConsoleFixture.runOnline { console in
      console.type("tomorrow")
      #expect(console.screen.ticket?.from.text == "OMORROW")
      console.press(.enter)
      #expect(console.screen.ticket?.stage == .editing(.amount))
      console.type("omorrow")
      #expect(console.screen.ticket?.amount.text == "omorrow")
      console.press(.enter)
      #expect(console.screen.ticket?.stage == .editing(.amount))
    }
  }

  @Test(
    "Dialogs take words as words or not at all; a question says no to Enter after any of them",
    arguments: ["?", "A", "L", "S", "n", "N", "K", "/", "t", "AX", "HH"])
  func dialogs(_ opener: String) async throws {
    try await ConsoleFixture.runOnline { console in
      // Halting is one key, and is meant: the question is about what comes after it.
      if opener.hasPrefix("H") {
        console.press(.character("3"), .character("H"))
        try await console.until("the halt") { $0.status.isHalted }
        #expect(console.screen.notices.contains { $0.text == Phrase.tradingHalted.text })
      }
      let before = try await world(console)
      for sentence in sentences(5, count: 12) {
        console.press(opener == "/" ? .control("f") : .character(opener.first ?? "?"))
        if opener == "AX" {
          try await console.until("the devices") { screen in
            if case .devices(let state)? = screen.dialog { state.devices != nil } else { false }
          }
        }
        try await console.until("a dialog") { $0.dialog != nil }
        if opener == "AX" { console.press(.character("X")) }
        // One that has closed is none any more.
        for letter in sentence where console.screen.dialog != nil {
          console.press(.character(letter))
        }
        if console.screen.question != nil { console.press(.enter) }
        await console.model.context.hub.environment.busy.untilIdle()
        for _ in 0..<4 where console.screen.dialog != nil { console.press(.escape) }
        #expect(console.screen.dialog == nil, "\(opener) \(sentence)")
      }
      #expect(try await world(console) == before)
    }
  }
}
