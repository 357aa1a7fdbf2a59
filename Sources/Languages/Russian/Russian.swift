import Phrases

/// What the program says, in Russian; a file an area, as the phrases are.
enum Russian {
  static let texts: [KeyValuePairs<Phrase, String>] = [
    amounts, attention, calendar, calls, commands, encryption, failures, files, linear, messages,
    panes, people, questions, sending, servers, services, settings, text, tour, trading, wizard,
  ]
}
