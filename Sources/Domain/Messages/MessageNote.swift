/// What the program says in or beside a message, as it is stored: what it is about, without the words.
///
/// The sentence is made where it is shown (`sentence`), in the reader's language. The cases and the
/// names of their parameters are what stands in the store: another name needs a migration.
package enum MessageNote: Sendable, Hashable, Codable {
  // Lines about a chat that nobody wrote.

  /// A group was made; its name and its other members where the service tells them.
  case created(by: NotedPerson, title: String?, members: [NotedPerson])
  /// Members came into a group.
  case added(by: NotedPerson, members: [NotedPerson])
  /// Members were put out of a group.
  case removed(by: NotedPerson, members: [NotedPerson])
  /// A member left.
  case left(by: NotedPerson)
  /// The group has another name.
  case renamed(by: NotedPerson, title: String)
  /// A message was pinned.
  case pinned(by: NotedPerson)
  /// Somebody came by a link.
  case joinedByLink(by: NotedPerson)
  /// Something happened that only the service's own word tells of.
  case event(word: String)
  /// A secure session was ended.
  case sessionEnded(by: NotedPerson)
  /// A member's number has no account any more.
  case unregistered(who: NotedPerson)
  /// A message to a group that is not known here; it stands below this line.
  case unknownGroup(by: NotedPerson)
  /// A message to a group by somebody who is no member; it stands below this line.
  case stranger(by: NotedPerson, title: String)

  // Encrypted messages whose text is not known.

  /// It waits until its new identity key is accepted.
  case heldBack
  /// There is no room for more that wait.
  case heldFull(by: NotedPerson)
  /// It could not be read, because of this.
  case flawed(flaw: MessageFlaw)
  /// It could not be read; the reason is what an earlier version stored of it, without a full stop,
  /// where that is not understood.
  case unreadable(reason: String)

  // Beside somebody's words.

  /// The words are another's.
  case forwarded(from: NotedPerson)
  /// The words came without encryption.
  case unencrypted
  /// The text was longer by this many bytes than what is kept of it.
  case cut(bytes: Int64)
}

/// Somebody whom a note names.
package enum NotedPerson: Sendable, Hashable, Codable {
  /// The account's owner.
  case you
  /// By the name that the person had at that moment.
  case named(name: String)
  /// By the service's id: nobody had told a name.
  case numbered(id: String)
  /// Nothing is known of them.
  case someone
}

extension [MessageNote] {
  /// The notes with each of their texts cut to 4 KiB, and no more people than 16 KiB of names.
  ///
  /// A service has longer ones only by mistake or from malice, and they are read again with every look
  /// at the chat.
  package var bounded: [MessageNote] { map(\.bounded) }
}

extension MessageNote {
  private static let textBytes = 4 << 10
  private static let peopleBytes = 16 << 10

  fileprivate var bounded: MessageNote {
    func cut(_ text: String) -> String { text.bounded(toBytes: MessageNote.textBytes) }
    return switch self {
    case .created(let by, let title, let members):
      .created(by: by.bounded, title: title.map(cut), members: MessageNote.bounded(members))
    case .added(let by, let members):
      .added(by: by.bounded, members: MessageNote.bounded(members))
    case .removed(let by, let members):
      .removed(by: by.bounded, members: MessageNote.bounded(members))
    case .left(let by): .left(by: by.bounded)
    case .renamed(let by, let title): .renamed(by: by.bounded, title: cut(title))
    case .pinned(let by): .pinned(by: by.bounded)
    case .joinedByLink(let by): .joinedByLink(by: by.bounded)
    case .event(let word): .event(word: cut(word))
    case .sessionEnded(let by): .sessionEnded(by: by.bounded)
    case .unregistered(let who): .unregistered(who: who.bounded)
    case .unknownGroup(let by): .unknownGroup(by: by.bounded)
    case .stranger(let by, let title): .stranger(by: by.bounded, title: cut(title))
    case .heldFull(let by): .heldFull(by: by.bounded)
    case .flawed(let flaw): .flawed(flaw: flaw.bounded)
    case .unreadable(let reason): .unreadable(reason: cut(reason))
    case .forwarded(let from): .forwarded(from: from.bounded)
    case .heldBack, .unencrypted, .cut: self
    }
  }

  private static func bounded(_ people: [NotedPerson]) -> [NotedPerson] {
    var left = peopleBytes
    return people.map(\.bounded).prefix { person in
      left -= person.words.utf8.count
      return left >= 0
    }
  }
}

extension NotedPerson {
  /// A name has 1 KiB at most.
  private static let nameBytes = 1 << 10

  var bounded: NotedPerson {
    switch self {
    case .named(let name): .named(name: name.bounded(toBytes: NotedPerson.nameBytes))
    case .numbered(let id): .numbered(id: id.bounded(toBytes: NotedPerson.nameBytes))
    case .you, .someone: self
    }
  }
}
