import Domain
import Phrases
import ScreenState

/// Dialogs as lines of text: no boxes, no columns that only a position explains, words for signs.
package enum LinearText {
  /// Everything that a dialog says, but for its keys.
  ///
  /// - Parameters:
  ///   - now: wall ms, and `uptime` of a clock that nobody sets.
  package static func lines(
    _ dialog: DialogState, now: Int64, uptime: Int64, zone: LocalTime.Zone
  ) -> [String] {
    let moment = RenderClock(now: now, uptime: uptime, zone: zone)
    switch dialog {
    case .wizard(let state): return wizard(state)
    case .form(let state): return form(state)
    case .choice(let state): return choice(state)
    case .settings(let state): return settings(state)
    case .search(let state): return search(state)
    case .ticket(let state): return ticket(state, moment)
    case .help(let state):
      return state.groups.flatMap { group in
        [group.title]
          + group.entries.map { entry in
            let note = entry.disabledReason ?? entry.cli ?? ""
            return "\(entry.title)" + (note.isEmpty ? "" : " (\(note))")
          }
      }
    case .order(let state):
      return [Phrase.order.text]
        + rows { DetailDialog.order(state, width: $0, rows: $1, moment: moment) }
    case .call(let state):
      return [Phrase.calls.text]
        + rows { DetailDialog.call(state, width: $0, rows: $1, moment: moment) }
    case .identity(var state):
      state.hints = []
      return [Phrase.identity.text] + rows(IdentityDialog(state: state).content)
    case .group(var state):
      state.hints = []
      return [Phrase.group.text] + rows(GroupDialog(state: state).content)
    case .line(var state):
      state.hints = []
      return [Phrase.lineTitle.text] + rows(LineCheckDialog(state: state).content)
    case .devices(var state):
      state.hints = []
      return [Phrase.devicesTitle.text] + rows(DevicesDialog(state: state, moment: moment).content)
    case .people(let state): return people(state)
    case .picture(let state): return picture(state)
    case .chart(let state): return chart(state)
    case .palette: return []
    }
  }

  private static func wizard(_ state: WizardState) -> [String] {
    var lines = [state.title]
    if case .services = state.page {
      // Without the keys that choose on a screen.
      lines.append(Phrase.linearWhichServices.text)
    } else {
      lines += state.introduction
    }
    switch state.page {
    case .services(let choices, _):
      lines += choices.enumerated().map { index, choice in
        let mark = (choice.isChosen ? Phrase.linearChosen : .linearNotChosen).text
        let account = choice.account.map { ", \($0)" } ?? ""
        return "\(index + 1) \(choice.title), \(mark)\(account). \(choice.explanation)"
      }
      lines.append(Phrase.linearNumberOrEnter.text)
    case .form(let inputs, let selection): lines += prompt(inputs, selection)
    case .done(let done): lines += done
    }
    if let picture = state.picture { lines.append(Phrase.scanSays.with(picture)) }
    return lines + [state.problem, state.progress, state.delivered, state.note].compactMap(\.self)
  }

  private static func ticket(_ state: TicketState, _ moment: RenderClock) -> [String] {
    switch state.stage {
    case .quoting: return [Phrase.quoting.text]
    case .sending: return [Phrase.sending.text]
    case .editing:
      let labels: [Phrase] = [.from, .pay, .to, .slippage, .network, .venues]
      let fields = zip(TicketState.FieldID.allCases, labels).enumerated().map { index, field in
        let (text, usual) = (state[field.0].text, state[field.0].placeholder)
        return "\(index + 1) \(field.1.text): \(text.isEmpty ? usual : text)"
      }
      let held = state.available.map { Phrase.ofAvailable.with(Amount.grouped($0)) }
      return [Phrase.swap.text] + fields + [held, state.problem].compactMap(\.self)
        + [Phrase.linearTicket.text]
    case .review, .finished:
      var state = state
      state.hints = []
      // How long it is good for counts down; another price is said when it comes.
      return [Phrase.swap.text]
        + rows(TicketDialog(state: state, moment: moment).content).filter {
          !$0.hasPrefix(Phrase.quote.text + ",") && !$0.hasPrefix(Phrase.quote.text + " ")
            && $0 != Phrase.nothingIsSent.text
        }
    }
  }

  private static func form(_ state: FormState) -> [String] {
    [state.title] + state.introduction + prompt(state.inputs, state.selection)
      + state.suggestions.prefix(FormDialog.mostSuggestions)
      + [state.note, state.problem, state.progress].compactMap(\.self)
  }

  /// The field that is to be filled in, with what stands in it.
  private static func prompt(_ inputs: [FormState.Input], _ selection: Int) -> [String] {
    guard inputs.indices.contains(selection) else { return [] }
    let (label, field) = (inputs[selection].label, inputs[selection].field)
    if case .choice(let options) = field.style {
      return [Phrase.linearAsks.with(label)]
        + options.enumerated().map { index, option in
          let mark = option == field.text ? ", \(Phrase.linearChosen.text)" : ""
          return "\(index + 1) \(option)\(mark)"
        }
    }
    let isSecret = field.style == .secret
    let held = field.text.isEmpty ? field.placeholder : isSecret ? "•" : field.text
    return [
      held.isEmpty
        ? Phrase.linearAsks.with(label)
        : field.text.isEmpty
          ? Phrase.linearAsksLike.with(label, held) : Phrase.linearAsksOr.with(label, held)
    ]
  }

  private static func choice(_ state: ChoiceState) -> [String] {
    let options = state.options.enumerated().map { index, option in
      let note = option.note.isEmpty ? "" : ", \(option.note)"
      let mark = option.isCurrent ? ", \(Phrase.linearChosen.text)" : ""
      return "\(index + 1) \(option.label)\(note)\(mark)"
    }
    return [state.title, state.introduction].filter { !$0.isEmpty } + options
      + [state.problem, state.progress].compactMap(\.self)
  }

  private static func settings(_ state: SettingsState) -> [String] {
    [Phrase.settingsTitle.text]
      + state.rows.enumerated().map { "\($0.offset + 1) \($0.element.label): \($0.element.value)" }
      + [state.problem, state.note].compactMap(\.self)
  }

  private static func search(_ state: SearchState) -> [String] {
    [Phrase.search.text + (state.field.text.isEmpty ? "" : ": " + state.field.text)]
      + state.hits.prefix(20).enumerated().map { index, hit in
        let who = hit.sender.map { "\($0): " } ?? ""
        return "\(index + 1) \(hit.chat), \(who)\(hit.text)"
      }
  }

  private static func people(_ state: PeopleState) -> [String] {
    var lines = [state.title + (state.field.text.isEmpty ? "" : ": " + state.field.text)]
    if state.rows.isEmpty { lines.append(state.empty) }
    lines += state.rows.prefix(20).enumerated().map { index, row in
      let name = visibleName(row.name) ?? row.name
      let words = [name, row.service?.title, row.detail].compactMap(\.self).filter { !$0.isEmpty }
      return "\(index + 1) \(words.joined(separator: ", "))"
    }
    return lines + [state.progress, state.problem].compactMap(\.self)
  }

  /// What can be said of a picture: who cannot see it has it saved and described elsewhere.
  private static func picture(_ state: PictureState) -> [String] {
    switch state.stage {
    case .loading: [state.title, Phrase.loading.text]
    case .failed(let reason): [state.title, reason]
    case .shown(let pixels): ["\(state.title), \(pixels.width) × \(pixels.height)"]
    }
  }

  private static func chart(_ state: ChartState) -> [String] {
    guard state.points.count > 1 else { return [state.title, Phrase.chartTooFew.text] }
    let now = [state.prices.last, state.change].compactMap(\.self).joined(separator: ", ")
    return ["\(state.title): \(now)", "\(state.prices.low) – \(state.prices.high)"]
      + state.alerts.map { ($0.isAbove ? "↑ " : "↓ ") + $0.price }
  }

  /// The rows of a picture, with words between what stood in columns.
  private static func rows(_ draw: (_ width: Int, _ rows: Int) -> Canvas) -> [String] {
    let canvas = draw(100, 200)
    return (0..<canvas.size.rows).compactMap { row in
      let words = canvas.part(row: row).text
        .split(whereSeparator: { "▸▌┃▓░│".contains($0) }).joined(separator: " ")
      var parts: [String] = []
      for part in words.split(separator: "  ") where !part.isBlank { parts.append(part.trimmed) }
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
  }
}
