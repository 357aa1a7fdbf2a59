import Domain
import Phrases
import ScreenState

/// One of several things, chosen by arrows, by number, or by typing a part of its name.
@MainActor
package final class ChoiceModel {
  /// What stands above the options.
  struct Words {
    var title: String
    var introduction = ""
  }

  /// How the options stand.
  enum Style {
    case row, list, searchable
    /// Something that cannot be undone: only arrows and Tab lead away from the first option, which
    /// leaves everything as it is. Nothing that can be typed does.
    case question
  }

  /// What is being done about the option that was chosen.
  private struct Work {
    /// What is waited for, in words; nil while nothing is.
    private(set) var progress: String?
    /// Why it did not happen.
    private(set) var problem: String?
    /// Counts what was asked and given up, so that a late answer changes nothing.
    private var number = 0

    /// Returns what `end(_:because:)` takes.
    mutating func begin(_ words: String) -> Int {
      progress = words
      problem = nil
      number += 1
      return number
    }

    /// It has happened, or a problem kept it from that; false when it was given up before.
    mutating func end(_ number: Int, because problem: String? = nil) -> Bool {
      guard number == self.number else { return false }
      progress = nil
      self.problem = problem
      return true
    }

    mutating func giveUp() {
      progress = nil
      number += 1
    }

    mutating func forgetProblem() { problem = nil }
  }

  /// The option of a question that does nothing.
  static let no = "no"

  private struct Options {
    let all: [ChoiceState.Option]
    /// What each is found by, where they are searched.
    let keys: [NameKey]

    init(_ all: [ChoiceState.Option], isSearched: Bool) {
      self.all = all
      keys = isSearched ? all.map { NameKey($0.label) } : []
    }

    func fitting(_ text: String) -> [ChoiceState.Option] {
      let query = NameQuery(text)
      guard !query.isEmpty, !keys.isEmpty else { return all }
      let near = keys.enumerated().compactMap { index, key in
        query.distance(to: key).map { (index: index, rank: ($0, index)) }
      }
      return near.sorted { $0.rank < $1.rank }.map { all[$0.index] }
    }
  }

  private let words: Words
  private let options: Options
  private let style: Style
  private var selection: Selection
  private var filter = FieldState()
  private var work = Work()
  private var scroll: Int?
  private let context: ModelContext
  /// An option was chosen.
  var choose: @MainActor (String) -> Void = { _ in }
  /// Where to go when nothing is chosen; nil closes the dialog.
  var back: (@MainActor () -> Void)?

  init(
    _ context: ModelContext, _ words: Words, _ options: [ChoiceState.Option], style: Style
  ) {
    self.context = context
    self.words = words
    self.options = Options(options, isSearched: style == .searchable)
    self.style = style
    selection = Selection()
    selection.select(options.first(where: \.isCurrent)?.id)
  }

  var state: ChoiceState {
    var state = ChoiceState(
      title: words.title, introduction: words.introduction, options: matching)
    state.selection = selection.index(in: matching.map(\.id))
    state.isRow = style == .row
    state.isQuestion = style == .question
    state.filter = style == .searchable ? filter : nil
    state.scroll = scroll
    state.progress = work.progress
    state.problem = work.problem
    state.hints = [Hint(.enter, .hintChoose), Hint(.escape, .hintLeave)]
    return state
  }

  private var matching: [ChoiceState.Option] { options.fitting(filter.text) }

  /// Whether letters go into its field.
  var takesText: Bool { style == .searchable }

  /// False for a key that means something else: Esc, and everything while an answer is awaited.
  func press(_ key: Key) -> Bool {
    guard work.progress == nil, key != .escape else { return false }
    defer { context.onChange() }
    switch key {
    case .enter: pick(selection.index(in: matching.map(\.id)))
    case .up, .backTab: move(.by(-1))
    case .down, .tab: move(.by(1))
    case .left where style == .row || style == .question: move(.by(-1))
    case .right where style == .row || style == .question: move(.by(1))
    case .character where style == .question, .paste where style == .question: break
    case .character(" ") where style != .searchable: move(.by(1))
    case .character(let typed) where style != .searchable:
      guard let number = typed.wholeNumberValue, number > 0 else { return false }
      pick(number - 1)
    default:
      guard style == .searchable, filter.edit(key, limit: 100, killed: &context.killed) else {
        return false
      }
      work.forgetProblem()
    }
    return true
  }

  /// Whether Enter would do now what a question asks about.
  var isAboutToAct: Bool {
    guard style == .question, let index = selection.index(in: matching.map(\.id)) else {
      return false
    }
    return matching[index].id != ChoiceModel.no
  }

  /// Whether the options stand below each other, more of them perhaps than are in sight.
  var isList: Bool { style == .list || style == .searchable }

  /// Goes where this dialog was opened from; false when that is no dialog.
  func leave() -> Bool {
    guard let back else { return false }
    giveUp()
    back()
    return true
  }

  /// Scrolls the words of a question.
  func scroll(to first: Int) {
    scroll = first
    context.onChange()
  }

  private func move(_ step: Selection.Step) { selection.move(step, in: matching.map(\.id)) }

  private func pick(_ index: Int?) {
    guard let index, matching.indices.contains(index) else { return }
    selection.select(matching[index].id)
    choose(matching[index].id)
  }

  /// Does what takes a while; `then` is called once it has happened, unless it was given up.
  func perform(
    _ phrase: Phrase, _ work: @escaping @MainActor () async throws(UserError) -> Void,
    then: @escaping @MainActor () -> Void
  ) {
    let asked = self.work.begin(phrase.text)
    context.start("choice") { [self] in
      do throws(UserError) {
        try await work()
        if self.work.end(asked) { then() }
      } catch {
        if !self.work.end(asked, because: error.sentences) { context.notices.show(error) }
      }
    }
  }

  /// What is awaited may come or not: nothing here waits for it any more.
  func giveUp() { work.giveUp() }
}
