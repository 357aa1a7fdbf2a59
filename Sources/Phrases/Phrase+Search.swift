extension Phrase {
  // Search and command palette.
  package static let search: Phrase = "SEARCH"
  package static let searchIn: Phrase = "SEARCH · {}"
  package static let searchPlaceholder: Phrase = "words, or a phrase in quotes"
  package static let searchIdle: Phrase =
    "Type what you remember. The last word may be a beginning."
  package static let searchRunning: Phrase = "Searching…"
  package static let searchNothing: Phrase = "Nothing that is stored here says that."
  package static let searchMore: Phrase = "more below"
  package static let serverUnasked: Phrase = "Tab asks MAX for what is not stored here."
  package static let serverOffline: Phrase = "MAX is offline: only what is stored here is searched."
  package static let serverAsking: Phrase = "Asking MAX…"
  package static let serverAnswered: Phrase = "MAX has found {} more."
  package static let serverNothing: Phrase = "MAX has found nothing more."
  package static let palette: Phrase = "EVERYTHING"
  package static let palettePlaceholder: Phrase = "what to do, or a chat"
  package static let paletteNothing: Phrase = "Nothing is called that."
}
