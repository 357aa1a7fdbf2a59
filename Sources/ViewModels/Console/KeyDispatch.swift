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
      let isMeant = command.keys.last.map { [key, key.latinEquivalent].contains($0) } ?? false
      if !target.takesWords || isMeant { return perform(command) }
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
    case .palette(let palette): return palette.press(key) || pressLeave(key)
    case nil:
      if target.isInChat { return pressInChat(key) }
      let places: [Command.Place] = [.pane(panes.focused), .everywhere, .byChord]
      guard let command = command(for: key, at: places) else {
        return explain(key)
      }
      return perform(command)
    }
  }

  /// Whoever was pressing keys when the call began to ring cannot have meant the call: a word is cut with
  /// Alt-D, a letter goes to the list.
  private func isSurprised(by key: Key) -> Bool {
    guard context.uptime - calls.rangAt < KeyDispatch.startle else { return false }
    if target.isTyping { return key.latinEquivalent == .alt("d") }
    guard key.isText, let lastKeyAt = console.lastKeyAt else { return false }
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
      let words = Phrase.writeElsewhere.with(Command.showView2.keys[0].mark, title)
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
      [key, key.latinEquivalent].contains(where: command.keys.contains)
        && !command.panes.isEmpty && !command.panes.contains(panes.focused)
    }
    // The list of chats and the hub come before the messages, which have most letters.
    let order: [PaneID] = [.chats, .balances, .orders, .calls, .conversation]
    for pane in order {
      guard let command = others.first(where: { $0.panes.contains(pane) }),
        let view = Command.view(of: pane)
      else { continue }
      return Phrase.worksElsewhere.with(view.keys[0].mark, key.name, command.title.text)
    }
    return nil
  }

  /// Letters are text, or act on the selected message; nothing else hangs on them in a chat.
  private func pressInChat(_ key: Key) -> Bool {
    if target.isWriting {
      if composer.press(key) { return true }
    } else {
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
    for place in places {
      for candidate in [key, key.latinEquivalent] {
        if place == .byChord, candidate.isText { continue }
        if let match = Command.at(place).first(where: { $0.keys.contains(candidate) }) {
          return match
        }
      }
    }
    return nil
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
