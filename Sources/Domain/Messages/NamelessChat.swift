import Phrases

/// What a chat is that nobody has given a name.
package enum NamelessChat: Sendable, Hashable {
  /// The notes to oneself.
  case saved
  /// A dialog with somebody.
  case dialog(with: NotedPerson)
  /// A group that only its members know.
  case group
  /// Any other, by the service's id.
  case other(id: String)

  /// What it is called, in the language in use: the one place where it is said.
  package var words: String {
    switch self {
    case .saved: Phrase.savedMessages.text
    case .dialog(let person): person.words
    case .group: Phrase.groupWithoutName.text
    case .other(let id): Phrase.chat.with(id)
    }
  }
}
