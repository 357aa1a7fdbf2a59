import Phrases
import Storage
import Testing

@testable import ScreenState
@testable import ViewModels

/// The help: where it opens, what it finds, and what it leads back to.
@MainActor @Suite struct HelpModelTests {
  private let model: ConsoleModel

  init() throws {
    model = try HubFixture.emptyModel()
  }

  private var help: HelpState? {
    if case .help(let help)? = model.screen.dialog { help } else { nil }
  }

  private func type(_ text: String) { for letter in text { model.press(.character(letter)) } }

  @Test(
    "It begins with the keys of the pane that has them",
    arguments: [
      (PaneID.chats, Phrase.helpHereChats), (.balances, .helpHereBalances),
      (.orders, .helpHereOrders), (.calls, .helpHereCalls),
    ])
  func opensHere(_ pane: PaneID, _ title: Phrase) throws {
    model.focus(pane)
    model.press(.character("?"))
    let first = try #require(help?.groups.first)
    #expect(first.title == title.text)
    let here = Command.all.filter { $0.places.contains(.pane(pane)) }.map(\.title.text)
    #expect(first.entries.map(\.title) == here)
  }

  @Test("As one types, it shows what fits, by key, words or the command line; Esc closes it")
  func filters() throws {
    model.press(.character("?"))
    let all = try #require(help?.groups.flatMap(\.entries).count)
    type("quit")
    #expect(help?.groups.flatMap(\.entries).map(\.title) == [Phrase.commandQuit.text])
    model.press(.control("u"))
    type("Alt-s")
    #expect(help?.groups.flatMap(\.entries).map(\.title) == [Phrase.commandMute.text])
    model.press(.control("u"))
    type("tercet forward")
    #expect(help?.groups.flatMap(\.entries).map(\.title) == [Phrase.commandForward.text])
    type("zzz")
    #expect(help?.groups.isEmpty == true)
    model.press(.control("u"))
    #expect(help?.groups.flatMap(\.entries).count == all)
    model.press(.down)
    model.press(.pageDown)
    #expect(help?.scroll == 11)
    type("q")
    #expect(help?.scroll == 0)
    model.press(.escape)
    #expect(model.screen.dialog == nil)
    model.press(.character("?"))
    model.press(.character("?"))
    #expect(model.screen.dialog == nil)
  }

  @Test("In a dialog it lies over it and leads back; the keys of texts come first there")
  func overDialogs() throws {
    model.press(.character("S"))
    #expect(model.screen.wizard?.hints.last == Hint(.character("?"), .hintHelp, isLasting: true))
    model.press(.character("?"))
    #expect(help != nil)
    model.press(.escape)
    model.press(.enter)
    type("+1?")
    #expect(model.screen.inputs.first?.text == "+1?")
    #expect(model.screen.wizard?.hints.last == Hint(.function(1), .hintHelp, isLasting: true))
    model.press(.function(1))
    #expect(help?.groups.first?.title == Phrase.helpHereDialog.text)
    #expect(help?.groups.first?.entries.map(\.keys) == ["Enter", "Tab", "Esc"])
    #expect(help?.groups.dropFirst().first?.title == Phrase.groupTyping.text)
    model.press(.escape)
    #expect(model.screen.inputs.first?.text == "+1?")
    model.press(.escape)
    model.press(.escape)
    model.focus(.orders)
    model.press(.character("e"))
    #expect(model.screen.hints.last?.key == "F1")
    model.press(.function(1))
    model.press(.escape)
    #expect(model.screen.form?.title == Phrase.exportOrders.text)
  }

  @Test("Over a dialog it names no key that does nothing there")
  func onlyWhatWorks() throws {
    model.press(.character("S"))
    model.press(.function(1))
    let titles = try #require(help?.groups.flatMap(\.entries).map(\.title))
    let others = [Command.trade, .search, .mute, .signIn, .nextPane, .quit, .help].map(\.title.text)
    #expect(others.filter(titles.contains) == [Phrase.commandQuit.text, Phrase.commandHelp.text])
    let quit = help?.groups.flatMap(\.entries).first { $0.title == Phrase.commandQuit.text }
    #expect(quit?.keys == "^C", "a letter chooses there")
  }

  @Test("Every key of a text that the help names is taken by a text")
  func editingKeys() {
    for entry in EditingKey.all where !entry.isForMessages {
      for key in entry.keys {
        var (field, killed) = (FieldState(text: "one two", cursor: 4), "x")
        let isEdit = field.edit(key, killed: &killed)
        #expect(isEdit, "\(key.name)")
        #expect(field.text != "one two" || field.cursor != 4 || FieldState.undoing.contains(key))
      }
    }
  }

  @Test("A key that does nothing here says where it does something, or that it does not")
  func idleKeys() {
    model.press(.character("f"))
    #expect(model.screen.notices.last?.text == "f does nothing here")
    let way = Phrase.worksElsewhere.with("3", "f", Phrase.commandFilterOrders.text)
    #expect(model.screen.notices.last?.hint == String(way.dropLast()))
    model.press(.control("b"))
    #expect(model.screen.notices.map(\.text) == ["Ctrl-B does nothing here"])
    model.press(.down)
    #expect(model.screen.notices.isEmpty, "it was about that key")
    model.focus(.balances)
    model.press(.character("n"))
    #expect(model.screen.notices.last?.hint?.hasPrefix("Press 1 first, then n") == true)
    model.press(.enter)
    #expect(model.screen.notices.last?.text == Phrase.noTradingAccount.text)
  }
}
