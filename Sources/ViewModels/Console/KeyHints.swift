import Accounts
import Phrases
import ScreenState

/// What the bottom line and the help say about keys: those of the commands that work now.
@MainActor
struct KeyHints {
  private let console: ConsoleModel
  private let target: KeyTarget

  init(_ console: ConsoleModel) {
    self.console = console
    target = KeyTarget(console)
  }

  /// The keys of the commands that work now. Dialogs that take text name their own.
  var now: [Hint] {
    switch console.dialogs.shown {
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
    case nil: target.isInChat ? chatHints : hints(at: [.pane(console.panes.focused), .everywhere])
    }
  }

  /// In an open chat: keys that are no text, and among messages the letters that do something.
  private var chatHints: [Hint] {
    let letters =
      target.isWriting
      ? writingHints
      : Command.all.filter { command in
        // Esc leads back to writing as Enter does.
        command.places.contains(.messages) && command.disabledReason(console) == nil
          && command.name != Command.write.name
      }.compactMap { command in command.hint.map { Hint(command.keys[0], $0) } }
        + [Hint(.escape, console.conversation.closedReason == nil ? .hintWrite : .hintBack)]
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
    let first = target.isWriting && !console.composer.isChanging ? 2 : letters.count
    return letters.prefix(first) + others(.help, .palette) + letters.dropFirst(first)
      + others(.nextPane)
  }

  private var writingHints: [Hint] {
    if console.composer.isChanging {
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
        let shown = place == .ring && target.takesWords ? command.keys.last ?? key : key
        return Hint(
          key: shown.hintMark, label: label.text, isEnabled: command.disabledReason(console) == nil,
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

  func help(scroll: Int) -> HelpState {
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
              disabledReason: command.disabledReason(console))
          })
      }, scroll: scroll)
  }
}

extension Key {
  /// The mark, with Shift spelled out where overlooking it would press another key.
  fileprivate var hintMark: String {
    if case .character(let typed) = self, typed.isUppercase { "Shift-\(typed)" } else { mark }
  }
}
