import Accounts
import Domain
import Phrases
import ScreenState

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
    guard let tour = dialogs.tour,
      !tour.advance(newest: conversation.window.messages.last?.id, { isDone($0) })
    else { return }
    dialogs.tour = nil
    context.notices.show(NoticeText(.success, Phrase.tourOver.text))
  }

  private func isDone(_ step: TourModel.Step) -> Bool {
    switch step {
    case .open: panes.focused == .conversation && conversation.chat != nil
    case .write: conversation.window.messages.last?.own ?? false
    case .select: conversation.isAmongMessages
    case .find: if case .palette? = dialogs.shown { true } else { false }
    case .trade: [.balances, .orders].contains(panes.focused)
    case .help: if case .help? = dialogs.shown { true } else { false }
    }
  }
}
