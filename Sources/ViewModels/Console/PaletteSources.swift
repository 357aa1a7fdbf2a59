import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// What the palette offers of a console.
@MainActor
final class PaletteSources: PaletteSource {
  private let console: ConsoleModel
  /// The dialog that the palette lies over, whose commands it offers; nil over the panes.
  let dialog: Command.Dialog?
  /// What can be set in the console, as it was when the palette was opened.
  private let access: SettingsAccess
  /// People of all services; they are read while the palette is open already.
  private var people: [(person: ContactRecord, folded: [UInt8])] = []

  init(_ console: ConsoleModel, over dialog: Command.Dialog?) {
    self.console = console
    self.dialog = dialog
    access = console.context.program.settings()
  }

  var isOverPanes: Bool { dialog == nil }

  func meant(_ text: String) -> [PaletteChoice] { PaletteVerbs(console).choices(text) }

  /// No more of one kind are offered.
  private static let limit = 30

  /// Reads who is known.
  func readPeople() async {
    let stored = await console.context.hub.environment.storing { store in
      try await store.contacts.all()
    }
    people = (stored ?? []).map {
      ($0, WantedWords.folded([$0.name, $0.id, $0.phone ?? ""].joined(separator: " ")))
    }
  }

  // MARK: What fits

  /// The commands that can be chosen here, each with the reason why it would do nothing.
  var commands: [(command: Command, disabledReason: String?)] {
    PaletteSources.commands(over: dialog, isRinging: console.calls.ringing != nil).map {
      ($0, reason(against: $0))
    }
  }

  /// All commands whose keys do something in a dialog, or over the panes, but the one that opens the
  /// palette.
  static func commands(over dialog: Command.Dialog?, isRinging: Bool) -> [Command] {
    Command.all.filter { command in
      command.name != Command.palette.name
        && command.places.contains { place in
          switch place {
          case .everywhere, .byChord, .pane, .messages: dialog == nil
          case .ring: isRinging
          case .dialog(let place): place == dialog
          }
        }
    }
  }

  /// Why a command would do nothing. What works in one pane alone is asked as if that had the keys.
  private func reason(against command: Command) -> String? {
    if command.worksEverywhere { return command.disabledReason(console) }
    return console.panes.supposing(oneOf: command.panes) { command.disabledReason(console) }
  }

  func chats(_ wanted: WantedWords) -> [ChatRecord] {
    dialog == nil ? console.messengers.found.fitting(wanted) : []
  }

  /// Commands with their arguments, and all else that is no command and no chat.
  func others(_ wanted: WantedWords) -> [PaletteChoice] {
    guard !wanted.isEmpty, dialog == nil else { return [] }
    return settings(wanted) + people(wanted) + pairs(wanted) + orders(wanted)
  }

  private func settings(_ wanted: WantedWords) -> [PaletteChoice] {
    access.settings.flatMap { setting in
      setting.options.filter { option in
        wanted.fits(
          setting.subject.label.text, setting.subject.rawValue, option.value, option.label)
      }.map { .setting(setting.subject.rawValue, value: $0.value) }
    }
  }

  private func people(_ wanted: WantedWords) -> [PaletteChoice] {
    people.lazy.filter { wanted.fits($0.folded) }.filter { [console] in
      console.chats.chat($0.person.dialog) == nil
    }.prefix(PaletteSources.limit).map { .person($0.person.service, id: $0.person.id) }
  }

  private func pairs(_ wanted: WantedWords) -> [PaletteChoice] {
    let quote = AssetName.usualQuote
    let assets = console.exchange.market.balances.map(\.asset).filter { $0 != quote }
    return assets.flatMap { [($0, quote), (quote, $0)] }.lazy
      .filter { wanted.fits("\($0.0) → \($0.1) \($0.0)/\($0.1) \(Phrase.swap.text)") }
      .prefix(PaletteSources.limit).map { .swap(amount: "", from: $0.0, to: $0.1) }
  }

  private func orders(_ wanted: WantedWords) -> [PaletteChoice] {
    console.exchange.orders.orders.prefix(PaletteSources.mostOrders).lazy.filter { order in
      wanted.fits(
        order.clientOrderId, order.orderId ?? "", order.from, order.to, order.amount,
        order.status.word, Phrase.order.text)
    }.prefix(PaletteSources.limit).map { .order($0.id) }
  }

  /// Older ones are found by the list of orders.
  private static let mostOrders = 300

  // MARK: How it is worded

  private var keyMap: KeyMap { console.keys.map }

  /// Nil for what is not there any more.
  func entry(_ choice: PaletteChoice) -> PaletteState.Entry? {
    switch choice {
    case .command(let name):
      return commands.first { $0.command.name == name }.map { entry($0.command, $0.disabledReason) }
    case .chat(let key): return console.chats.chat(key).map(entry)
    case .person(let service, let id):
      let person = people.first { $0.person.service == service && $0.person.id == id }?.person
      return person.map { other(choice, Phrase.paletteWriteTo.with($0.name), service.letter) }
    case .setting(let name, let value): return entry(setting: name, value, choice)
    case .order(let id):
      guard let order = console.exchange.orders.order(id) else { return nil }
      let pair = "\(Amount.grouped(order.amount)) \(order.from) → \(order.to)"
      return other(choice, "\(pair)  \(order.status.word)")
    case .swap(let amount, let from, let to):
      let paid = amount.isEmpty ? from : "\(amount) \(from)"
      return other(
        choice, Phrase.paletteSwap.with(paid, to), keyMap.mark(of: .trade),
        Command.trade.disabledReason(console))
    case .alert(let from, let to, let isAbove, let price):
      let side: Phrase = isAbove ? .alertAbove : .alertBelow
      return other(
        choice, Phrase.paletteAlert.with(side.with(from, price, to)),
        keyMap.mark(of: .priceAlert))
    case .mute(let key, let isMuted):
      guard let chat = console.chats.chat(key) else { return nil }
      let words: Phrase = isMuted ? .paletteMute : .paletteUnmute
      return other(
        choice, words.with(chat.shownTitle), keyMap.mark(of: .mute),
        console.chatActions.muteDisabledReason(of: chat))
    case .search(let words):
      return other(
        choice, Phrase.paletteSearch.with(words), keyMap.mark(of: .search),
        console.searchActions.searchDisabledReason)
    }
  }

  func entry(_ command: Command, _ reason: String?) -> PaletteState.Entry {
    PaletteState.Entry(
      id: command.name, title: command.title.text, keys: keyMap.text(for: command),
      disabledReason: reason)
  }

  func entry(_ chat: ChatRecord) -> PaletteState.Entry {
    PaletteState.Entry(
      id: chat.chat.text, title: chat.shownTitle, keys: chat.service.letter, isChat: true)
  }

  private func entry(
    setting name: String, _ value: String, _ choice: PaletteChoice
  ) -> PaletteState.Entry? {
    guard let setting = access.settings.first(where: { $0.subject.rawValue == name }),
      let option = setting.options.first(where: { $0.value == value })
    else { return nil }
    let words = Phrase.paletteSetting.with(setting.subject.label.text, option.label)
    return other(choice, words, keyMap.mark(of: .settings), setting.obstacle())
  }

  private func other(
    _ choice: PaletteChoice, _ title: String, _ keys: String = "", _ reason: String? = nil
  ) -> PaletteState.Entry {
    PaletteState.Entry(id: choice.id, title: title, keys: keys, disabledReason: reason)
  }
}

extension ContactRecord {
  /// The chat with them, if there is one.
  var dialog: ChatID { ChatID(service, id) }
}
