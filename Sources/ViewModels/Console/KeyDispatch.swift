import Accounts
import Phrases
import ScreenState

/// What a key press does: it goes into the dialog that is open, into what is written, or to a command.
@MainActor
struct KeyDispatch {
  private let console: ConsoleModel
  private let context: ModelContext
  private let dialogs: DialogModel
  private let panes: PaneFocus
  private let calls: CallLogModel
  private let conversation: ConversationModel
  private let composer: ComposerModel
  /// Computed anew at each use: what a key does may change it.
  private var target: KeyTarget { KeyTarget(console) }

  init(_ console: ConsoleModel) {
    self.console = console
    context = console.context
    dialogs = console.dialogs
    panes = console.panes
    calls = console.calls
    conversation = console.conversation
    composer = console.composer
  }

  /// Handles one key press; false when nothing is bound to it here.
  func press(_ key: Key) -> Bool {
    if case .resize = key {
      context.onChange()
      return true
    }
    context.notices.forget(.key)
    // The terminal is spoilt whatever lies over the panes.
    if key == .control("l") { return perform(.redraw) }
    // A ringing call answers to its own keys, but never to what is meant for a text field.
    if calls.ringing != nil, !isSurprised(by: key), let command = command(for: key, at: [.ring]) {
      if !target.takesWords || !key.isText { return perform(command) }
    }
    if target.isTyping, key == .control("c") { return perform(.quit) }
    if isAskingForHelp(key) { return perform(.help) }
    switch dialogs.shown {
    case .wizard(let wizard):
      if dialogs.scrollPage(key) { return true }
      wizard.press(key)
      return true
    case .ticket(let ticket): return press(key, in: ticket)
    case .help(let help): return press(key, in: help)
    case .order: return pressInDialog(key, .order, alsoMoving: false)
    case .call: return pressInDialog(key, .call, alsoMoving: false)
    case .identity:
      return dialogs.scrollPage(key) || pressInDialog(key, .identity, alsoMoving: false)
    case .group: return pressInDialog(key, .group, alsoMoving: true)
    case .line: return pressInDialog(key, .line, alsoMoving: false)
    case .chart: return pressInDialog(key, .chart, alsoMoving: false)
    case .picture: return pressInDialog(key, .picture, alsoMoving: false)
    case .devices: return pressInDialog(key, .devices, alsoMoving: true)
    case .settings(let settings):
      return settings.press(key) || pressLeave(key) || pressInDialog(key, nil, alsoMoving: false)
    case .form(let form):
      return form.press(key) || pressLeave(key)
    case .choice(let choice):
      if key == .escape, choice.leave() { return true }
      return dialogs.scrollPage(key) || choice.press(key) || pressLeave(key)
    case .search(let search): return search.press(key) || pressLeave(key)
    case .palette(let palette):
      if palette.press(key) { return true }
      if key == .escape { dialogs.closePalette() }
      return key == .escape
    case .people(let people): return people.press(key) || pressLeave(key)
    case nil:
      if let done = goOn(with: key) { return done }
      if target.isInChat { return pressInChat(key) }
      if target.isFiltering {
        if key == .enter { return perform(.openChat) }
        if console.chats.pressFilter(key) { return true }
      }
      let places = placesOfPanes
      if begin(key, at: places) { return true }
      guard let command = command(for: key, at: places) else {
        return explain(key)
      }
      return perform(command)
    }
  }

  /// Where keys do something while no dialog is open, the narrowest place first.
  private var placesOfPanes: [Command.Place] {
    let isAmongMessages = target.isInChat && !target.isWriting
    return (isAmongMessages ? [.messages] : []) + [.pane(panes.focused), .everywhere, .byChord]
  }

  /// Remembers a key that begins a sequence of the person's own, and says so.
  private func begin(_ key: Key, at places: [Command.Place]) -> Bool {
    guard console.keys.map.isBeginning([key], at: places) else { return false }
    remember([key])
    return true
  }

  private func remember(_ keys: [Key]) {
    console.keys.begun = keys
    let words = Phrase.bindPending.with(KeyPresses(keys).mark)
    context.notices.show(NoticeText(.info, words), on: .key)
  }

  /// Goes on with a sequence that was begun; nil where the key has nothing to do with one.
  private func goOn(with key: Key) -> Bool? {
    guard !console.keys.begun.isEmpty else { return nil }
    let keys = console.keys.begun + [key]
    console.keys.begun = []
    if key == .escape { return true }
    let places = placesOfPanes
    if let command = console.keys.map.command(for: keys, at: places) { return perform(command) }
    if console.keys.map.isBeginning(keys, at: places) {
      remember(keys)
      return true
    }
    // What is written goes on; in a list a letter must not do what it does alone.
    if target.isWriting { return nil }
    say(Phrase.nothingOnKey.with(KeyPresses(keys).mark))
    return true
  }

  /// Whoever was pressing keys when the call began to ring cannot have meant the call: a word is cut with
  /// Alt-D, a letter goes to the list.
  private func isSurprised(by key: Key) -> Bool {
    guard context.uptime - calls.rangAt < KeyDispatch.startle else { return false }
    if target.isTyping { return key.latinEquivalent == .alt("d") }
    guard key.isText, let lastKeyAt = console.attentionModel.lastKeyAt else { return false }
    return lastKeyAt < calls.rangAt && calls.rangAt - lastKeyAt < KeyDispatch.startle
  }

  /// Milliseconds in which nobody can have seen the ring and found its key.
  static let startle: Int64 = 1000

  /// Nothing is lost by the help over a dialog, which goes on as it is. `?` is text in a text, and in a
  /// list of panes a command as others are.
  private func isAskingForHelp(_ key: Key) -> Bool {
    guard let shown = dialogs.shown else { return false }
    if case .help = shown { return false }
    return key == .function(1) || key == .character("?") && !target.takesText
  }

  /// Says why a key does nothing here: it works elsewhere, or may have been meant for the chat that
  /// stands beside the list. False, for it has done nothing, unless it was meant for that chat.
  private func explain(_ key: Key) -> Bool {
    let elsewhere = wayTo(key)
    if key.isText, conversation.closedReason == nil, let title = conversation.record?.shownTitle {
      let way = console.keys.map.mark(of: .showView2)
      let words = Phrase.writeElsewhere.with(way, title)
      say(words, hint: elsewhere)
      return true
    }
    if key.canBeBound { say(Phrase.nothingOnKey.with(key.name), hint: elsewhere) }
    return false
  }

  private func say(_ words: String, hint: String? = nil) {
    let hint = hint ?? Phrase.helpShowsKeys.text
    context.notices.show(NoticeText(.info, words, hint: hint), on: .key)
  }

  /// Where else a key does something, and what; nil for a key that does nothing anywhere.
  private func wayTo(_ key: Key) -> String? {
    let others = Command.all.filter { command in
      console.keys.map.isBound(key, to: command)
        && !command.panes.isEmpty && !command.panes.contains(panes.focused)
    }
    // The list of chats and the hub come before the messages, which have most letters.
    let order: [PaneID] = [.chats, .balances, .orders, .calls, .conversation]
    for pane in order {
      guard let command = others.first(where: { $0.panes.contains(pane) }),
        let view = Command.view(of: pane)
      else { continue }
      return Phrase.worksElsewhere.with(
        console.keys.map.mark(of: view), key.name, command.title.text)
    }
    return nil
  }

  /// Letters are text, or act on the selected message; nothing else hangs on them in a chat.
  private func pressInChat(_ key: Key) -> Bool {
    let places = placesOfPanes
    if target.isWriting {
      // Keys of the person's own come before those of editing, but letters are text.
      if !key.isText, let command = console.keys.map.ownCommand(for: key, at: places) {
        return perform(command)
      }
      if !key.isText, begin(key, at: places) { return true }
      if composer.press(key) { return true }
    } else {
      if begin(key, at: places) { return true }
      if let command = command(for: key, at: [.messages]),
        !command.yieldsToText || command.disabledReason(console) == nil
      {
        return perform(command)
      }
      if key.isText {
        if let reason = conversation.closedReason {
          context.notices.show(NoticeText(.info, reason))
          return true
        }
        composer.begin()
        return composer.press(key)
      }
      if key == .escape, conversation.closedReason == nil {
        conversation.showEnd()
        return true
      }
    }
    guard !key.isText,
      let command = command(for: key, at: [.pane(.conversation), .everywhere, .byChord])
    else { return explain(key) }
    return perform(command)
  }

  private func press(_ key: Key, in help: HelpModel) -> Bool {
    if key == .escape {
      dialogs.closeTopmost()
      return true
    }
    // Arrows and the like; letters are for finding.
    if !key.isText, let command = command(for: key, at: [.everywhere]),
      command.name.hasPrefix("move.")
    {
      return perform(command)
    }
    if help.press(key) { return true }
    if [.function(1), .character("?")].contains(key) { dialogs.closeTopmost() }
    return true
  }

  private func pressLeave(_ key: Key) -> Bool {
    if key == .escape { dialogs.close() }
    return key == .escape
  }

  private func press(_ key: Key, in ticket: TicketModel) -> Bool {
    switch ticket.stage {
    case .editing:
      switch key {
      case .enter: ticket.askForQuote()
      case .escape: dialogs.close()
      case .tab, .down: ticket.moveField(by: 1)
      case .backTab, .up: ticket.moveField(by: -1)
      default: return ticket.edit(key)
      }
      return true
    case .quoting:
      if key == .escape { dialogs.close() }
      // The answer is dropped then: it is for what the fields said before.
      if key.latinEquivalent == .character("e") { ticket.backToEditing() }
      if key.latinEquivalent == .character("C") {
        context.notices.show(NoticeText(.info, Phrase.noQuoteYet.text))
      }
      return true
    case .review: return pressInDialog(key, .ticketReview, alsoMoving: false)
    // The swap is on its way: nothing to press until its outcome is known.
    case .sending: return true
    case .finished: return pressInDialog(key, .ticketEnd, alsoMoving: false)
    }
  }

  private func pressInDialog(
    _ key: Key, _ dialog: Command.Dialog?, alsoMoving: Bool
  ) -> Bool {
    if let dialog, let command = command(for: key, at: [.dialog(dialog)]) {
      return perform(command)
    }
    if key == .control("c") { return perform(.quit) }
    if key == .control("p"), dialog != nil { return perform(.palette) }
    if alsoMoving, let command = command(for: key, at: [.everywhere]),
      command.name.hasPrefix("move.")
    {
      return perform(command)
    }
    if key.canBeBound { say(Phrase.nothingOnKey.with(key.name)) }
    return false
  }

  /// The command bound to a key in the first of these places that has one.
  private func command(for key: Key, at places: [Command.Place]) -> Command? {
    console.keys.map.command(for: [key], at: places)
  }

  private func perform(_ command: Command) -> Bool {
    if let reason = command.disabledReason(console) {
      context.notices.show(NoticeText(.info, reason))
    } else {
      command.perform(console)
    }
    return true
  }
}

extension Key {
  /// It writes something where text can be written.
  var isText: Bool {
    switch self {
    case .character, .paste: true
    default: false
    }
  }

  /// It is one that commands hang on, or could.
  fileprivate var canBeBound: Bool {
    switch self {
    case .character, .control, .alt, .function, .enter: true
    default: false
    }
  }
}
