import Clocks
import Domain
import OneMe
import Phrases
import Storage
import Transport

extension MaxAccount {
  /// Everything the session tells comes through here, in order.
  func take(_ event: OneMeSessionEvent) async {
    await environment.busy.during("max.event") {
      switch event {
      case .state(let state): await take(state)
      case .snapshot(let snapshot): await take(snapshot)
      case .tokenReplaced(let token): await updateAccount { $0.secret = token }
      case .event(let event): await take(event)
      case .fellBack: await noteFallback()
      }
    }
  }

  /// The text form is refused: the binary one is spoken now, and at the next start.
  private func noteFallback() async {
    connection.note { $0.codec = "binary" }
    await updateAccount { $0.settings.textRefusedAt = settings[.max].url ?? $0.url }
    environment.notify(.warning, Phrase.binaryNow.text)
  }

  private func take(_ state: LinkState) async {
    if case .online = state {} else { await outbox?.close() }
    switch state {
    case .connecting: connection.set(.connecting)
    case .online(let measured):
      if let measured { connection.measure(roundTrip: measured) }
      connection.set(.online)
      await outbox?.open()
      fillGaps()
      fetchChats()
      await tellMarks()
    case .waiting(let end, let reason):
      let cause = UserError(reason)
      if case .loginsSpent = reason {
        // As many logins were made as may be: nobody has to wait for the next one.
        connection.set(.waiting(until: end.milliseconds), because: cause, obstacle: cause)
        environment.notify(.warning, reason.message, hint: reason.hint, about: .max)
      } else {
        connection.set(.waiting(until: end.milliseconds), because: cause)
      }
    case .stopped(let error):
      guard let error else { return }
      connection.set(.stopped(UserError(error)))
      environment.notify(UserError(error), about: .max)
    }
  }

  private func take(_ event: OneMeEvent) async {
    switch event {
    case .message(let arrival): await take(arrival)
    case .messagesDeleted(let chatId, let ids): await delete(ids, in: chatId)
    case .messagesDeletedBetween(let chatId, let start, let end):
      await delete(from: start, through: end, in: chatId)
    case .typing(let chatId, let userId, _): await showTyping(chatId, userId)
    case .marked(let chatId, let userId, let mark, let asUnread):
      await showMark(chatId, userId, mark, asUnread: asUnread)
    case .presence(let userId, let presence): show([userId: presence])
    case .chat(let chat): await take([chat])
    case .contact(let contact): await take([contact])
    case .mutes(let mutes): await take(mutes)
    case .incomingCall(let call): await ring(call)
    case .roundTrip(let roundTrip): connection.measure(roundTrip: roundTrip)
    case .unreadable(let opcode, let reason):
      environment.log("MAX opcode \(opcode?.rawValue.description ?? "?") cannot be read: \(reason)")
    case .profile(let profile): await take([profile])
    case .reactions(let chatId, let messageId, let reactions):
      await show(reactions, on: messageId, in: chatId)
    case .ownReaction(let chatId, let messageId, _):
      await showOwnReaction(on: messageId, in: chatId)
    case .draft(let place, let draft): await take(draft, for: place)
    case .callHistory(let change): await take(change)
    // These are neither kept nor shown; the session turns the last two into its state.
    case .delayedMessage, .uploadReady, .signedOut, .redirected:
      break
    }
  }

  private func take(_ snapshot: Snapshot) async {
    if let profile = snapshot.profile {
      records.ownId = profile.id
      records.names[profile.id] = profile.shownName
      await updateAccount {
        $0.userId = String(profile.id)
        $0.displayName = profile.shownName
      }
    }
    nameQuestions = NameLookups()
    for contact in snapshot.contacts { records.names[contact.id] = contact.shownName }
    if let time = snapshot.time { connection.compareClocks(serverTime: time) }
    remember(snapshot.mutes)
    loginBefore = account.syncMarker
    // Before the marker: chats that are left out are asked for even after a crash.
    await notePages(of: snapshot)
    await keep(snapshot.chats, snapshot.contacts, marker: snapshot.time)
    await updateAccount { $0.syncMarker = snapshot.time ?? $0.syncMarker }
    show(snapshot.presence)
    await take(snapshot.drafts)
    askForCalls()
  }

  /// Keeps what a server tells of chats and people, with the chats' last messages.
  ///
  /// - Parameter marker: where the next login goes on; nil for what is no login's answer.
  func keep(_ chats: [Chat], _ contacts: [Contact] = [], marker: Int64?) async {
    await learnNames(of: chats)
    let records = await merged(chats)
    let messages = chats.compactMap { chat in
      chat.lastMessage.map { self.records.message($0, in: MaxRecords.key(chat.id)) }
    }
    let people = contacts.map { self.records.contact($0, at: environment.time.wallTime) }
    await settleOwn(chats.flatMap { chat in chat.lastMessage.map { [(chat.id, $0)] } ?? [] })
    await environment.storing { [loginBefore] store in
      try await store.applySync(
        .max, chats: records, contacts: people, messages: messages, marker: marker,
        after: loginBefore)
    }
    // One change for all of them: each has the screen drawn and every list gone through anew.
    if !records.isEmpty { environment.changes.send(.chats(records)) }
    if !messages.isEmpty { environment.changes.send(.arrivals(messages)) }
  }

  /// Chats as the server describes them now.
  func take(_ chats: [Chat]) async {
    await learnNames(of: chats)
    let records = await merged(chats)
    await environment.storing { store in try await store.chats.save(records) }
    environment.changes.send(.chats(records))
  }

  /// The server's words over what is known already; it leaves out what has not changed.
  private func merged(_ chats: [Chat]) async -> [ChatRecord] {
    let known = await storedChats(chats.map { MaxRecords.key($0.id) })
    let untold = await environment.storing { store in try await store.untoldMarks(.max) } ?? []
    let marks = Dictionary(untold.map { ($0.chat, $0.mark) }, uniquingKeysWith: max)
    return chats.map { chat in
      let key = MaxRecords.key(chat.id)
      var record = records.chat(
        chat, known: known[key], isMuted: mutes[chat.id]?.isActive(at: environment.time.wallTime))
      // Of this the server has not heard.
      if let mark = marks[key], mark >= chat.lastMessage?.time ?? chat.lastEventTime {
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

  func take(_ contacts: [Contact]) async {
    for contact in contacts { records.names[contact.id] = contact.shownName }
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

  /// More silenced chats than these are in no account.
  private static let mostMutes = 20_000

  /// Remembers which chats are silenced, for those that are told of later. What is told last counts.
  @discardableResult
  private func remember(_ told: [Int64: Mute]) -> [Int64: Mute] {
    let most = MaxAccount.mostMutes
    let told =
      told.count > most ? Dictionary(uniqueKeysWithValues: Array(told.prefix(most))) : told
    if mutes.count + told.count > most {
      mutes = told
    } else {
      mutes.merge(told) { $1 }
    }
    return told
  }

  private func take(_ told: [Int64: Mute]) async {
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

  /// Asks for the names of people that chats mention and nobody has introduced.
  private func learnNames(of chats: [Chat]) async {
    await learnNames(
      chats.flatMap { chat in
        [records.ownId.flatMap { chat.partner(of: $0) }, chat.lastMessage?.sender]
      }.compactMap(\.self))
  }

  func learnNames(_ people: [Int64]) async {
    let unknown = nameQuestions.new(
      among: Set(people).filter { records.names[$0] == nil }, at: environment.time.uptime)
    guard !unknown.isEmpty else { return }
    do throws(OneMeError) {
      await take(try await session.contacts(unknown))
    } catch {
      // A number stands in for the name until it is asked for again.
      environment.log("MAX names: \(error.message)")
      if error == .offline { nameQuestions.forget(unknown) }
    }
  }
}

extension Mute {
  func isActive(at now: Int64) -> Bool {
    switch self {
    case .off: false
    case .always: true
    case .until(let end): end > now
    }
  }
}
