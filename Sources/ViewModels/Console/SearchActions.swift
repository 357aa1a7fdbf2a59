import Phrases
import ScreenState

/// The ways to messages, chats and commands by their words: the search and the palette.
@MainActor
struct SearchActions {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  /// Opens the search over all that is stored.
  func openSearch() {
    console.dialogs.show(
      .search(
        SearchModel(
          console.context, chats: console.chats, status: console.status,
          openChat: console.conversation.record
        ) { [weak console] in
          if let console { SearchActions(console).show($0) }
        }))
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

  /// Opens the list of everything that can be done.
  func openPalette() {
    console.dialogs.show(
      .palette(
        PaletteModel(
          console.context, chats: console.chats,
          commands: { [weak console] in console.map { SearchActions($0).choices } ?? [] }
        ) { [weak console] in
          if let console { SearchActions(console).follow($0) }
        }))
  }

  /// The commands that do something by themselves: not those inside a dialog, nor the steps of a
  /// movement.
  private var choices: [(command: Command, disabledReason: String?)] {
    Command.all.filter { command in
      command.name != Command.palette.name && !command.name.hasPrefix("move.")
        && command.places.contains { place in
          switch place {
          case .everywhere, .byChord, .pane, .messages: true
          case .ring: console.calls.ringing != nil
          case .dialog: false
          }
        }
    }.map { ($0, reason(against: $0)) }
  }

  /// Why a command would do nothing. What works in one pane alone is asked as if that had the keys.
  private func reason(against command: Command) -> String? {
    if command.worksEverywhere { return command.disabledReason(console) }
    return console.panes.supposing(oneOf: command.panes) { command.disabledReason(console) }
  }

  private func follow(_ choice: PaletteModel.Choice) {
    console.dialogs.close()
    switch choice {
    case .chat(let key):
      console.chats.select(key)
      console.chatActions.openSelected()
    case .command(let command):
      if let pane = pane(of: command) { console.focus(pane) }
      command.perform(console)
    }
  }

  /// Where a command has to be used if not here.
  private func pane(of command: Command) -> PaneID? {
    let places = command.places
    if command.worksEverywhere || places.contains(.ring) { return nil }
    if command.panes.contains(console.panes.focused) { return nil }
    return PaneID.allCases.first(where: command.panes.contains)
  }
}
