extension Phrase {
  // What a person hears of while they look elsewhere. No sentence says more than the desktop may show
  // to others.
  package static let attentionMessage: Phrase = "New message: {}"
  package static let attentionCall: Phrase = "Call: {}"
  package static let attentionUnsent: Phrase = "A message did not go out: {}"
  package static let attentionQuote: Phrase = "The quote for {} is about to end."
  package static let attentionQuoteHint: Phrase = "Press r for a new one"
  package static let attentionUnread: Phrase = "{}: {} new [message|messages]"
}
