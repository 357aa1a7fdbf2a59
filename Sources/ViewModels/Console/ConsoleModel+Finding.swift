import Phrases
import ScreenState
import Storage

// What commands do to find messages, chats and other commands.
extension ConsoleModel {
  /// Opens the search over all that is stored.
  func openSearch() {
    dialogs.show(
      .search(
        SearchModel(
          context, chats: chats, status: status, openChat: conversation.record
        ) { [weak self] in self?.show($0) }))
  }

  /// Why nothing can be searched; nil when something can.
  var searchDisabledReason: String? {
    chats.all.isEmpty ? Phrase.noChatSelected.text : nil
  }

  /// Opens the chat of a message that was found, with the message in its context.
  private func show(_ target: SearchModel.Target) {
    closeDialog()
    chats.select(target.chat.chat)
    conversation.open(target.chat, at: target.place, marking: target.words)
    focus(.conversation)
    conversation.setAmongMessages(true)
  }

  /// Opens the list of everything that can be done.
  func openPalette() {
    dialogs.show(
      .palette(
        PaletteModel(
          context, chats: chats, commands: { [weak self] in self?.choices ?? [] }
        ) { [weak self] in self?.follow($0) }))
  }

  /// The commands that do something by themselves: not those inside a dialog, nor the steps of a
  /// movement.
  private var choices: [(command: Command, disabledReason: String?)] {
    Command.all.filter { command in
      command.name != Command.palette.name && !command.name.hasPrefix("move.")
        && command.places.contains { place in
          switch place {
          case .everywhere, .byChord, .pane, .messages: true
          case .ring: calls.ringing != nil
          case .dialog: false
          }
        }
    }.map { ($0, reason(against: $0)) }
  }

  /// Why a command would do nothing. What works in one pane alone is asked as if that had the keys.
  private func reason(against command: Command) -> String? {
    inPlace(of: command) { command.disabledReason(self) }
  }

  private func follow(_ choice: PaletteModel.Choice) {
    closeDialog()
    switch choice {
    case .chat(let key):
      chats.select(key)
      openSelectedChat()
    case .command(let command):
      if let pane = pane(of: command) { focus(pane) }
      command.perform(self)
    }
  }

  /// Where a command has to be used if not here.
  private func pane(of command: Command) -> PaneID? {
    let places = command.places
    if command.worksEverywhere || places.contains(.ring) { return nil }
    if command.panes.contains(focusedPane) { return nil }
    return PaneID.allCases.first(where: command.panes.contains)
  }
}
