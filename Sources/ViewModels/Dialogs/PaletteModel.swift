import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Where the palette's entries come from, and how each is worded.
@MainActor
protocol PaletteSource: AnyObject {
  /// Whether it is about the panes, and not about a dialog that lies under it.
  var isOverPanes: Bool { get }
  /// The commands that can be chosen here, each with the reason why it would do nothing.
  var commands: [(command: Command, disabledReason: String?)] { get }
  func chats(_ wanted: WantedWords) -> [ChatRecord]
  /// Commands with the arguments that were typed behind them.
  func meant(_ text: String) -> [PaletteChoice]
  /// All else that fits.
  func others(_ wanted: WantedWords) -> [PaletteChoice]
  /// Nil for what is not there any more.
  func entry(_ choice: PaletteChoice) -> PaletteState.Entry?
  func entry(_ command: Command, _ reason: String?) -> PaletteState.Entry
  func entry(_ chat: ChatRecord) -> PaletteState.Entry
  /// Reads who is known.
  func readPeople() async
}

/// The command palette: everything that can be done, with its key, and everywhere one can go, filtered
/// by what is typed.
@MainActor
package final class PaletteModel {
  private var field = FieldState(placeholder: Phrase.palettePlaceholder.text)
  /// What is selected, and where it stood.
  private var selected: (id: String, place: Int)?
  private var made: Made?
  private let context: ModelContext
  private let source: any PaletteSource
  /// What the palette lies over, which goes on as it is; nil for the panes.
  let beneath: DialogModel.Dialog?
  private let choose: @MainActor (PaletteChoice) -> Void

  /// - Parameters:
  ///   - beneath: what it lies over.
  ///   - choose: does what was chosen; the palette is closed by then.
  init(
    _ context: ModelContext, source: any PaletteSource,
    over beneath: DialogModel.Dialog?, choose: @escaping @MainActor (PaletteChoice) -> Void
  ) {
    self.context = context
    self.source = source
    self.beneath = beneath
    self.choose = choose
  }

  /// What a screen of so many rows can show of it.
  func state(rows: Int) -> PaletteState {
    let entries = entries
    var state = PaletteState(field: field)
    state.selection = place(in: entries)
    state.entries = Excerpt(of: entries.count, around: state.selection, reach: rows) {
      entry(entries, $0)
    }
    state.hints = [
      Hint(.enter, .hintRun), Hint(.up, .hintMove), Hint(.escape, .hintLeave),
    ]
    return state
  }

  // MARK: Entries

  /// What fits: what was chosen lately, what works, chats, all else, and at last what does not work.
  private struct Entries {
    var first: [PaletteState.Entry]
    var chats: [ChatRecord]
    var last: [PaletteState.Entry]
    /// What each entry that is no chat stands for.
    var choices: [String: PaletteChoice]

    var count: Int { first.count + chats.count + last.count }

    func id(_ index: Int) -> String {
      if index < first.count { return first[index].id }
      let index = index - first.count
      return index < chats.count ? chats[index].chat.text : last[index - chats.count].id
    }
  }

  /// What `others` were made of: they change only with the text and what can be chosen from.
  private struct Made {
    var text: String
    var others: [PaletteChoice]
  }

  private func entry(_ entries: Entries, _ index: Int) -> PaletteState.Entry {
    if index < entries.first.count { return entries.first[index] }
    let index = index - entries.first.count
    if index < entries.chats.count { return source.entry(entries.chats[index]) }
    return entries.last[index - entries.chats.count]
  }

  private var entries: Entries {
    let text = field.text
    let wanted = WantedWords(text)
    var choices: [String: PaletteChoice] = [:]
    func words(_ wishes: [PaletteChoice]) -> [PaletteState.Entry] {
      wishes.compactMap { choice in
        guard choices[choice.id] == nil, let entry = source.entry(choice) else { return nil }
        choices[choice.id] = choice
        return entry
      }
    }
    let recent = words(source.isOverPanes ? context.recent.all : []).filter {
      $0.disabledReason == nil && wanted.fits($0.title, $0.id)
    }
    let isRecent = Set(recent.map(\.id))
    let meant = words(source.isOverPanes ? source.meant(text) : [])
    let commands = source.commands.filter {
      wanted.fits($0.command.title.text, $0.command.name) && !isRecent.contains($0.command.name)
    }.map { source.entry($0.command, $0.disabledReason) }
    for entry in commands { choices[entry.id] = .command(entry.id) }
    let isMeant = isRecent.union(meant.map(\.id))
    let chats = source.chats(wanted).filter { chat in
      isMeant.isEmpty || !isMeant.contains(chat.chat.text)
    }
    let others = words(others(wanted))
    let idle = commands.filter { $0.disabledReason != nil }
    let working = commands.filter { $0.disabledReason == nil }
    // Where nothing is typed yet the list is that of the table.
    let isAll = wanted.isEmpty
    let search = text.trimmed.count > 1 && source.isOverPanes
    return Entries(
      first: recent + meant + working + (isAll ? idle : []), chats: chats,
      last: others + (isAll ? [] : idle) + (search ? words([.search(text.trimmed)]) : []),
      choices: choices)
  }

  private func others(_ wanted: WantedWords) -> [PaletteChoice] {
    if let made, made.text == wanted.text { return made.others }
    let others = source.others(wanted)
    made = Made(text: wanted.text, others: others)
    return others
  }

  /// Adds who is known, which is read while the palette is open already.
  func readPeople() async {
    await source.readPeople()
    made = nil
    context.onChange()
  }

  /// The selected one's index; that of the first one when it is gone.
  private func place(in entries: Entries) -> Int? {
    guard entries.count > 0 else { return nil }
    guard let selected else { return 0 }
    if selected.place < entries.count, entries.id(selected.place) == selected.id {
      return selected.place
    }
    return (0..<entries.count).first { entries.id($0) == selected.id } ?? 0
  }

  // MARK: Keys

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
      selected = nil
    }
    context.onChange()
    return true
  }

  private func move(_ step: Selection.Step) {
    let entries = entries
    guard let index = place(in: entries) else { return }
    let target = step.target(from: index, of: entries.count)
    selected = (entries.id(target), target)
  }

  private func chooseSelected() {
    let entries = entries
    guard let index = place(in: entries) else { return }
    let entry = entry(entries, index)
    if let reason = entry.disabledReason {
      return context.notices.show(NoticeText(.info, reason))
    }
    let choice = entry.isChat ? .chat(ChatID(stored: entry.id)) : entries.choices[entry.id]
    guard let choice else { return }
    context.recent.add(choice)
    choose(choice)
  }
}
