import Phrases

extension Ukrainian {
  static let attention: KeyValuePairs<Phrase, String> = [
    .attentionMessage: "Нове повідомлення: {}",
    .attentionCall: "Дзвінок: {}",
    .attentionUnsent: "Повідомлення не надіслано: {}",
    .attentionQuote: "Котирування {} ось-ось закінчиться.",
    .attentionQuoteHint: "Натисніть r, щоб отримати нове",
    .attentionUnread: "{}: {} [нове повідомлення|нові повідомлення|нових повідомлень]",
  ]
}
