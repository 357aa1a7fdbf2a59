import Phrases

/// What the program says, in Ukrainian; a file an area, as the phrases are.
enum Ukrainian {
  static let texts: [KeyValuePairs<Phrase, String>] = [
    amounts, calendar, calls, commands, encryption, failures, files, messages, panes, people,
    questions, sending, services, settings, text, trading, wizard,
  ]
}
