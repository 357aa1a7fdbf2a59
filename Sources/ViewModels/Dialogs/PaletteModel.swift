import Accounts
import Domain
import Phrases
import ScreenState

/// The command palette: every command with its key, and every chat, filtered by what is typed.
@MainActor
package final class PaletteModel {
  /// What was chosen.
  enum Choice {
    case command(Command)
    case chat(ChatID)
  }

  private var field = FieldState(placeholder: Phrase.palettePlaceholder.text)
  private var selection = Selection()
  private let context: ModelContext
  private let commands: @MainActor () -> [(command: Command, disabledReason: String?)]
  private let chats: ChatListModel
  private let choose: @MainActor (Choice) -> Void

  /// - Parameters:
  ///   - commands: what can be done now or could be otherwise.
  ///   - choose: does what was chosen; the palette is closed by then.
  init(
    _ context: ModelContext, chats: ChatListModel,
    commands: @escaping @MainActor () -> [(command: Command, disabledReason: String?)],
    choose: @escaping @MainActor (Choice) -> Void
  ) {
    self.context = context
    self.chats = chats
    self.commands = commands
    self.choose = choose
  }

  var state: PaletteState {
    var state = PaletteState(field: field)
    state.entries = entries
    state.selection = selection.index(in: state.entries.map(\.id))
    state.hints = [
      Hint(.enter, .hintRun), Hint(.up, .hintMove), Hint(.escape, .hintLeave),
    ]
    return state
  }

  private var entries: [PaletteState.Entry] {
    let wanted = field.text.lowercased().split(whereSeparator: \.isWhitespace)
    func fits(_ texts: String...) -> Bool {
      let text = texts.joined(separator: " ").lowercased()
      return wanted.allSatisfy { text.contains($0) }
    }
    let todo = commands().filter { fits($0.command.title.text, $0.command.name) }.map {
      PaletteState.Entry(
        id: $0.command.name, title: $0.command.title.text, keys: $0.command.keyText,
        disabledReason: $0.disabledReason)
    }
    // What works comes first, each part in the order of the table.
    let places = chats.all.filter { fits($0.title, $0.chat.text) }.map {
      PaletteState.Entry(
        id: $0.chat.text, title: $0.title.isEmpty ? $0.chat.text : $0.title,
        keys: $0.service.letter, isChat: true)
    }
    return todo.filter { $0.disabledReason == nil } + todo.filter { $0.disabledReason != nil }
      + places
  }

  /// False for a key that means something else: Esc.
  func press(_ key: Key) -> Bool {
    switch key {
    case .escape: return false
    case .enter: chooseSelected()
    case .up: move(.by(-1))
    case .down, .tab: move(.by(1))
    case .backTab: move(.by(-1))
    case .pageUp: move(.by(-10))
    case .pageDown: move(.by(10))
    default:
      guard field.edit(key, limit: 256) else { return false }
      selection.select(entries.first?.id)
    }
    context.onChange()
    return true
  }

  private func move(_ step: Selection.Step) { selection.move(step, in: entries.map(\.id)) }

  private func chooseSelected() {
    let entries = entries
    guard let index = selection.index(in: entries.map(\.id)) else { return }
    let entry = entries[index]
    if entry.isChat { return choose(.chat(ChatID(stored: entry.id))) }
    if let reason = entry.disabledReason {
      return context.notices.show(NoticeText(.info, reason))
    }
    guard let command = commands().first(where: { $0.command.name == entry.id })?.command else {
      return
    }
    choose(.command(command))
  }
}
