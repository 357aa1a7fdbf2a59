import Accounts
import Domain
import OneMe
import Storage

/// Takes in what the server tells of chats, people and messages: stores it, then tells the listeners.
///
/// All of that goes through this one actor, whoever has asked for it, so that listeners hear of changes
/// in the order in which they were stored.
actor MaxInbox {
  let session: OneMeSession
  nonisolated let people: KnownPeople
  let environment: AccountEnvironment
  /// Whether unread messages are counted by the server, from the mark that it knows.
  let countsByServer: Bool
  private var mutes: [Int64: Mute] = [:]
  /// The server's time at the login before the newest one: what a chat that is not stored ends with is
  /// news only if it came since. Nil in the run of a first login.
  private var loginBefore: Int64?

  init(
    _ session: OneMeSession, people: KnownPeople, countsByServer: Bool,
    environment: AccountEnvironment
  ) {
    self.session = session
    self.people = people
    self.countsByServer = countsByServer
    self.environment = environment
  }

  // MARK: Chats

  /// Keeps what a login tells, and with it the marker of the next login.
  ///
  /// - Parameter loginBefore: the marker that this login went by.
  /// - Returns: false if it could not be stored.
  func keep(_ snapshot: Snapshot, loginBefore: Int64?) async -> Bool {
    remember(snapshot.mutes)
    self.loginBefore = loginBefore
    return await keep(snapshot.chats, snapshot.contacts, marker: snapshot.time)
  }

  /// Keeps chats with their last messages, and people.
  ///
  /// - Parameter marker: where the next login goes on; nil for what is no login's answer.
  /// - Returns: false if it could not be stored.
  @discardableResult
  func keep(_ chats: [Chat], _ contacts: [Contact] = [], marker: Int64? = nil) async -> Bool {
    await learnNames(of: chats)
    let records = people.records
    let described = chats.map { description(of: $0, by: records) }
    let last = chats.compactMap { chat in chat.lastMessage.map { (MaxRecords.key(chat.id), $0) } }
    let messages = last.map { records.message($1, in: $0) }
    let own = last.flatMap { records.accepted([$1], in: $0) }
    let persons = contacts.map { records.contact($0, at: environment.time.wallTime) }
    let outcome = await environment.storing { [loginBefore] store in
      try await store.applySync(
        .max, chats: described, contacts: persons, messages: messages, own: own, marker: marker,
        after: loginBefore)
    }
    guard let outcome else { return false }
    tell(of: outcome.settled)
    // One change for all of them: each has the screen drawn and every list gone through anew.
    if !outcome.chats.isEmpty { environment.changes.send(.chats(outcome.chats)) }
    if !messages.isEmpty { environment.changes.send(.arrivals(messages)) }
    return true
  }

  /// Keeps chats as the server describes them now.
  func save(_ chats: [Chat]) async {
    await learnNames(of: chats)
    let records = people.records
    let described = chats.map { description(of: $0, by: records) }
    let outcome = await environment.storing { store in
      try await store.applySync(.max, chats: described)
    }
    if let outcome { environment.changes.send(.chats(outcome.chats)) }
  }

  /// Keeps a dialog that is opened here, unless there is one already.
  func open(_ dialog: ChatRecord) async throws(UserError) -> ChatRecord {
    do {
      if let known = try await environment.store.chats.chat(dialog.chat) { return known }
      try await environment.store.chats.save([dialog])
    } catch {
      throw UserError(storing: error)
    }
    environment.changes.send(.chats([dialog]))
    return dialog
  }

  /// The server's words over what is known already; it leaves out what has not changed.
  func description(of chat: Chat, by records: MaxRecords) -> ChatDescription {
    let isMuted = mutes[chat.id]?.isActive(at: environment.time.wallTime)
    return ChatDescription(MaxRecords.key(chat.id)) { known, untoldMark in
      var record = records.chat(chat, known: known, isMuted: isMuted)
      // The server has not heard yet that this was read.
      if let untoldMark, untoldMark >= chat.lastMessage?.time ?? chat.lastEventTime {
        record.unread = 0
      }
      return record
    }
  }

  func storedChats(_ keys: [ChatID]) async -> [ChatID: ChatRecord] {
    let chats = await environment.storing { store in try await store.chats.chats(keys) } ?? []
    return Dictionary(chats.map { ($0.chat, $0) }, uniquingKeysWith: { $1 })
  }

  /// Changes stored chats of these keys and tells of those that look different now.
  func changeChats(_ keys: [ChatID], _ change: (ChatRecord) -> ChatRecord) async {
    let before = await storedChats(keys)
    let changed = before.values.map(change).filter { $0 != before[$0.chat] }
    guard !changed.isEmpty else { return }
    await environment.storing { store in try await store.chats.save(changed) }
    environment.changes.send(.chats(changed))
  }

  // MARK: Silenced chats

  /// More silenced chats than these are in no account.
  private static let mostMutes = 20_000

  /// Remembers which chats are silenced, for those that are told of later. What is told last counts.
  @discardableResult
  private func remember(_ told: [Int64: Mute]) -> [Int64: Mute] {
    let most = MaxInbox.mostMutes
    let told =
      told.count > most ? Dictionary(uniqueKeysWithValues: Array(told.prefix(most))) : told
    if mutes.count + told.count > most {
      mutes = told
    } else {
      mutes.merge(told) { $1 }
    }
    return told
  }

  /// The owner has silenced a chat here, or lets it be heard again.
  func note(_ mute: Mute, of chat: Int64) { mutes[chat] = mute }

  /// Chats were silenced on another device, or are heard again.
  func apply(_ told: [Int64: Mute]) async {
    let mutes = remember(told)
    let now = environment.time.wallTime
    await changeChats(mutes.keys.map { MaxRecords.key($0) }) { chat in
      var chat = chat
      if let mute = MaxRecords.chatId(chat.chat).flatMap({ mutes[$0] }) {
        chat.muted = mute.isActive(at: now)
      }
      return chat
    }
  }
}

extension Mute {
  fileprivate func isActive(at now: Int64) -> Bool {
    switch self {
    case .off: false
    case .always: true
    case .until(let end): end > now
    }
  }
}
