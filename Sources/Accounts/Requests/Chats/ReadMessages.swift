import Domain
import Storage

/// Messages of one chat, oldest first; or, watching, every message that arrives or changes.
package struct ReadMessages: Request {
  /// Nil means all chats, which only makes sense when watching.
  package var chat: ChatID?
  package var limit: Int
  /// Only messages older than this one.
  package var before: String?
  package var watching: Bool
  /// Watching, tells what came since this moment (wall ms) in place of a page; nil from now on.
  package var since: Int64?

  /// - Parameters:
  ///   - chat: nil means all chats, which only makes sense when watching.
  ///   - limit: how many messages at most.
  ///   - before: the id of a stored message; only older ones are wanted.
  ///   - watching: whether to go on with arriving messages until cancelled.
  package init(chat: ChatID?, limit: Int = 50, before: String? = nil, watching: Bool = false) {
    self.chat = chat
    self.limit = limit
    self.before = before
    self.watching = watching
  }

  package static func identity(of line: MessageOutput) -> OutputIdentity? { line.identity }

  package func resumed(since moment: Int64) -> Self {
    var call = self
    call.since = moment
    return call
  }

  /// Emits messages; a line that is down is thrown after those that are stored. Throws `no-chat` and
  /// `no-message` for names that nothing has.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (MessageOutput) async -> Void
  ) async throws(UserError) {
    // Listening comes first, so that nothing falls between the list and the news.
    let alarms = MessageStream.alarms(of: chat, on: hub)
    var stream = watching ? try await MessageStream(of: chat, on: hub) : nil
    if let since {
      try await stream?.goOn(since: since)
      for line in try await stream?.lines() ?? [] { await emit(line) }
    }
    let service = chat.flatMap { hub.descriptor(of: $0.service)?.service }
    let problem =
      if let service { await hub.problem(reaching: service) } else {
        try await hub.problemReachingMessengers()
      }
    if problem == nil { await hub.catchUp() }
    var refusal: UserError?
    if let chat, since == nil {
      let (page, reason) = try await page(of: chat, on: hub, problem)
      let lines = try await hub.lines(of: page)
      for line in lines { await emit(line) }
      stream?.goOn(after: page, lines)
      refusal = reason
    }
    if let refusal { throw refusal }
    // A service that has to wait for its next login does not keep the others from being followed.
    let isOnlyWaiting = watching && chat == nil && problem?.code == UserError.loginsSpent
    if let problem, !isOnlyWaiting { throw watching ? problem : problem.besideStored }
    for line in try await stream?.lines() ?? [] { await emit(line) }
    guard watching else { return }
    for await change in alarms {
      for line in try await stream?.lines(after: change) ?? [] { await emit(line) }
    }
  }

  /// What is stored, after asking the server for what is not; and why that was not told.
  private func page(
    of chat: ChatID, on hub: AccountHub, _ problem: UserError?
  ) async throws(UserError) -> ([MessageRecord], refusal: UserError?) {
    guard try await hub.withStore({ store in try await store.chats.chat(chat) }) != nil else {
      // Without an account, or before its first sync, there is no telling.
      throw problem ?? .noChat(chat)
    }
    if let before, try await message(before, in: chat, on: hub) == nil {
      throw .noMessage(before, in: chat)
    }
    var refusal: UserError?
    if problem == nil {
      do throws(UserError) {
        try await catchUp(chat, on: hub)
      } catch {
        // What is stored is the reader's own, whatever the server says of the rest.
        refusal = error
      }
    }
    return (try await latest(chat, limit, on: hub), refusal)
  }

  /// Has the server tell all that is wanted: what is stored may have gaps from times without it.
  private func catchUp(_ chat: ChatID, on hub: AccountHub) async throws(UserError) {
    // A relay keeps no history, only what waits; that has come by now.
    guard let account = try await hub.online(chat.service) as? any History else { return }
    var edge = try await start(in: chat, on: hub)
    var taken = 0
    while taken < limit {
      // The server counts the message that a page starts from.
      let count = min(limit - taken + 1, 100)
      let news = try await account.loadHistory(chat, .before(edge), count: count)
      taken += news.older
      guard let start = news.start, start < edge else { return }
      edge = start
    }
  }

  /// The time before which messages are wanted.
  private func start(in chat: ChatID, on hub: AccountHub) async throws(UserError) -> Int64 {
    let now = hub.environment.time.wallTime
    if let before { return try await message(before, in: chat, on: hub)?.at ?? now }
    let newest = try await hub.withStore { store in try await store.chats.chat(chat)?.lastMessageAt
    }
    // Our clock may be behind the server's.
    return max(now, (newest ?? now).plus(1))
  }

  private func message(
    _ id: String, in chat: ChatID, on hub: AccountHub
  ) async throws(UserError) -> MessageRecord? {
    try await hub.withStore { store in try await store.messages.message(chat, id) }
  }

  private func latest(
    _ chat: ChatID, _ count: Int, on hub: AccountHub
  ) async throws(UserError) -> [MessageRecord] {
    try await hub.withStore { store in
      // By the id in the store: scripts may know the message by that under which it was written.
      var start = before
      if let before { start = try await store.messages.message(chat, before)?.id ?? before }
      return try await store.messages.latest(chat, limit: count, before: start)
    }
  }
}
