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
    case .wizard, .form, .choice, .search, .palette, .settings, .people: []
    case .ticket(let ticket): ticketHints(ticket)
    case .help: [Hint(key: "↑↓", label: Phrase.hintMove.text), Hint(.escape, .hintClose)]
    case .order: hints(at: [.dialog(.order)]) + [help]
    case .call: hints(at: [.dialog(.call)]) + [help]
    case .identity: hints(at: [.dialog(.identity)])
    case .group: hints(at: [.dialog(.group)])
    case .line: hints(at: [.dialog(.line)])
    case .chart: hints(at: [.dialog(.chart)])
    case .picture: hints(at: [.dialog(.picture)])
    case .devices: hints(at: [.dialog(.devices)])
    case nil where target.isFiltering:
      [
        Hint(.enter, .hintOpenChat), Hint(.up, .hintMove), Hint(.escape, .hintAllChats), help,
        Hint(.control("p"), .hintPalette, isLasting: true),
      ]
    case nil:
      // What does nothing now says why when it is pressed; here it would take the room of what works.
      target.isInChat ? chatHints : listHints
    }
  }

  /// In a list. A key that means something there is not offered once more for what it does elsewhere.
  private var listHints: [Hint] {
    var keys: Set<String> = []
    return hints(at: [.pane(console.panes.focused), .everywhere])
      .filter { $0.isEnabled && keys.insert($0.key).inserted }
  }

  /// In an open chat: keys that are no text, and among messages the letters that do something.
  private var chatHints: [Hint] {
    guard target.isWriting else { return messageHints }
    let letters = writingHints
    let palette = Hint(.control("p"), .hintPalette, isLasting: true)
    // Help and the list of everything come before what everybody finds out.
    let first = console.composer.isChanging ? letters.count : 2
    return letters.prefix(first) + [help, palette] + letters.dropFirst(first)
      + [Hint(.tab, .hintPane)]
  }

  /// What can be done with the selected message.
  private var messageHints: [Hint] {
    let letters = Command.at(.messages).filter { command in
      // Esc leads back to writing as Enter does.
      command.disabledReason(console) == nil
        && ![Command.write.name, Command.help.name].contains(command.name)
    }.compactMap { command in
      command.hint.flatMap { label in
        keyMap.first(for: command).map { presses in
          Hint(
            key: presses.mark, label: label.text,
            press: presses.keys.count == 1 ? presses.keys[0] : nil)
        }
      }
    }
    let back = Hint(.escape, console.conversation.closedReason == nil ? .hintWrite : .hintBack)
    return letters + [
      back, Hint(.character("?"), .hintHelp, isLasting: true),
      Hint(.control("p"), .hintPalette, isLasting: true), Hint(.tab, .hintPane),
    ]
  }

  /// The way to the help: `?` is text in a text.
  var help: Hint {
    Hint(target.takesText ? .function(1) : .character("?"), .hintHelp, isLasting: true)
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
      Command.at(place).compactMap { command in
        let isText = place == .ring && target.takesWords
        guard let label = label(of: command),
          let shown = keyMap.shown(for: command, whereLettersAreText: isText)
        else { return nil }
        var hint = Hint(shown, label.text)
        hint.isEnabled = command.disabledReason(console) == nil
        hint.isLasting = command.isLasting
        return hint
      }
    }
  }

  private var keyMap: KeyMap { console.keys.map }

  private func label(of command: Command) -> Phrase? {
    switch command.name {
    case Command.halt.name where console.status.isHalted: .hintResume
    case Command.mute.name where console.atHand.chat?.muted == true: .hintUnmute
    default: command.hint
    }
  }

  private func ticketHints(_ ticket: TicketModel) -> [Hint] {
    switch ticket.stage {
    case .editing:
      [Hint(.enter, .hintQuote), Hint(.tab, .hintNext), Hint(.escape, .hintLeave)]
    case .quoting: [Hint(.character("e"), .hintEdit), Hint(.escape, .hintLeave)]
    case .review:
      hints(at: [.dialog(.ticketReview)]).map { hint in
        guard hint.press == Command.commit.keys[0] else { return hint }
        // Dim, too, for the moment in which the key does not work yet.
        var hint = hint
        hint.isEnabled = ticket.commitDisabledReason == nil
        return hint
      }
    case .sending: []
    case .finished: hints(at: [.dialog(.ticketEnd)])
    }
  }
}

extension Hint {
  /// - Parameter presses: that a click presses, too, if it is a single one.
  init(_ presses: KeyPresses, _ label: String) {
    self.init(
      key: presses.keys.map(\.hintMark).joined(separator: " "), label: label,
      press: presses.keys.count == 1 ? presses.keys[0] : nil)
  }
}

extension Key {
  /// The mark, with Shift spelled out where overlooking it would press another key.
  var hintMark: String {
    if case .character(let typed) = self, typed.isUppercase { "Shift-\(typed)" } else { mark }
  }
}
