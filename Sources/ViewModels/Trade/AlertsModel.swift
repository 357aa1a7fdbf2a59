import Accounts
import Domain
import Phrases
import Storage

/// Tells what a person must not miss: on the screen, by the bell, on the desktop, and to a program
/// of their own.
@MainActor
final class AlertsModel {
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  func tell(_ alert: OrderAlert, of order: OrderRecord) {
    let pair = "\(Amount.grouped(order.amount)) \(order.from) → \(order.to)"
    let received = order.filledOut.map { "\(Amount.grouped($0)) \(order.to)" } ?? ""
    let notice: NoticeText =
      switch alert.kind {
      case .filled: NoticeText(.success, Phrase.orderFilledNotice.with(pair, received))
      case .belowMinimum:
        NoticeText(
          .warning, Phrase.orderBelowNotice.with(pair, received),
          hint: order.minimumOut.map { Phrase.orderBelowHint.with("\($0.shown) \(order.to)") })
      case .failed:
        NoticeText(
          .failure, Phrase.orderEndedNotice.with(pair, order.status.word), hint: order.reason)
      case .unknown:
        NoticeText(
          .failure, Phrase.orderUnknownNotice.with(pair), hint: Phrase.unknownAdvice.text)
      case .lost:
        NoticeText(.failure, Phrase.orderLostNotice.with(pair), hint: order.reason)
      }
    tell(notice, event: "order-\(alert.kind.rawValue)", subject: order.clientOrderId)
  }

  func tell(_ alert: PriceAlert, price: String) {
    let words = Phrase.priceReached.with(alert.words, Amount.grouped(price))
    tell(NoticeText(.warning, words), event: "price", subject: "\(alert.sell)/\(alert.buy)")
  }

  private func tell(_ notice: NoticeText, event: String, subject: String) {
    context.notices.show(notice)
    context.program.ring()
    context.program.alert(
      ConsoleAlert(event: event, subject: harmless(subject), text: harmless(notice.text)))
  }
}

/// What is told outside the screen: to the desktop, and to a program.
package struct ConsoleAlert: Sendable, Equatable {
  /// `order-filled`, `order-failed`, `order-unknown`, `order-lost`, `order-below-minimum`, `price`.
  package var event: String
  /// The order's id or the pair.
  package var subject: String
  /// A sentence, safe to show.
  package var text: String
}

extension PriceAlert {
  /// `ETH above 2 200 USDT`.
  var words: String { PriceAlertOutput(self).words }
}

extension PriceAlertOutput {
  /// `ETH above 2 200 USDT`.
  var words: String {
    let side: Phrase = direction == PriceAlert.Direction.below.rawValue ? .priceBelow : .priceAbove
    return side.with(visibleCode(from), Amount.grouped(price), visibleCode(to))
  }
}
