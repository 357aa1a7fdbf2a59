import ScreenState

/// Where keys go: into a text that is being written, or to commands.
@MainActor
struct KeyTarget {
  private let dialog: DialogModel.Dialog?
  private let panes: PaneFocus
  private let conversation: ConversationModel
  private let composer: ComposerModel
  private let chats: ChatListModel

  init(_ console: ConsoleModel) {
    dialog = console.dialogs.shown
    panes = console.panes
    conversation = console.conversation
    composer = console.composer
    chats = console.chats
  }

  /// Whether letters go into a text field now.
  var isTyping: Bool {
    switch dialog {
    case .wizard, .form, .choice, .search, .palette, .people: true
    case .ticket(let ticket): if case .editing = ticket.stage { true } else { false }
    case .help: true
    case .order, .call, .identity, .group, .line, .devices, .settings, .picture, .chart: false
    case nil: isInChat || isFiltering
    }
  }

  /// Whether every character goes into a text now, or would mean something to a choice that is typed.
  var takesText: Bool {
    switch dialog {
    case .wizard(let wizard): wizard.takesText
    case .choice(let choice): choice.takesText
    case nil: isWriting || isFiltering
    default: isTyping
    }
  }

  /// Whether words may be meant: for a text field, or for the chat that stands open beside a list.
  var takesWords: Bool {
    isTyping || dialog == nil && conversation.closedReason == nil
  }

  /// A chat is open and has the keys.
  var isInChat: Bool { panes.focused == .conversation && conversation.chat != nil }

  /// Whether keys go into what the list of chats is filtered by.
  var isFiltering: Bool { panes.focused == .chats && chats.isFiltered }

  /// Whether keys go into the message at the foot of the conversation.
  var isWriting: Bool { isInChat && composer.isWriting }
}
