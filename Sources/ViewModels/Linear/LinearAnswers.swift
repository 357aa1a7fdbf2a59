import Domain
import Phrases
import ScreenState

/// What a line means as the answer to the dialog that is open: a number, a field's text, or nothing.
@MainActor
struct LinearAnswers {
  private let console: ConsoleModel
  private let say: @MainActor (String) -> Void

  init(_ console: ConsoleModel, say: @escaping @MainActor (String) -> Void) {
    self.console = console
    self.say = say
  }

  /// The keys of a dialog that are chosen by number: not those that text fields need, nor the one that
  /// sends money.
  static func numbered(_ hints: [Hint]) -> [Hint] {
    hints.filter { hint in
      guard let key = hint.press else { return false }
      return !hint.isLasting && key != Command.commit.keys[0]
    }
  }

  /// The fields of the dialog that is open, and the one that is asked for.
  var fields: ([FormState.Input], Int)? {
    switch console.screen(rows: 1).dialog {
    case .wizard(let state):
      if case .form(let inputs, let selection) = state.page { (inputs, selection) } else { nil }
    case .form(let state): (state.inputs, state.selection)
    default: nil
    }
  }

  /// Takes a line as the answer to what is open.
  func answer(_ text: String) {
    guard let dialog = console.screen(rows: 60).dialog else { return }
    if let (inputs, selection) = fields { return fill(inputs, selection, with: text, in: dialog) }
    let number = Int(text).map { $0 - 1 }
    switch dialog {
    case .wizard(let state):
      guard case .services(let choices, let selection) = state.page, let number,
        choices.indices.contains(number)
      else { return press(text.isEmpty ? .enter : nil) }
      move(by: number - selection)
      console.press(.character(" "))
    case .choice(let state):
      if let number, state.options.indices.contains(number) {
        move(by: number - (state.selection ?? 0))
        console.press(.enter)
      } else if state.filter != nil, !text.isEmpty {
        replace(with: text)
      } else {
        say(Phrase.linearChoose.with("\(state.options.count)"))
      }
    case .settings(let state):
      if let number, state.rows.indices.contains(number) {
        move(by: number - state.selection)
        console.press(number == state.rows.count - 1 ? .enter : .right)
      } else {
        press(text.isEmpty ? .enter : nil)
      }
    case .search(let state):
      if let number, state.hits.indices.contains(number) {
        move(by: number - (state.selection ?? 0))
        console.press(.enter)
      } else if !text.isEmpty {
        replace(with: text)
      }
    case .people(let state):
      if let number, state.rows.indices.contains(number), number < 20 {
        move(by: number - (state.selection ?? 0))
        console.press(.enter)
      } else if text.isEmpty {
        console.press(.escape)
      } else {
        replace(with: text)
      }
    case .ticket(let state): answer(text, in: state)
    default: press(number: number, isEmpty: text.isEmpty)
    }
  }

  private func press(_ key: Key?) {
    if let key { console.press(key) } else { say(Phrase.linearNumberOrEnter.text) }
  }

  private func press(number: Int?, isEmpty: Bool) {
    let keys = LinearAnswers.numbered(KeyHints(console).now).compactMap(\.press)
    if let number, keys.indices.contains(number) {
      console.press(keys[number])
    } else if isEmpty {
      console.press(.escape)
    } else {
      say(Phrase.linearChoose.with("\(keys.count)"))
    }
  }

  private func answer(_ text: String, in ticket: TicketState) {
    switch ticket.stage {
    case .editing(let id):
      let parts = text.split(separator: " ", maxSplits: 1)
      guard let number = parts.first.flatMap({ Int($0) }), parts.count == 2,
        let field = TicketState.FieldID(rawValue: number - 1)
      else {
        if text.isEmpty { console.press(.enter) } else { say(Phrase.linearTicket.text) }
        return
      }
      let count = TicketState.FieldID.allCases.count
      for _ in 0..<(field.rawValue - id.rawValue + count) % count { console.press(.tab) }
      replace(with: String(parts[1]))
    case .review where LinearSession.names(.hintCommit).contains(text.lowercased()):
      console.press(Command.commit.keys[0])
    case .review, .finished:
      press(number: Int(text).map { $0 - 1 }, isEmpty: text.isEmpty)
    case .quoting, .sending: break
    }
  }

  private func fill(
    _ inputs: [FormState.Input], _ selection: Int, with text: String, in dialog: DialogState
  ) {
    guard inputs.indices.contains(selection) else { return press(text.isEmpty ? .enter : nil) }
    let field = inputs[selection].field
    if case .choice(let options) = field.style, !text.isEmpty {
      let place = Int(text).map { $0 - 1 } ?? options.firstIndex { $0 == text } ?? -1
      guard options.indices.contains(place), let now = options.firstIndex(of: field.text) else {
        return say(Phrase.linearChoose.with("\(options.count)"))
      }
      for _ in 0..<(place - now + options.count) % options.count { console.press(.right) }
    } else if !text.isEmpty {
      replace(with: text)
    }
    console.press(selection == inputs.count - 1 ? .enter : .down)
  }

  /// Puts a text in the place of all that stands in the field with the cursor.
  private func replace(with text: String) {
    console.press(.end)
    console.press(.control("u"))
    console.press(.paste(text))
  }

  private func move(by steps: Int) {
    for _ in 0..<abs(steps) { console.press(steps < 0 ? .up : .down) }
  }
}
