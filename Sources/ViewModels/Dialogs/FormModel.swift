import Domain
import Phrases
import ScreenState

/// Something to fill in: fields, one of which has the keys, and what comes of sending them.
@MainActor
package final class FormModel {
  /// What stands above the fields.
  struct Words {
    var title: String
    var introduction: [String] = []
    /// What Enter does, for the line of keys.
    var enter: Phrase = .hintGoOn
  }

  /// What a form does beyond taking text.
  struct Actions {
    /// Enter was pressed.
    var submit: @MainActor () -> Void = {}
    /// Tab was pressed; false moves on to the next field.
    var complete: @MainActor () -> Bool = { false }
    /// The field in which Tab completes what is typed; nil where it moves on from each.
    var completedField: Int?
    /// Something was typed.
    var edited: @MainActor () -> Void = {}
    /// Whether a question goes on from what was refused; then nothing is said of it here.
    var asks: @MainActor (UserError) -> Bool = { _ in false }
    /// What was sent was refused; the problem is set by then.
    var refused: @MainActor (UserError) -> Void = { _ in }
    /// Below the fields, where it changes by itself.
    var countdown: @MainActor () -> String? = { nil }
    /// The keys; nil for the usual ones.
    var hints: (@MainActor () -> [Hint])?
  }

  /// What stands below the fields.
  struct Remarks {
    /// What is wrong.
    var problem: String?
    /// How a field can go on.
    var suggestions: [String] = []
    var note: String?
  }

  /// What is being waited for.
  struct Wait {
    var words: String
    var transfer: ConversationState.Transfer?
  }

  var words: Words
  private(set) var inputs: [FormState.Input]
  private(set) var selection = 0
  private(set) var wait: Wait?
  var remarks = Remarks()
  var actions = Actions()
  /// Counts what was asked and given up, so that a late answer changes nothing.
  private var question = 0
  private let context: ModelContext

  init(_ context: ModelContext, _ words: Words, _ inputs: [(label: Phrase, field: FieldState)]) {
    self.context = context
    self.words = words
    self.inputs = inputs.map { .init(label: $0.label.text, field: $0.field) }
  }

  var state: FormState {
    FormState(
      title: words.title, introduction: words.introduction, inputs: inputs, selection: selection,
      suggestions: remarks.suggestions, note: remarks.note ?? actions.countdown(),
      progress: wait?.words, transfer: wait?.transfer, problem: remarks.problem,
      hints: actions.hints?() ?? usualHints)
  }

  private var usualHints: [Hint] {
    let isMany = inputs.count > 1
    let moving =
      actions.completedField == selection
      ? [Hint(.tab, .hintComplete)] + (isMany ? [Hint(.down, .hintNext)] : [])
      : isMany ? [Hint(.tab, .hintNext)] : []
    return [Hint(.enter, words.enter)] + moving + choosing + [Hint(.escape, .hintLeave)]
  }

  /// In a field that is one of several values, how to get to the others.
  var choosing: [Hint] {
    guard inputs.indices.contains(selection), case .choice = inputs[selection].field.style else {
      return []
    }
    return [Hint(key: "←→", label: Phrase.hintOtherValue.text)]
  }

  /// What stands in a field.
  func text(_ index: Int) -> String { inputs[index].field.text }

  func set(_ index: Int, _ field: FieldState) {
    inputs[index].field = field
    context.onChange()
  }

  /// False for a key that means something else: Esc, and everything while an answer is awaited.
  func press(_ key: Key) -> Bool {
    guard wait == nil, key != .escape else { return false }
    switch key {
    case .enter: actions.submit()
    case .tab: if !actions.complete() { move(by: 1) }
    case .down: move(by: 1)
    case .backTab, .up: move(by: -1)
    default:
      guard inputs.indices.contains(selection),
        inputs[selection].field.edit(key, killed: &context.killed)
      else { return false }
      remarks = Remarks()
      actions.edited()
    }
    context.onChange()
    return true
  }

  private func move(by step: Int) {
    guard inputs.count > 1 else { return }
    selection = (selection + step + inputs.count) % inputs.count
  }

  /// Does what takes a while; `then` is called with what came out unless it was given up meanwhile.
  func perform<Result>(
    _ phrase: Phrase, _ work: @escaping @MainActor () async throws(UserError) -> Result,
    then: @escaping @MainActor (Result) -> Void
  ) {
    showWait(phrase)
    question += 1
    let asked = question
    context.start("form") { [self] in
      do throws(UserError) {
        let result = try await work()
        guard asked == question else { return }
        wait = nil
        then(result)
      } catch {
        guard asked == question else { return context.notices.show(error) }
        refuse(error)
      }
    }
  }

  /// Says what is being waited for; no key but Esc does anything meanwhile.
  func showWait(_ phrase: Phrase) {
    wait = Wait(words: phrase.text)
    remarks.problem = nil
    remarks.suggestions = []
    context.onChange()
  }

  /// Says why what was waited for did not come.
  func refuse(_ error: UserError) {
    wait = nil
    guard !actions.asks(error) else { return }
    remarks.problem = error.sentences
    actions.refused(error)
  }

  /// How far what is awaited is.
  func show(_ transfer: ConversationState.Transfer) {
    wait?.transfer = transfer
    context.onChange()
  }

  /// What is awaited may come or not: nothing here waits for it any more.
  func giveUp() {
    wait = nil
    question += 1
  }
}

extension Hint {
  init(_ key: Key, _ label: Phrase, isEnabled: Bool = true, isLasting: Bool = false) {
    self.init(
      key: key.mark, label: label.text, isEnabled: isEnabled, isLasting: isLasting, press: key)
  }
}
