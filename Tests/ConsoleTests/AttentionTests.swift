import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState
@testable import ViewModels

/// What reaches the person, by which way, wherever they are.
@MainActor @Suite(.timeLimit(.minutes(10))) struct AttentionTests {
  private typealias Place = AttentionMatrix.Place

  private static let places = [true, false].flatMap { isThere in
    [true, false].flatMap { isAtIt in
      [true, false].map { Place(isThere: isThere, isAtIt: isAtIt, isMuted: $0) }
    }
  }

  @Test("The whole matrix keeps its promises", arguments: AttentionEvent.Kind.allCases)
  func matrix(_ kind: AttentionEvent.Kind) {
    for place in Self.places {
      let ways = AttentionMatrix.ways(for: kind, at: place)
      // Nobody who sees it is disturbed by a message.
      if kind == .message { #expect(place.isThere || place.isMuted ? ways == [] : true) }
      // What is muted is never louder than what is heard, and a muted chat makes no sound.
      var heard = place
      heard.isMuted = false
      #expect(ways.isSubset(of: AttentionMatrix.ways(for: kind, at: heard)), "\(kind) \(place)")
      if place.isMuted, [.message, .key, .unsent].contains(kind) {
        #expect(ways.isDisjoint(with: [.bell, .desktop]), "\(kind) \(place)")
      }
      // Whoever is away hears at least what somebody who is there hears.
      var away = place
      away.isThere = false
      #expect(ways.isSubset(of: AttentionMatrix.ways(for: kind, at: away)), "\(kind) \(place)")
      // The nearer, the quieter.
      var elsewhere = place
      elsewhere.isAtIt = false
      #expect(ways.isSubset(of: AttentionMatrix.ways(for: kind, at: elsewhere)), "\(kind) \(place)")
      // In quiet hours the screen alone speaks.
      #expect(
        AttentionMatrix.ways(for: kind, at: place, isQuiet: true) == ways.intersection(.line))
      // The desktop never without the bell, which marks the window where nothing else gets through.
      if ways.contains(.desktop) { #expect(ways.contains(.bell), "\(kind) \(place)") }
    }
    // Everything that can be heard reaches whoever is away.
    let away = Place(isThere: false, isAtIt: false, isMuted: false)
    #expect(AttentionMatrix.ways(for: kind, at: away).isSuperset(of: [.bell, .desktop]))
  }

  @Test("Quiet hours go over midnight, or not; anything else is none")
  func quietHours() throws {
    func at(_ clock: String) -> LocalTime {
      let parts = clock.split(separator: ":").compactMap { Int64($0) }
      return LocalTime(milliseconds: (parts[0] * 60 + parts[1]) * 60_000, zone: .utc)
    }
    let night = try #require(QuietHours("23:00-07:00"))
    #expect(night.contain(at("23:00")) && night.contain(at("03:30")) && night.contain(at("06:59")))
    #expect(!night.contain(at("07:00")) && !night.contain(at("22:59")))
    let noon = try #require(QuietHours(" 12:00 - 13:30 "))
    #expect(noon.contain(at("12:30")) && !noon.contain(at("13:30")) && !noon.contain(at("1:00")))
    for text in ["", "23:00", "23-7", "24:00-07:00", "23:60-07:00", "7:00-7:00", "a:b-c:d"] {
      #expect(QuietHours(text) == nil, "\(text)")
    }
  }

  /// A console on whose terminal and desktop is noted what reaches them.
  private func with(
    _ body: @MainActor (ConsoleFixture, Heard) async throws -> Void
  ) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      let heard = Heard()
      console.model.context.program.ring = { heard.bells += 1 }
      console.model.context.program.alert = { heard.alerts.append($0) }
      try await console.until("the chats") { screen in
        screen.lamp(.max) == .online && screen.chats.rows.contains { $0.title == "Павел" }
      }
      await hub.environment.busy.untilIdle()
      fixture.time.advance(by: .seconds(5))
      try await body(console, heard)
    }
  }

  @MainActor private final class Heard {
    var bells = 0
    var alerts: [ConsoleAlert] = []
  }

  private func write(_ text: String, to console: ConsoleFixture) async throws {
    let numbers = console.fixture.sandbox.endpoints.numbers
    await console.fixture.sandbox.write(text, from: numbers.second, to: numbers.main)
    try await console.until("the message") { screen in
      screen.chats.rows.first { $0.title == "Павел" }?.preview == text
    }
    await console.model.context.hub.environment.busy.untilIdle()
    console.fixture.time.advance(by: .seconds(3))
  }

  @Test("A message is heard by whoever is away, once, without its words")
  func away() async throws {
    try await with { console, heard in
      console.model.setTerminalFocused(true)
      try await write("at hand", to: console)
      #expect(heard.bells == 0 && heard.alerts == [])
      console.model.setTerminalFocused(false)
      try await write("the secret", to: console)
      #expect(heard.bells == 1)
      #expect(heard.alerts.map(\.event) == ["message"])
      #expect(heard.alerts.first?.text == Phrase.attentionMessage.with("Павел"))
      // The same chat told of again changes nothing.
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(heard.bells == 1)
      // A muted chat makes no sound.
      let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
      try await console.hub.run(MuteChat(chat: ChatID(stored: chat), isMuted: true)) { _ in }
      try await console.until("it muted") { screen in
        screen.chats.rows.first { $0.id == chat }?.isMuted == true
      }
      try await write("quiet", to: console)
      #expect(heard.bells == 1 && heard.alerts.count == 1)
    }
  }

  @Test("In quiet hours nothing is heard; a terminal that tells nothing counts by its keys")
  func quiet() async throws {
    try await with { console, heard in
      console.model.context.program.quietHours = QuietHours("00:00-23:59")
      console.model.setTerminalFocused(false)
      try await write("at night", to: console)
      #expect(heard.bells == 0 && heard.alerts == [])
      console.model.context.program.quietHours = nil
      console.model.setTerminalFocused(nil)
      console.press(.down)
      try await write("while one sits there", to: console)
      #expect(heard.bells == 0)
      console.fixture.time.advance(by: .seconds(61))
      try await write("later", to: console)
      #expect(heard.bells == 1)
    }
  }

  @Test("What comes to the open chat while the terminal has no focus is not read yet")
  func unfocused() async throws {
    try await with { console, heard in
      let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
      console.model.chats.select(ChatID(stored: chat))
      console.press(.enter)
      try await console.until("it read") { screen in
        screen.chats.rows.first { $0.id == chat }?.unread == 0
      }
      console.model.setTerminalFocused(false)
      try await write("unseen", to: console)
      #expect(console.screen.chats.rows.first { $0.id == chat }?.unread == 1)
      #expect(heard.bells == 1)
      console.model.setTerminalFocused(true)
      try await console.until("it read") { screen in
        screen.chats.rows.first { $0.id == chat }?.unread == 0
      }
    }
  }

  @Test("A call is told to the desktop with the caller's name, and rings")
  func call() async throws {
    try await with { console, heard in
      console.model.setTerminalFocused(false)
      let numbers = console.fixture.sandbox.endpoints.numbers
      let call = try #require(
        await console.fixture.sandbox.call(numbers.main, from: numbers.second, isVideo: false))
      try await console.until("the ring") { $0.ring?.call.id == call }
      #expect(heard.alerts.map(\.event) == ["call"])
      #expect(heard.alerts.first?.text == Phrase.attentionCall.with("Павел"))
      #expect(heard.bells == 1, "the call's own")
    }
  }

  @Test("^N goes to what needs one next, and says what it is")
  func next() async throws {
    try await with { console, _ in
      let first = try #require(console.model.attention.first)
      guard case .chat(let key) = first, let chat = console.model.chats.chat(key) else {
        Issue.record("\(first)")
        return
      }
      console.press(.control("n"))
      #expect(
        console.screen.notices.last?.text
          == Phrase.attentionUnread.with(chat.shownTitle, "\(chat.unread)"))
      try await console.until("the chat") { $0.conversation?.chat == key }
    }
  }
}
