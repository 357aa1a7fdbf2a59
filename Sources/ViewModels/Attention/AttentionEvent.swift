import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Something that happens and that a person may want to hear of at once.
package struct AttentionEvent: Sendable, Equatable {
  /// What sort of thing; how each is told stands in `AttentionMatrix`.
  package enum Kind: String, Sendable, CaseIterable {
    /// Somebody has written.
    case message
    /// Somebody calls.
    case call
    /// A swap has come to an end, or nobody knows what became of it.
    case order
    /// A price that was waited for.
    case price
    /// The quote under review is about to end.
    case quote
    /// Somebody's key has changed.
    case key
    /// A message did not go out.
    case unsent
  }

  package let kind: Kind
  /// The chat that it is about; nil where it is about none.
  package var chat: ChatID?
  /// What is told outside the screen, made harmless.
  package let alert: ConsoleAlert
  /// What the screen says, where it has a line for it.
  package let notice: NoticeText

  /// - Parameters:
  ///   - event: for the alert command; what the kind is called, if nil.
  ///   - subject: what it is about, as scripts name it.
  ///   - text: what the desktop says; what the screen says, if nil.
  init(
    _ kind: Kind, event: String? = nil, subject: String, _ notice: NoticeText,
    text: String? = nil, chat: ChatID? = nil
  ) {
    self.kind = kind
    self.chat = chat
    self.notice = notice
    alert = ConsoleAlert(
      event: event ?? kind.rawValue, subject: harmless(subject),
      text: harmless(text ?? notice.text))
  }
}

// What each says. Of messages only who has written: others may see the desktop.
extension AttentionEvent {
  static func message(in chat: ChatRecord) -> AttentionEvent {
    AttentionEvent(
      .message, subject: chat.chat.text,
      NoticeText(.info, Phrase.attentionMessage.with(chat.shownTitle)), chat: chat.chat)
  }

  static func unsent(in chat: ChatRecord) -> AttentionEvent {
    AttentionEvent(
      .unsent, subject: chat.chat.text,
      NoticeText(.warning, Phrase.attentionUnsent.with(chat.shownTitle)), chat: chat.chat)
  }

  static func keyChange(in chat: ChatRecord) -> AttentionEvent {
    AttentionEvent(
      .key, subject: chat.chat.text,
      NoticeText(.warning, Phrase.identityChanged.with(chat.shownTitle)), chat: chat.chat)
  }

  static func call(_ call: CallRow, in chat: ChatRecord?) -> AttentionEvent {
    AttentionEvent(
      .call, subject: call.id, NoticeText(.info, Phrase.attentionCall.with(call.caller)),
      chat: chat?.chat)
  }

  static func endingQuote(_ pair: String) -> AttentionEvent {
    AttentionEvent(
      .quote, subject: pair,
      NoticeText(.warning, Phrase.attentionQuote.with(pair), hint: Phrase.attentionQuoteHint.text))
  }

  static func order(_ alert: OrderAlert, of order: OrderRecord) -> AttentionEvent {
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
    return AttentionEvent(
      .order, event: "order-\(alert.kind.rawValue)", subject: order.clientOrderId, notice)
  }

  static func price(_ alert: PriceAlert, at price: String) -> AttentionEvent {
    let words = Phrase.priceReached.with(alert.words, Amount.grouped(price))
    return AttentionEvent(
      .price, subject: "\(alert.sell)/\(alert.buy)", NoticeText(.warning, words))
  }
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
