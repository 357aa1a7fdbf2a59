import Accounts
import Domain
import Phrases
import ScreenState

/// The console without a screen: a line comes in, lines go out and stay.
///
/// A line in an open chat is a message. What begins with `/` is a command, in the words of the palette,
/// of which the table is the same; outside a chat the `/` may be left out. Numbers choose from what was
/// listed last.
@MainActor
package final class LinearSession {
  /// What a number stands for.
  private enum Target {
    case choice(PaletteChoice)
    case chat(ChatID)
    case call(String)
    case order(String)
    case asset(String)
    case message(String)
  }

  private let console: ConsoleModel
  private let dialogLines: @MainActor (DialogState, ScreenState) -> [String]
  private let say: @MainActor (String) -> Void
  private var news = LinearNews()
  private var targets: [Target] = []

  /// So many rows of a list are read out at a time.
  private static let page = 20

  /// - Parameters:
  ///   - dialogLines: everything that a dialog says.
  ///   - say: takes a line.
  package init(
    _ console: ConsoleModel,
    dialogLines: @escaping @MainActor (DialogState, ScreenState) -> [String],
    say: @escaping @MainActor (String) -> Void
  ) {
    self.console = console
    self.dialogLines = dialogLines
    self.say = say
  }

  /// Says what this is.
  package func start() {
    say(Phrase.linearWelcome.text)
    changed()
  }

  /// Says what has changed.
  package func changed() {
    // They are made for looking through with arrows; here their commands are typed.
    if case .palette? = console.dialogs.shown { console.dialogs.closePalette() }
    let lines = news.lines(of: screen, dialogLines: dialogLines, hints: KeyHints(console).now)
    for line in lines { say(line) }
    if case .help? = console.dialogs.shown { console.dialogs.closeTopmost() }
  }

  private var screen: ScreenState { console.screen(rows: 60) }

  /// Whether the next line is a secret, which must not be seen as it is typed.
  package var isSecret: Bool {
    guard let (inputs, selection) = LinearAnswers(console, say: say).fields,
      inputs.indices.contains(selection)
    else { return false }
    return inputs[selection].field.style == .secret
  }

  /// Whether what was asked for last is still on its way, so that a line that waits already is not meant
  /// for what is shown.
  package var isBusy: Bool {
    switch console.screen(rows: 1).dialog {
    case .wizard(let state): state.progress != nil
    case .form(let state): state.progress != nil
    case .choice(let state): state.progress != nil
    case .ticket(let state): state.stage == .quoting || state.stage == .sending
    default: false
    }
  }

  // MARK: Lines

  /// Does what a line says.
  package func receive(_ line: String) {
    let text = line.trimmed
    if text.hasPrefix("/"), !text.hasPrefix("//") {
      command(String(text.dropFirst()).trimmed)
    } else if console.dialogs.shown != nil {
      answer(text)
    } else if KeyTarget(console).isInChat {
      send(text.hasPrefix("//") ? String(text.dropFirst()) : line)
    } else if let number = Int(text) {
      choose(number)
    } else if !text.isEmpty {
      command(text)
    }
    changed()
  }

  private func send(_ text: String) {
    guard !text.isBlank, let chat = console.conversation.chat else { return }
    if let reason = console.conversation.closedReason { return say(reason) }
    let draft = console.composer.state.field.text
    guard draft.isBlank else { return say(Phrase.linearDraft.with(draft)) }
    console.composer.begin()
    console.composer.take(text, in: chat)
    _ = console.composer.press(.enter)
  }

  private func command(_ words: String) {
    if let number = Int(words) {
      return console.dialogs.shown == nil ? choose(number) : answer(words)
    }
    let word = words.lowercased()
    if word.isEmpty || word == "?" { return say(Phrase.linearHelp.text) }
    if isWord(word, .linearBack) {
      console.press(.escape)
      if console.dialogs.shown == nil, console.panes.focused == .conversation {
        console.focus(.chats)
      }
    } else if isWord(word, .linearAgain) {
      news.forgetDialog()
    } else if isWord(word, .linearSend) {
      _ = console.composer.press(.enter)
    } else if isWord(word, .linearDrop), let chat = console.conversation.chat {
      console.composer.take("", in: chat)
    } else if let list = LinearSession.list(word), console.dialogs.shown == nil {
      read(list)
    } else {
      find(words)
    }
  }

  private func isWord(_ word: String, _ phrase: Phrase) -> Bool {
    LinearSession.names(phrase).contains(word)
  }

  static func names(_ phrase: Phrase) -> [String] {
    [phrase.text.lowercased(), phrase.inEnglish.lowercased()]
  }

  // MARK: Lists

  private enum List { case chats, messages, calls, orders, balances }

  private static func list(_ word: String) -> List? {
    let lists: [(Phrase, List)] = [
      (.linearChats, .chats), (.linearMessages, .messages), (.linearCalls, .calls),
      (.linearOrders, .orders), (.linearBalances, .balances),
    ]
    return lists.first { names($0.0).contains(word) }?.1
  }

  private func read(_ list: List) {
    let screen = screen
    var rows: [(Target, String)] = []
    switch list {
    case .chats:
      console.focus(.chats)
      rows = screen.chats.rows.compactMap { row in
        ChatID(row.id).map { (.chat($0), LinearWords.chat(row)) }
      }
    case .messages:
      rows = (screen.conversation?.lines.suffix(Self.page) ?? []).map {
        (.message($0.id), LinearWords.message($0, screen))
      }
    case .calls:
      console.focus(.calls)
      rows = screen.calls.rows.map { (.call($0.id), LinearWords.call($0, screen)) }
    case .orders:
      console.focus(.orders)
      rows = screen.orders.rows.map { (.order($0.id), LinearWords.order($0)) }
    case .balances:
      console.focus(.balances)
      rows = screen.balances.rows.map { (.asset($0.asset), LinearWords.balance($0)) }
    }
    show(Array(rows.prefix(Self.page)), of: rows.count)
  }

  private func show(_ rows: [(Target, String)], of count: Int) {
    targets = rows.map(\.0)
    if rows.isEmpty { say(Phrase.paletteNothing.text) }
    for (index, row) in rows.enumerated() { say("\(index + 1) \(row.1)") }
    if count > rows.count { say(Phrase.moreOfThem.with("\(count - rows.count)")) }
  }

  private func choose(_ number: Int) {
    guard targets.indices.contains(number - 1) else {
      return say(Phrase.linearNoNumber.with("\(number)"))
    }
    switch targets[number - 1] {
    case .choice(let choice): follow(choice)
    case .chat(let chat): follow(.chat(chat))
    case .order(let id): follow(.order(id))
    case .call(let id): console.dialogs.show(.call(id))
    case .asset(let name):
      _ = console.exchange.market.select(shown: name)
      follow(.command(Command.swapBalance.name))
    case .message(let id):
      console.focus(.conversation)
      console.conversation.setAmongMessages(true)
      console.conversation.select(id)
      say(Phrase.linearSelected.text)
    }
  }

  // MARK: Commands

  /// Does the one thing that is meant, or lists what may be.
  private func find(_ words: String) {
    let source = PaletteSources(console, over: console.dialogs.shown?.place)
    let wanted = WantedWords(words)
    let ring =
      console.calls.ringing == nil ? [] : Command.at(.ring).map { ($0, $0.disabledReason(console)) }
    let commands = source.commands + ring.map { (command: $0.0, disabledReason: $0.1) }
    // Over what is being filled in, only what works everywhere is meant.
    let isOverFields = console.dialogs.shown != nil && console.dialogs.shown?.place == nil
    let exact = commands.filter { entry in
      let name = entry.command.name
      return name == words.lowercased()
        || name.split(separator: ".").last == Substring(words.lowercased())
    }
    if let first = exact.first, !isOverFields || first.command.places.contains(.ring) {
      if exact.count == 1 || first.command.places.contains(.ring) {
        return follow(.command(first.command.name))
      }
    }
    guard !isOverFields else { return say(Phrase.linearBackFirst.text) }
    let meant = source.meant(words)
    if meant.count == 1 { return follow(meant[0]) }
    let fitting = commands.filter { wanted.fits($0.command.title.text, $0.command.name) }
    var choices = meant + fitting.map { .command($0.command.name) }
    choices += source.chats(wanted).prefix(Self.page).map { .chat($0.chat) }
    choices += source.others(wanted)
    var known: Set<PaletteChoice> = []
    choices = choices.filter { known.insert($0).inserted }
    if choices.count == 1 { return follow(choices[0]) }
    let rows: [(Target, String)] = choices.prefix(Self.page).compactMap { choice in
      guard let entry = source.entry(choice) ?? ringEntry(choice) else { return nil }
      let reason = entry.disabledReason.map { " (\($0))" } ?? ""
      return (.choice(choice), harmless(entry.title) + reason)
    }
    show(rows, of: choices.count)
  }

  private func ringEntry(_ choice: PaletteChoice) -> PaletteState.Entry? {
    guard case .command(let name) = choice,
      let command = Command.at(.ring).first(where: { $0.name == name })
    else { return nil }
    return PaletteState.Entry(id: name, title: command.title.text, keys: "")
  }

  private func follow(_ choice: PaletteChoice) {
    if case .command(let name) = choice,
      let command = Command.all.first(where: { $0.name == name })
    {
      // What is said of a chat is about the one that is open.
      let panes = command.panes
      let reason =
        command.worksEverywhere || panes.isEmpty
        ? command.disabledReason(console)
        : console.panes.supposing(oneOf: panes) { command.disabledReason(console) }
      if let reason { return say(reason) }
    }
    let before = console.panes.focused
    console.searchActions.follow(choice)
    // Going to a list means to hear it.
    let after = console.panes.focused
    if case .command(let name) = choice, name.hasPrefix("view.") || after != before {
      guard console.dialogs.shown == nil else { return }
      switch after {
      case .chats: read(.chats)
      case .balances: read(.balances)
      case .orders: read(.orders)
      case .calls: read(.calls)
      case .conversation: break
      }
    }
  }

  /// Takes a line as the answer to what is open.
  private func answer(_ text: String) { LinearAnswers(console, say: say).answer(text) }
}
