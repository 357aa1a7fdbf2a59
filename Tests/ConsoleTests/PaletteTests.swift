import Phrases
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels

/// The palette: everything that keys do and more, with arguments, what was chosen lately first.
@MainActor @Suite(.timeLimit(.minutes(5))) struct PaletteTests {
  @Test("Each command of the table has its entry where its keys work")
  func everyCommand() {
    let overPanes = PaletteSources.commands(over: nil, isRinging: true).map(\.name)
    for command in Command.all where command.name != Command.palette.name {
      for place in command.places {
        if case .dialog(let dialog) = place {
          let names = PaletteSources.commands(over: dialog, isRinging: false).map(\.name)
          #expect(names.contains(command.name), "\(command.name) over \(dialog)")
        } else {
          #expect(overPanes.contains(command.name), "\(command.name)")
        }
      }
    }
  }

  private func open(_ console: ConsoleFixture, _ text: String) {
    console.press(.control("p"))
    console.type(text)
  }

  private func titles(_ console: ConsoleFixture) -> [String] {
    console.screen.palette?.entries.map(\.title) ?? []
  }

  @Test("Commands take their arguments: a chat is muted, a ticket and an alert are filled in")
  func arguments() async throws {
    try await ConsoleFixture.runOnline { console in
      open(console, "mute павел")
      #expect(titles(console).first == Phrase.paletteMute.with("Павел"))
      console.press(.enter)
      try await console.until("silence") { screen in
        screen.chats.rows.contains { $0.title == "Павел" && $0.isMuted }
      }
      open(console, "swap 0.1 eth usdt")
      #expect(titles(console).first == "swap 0.1 ETH to USDT")
      console.press(.enter)
      let ticket = try #require(console.screen.ticket)
      #expect([ticket.amount.text, ticket.from.text, ticket.to.text] == ["0.1", "ETH", "USDT"])
      #expect(ticket.stage == .editing(.amount), "nothing is asked or sent by it")
      console.press(.escape)
      open(console, "alert eth < 100")
      #expect(titles(console).first == "tell me when ETH is below 100 USDT")
      console.press(.enter)
      let form = try #require(console.screen.form)
      #expect(form.inputs.map(\.field.text) == ["ETH", "USDT", "below", "100"])
      console.press(.escape)
      open(console, "search молок")
      #expect(titles(console).contains(Phrase.paletteSearch.with("молок")))
      console.press(.enter)
      #expect(console.screen.search?.field.text == "молок")
    }
  }

  @Test("Pairs, orders, people and settings are found by their names")
  func everythingElse() async throws {
    try await ConsoleFixture.runOnline { console in
      console.model.context.program.settings = {
        SettingsAccess([
          .init(.theme, [.init("dark", label: "Dark")], current: "plain") { _ in nil }
        ]) { changes in .success("config with \(changes[0].value)") }
      }
      open(console, "theme dark")
      #expect(titles(console).first == "Theme: Dark")
      console.press(.enter)
      try await console.until("it is kept") { screen in
        screen.notices.contains { $0.text.contains("config with dark") }
      }
      open(console, "eth/usdt")
      #expect(titles(console).first == Phrase.paletteSwap.with("ETH", "USDT"))
      console.press(.escape)
      #expect(console.screen.dialog == nil)
    }
  }

  @Test("What was chosen lately comes first, if it can be done")
  func recent() throws {
    let model = try HubFixture.emptyModel()
    func first() -> String? {
      if case .palette(let state)? = model.screen.dialog { state.entries.first?.id } else { nil }
    }
    model.press(.control("p"))
    #expect(first() != "devices")
    for letter in "where you are signed in" { model.press(.character(letter)) }
    model.press(.control("u"))
    for letter in "settings" { model.press(.character(letter)) }
    #expect(first() == "settings")
    model.press(.enter)
    model.press(.escape)
    model.press(.control("p"))
    #expect(first() == "settings")
    model.press(.escape)
  }

  @Test("Over a dialog it offers what can be done there, and leads back to it")
  func overDialog() throws {
    let model = try HubFixture.emptyModel()
    model.press(.character("A"))
    guard case .devices? = model.screen.dialog else {
      Issue.record("no devices")
      return
    }
    model.press(.control("p"))
    guard case .palette(let state)? = model.screen.dialog else {
      Issue.record("no palette")
      return
    }
    #expect(Set(state.entries.map(\.id)) == ["dialog.close", "devices.close", "devices.again"])
    model.press(.escape)
    if case .devices? = model.screen.dialog {} else { Issue.record("not back") }
    model.press(.control("p"))
    for letter in "close this" { model.press(.character(letter)) }
    model.press(.escape)
    model.press(.escape)
    #expect(model.screen.dialog == nil)
  }

  @Test("With 5000 chats a letter looks at few of them, and a word that nobody has at each once")
  func bounded() throws {
    let model = try HubFixture.emptyModel()
    model.chats.show(
      (0..<5000).map {
        ChatRecord(
          chat: ChatID(.max, "\($0)"), service: .max, kind: .dialog, title: "Person \($0)",
          unread: 0, lastMessageAt: Int64(10_000 - $0), readMark: 0)
      })
    let found = model.messengers.found
    model.press(.control("p"))
    for letter in "pers" {
      let before = found.looked
      model.press(.character(letter))
      _ = model.screen(rows: 40)
      #expect(found.looked - before <= FoundChats.limit)
    }
    model.press(.control("u"))
    model.press(.character("ъ"))
    _ = model.screen(rows: 40)
    let before = found.looked
    for letter in "ъъъ" { model.press(.character(letter)) }
    _ = model.screen(rows: 40)
    #expect(found.looked == before, "nothing fits any more")
    model.press(.control("u"))
    for _ in 0..<300 { model.press(.pageDown) }
    guard case .palette(let state)? = model.screen(rows: 40).dialog else {
      Issue.record("no palette")
      return
    }
    #expect(state.entries.count <= 80 && state.entries.total > 5000)
    #expect((state.selection ?? 0) > 2000)
  }
}
