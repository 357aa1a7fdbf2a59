import Domain
import Phrases
import ScreenState

/// A tour of six steps: each says what to press, and is over when it was done. It keeps nobody from
/// doing anything else.
@MainActor
final class TourModel {
  /// In their order.
  enum Step: Int, CaseIterable {
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
  ///
  /// - Parameter newest: the newest message of the open chat.
  func advance(newest: String?, _ isDone: (Step) -> Bool) -> Bool {
    // The messages of a chat come a moment after it is opened.
    if step == .write, written == nil { written = newest }
    while isDone(step), step != .write || newest != written {
      guard let next = Step(rawValue: step.rawValue + 1) else { return false }
      step = next
      written = newest
      context.onChange()
    }
    return true
  }
}
