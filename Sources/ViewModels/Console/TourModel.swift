import Accounts
import Domain
import Phrases
import ScreenState

/// A tour of six steps: each says what to press, and is over when it was done. It keeps nobody from
/// doing anything else.
@MainActor
final class TourModel {
  private enum Step: Int, CaseIterable {
    case open, write, select, find, trade, help

    var words: Phrase {
      switch self {
      case .open: .tourOpen
      case .write: .tourWrite
      case .select: .tourSelect
      case .find: .tourFind
      case .trade: .tourTrade
      case .help: .tourHelp
      }
    }
  }

  private var step = Step.open
  /// The newest message of the open chat when writing became the step.
  private var written: String?
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  /// What to do now; it stays in sight.
  var notice: Notice {
    Notice(
      id: 0, kind: .info,
      text: Phrase.tourStep.with("\(step.rawValue + 1)", "\(Step.allCases.count)")
        + " " + step.words.text)
  }

  /// Goes on as far as what was asked for is done; false at the end of the tour.
  func advance(_ console: ConsoleModel) -> Bool {
    while isDone(console) {
      guard let next = Step(rawValue: step.rawValue + 1) else { return false }
      step = next
      if next == .write { written = console.conversation.window.messages.last?.id }
      context.onChange()
    }
    return true
  }

  private func isDone(_ console: ConsoleModel) -> Bool {
    switch step {
    case .open: return console.panes.focused == .conversation && console.conversation.chat != nil
    case .write:
      guard let last = console.conversation.window.messages.last else { return false }
      return last.own && last.id != written
    case .select: return console.conversation.isAmongMessages
    case .find: if case .palette? = console.dialogs.shown { return true } else { return false }
    case .trade: return [.balances, .orders].contains(console.panes.focused)
    case .help: if case .help? = console.dialogs.shown { return true } else { return false }
    }
  }
}

extension ConsoleModel {
  /// Begins the tour, or ends it.
  func toggleTour() {
    if dialogs.tour != nil {
      dialogs.tour = nil
      context.notices.show(NoticeText(.info, Phrase.tourLeft.text))
    } else {
      focus(.chats)
      dialogs.tour = TourModel(context)
    }
    context.onChange()
  }

  /// Looks whether what the tour asks for was done.
  func advanceTour() {
    guard let tour = dialogs.tour, !tour.advance(self) else { return }
    dialogs.tour = nil
    context.notices.show(NoticeText(.success, Phrase.tourOver.text))
  }
}
