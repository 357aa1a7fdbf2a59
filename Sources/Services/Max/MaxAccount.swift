import Accounts
import Clocks
import Cryptography
import Database
import Domain
import OneMe
import Phrases
import Storage
import Transport

/// A MAX account kept online: hands what the server says to those who store it and tell the
/// environment's listeners, one event after another.
package actor MaxAccount: Account {
  package nonisolated let environment: AccountEnvironment
  let session: OneMeSession
  private let login: MaxLogin
  package private(set) var connection: ConnectionTracker
  /// Takes the session's events in; nil before `start()`.
  private var intake: Task<Void, Never>?
  let inbox: MaxInbox
  let outgoing: OutgoingMessages
  let rings: RingingCalls
  let callHistory: CallHistory
  let catchUp: CatchUp

  init(
    _ account: AccountRecord, session: OneMeSession, isBinary: Bool = false,
    settings: HubSettings, spool: FileSpool, environment: AccountEnvironment
  ) async throws(DatabaseError) {
    self.session = session
    self.environment = environment
    connection = ConnectionTracker(of: account, environment: environment)
    connection.note { $0.codec = isBinary ? "binary" : "json" }
    let contacts = try await environment.store.contacts.all(.max)
    var names = Dictionary(
      contacts.compactMap { contact in Int64(contact.id).map { ($0, contact.name) } },
      uniquingKeysWith: { $1 })
    let ownId = account.userId.flatMap { Int64($0) }
    // Before a login has told it again: what is written without a line has a sender, too.
    if let ownId, let name = account.displayName { names[ownId] = name }
    login = MaxLogin(account, address: settings[.max].url, environment: environment)
    inbox = MaxInbox(
      session, people: KnownPeople(ownId: ownId, names: names),
      countsByServer: settings.readMarks != .never, environment: environment)
    outgoing = OutgoingMessages(
      by: MessageDelivery(session, inbox: inbox, spool: spool, environment: environment),
      people: inbox.people, spool: spool, environment: environment)
    rings = RingingCalls(session, inbox: inbox, environment: environment)
    callHistory = CallHistory(session, inbox: inbox, rings: rings, environment: environment)
    catchUp = CatchUp(
      gaps: GapFiller(session, inbox: inbox, environment: environment),
      chats: ChatPages(session, login: login, inbox: inbox, environment: environment),
      marks: ReadMarks(
        session, areTold: settings.readMarks != .never, environment: environment))
  }

  /// Translates MAX's objects, with the names that are known now.
  nonisolated var records: MaxRecords { inbox.people.records }

  /// Connects and stays connected until `stop()`.
  package func start() async {
    guard intake == nil else { return }
    intake = Task { [session] in
      while case let events = await session.nextEvents(), !events.isEmpty {
        await self.handle(events)
      }
    }
    connection.publish()
    await session.start()
  }

  package func stop() async {
    await outgoing.stop()
    await session.stop()
    intake?.cancel()
    await catchUp.stop()
    // What is being taken in is stored before anything that follows, such as a sign-out.
    await intake?.value
    await rings.stop()
    await callHistory.stop()
    connection.release()
  }

  package func retryNow() async { await session.retryNow() }

  package func logOut() async {
    do throws(OneMeError) {
      try await session.logOut()
    } catch {
      environment.notify(.warning, Phrase.logoutUnconfirmed.text, hint: Phrase.logoutHint.text)
    }
    await stop()
  }

  // MARK: What the session tells

  /// Takes in what came together: messages that follow each other are stored together.
  private func handle(_ events: [OneMeSessionEvent]) async {
    await environment.busy.during("max.event") {
      var messages: [MessageArrival] = []
      for event in events {
        if case .event(.message(let arrival)) = event {
          messages.append(arrival)
        } else {
          await takeIn(messages)
          messages = []
          await handle(event)
        }
      }
      await takeIn(messages)
    }
  }

  private func handle(_ event: OneMeSessionEvent) async {
    switch event {
    case .state(let state): await handle(state)
    case .snapshot(let snapshot): await handle(snapshot)
    case .tokenReplaced(let token):
      await login.update { $0.secret = token }
      await showLogin()
    case .event(let event): await handle(event)
    case .fellBack: await noteFallback()
    }
  }

  private func showLogin() async {
    let title = await login.title
    connection.note { $0.account = title }
  }

  /// The text form is refused: the binary one is spoken now, and at the next start.
  private func noteFallback() async {
    connection.note { $0.codec = "binary" }
    await login.noteTextRefused()
    await showLogin()
    environment.notify(.warning, Phrase.binaryNow.text)
  }

  private func handle(_ state: LinkState) async {
    if case .online = state {} else { await outgoing.close() }
    switch state {
    case .connecting: connection.set(.connecting)
    case .online(let measured):
      if let measured { connection.measure(roundTrip: measured) }
      connection.set(.online)
      await outgoing.open()
      await catchUp.begin()
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

  private func handle(_ snapshot: Snapshot) async {
    let before = await login.account.syncMarker
    inbox.people.learn(from: snapshot)
    await login.update(from: snapshot)
    if snapshot.profile != nil { await showLogin() }
    if let time = snapshot.time { connection.compareClocks(serverTime: time) }
    if await inbox.keep(snapshot, loginBefore: before) { await login.noteSync(at: snapshot.time) }
    await inbox.show(snapshot.presence)
    await inbox.keep(snapshot.drafts)
    await callHistory.ask()
  }

  private func handle(_ event: OneMeEvent) async {
    switch event {
    case .message(let arrival): await takeIn([arrival])
    case .messagesDeleted(let chatId, let ids): await inbox.delete(ids, in: chatId)
    case .messagesDeletedBetween(let chatId, let start, let end):
      await inbox.delete(from: start, through: end, in: chatId)
    case .typing(let chatId, let userId, _): await inbox.showTyping(chatId, userId)
    case .marked(let chatId, let userId, let mark, let asUnread):
      await inbox.showMark(chatId, userId, mark, asUnread: asUnread)
    case .presence(let userId, let presence): await inbox.show([userId: presence])
    case .chat(let chat): await inbox.save([chat])
    case .contact(let contact): await inbox.save([contact])
    case .mutes(let mutes): await inbox.apply(mutes)
    case .incomingCall(let call): await rings.ring(call)
    case .roundTrip(let roundTrip): connection.measure(roundTrip: roundTrip)
    case .unreadable(let opcode, let reason):
      environment.log("MAX opcode \(opcode?.rawValue.description ?? "?") cannot be read: \(reason)")
    case .profile(let profile): await inbox.save([profile])
    case .reactions(let chatId, let messageId, let reactions):
      await inbox.show(reactions, on: messageId, in: chatId)
    case .ownReaction(let chatId, let messageId, _):
      await inbox.showOwnReaction(on: messageId, in: chatId)
    case .draft(let place, let draft): await inbox.keep(draft, for: place)
    case .callHistory(let change): await callHistory.apply(change)
    // These are neither kept nor shown; the session turns the last two into its state.
    case .delayedMessage, .uploadReady, .signedOut, .redirected:
      break
    }
  }

  /// Messages that arrived, were edited or were taken back. The server hears that they are here once
  /// they are on the disk.
  private func takeIn(_ arrivals: [MessageArrival]) async {
    guard !arrivals.isEmpty else { return }
    // The server writes every finished call into the chat; that ends its ring.
    for arrival in arrivals where arrival.message.tellsOfCall {
      await rings.end(by: arrival.message)
    }
    guard let outcome = await inbox.receive(arrivals) else { return }
    if outcome.hasGap { await catchUp.gaps.fill() }
    await session.acknowledge(arrivals)
    await markAnsweredCalls(outcome)
  }

  /// Whoever has declined or taken a call knows of it: where nothing else is unread, the server hears
  /// that.
  private func markAnsweredCalls(_ outcome: ArrivalOutcome) async {
    for chat in outcome.chats where chat.unread == 0 {
      let calls = outcome.messages[chat.chat]?.filter { $0.isAnsweredCall(in: chat.kind) } ?? []
      guard let mark = calls.map(\.at).max(), mark > chat.readMark ?? 0 else { continue }
      await environment.storing { store in
        try await store.markRead(chat.chat, upTo: mark, isUntold: true)
      }
      await catchUp.marks.tell()
    }
  }
}

extension Message {
  fileprivate var tellsOfCall: Bool {
    attachments.contains { if case .call = $0 { true } else { false } }
  }
}
