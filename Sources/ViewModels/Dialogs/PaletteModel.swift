import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The command palette: every command with its key, and every chat, filtered by what is typed.
@MainActor
package final class PaletteModel {
  /// What was chosen.
  enum Choice {
    case command(Command)
    case chat(ChatID)
  }

  /// The chats that fit what is typed, as long as none changes.
  private struct Found {
    var text: String
    var version: Int
    var chats: [ChatRecord]
  }

  private var found: Found?
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

  /// What a screen of so many rows can show of it.
  func state(rows: Int) -> PaletteState {
    let entries = entries
    var state = PaletteState(field: field)
    state.selection = entries.index(of: selection)
    state.entries = Excerpt(of: entries.count, around: state.selection, reach: rows) { entries[$0] }
    state.hints = [
      Hint(.enter, .hintRun), Hint(.up, .hintMove), Hint(.escape, .hintLeave),
    ]
    return state
  }

  /// What works comes first, each part in the order of the table; then chats.
  private struct Entries {
    var commands: [PaletteState.Entry]
    var chats: [ChatRecord]

    var count: Int { commands.count + chats.count }

    subscript(index: Int) -> PaletteState.Entry {
      if index < commands.count { return commands[index] }
      let chat = chats[index - commands.count]
      return PaletteState.Entry(
        id: chat.chat.text, title: chat.shownTitle,
        keys: chat.service.letter, isChat: true)
    }

    /// The selected one's index; that of the first one when it is gone.
    func index(of selection: Selection) -> Int? {
      guard count > 0 else { return nil }
      guard let id = selection.id else { return 0 }
      return commands.firstIndex { $0.id == id }
        ?? chats.firstIndex { $0.chat.text == id }.map { commands.count + $0 } ?? 0
    }
  }

  private var entries: Entries {
    let wanted = Wanted(field.text)
    let todo = commands().filter { wanted.fits($0.command.title.text, $0.command.name) }.map {
      PaletteState.Entry(
        id: $0.command.name, title: $0.command.title.text, keys: $0.command.keyText,
        disabledReason: $0.disabledReason)
    }
    return Entries(
      commands: todo.filter { $0.disabledReason == nil }
        + todo.filter { $0.disabledReason != nil },
      chats: chats(wanted))
  }

  /// All words of what is typed have to be somewhere.
  private struct Wanted {
    let text: String
    let words: [Substring]

    init(_ text: String) {
      self.text = text
      words = text.lowercased().split(whereSeparator: \.isWhitespace)
    }

    func fits(_ texts: String...) -> Bool {
      let text = texts.joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  private func chats(_ wanted: Wanted) -> [ChatRecord] {
    guard !wanted.words.isEmpty else { return chats.all }
    var known = chats.all
    if let found, found.version == chats.version {
      if found.text == wanted.text { return found.chats }
      // One letter more leaves fewer of them.
      if wanted.text.hasPrefix(found.text) { known = found.chats }
    }
    let fitting = known.filter { wanted.fits($0.shownTitle, $0.chat.text) }
    found = Found(text: wanted.text, version: chats.version, chats: fitting)
    return fitting
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
      guard field.edit(key, limit: 256, killed: &context.killed) else { return false }
      let entries = entries
      selection.select(entries.count > 0 ? entries[0].id : nil)
    }
    context.onChange()
    return true
  }

  private func move(_ step: Selection.Step) {
    let entries = entries
    guard let index = entries.index(of: selection) else { return }
    selection.select(entries[step.target(from: index, of: entries.count)].id)
  }

  private func chooseSelected() {
    let entries = entries
    guard let index = entries.index(of: selection) else { return }
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
