import Phrases

/// What the program says, in Russian; a file an area, as the phrases are.
enum Russian {
  static let texts: [KeyValuePairs<Phrase, String>] = [
    amounts, calendar, calls, commands, encryption, failures, files, messages, panes, people,
    questions, sending, services, settings, text, trading, wizard,
  ]
}
