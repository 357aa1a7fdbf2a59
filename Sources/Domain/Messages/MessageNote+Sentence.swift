import Phrases

/// A text as it is shown, and how many UTF-16 units stand before the words that somebody wrote.
package struct NotedText: Sendable, Equatable {
  /// All of it.
  package var text: String
  /// Where the words begin.
  package var offset: Int
}

extension [MessageNote] {
  /// Somebody's words with the notes on them as sentences: the one place where they are made.
  package func around(_ words: String) -> NotedText {
    guard !isEmpty else { return NotedText(text: words, offset: 0) }
    var before = ""
    var after = ""
    for note in self {
      switch note {
      case .cut: after += "\n" + note.sentence
      case .unencrypted: before += note.sentence
      default:
        before += note.sentence
        if !words.isEmpty { before += "\n" }
      }
    }
    return NotedText(text: before + words + after, offset: before.utf16.count)
  }
}

extension MessageNote {
  /// What it says, in the language in use.
  package var sentence: String {
    switch self {
    case .created(.you, let title, let members):
      Phrase.secureYouCreatedGroup.with(title ?? "", members.words)
    case .created(let by, let title?, let members):
      Phrase.secureGroupCreated.with(by.words, title, members.words)
    case .created(let by, nil, _): Phrase.controlNew.with(by.words)
    case .added(.you, let members): Phrase.secureYouAdded.with(members.words)
    case .added(let by, let members): Phrase.controlAdd.with(by.words, members.words)
    case .removed(let by, let members): Phrase.controlRemove.with(by.words, members.words)
    case .left(.you): Phrase.secureYouLeftGroup.text
    case .left(let by): Phrase.controlLeave.with(by.words)
    case .renamed(.you, let title): Phrase.secureYouRenamedGroup.with(title)
    case .renamed(let by, let title): Phrase.controlTitle.with(by.words, title)
    case .pinned(let by): Phrase.controlPin.with(by.words)
    case .joinedByLink(let by): Phrase.controlJoin.with(by.words)
    case .event(let word): Phrase.controlOther.with(word)
    case .sessionEnded(.you): Phrase.secureYouEndedSession.text
    case .sessionEnded(let by): Phrase.secureSessionEnded.with(by.words)
    case .unregistered(let who): Phrase.secureNoLongerRegistered.with(who.words)
    case .unknownGroup(let by): Phrase.secureUnknownGroup.with(by.words)
    case .stranger(let by, let title): Phrase.secureStranger.with(by.words, title)
    case .heldBack: Phrase.secureHeldMessage.text
    case .heldFull(let by): Phrase.secureHeldFull.with(by.words)
    case .flawed(let flaw): Phrase.secureUnreadable.with(flaw.sentence)
    case .unreadable(let reason): Phrase.secureUnreadable.with(reason)
    case .forwarded(let from): Phrase.forwarded.with(from.words)
    case .unencrypted: Phrase.secureUnencrypted.with("")
    case .cut(let bytes): Phrase.textCut.with(sizeText(bytes))
    }
  }
}

extension MessageNote {
  /// What stands in place of a message that is gone.
  package static var deletedMessage: String { Phrase.messageDeleted.text }
}

extension NotedPerson {
  /// The person in a sentence.
  package var words: String {
    switch self {
    case .you: Phrase.you.text
    case .named(let name): name
    case .numbered(let id): Phrase.person.with(id)
    case .someone: Phrase.someone.text
    }
  }
}

extension [NotedPerson] {
  fileprivate var words: String { map(\.words).joined(separator: ", ") }
}
