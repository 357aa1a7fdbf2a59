import Accounts
import Phrases
import ScreenState

extension ConsoleModel {
  /// Handles one key press; false when nothing is bound to it here.
  @discardableResult
  package func press(_ key: Key) -> Bool {
    if case .resize = key {
      context.onChange()
      return true
    }
    // The terminal is spoilt whatever lies over the panes.
    if key == .control("l") { return perform(.redraw) }
    // A ringing call answers to its own keys, but never to what is meant for a text field.
    if calls.ringing != nil, let command = command(for: key, at: [.ring]) {
      let isMeant = command.keys.last.map { [key, key.latinEquivalent].contains($0) } ?? false
      if !takesWords || isMeant { return perform(command) }
    }
    if isTyping, key == .control("c") { return perform(.quit) }
    switch dialog {
    case .wizard(let wizard):
      if dialogs.scrollPage(key) { return true }
      wizard.press(key)
      return true
    case .ticket(let ticket): return press(key, in: ticket)
    case .help: return pressInDialog(key, .help, alsoMoving: true)
    case .order, .call: return pressInDialog(key, .details, alsoMoving: false)
    case .identity:
      return dialogs.scrollPage(key) || pressInDialog(key, .identity, alsoMoving: false)
    case .group: return pressInDialog(key, .group, alsoMoving: true)
    case .line: return pressInDialog(key, .line, alsoMoving: false)
    case .devices: return pressInDialog(key, .devices, alsoMoving: true)
    case .form(let form):
      return form.press(key) || pressLeave(key)
    case .choice(let choice):
      if key == .escape, choice.leave() { return true }
      return dialogs.scrollPage(key) || choice.press(key) || pressLeave(key)
    case .search(let search): return search.press(key) || pressLeave(key)
    case .palette(let palette): return palette.press(key) || pressLeave(key)
    case nil:
      if isInChat { return pressInChat(key) }
      guard let command = command(for: key, at: [.pane(focusedPane), .everywhere, .byChord]) else {
        return sayWhereToWrite(key)
      }
      return perform(command)
    }
  }

  /// A letter that does nothing in a list may have been meant for the chat that stands beside it;
  /// false when it cannot have been.
  private func sayWhereToWrite(_ key: Key) -> Bool {
    guard key.isText, conversation.closedReason == nil, let title = conversation.record?.title
    else { return false }
    let words = Phrase.writeElsewhere.with(Command.showView2.keys[0].mark, title)
    context.notices.show(NoticeText(.info, words))
    return true
  }

  /// Whether letters go into a text field now.
  var isTyping: Bool {
    switch dialog {
    case .wizard, .form, .choice, .search, .palette: true
    case .ticket(let ticket): if case .editing = ticket.stage { true } else { false }
    case .help, .order, .call, .identity, .group, .line, .devices: false
    case nil: isInChat
    }
  }

  /// Whether words may be meant: for a text field, or for the chat that stands open beside a list.
  private var takesWords: Bool {
    isTyping || dialog == nil && conversation.closedReason == nil
  }

  /// A chat is open and has the keys.
  private var isInChat: Bool { focusedPane == .conversation && conversation.chat != nil }

  /// Whether keys go into the message at the foot of the conversation.
  private var isWriting: Bool { isInChat && composer.isWriting }

  /// Letters are text, or act on the selected message; nothing else hangs on them in a chat.
  private func pressInChat(_ key: Key) -> Bool {
    if isWriting {
      if composer.press(key) { return true }
    } else {
      if let command = command(for: key, at: [.messages]),
        !command.yieldsToText || command.disabledReason(self) == nil
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
    else { return false }
    return perform(command)
  }

  private func pressLeave(_ key: Key) -> Bool {
    if key == .escape { closeDialog() }
    return key == .escape
  }

  private func press(_ key: Key, in ticket: TicketModel) -> Bool {
    switch ticket.stage {
    case .editing:
      switch key {
      case .enter: ticket.askForQuote()
      case .escape: closeDialog()
      case .tab, .down: ticket.moveField(by: 1)
      case .backTab, .up: ticket.moveField(by: -1)
      default: return ticket.edit(key)
      }
      return true
    case .quoting:
      if key == .escape { closeDialog() }
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
    _ key: Key, _ dialog: Command.Dialog, alsoMoving: Bool
  ) -> Bool {
    if let command = command(for: key, at: [.dialog(dialog)]) { return perform(command) }
    if key == .control("c") { return perform(.quit) }
    guard alsoMoving, let command = command(for: key, at: [.everywhere]),
      command.name.hasPrefix("move.")
    else { return false }
    return perform(command)
  }

  /// The command bound to a key in the first of these places that has one.
  private func command(for key: Key, at places: [Command.Place]) -> Command? {
    for place in places {
      for candidate in [key, key.latinEquivalent] {
        if place == .byChord, candidate.isText { continue }
        let match = Command.all.first {
          $0.places.contains(place) && $0.keys.contains(candidate)
        }
        if let match { return match }
      }
    }
    return nil
  }

  private func perform(_ command: Command) -> Bool {
    if let reason = command.disabledReason(self) {
      context.notices.show(NoticeText(.info, reason))
    } else {
      command.perform(self)
    }
    return true
  }

  // MARK: What the bottom line and the help overlay say about keys

  /// The keys of the commands that work now. Dialogs that take text name their own.
  var commandHints: [Hint] {
    switch dialog {
    case .wizard, .form, .choice, .search, .palette: []
    case .ticket(let ticket): ticketHints(ticket)
    case .help: hints(at: [.dialog(.help)])
    case .order: hints(at: [.dialog(.details)]).filter { $0.label != Phrase.hintCheckLine.text }
    case .call:
      hints(at: [.dialog(.details)]).filter {
        ![Phrase.hintAskServer.text, Phrase.hintCopyHash.text].contains($0.label)
      }
    case .identity: hints(at: [.dialog(.identity)])
    case .group: hints(at: [.dialog(.group)])
    case .line: hints(at: [.dialog(.line)])
    case .devices: hints(at: [.dialog(.devices)])
    case nil: isInChat ? chatHints : hints(at: [.pane(focusedPane), .everywhere])
    }
  }

  /// In an open chat: keys that are no text, and among messages the letters that do something.
  private var chatHints: [Hint] {
    let letters =
      isWriting
      ? writingHints
      : Command.all.filter { command in
        // Esc leads back to writing as Enter does.
        command.places.contains(.messages) && command.disabledReason(self) == nil
          && command.name != Command.write.name
      }.compactMap { command in command.hint.map { Hint(command.keys[0], $0) } }
        + [Hint(.escape, conversation.closedReason == nil ? .hintWrite : .hintBack)]
    func others(_ commands: Command...) -> [Hint] {
      commands.compactMap { command in
        command.keys.first { !$0.isText }.flatMap { key in
          command.hint.map { hint in
            var hint = Hint(key, hint)
            hint.isLasting = command.isLasting
            return hint
          }
        }
      }
    }
    // Help and the list of everything come before what everybody finds out.
    let first = isWriting && !composer.isChanging ? 2 : letters.count
    return letters.prefix(first) + others(.help, .palette) + letters.dropFirst(first)
      + others(.nextPane)
  }

  private var writingHints: [Hint] {
    if composer.isChanging {
      return [
        Hint(.enter, .hintSaveChange), Hint(.control("j"), .hintNewLine),
        Hint(.escape, .hintDropChange),
      ]
    }
    return [
      Hint(.enter, .hintSend), Hint(.up, .hintMessages), Hint(.control("j"), .hintNewLine),
      Hint(.escape, .hintBack), Hint(.control("o"), .hintSendFile),
    ]
  }

  func hints(at places: [Command.Place]) -> [Hint] {
    places.flatMap { place in
      Command.all.compactMap { command in
        guard let label = command.hint, command.places.contains(place),
          let key = command.keys.first
        else { return nil }
        let shown = place == .ring && takesWords ? command.keys.last ?? key : key
        return Hint(
          key: shown.hintMark, label: label.text, isEnabled: command.disabledReason(self) == nil,
          isLasting: command.isLasting)
      }
    }
  }

  private func ticketHints(_ ticket: TicketModel) -> [Hint] {
    switch ticket.stage {
    case .editing:
      [Hint(.enter, .hintQuote), Hint(.tab, .hintNext), Hint(.escape, .hintLeave)]
    case .quoting: [Hint(.character("e"), .hintEdit), Hint(.escape, .hintLeave)]
    case .review:
      hints(at: [.dialog(.ticketReview)]).map { hint in
        guard hint.label == Phrase.hintCommit.text else { return hint }
        var hint = hint
        hint.isEnabled = ticket.commitDisabledReason == nil
        return hint
      }
    case .sending: []
    case .finished: hints(at: [.dialog(.ticketEnd)])
    }
  }

  package func help(scroll: Int) -> HelpState {
    let groups: [Phrase] = [
      .groupEverywhere, .groupLists, .groupChats, .groupPeople, .groupCalls, .groupTrading,
      .groupDialogs,
    ]
    return HelpState(
      groups: groups.map { group in
        HelpState.Group(
          title: group.text,
          entries: Command.all.filter { $0.group == group }.map { command in
            HelpState.Entry(
              keys: command.keyText, title: command.title.text, cli: command.cli,
              disabledReason: command.disabledReason(self))
          })
      }, scroll: scroll)
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

  /// The mark, with Shift spelled out where overlooking it would press another key.
  fileprivate var hintMark: String {
    if case .character(let typed) = self, typed.isUppercase { "Shift-\(typed)" } else { mark }
  }
}
