import Phrases

extension Russian {
  static let attention: KeyValuePairs<Phrase, String> = [
    .attentionMessage: "Новое сообщение: {}",
    .attentionCall: "Звонок: {}",
    .attentionUnsent: "Сообщение не отправлено: {}",
    .attentionQuote: "Котировка {} вот-вот истечёт.",
    .attentionQuoteHint: "Нажмите r, чтобы получить новую",
    .attentionUnread: "{}: {} [новое сообщение|новых сообщения|новых сообщений]",
  ]
}
