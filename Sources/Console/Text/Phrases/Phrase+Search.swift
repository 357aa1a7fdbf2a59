extension Phrase {
  // Search and command palette.
  public static let search: Phrase = "SEARCH"
  public static let searchIn: Phrase = "SEARCH · {}"
  public static let searchPlaceholder: Phrase = "words, or a phrase in quotes"
  public static let searchIdle: Phrase = "Type what you remember. The last word may be a beginning."
  public static let searchRunning: Phrase = "Searching…"
  public static let searchNothing: Phrase = "Nothing that is stored here says that."
  public static let searchMore: Phrase = "more below"
  public static let serverUnasked: Phrase = "Tab asks MAX for what is not stored here."
  public static let serverOffline: Phrase = "MAX is offline: only what is stored here is searched."
  public static let serverAsking: Phrase = "Asking MAX…"
  public static let serverAnswered: Phrase = "MAX has found {} more."
  public static let serverNothing: Phrase = "MAX has found nothing more."
  public static let palette: Phrase = "EVERYTHING"
  public static let palettePlaceholder: Phrase = "what to do, or a chat"
  public static let paletteNothing: Phrase = "Nothing is called that."
}
