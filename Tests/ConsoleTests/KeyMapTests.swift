import Phrases
import Storage
import Testing

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels

/// Keys of the person's own: what they do, where they are shown, and what is wrong with a line.
@MainActor @Suite struct KeyMapTests {
  private let model: ConsoleModel

  init() throws {
    model = try HubFixture.emptyModel()
  }

  private func bind(_ lines: (keys: String, command: String)...) {
    model.bind(
      lines.enumerated().map {
        KeyBinding(line: $0.offset + 1, keys: $0.element.keys, command: $0.element.command)
      }, of: "config")
  }

  private var problems: [String] {
    model.keys.map.problems.map { "\($0.line): \($0.words)" }
  }

  private var isSettings: Bool {
    if case .settings? = model.screen.dialog { true } else { false }
  }

  @Test("Every key that can be bound is read back by its name and by its mark")
  func names() {
    for key in Set(Command.all.flatMap(\.keys)) where key.boundReason == nil {
      #expect(KeyPresses(names: key.name)?.keys == [key], "\(key.name)")
      #expect(KeyPresses(names: key.mark)?.keys == [key], "\(key.mark)")
    }
    #expect(
      KeyPresses(names: "g Ctrl-T F5")?.keys == [.character("g"), .control("t"), .function(5)])
    for text in ["", "Hyper-x", "F99", "Ctrl-", "Alt-xy", "xy"] {
      #expect(KeyPresses(names: text) == nil, "\(text)")
    }
  }

  @Test("A key and a sequence do their commands; the key of the table goes on")
  func bound() {
    bind(("z", "settings"), ("Alt-g s", "settings"))
    #expect(problems == [])
    for keys: [Key] in [
      [.character("z")], [.character("я")], [.alt("g"), .character("s")], [.character(",")],
    ] {
      for key in keys { model.press(key) }
      #expect(isSettings, "\(keys)")
      model.press(.escape)
    }
    model.press(.alt("g"))
    #expect(model.screen.notices.last?.text.hasPrefix("Alt-g …") == true)
    model.press(.character("q"))
    #expect(model.screen.notices.last?.text == "Alt-g q does nothing here", "and nothing is quit")
    model.press(.alt("g"))
    model.press(.escape)
    model.press(.character("s"))
    #expect(!isSettings)
  }

  @Test("Help, bottom line and palette show keys as they are bound")
  func shown() {
    bind(("z", "palette.open"), ("g x", "settings"), ("w", "search.open"))
    func entry(_ title: Phrase) -> String? {
      model.help.groups.flatMap(\.entries).first { $0.title == title.text }?.keys
    }
    #expect(entry(.commandSettings) == "g x, ,")
    #expect(entry(.commandSearch) == "w / ^F")
    model.focus(.calls)
    #expect(model.keys.map.first(for: .palette)?.mark == "z")
    model.press(.control("p"))
    guard case .palette(let state)? = model.screen.dialog else {
      Issue.record("no palette")
      return
    }
    #expect(state.entries.first { $0.id == "settings" }?.keys == "g x, ,")
    model.press(.escape)
    // g was the first of a list: its other key stays.
    #expect(model.keys.map.text(for: Command.movement[4]) == "Home")
  }

  @Test("What is wrong with a line is told with its number, and the other lines hold")
  func mistakes() {
    bind(
      ("Ctrl-C", "settings"), ("Hyper-x", "settings"), ("z", "no.such"), ("z", "up"),
      ("v", "settings"), ("v", "devices"), ("g v", "devices"), ("v v", "sign-in"),
      ("a", "ticket.commit"), ("b b b b b", "settings"), ("?", "settings"))
    let lines = model.keys.map.problems.map(\.line)
    #expect(lines == [1, 2, 3, 6, 8, 9, 10, 11])
    #expect(problems[0] == "1: Ctrl-C stays what it is and cannot be bound")
    #expect(problems[3] == "6: the keys clash with v of line 5")
    #expect(model.keys.map.own.map(\.binding.line) == [4, 5, 7])
    let notice = model.screen.notices.last
    #expect(notice?.text.hasPrefix("Line 6 of config: the keys clash") == true)
    model.press(.character("v"))
    #expect(isSettings)
  }

  @Test("A command whose only key is taken is named; it is in the palette")
  func lostKeys() {
    bind((",", "devices"))
    #expect(problems == ["1: , was the only key of settings: that is in the palette now"])
    model.press(.character(","))
    if case .devices? = model.screen.dialog {} else { Issue.record("not bound") }
    #expect(model.keys.map.text(for: .settings).isEmpty)
  }

  @Test("Where text is written letters are text, whatever is bound; chords and sequences work")
  func writing() async throws {
    try await ConsoleFixture.runOnline { console in
      console.model.bind(
        [
          KeyBinding(line: 1, keys: "z", command: "settings"),
          KeyBinding(line: 2, keys: "Alt-b", command: "settings"),
          KeyBinding(line: 3, keys: "Ctrl-T x", command: "devices"),
        ], of: "config")
      console.press(.enter)
      try await console.until("a chat") { $0.conversation?.composer.isWriting == true }
      console.type("zz")
      #expect(console.screen.conversation?.composer.field.text == "zz")
      console.press(.control("t"))
      console.type("y")
      #expect(console.screen.conversation?.composer.field.text == "zzy", "no letter is lost")
      console.press(.control("t"), .character("x"))
      if case .devices? = console.screen.dialog {} else { Issue.record("no devices") }
      console.press(.escape, .alt("b"))
      if case .settings? = console.screen.dialog {} else { Issue.record("no settings") }
      console.press(.escape)
      #expect(console.screen.conversation?.composer.field.text == "zzy")
    }
  }

  @Test("The settings list the keys of one's own")
  func listed() {
    bind(("z", "settings"), ("Hyper-x", "settings"))
    model.press(.character(","))
    model.press(.end)
    guard case .settings(let state)? = model.screen.dialog else {
      Issue.record("no settings")
      return
    }
    #expect(state.rows.last?.value == "2")
    model.press(.enter)
    guard case .choice(let choice)? = model.screen.dialog else {
      Issue.record("no list")
      return
    }
    #expect(choice.options.map(\.note) == ["line 1", "line 2", ""])
    #expect(choice.options[0].label.hasPrefix("z  "))
    #expect(choice.options[1].label.hasPrefix("! "))
  }
}

@Suite struct DisplayFormTests {
  @Test("Times of day and numbers as the person wants them; what programs read stays")
  func forms() {
    let afternoon = LocalTime(milliseconds: 1_795_265_047_123, zone: .utc)
    let night = LocalTime(milliseconds: 1_795_265_047_123 - 12 * 3_600_000, zone: .utc)
    #expect(afternoon.clock == "12:44" && Amount.grouped("1234567.89") == "1 234 567.89")
    DisplayForms.$ofTask.withValue(.init(isTwelveHours: true, grouping: .comma)) {
      #expect(afternoon.clock == "12:44 PM" && night.clock == "12:44 AM")
      #expect(afternoon.clockWithSeconds == "12:44:07 PM")
      #expect(Amount.grouped("-1234567.89") == "−1,234,567.89")
      #expect(Int64(1_795_265_047_123).iso8601 == "2026-11-21T12:44:07.123Z")
    }
    DisplayForms.$ofTask.withValue(.init(grouping: .none)) {
      #expect(Amount.grouped("1234567.89") == "1234567.89")
    }
  }
}
