import Accounts
import Clocks
import Domain
import Storage
import Transport

/// A Fourth account kept online: rooms and what is said there on disk, what is written through the outbox.
actor FourthAccount: Messaging {
  nonisolated let environment: AccountEnvironment
  private let account: AccountRecord
  private(set) var connection: ConnectionTracker
  private var outbox: Outbox?
  private var work: Task<Void, Never>?
  private var line: WebSocketConnection?
  /// Who waits for the server to repeat a message, by its outbox number.
  private var unanswered: [Int64: AsyncStream<Void>.Continuation] = [:]

  init(_ account: AccountRecord, environment: AccountEnvironment) {
    self.account = account
    self.environment = environment
    connection = ConnectionTracker(of: account, environment: environment)
  }

  func start() async {
    guard work == nil else { return }
    outbox = Outbox(service: .fourth, environment: environment) { [weak self] message, _ in
      await self?.deliver(message) ?? .later
    }
    work = Task { await self.run() }
  }

  func stop() async {
    work?.cancel()
    await line?.close()
    await outbox?.stop()
    await work?.value
    connection.release()
  }

  func retryNow() async {}

  private func run() async {
    var backoff = Backoff(random: environment.random)
    while !Task.isCancelled {
      connection.set(.connecting)
      let cause = await talk()
      await outbox?.close()
      line = nil
      let pause = backoff.next()
      connection.set(
        .waiting(until: (environment.time.uptime + pause).milliseconds), because: cause)
      do { try await environment.time.sleep(for: pause) } catch { return }
    }
  }

  /// Speaks with the server until the line ends, and says why it did.
  private func talk() async -> UserError? {
    do {
      let line = try await environment.network.connect(WebSocketRequest(url: account.url))
      self.line = line
      try await FourthFrame(hello: account.identifier).send(on: line)
      for await text in line.messages { try await take(FourthFrame(text)) }
      return nil
    } catch {
      return UserError(
        .noConnection, code: "no-connection", "The line broke: \(error)", hint: "It is tried again")
    }
  }

  private func take(_ frame: FourthFrame) async throws {
    if let chats = frame.rooms?.map(chat) {
      try await environment.store.applySync(.fourth, chats: chats.map { ChatDescription($0) })
      environment.changes.send(.chats(chats))
      connection.set(.online)
      await outbox?.open()
    }
    if let message = frame.message { try await take(message) }
  }

  private func take(_ message: FourthFrame.Message) async throws {
    let isOwn = message.from == account.identifier
    let record = MessageRecord(
      chat: ChatID(.fourth, message.room), id: String(message.id), senderId: message.from,
      senderName: message.from, at: message.at, text: message.text,
      status: isOwn ? .sent : .received, own: isOwn)
    if isOwn, let cid = message.cid {
      let taken = try await environment.store.take([AcceptedMessage(record, clientId: cid)])
      for line in taken { environment.changes.send(.removed(chat: record.chat, [line.localId])) }
      unanswered.removeValue(forKey: cid)?.finish()
      guard !taken.isEmpty else { return }
    } else {
      // The server tells everything anew with each login.
      guard try await environment.store.receive(record, in: chat(message.room)) else { return }
    }
    environment.changes.send(.messages(chat: record.chat, [record]))
    let kept = try await environment.store.chats.chat(record.chat)
    if let kept { environment.changes.send(.chats([kept])) }
  }

  private func chat(_ room: String) -> ChatRecord {
    ChatRecord(chat: ChatID(.fourth, room), service: .fourth, kind: .group, title: room)
  }

  // MARK: Writing

  func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: ChatID
  ) async throws(UserError) -> MessageRecord {
    let now = environment.time.wallTime
    let line = MessageRecord(
      chat: chat, id: "", senderId: account.identifier, senderName: account.identifier, at: now,
      text: text, status: .queued, own: true)
    let cid = Int64.random(in: 1...1_000_000_000)
    let added = await environment.storing { store -> (news: ChatNews, message: MessageRecord?)? in
      guard let known = try await store.chats.chat(chat) else { return nil }
      let draft = OutboxDraft(
        chat: known, message: line, receivers: [chat.text], body: #"{"cid":\#(cid)}"#,
        createdAt: now)
      return try await store.outbox.add(draft)
    }
    guard let added = added ?? nil, let message = added.message else { throw .noChat(chat) }
    environment.publish(added.news)
    await outbox?.wake()
    return message
  }

  func retry(_ chat: ChatID, _ id: String) throws(UserError) { throw .noMessage(id, in: chat) }

  func drain(within limit: Duration) async { await outbox?.drain(within: limit) }

  private func deliver(_ entry: OutboxRecord) async -> Outbox.Outcome {
    do {
      let message = try await environment.store.messages.message(entry.chat, entry.messageId ?? "")
      guard let message, let line, let cid = Int64(entry.body.filter(\.isNumber)) else {
        return .later
      }
      let (answer, waiting) = AsyncStream.makeStream(of: Void.self)
      unanswered[cid] = waiting
      let said = FourthFrame.Message(
        id: 0, room: entry.chat.name, from: account.identifier, text: message.text,
        at: message.at, cid: cid)
      try await FourthFrame(message: said).send(on: line)
      for await _ in answer {}
      return Task.isCancelled ? .later : .arrived
    } catch {
      return .later
    }
  }
}
