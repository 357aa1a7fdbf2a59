import Accounts
import Domain
import Phrases
import ScreenState

/// The keys of the person's own: taken from the settings file, and listed in the console.
@MainActor
struct OwnKeys {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  /// Has keys do what lines of the settings file say, and tells what is wrong with the lines.
  func bind(_ bindings: [KeyBinding], of path: String) {
    let map = KeyMap(bindings)
    console.keys.map = map
    for problem in map.problems.prefix(NoticesModel.limit) {
      let words = Phrase.bindLine.with("\(problem.line)", path, problem.words)
      console.context.notices.show(
        NoticeText(
          problem.isRemark ? .info : .failure, words,
          hint: problem.isRemark ? nil : Phrase.bindLineHint.text))
    }
  }

  /// Lists them, with what is wrong with those that do nothing; choosing one shows the help.
  func show() {
    let map = console.keys.map
    let working = map.own.map { own in
      (
        own.binding.line,
        ChoiceState.Option(
          id: "\(own.binding.line)",
          label: "\(own.presses.mark)  \(own.command.title.text)",
          note: Phrase.ownKeysLine.with("\(own.binding.line)"))
      )
    }
    let faults = map.problems.filter { !$0.isRemark }.map { problem in
      (
        problem.line,
        ChoiceState.Option(
          id: "\(problem.line)", label: "! " + problem.words,
          note: Phrase.ownKeysLine.with("\(problem.line)"))
      )
    }
    let options = (working + faults).sorted { $0.0 < $1.0 }.map(\.1)
    let all = ChoiceState.Option(id: "all", label: Phrase.ownKeysAll.text)
    let choice = ChoiceModel(
      console.context,
      .init(title: Phrase.ownKeysTitle.text, introduction: Phrase.ownKeysIntroduction.text),
      options + [all], style: .list)
    choice.choose = { [weak console] _ in
      guard let console else { return }
      console.dialogs.close()
      console.dialogs.showHelp(from: HelpContents(console).origin)
    }
    console.dialogs.show(.choice(choice))
  }
}

extension ConsoleModel {
  /// Has keys do what lines of the settings file say.
  package func bind(_ bindings: [KeyBinding], of path: String) {
    ownKeys.bind(bindings, of: path)
  }
}
