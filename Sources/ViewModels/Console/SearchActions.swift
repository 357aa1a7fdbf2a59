import Accounts
import Domain
import Phrases
import ScreenState

/// The ways to messages, chats and commands by their words: the search and the palette.
@MainActor
struct SearchActions {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  /// Opens the search over all that is stored.
  ///
  /// - Parameter words: that are looked for at once.
  func openSearch(for words: String = "") {
    let search = SearchModel(
      console.context, chats: console.chats, status: console.status,
      openChat: console.conversation.record
    ) { [weak console] in
      if let console { SearchActions(console).show($0) }
    }
    console.dialogs.show(.search(search))
    if !words.isEmpty { _ = search.press(.paste(words)) }
  }

  /// Why nothing can be searched; nil when something can.
  var searchDisabledReason: String? {
    console.chats.all.isEmpty ? Phrase.noChatSelected.text : nil
  }

  /// Opens the chat of a message that was found, with the message in its context.
  private func show(_ target: SearchModel.Target) {
    console.dialogs.close()
    console.chats.select(target.chat.chat)
    guard let place = target.place else { return console.chatActions.openSelected() }
    console.conversation.open(target.chat, at: place, marking: target.words)
    console.focus(.conversation)
    console.conversation.setAmongMessages(true)
  }

  // MARK: The palette

  /// Opens the list of everything that can be done, over a dialog of what can be done there.
  func openPalette() {
    let beneath = console.dialogs.shown
    let palette = PaletteModel(
      console.context, source: PaletteSources(console, over: beneath?.place),
      over: beneath?.place == nil ? nil : beneath
    ) { [weak console] in
      if let console { SearchActions(console).follow($0) }
    }
    console.dialogs.showPalette(palette)
    console.context.start("palette.people", isSeen: false) { [weak palette] in
      await palette?.readPeople()
    }
  }

  /// Does what was chosen.
  func follow(_ choice: PaletteChoice) {
    console.dialogs.closePalette()
    switch choice {
    case .chat(let key): open(key)
    case .command(let name):
      guard let command = Command.all.first(where: { $0.name == name }) else { return }
      if let pane = pane(of: command) { console.focus(pane) }
      command.perform(console)
    case .person(let service, let id): console.chatActions.write(to: id, of: service)
    case .setting(let name, let value): set(name, to: value)
    case .order(let id):
      console.focus(.orders)
      console.exchange.orders.select(id)
      console.tradingActions.showSelectedOrder()
    case .swap(let amount, let from, let to):
      console.tradingActions.openTicket(amount: amount, from: from, to: to)
    case .alert(let from, let to, let isAbove, let price):
      console.tradingActions.waitForPrice(from: from, to: to, isAbove: isAbove, price: price)
    case .mute(let key, let isMuted):
      if let chat = console.chats.chat(key) { console.chatActions.mute(chat, isMuted) }
    case .search(let words): console.searchActions.openSearch(for: words)
    }
  }

  private func open(_ key: ChatID) {
    console.chats.select(key)
    console.chatActions.openSelected()
  }

  /// Where a command has to be used if not here.
  private func pane(of command: Command) -> PaneID? {
    let places = command.places
    if command.worksEverywhere || places.contains(.ring) { return nil }
    if command.panes.contains(console.panes.focused) { return nil }
    return PaneID.allCases.first(where: command.panes.contains)
  }

  /// Shows a setting's value at once and keeps it.
  private func set(_ name: String, to value: String) {
    let context = console.context
    let access = context.program.settings()
    guard let setting = access.settings.first(where: { $0.subject.rawValue == name }) else {
      return
    }
    if let problem = setting.show(value) {
      return context.notices.show(NoticeText(.failure, problem))
    }
    context.start("settings") {
      switch await access.keep([(setting.subject, value)]) {
      case .success(let path):
        context.notices.show(NoticeText(.success, Phrase.settingsKept.with(path)))
      case .failure(let error): context.notices.show(error)
      }
    }
  }
}
