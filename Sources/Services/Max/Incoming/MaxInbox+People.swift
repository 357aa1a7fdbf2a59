import Accounts
import Domain
import OneMe
import Phrases
import Storage

extension MaxInbox {
  /// Keeps people as the server describes them now.
  func save(_ contacts: [Contact]) async {
    people.learn(contacts)
    let records = people.records
    let stored = contacts.map { records.contact($0, at: environment.time.wallTime) }
    await environment.storing { store in try await store.contacts.save(stored) }
    // Dialogs are titled by their partner; a name that came late changes them.
    let names = Dictionary(stored.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
    guard let own = records.ownId else { return }
    await changeChats(contacts.map { MaxRecords.key(own ^ $0.id) }) { chat in
      var chat = chat
      if chat.kind == .dialog, let name = chat.peerId.flatMap({ names[$0] }) { chat.title = name }
      return chat
    }
  }

  /// Asks for the names of people that chats mention and nobody has introduced.
  func learnNames(of chats: [Chat]) async {
    let own = people.ownId
    await learnNames(
      chats.flatMap { chat in
        [own.flatMap { chat.partner(of: $0) }, chat.lastMessage?.sender]
      }.compactMap(\.self))
  }

  /// Asks for the names of those among `ids` who have none yet.
  func learnNames(_ ids: [Int64]) async {
    let unknown = people.unknown(among: ids, at: environment.time.uptime)
    guard !unknown.isEmpty else { return }
    do throws(OneMeError) {
      await save(try await session.contacts(unknown))
    } catch {
      // A number stands in for the name until it is asked for again.
      environment.log("MAX names: \(error.message)")
      if error == .offline { people.forgetLookup(of: unknown) }
    }
  }

  /// Somebody else is writing.
  func showTyping(_ chatId: Int64, _ userId: Int64) async {
    guard userId != people.ownId else { return }
    await learnNames([userId])
    // The server sends no end of typing; clients show it for about eight seconds.
    environment.changes.send(
      .typing(
        chat: MaxRecords.key(chatId),
        name: people.name(of: userId) ?? Phrase.someone.text,
        until: environment.time.uptime.milliseconds + 8000))
  }

  /// Who is there, and when the others were.
  func show(_ presence: [Int64: Presence]) {
    guard let own = people.ownId, !presence.isEmpty else { return }
    environment.changes.send(
      .presence(
        presence.map { userId, presence in
          // A dialog's id is the exclusive or of the two user ids.
          DialogPresence(
            chat: MaxRecords.key(own ^ userId), isOnline: presence.status == .online,
            seen: presence.seen)
        }))
  }
}
