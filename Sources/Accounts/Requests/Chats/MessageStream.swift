import Domain
import Storage

/// The messages that are new or look different since a moment: each change once, oldest first, under
/// ids that stay.
///
/// News are only its alarm clock: what it tells it reads from the store, by the revision up to which it
/// has told. While messages are missing that came before, what follows them waits.
struct MessageStream {
  private let hub: AccountHub
  private let chat: ChatID?
  private var revision: Int64
  /// Changes that are not told yet, by lasting ids.
  private var waiting: [String: MessageChanges.Change] = [:]
  /// Chats whose missed messages the server does not tell.
  private var unfilled: Set<ChatID> = []
  private var told = RepeatFilter()
  /// What is found before this place was stored late; it is nothing that has just arrived.
  private var beginning: MessagePlace?

  /// Everything from now on.
  ///
  /// - Parameter chat: nil for all chats.
  init(of chat: ChatID?, on hub: AccountHub) async throws(UserError) {
    (self.chat, self.hub) = (chat, hub)
    revision = try await hub.withStore { store in try await store.messages.followChanges() }
  }

  /// News that may have brought changes.
  static func alarms(of chat: ChatID?, on hub: AccountHub) -> AsyncStream<AccountEvent> {
    hub.environment.changes.listen { change in
      switch change {
      case .unfilled(let name): chat == nil || chat == name
      default: change.hasMessages(in: chat)
      }
    }
  }

  /// The stream goes on from a page of its chat that was told, oldest first.
  mutating func goOn(after page: [MessageRecord], _ lines: [MessageOutput]) {
    for line in lines { _ = told.isNews(line.identity.subject, line.identity.revision) }
    beginning = page.first?.place
  }

  /// The stream goes on from where another one was cut off: what is stored of the time since a moment
  /// (wall ms) may not have been told.
  mutating func goOn(since moment: Int64) async throws(UserError) {
    let chat = chat
    let found = try await hub.withStore { store in
      try await store.messages.all(since: moment, in: chat)
    }
    for message in found { note(MessageChanges.Change(message: message, isNew: true)) }
  }

  private mutating func note(_ change: MessageChanges.Change) {
    waiting["\(change.message.chat) \(change.message.lastingId)"] = change
  }

  /// The lines of what has changed since it was asked last.
  mutating func lines(after news: AccountEvent? = nil) async throws(UserError) -> [MessageOutput] {
    if case .unfilled(let chat)? = news { unfilled.insert(chat) }
    let (from, chat) = (revision, chat)
    let found = try await hub.withStore { store in
      try await store.messages.changes(after: from, in: chat)
    }
    revision = found.revision
    unfilled.formIntersection(found.gaps)
    for change in found.changes where !isLate(change) { note(change) }
    let held = found.gaps.subtracting(unfilled)
    let due = waiting.filter { !held.contains($0.value.message.chat) }
    guard !due.isEmpty else { return [] }
    for subject in due.keys { waiting[subject] = nil }
    let messages = due.values.map(\.message).sorted { $0.place < $1.place }
    var lines: [MessageOutput] = []
    for line in try await hub.lines(of: messages)
    where told.isNews(line.identity.subject, line.identity.revision) { lines.append(line) }
    return lines
  }

  private func isLate(_ change: MessageChanges.Change) -> Bool {
    guard let beginning, change.isNew else { return false }
    return change.message.place < beginning
  }
}

extension MessageOutput {
  var identity: OutputIdentity {
    OutputIdentity(subject: "\(chat) \(id)", revision: jsonText(of: self))
  }
}

extension AccountHub {
  /// Messages as scripts know them: also those that they answer are named by the ids that last.
  package func lines(of messages: [MessageRecord]) async throws(UserError) -> [MessageOutput] {
    var answered: [ChatID: Set<String>] = [:]
    for message in messages {
      if let id = message.replyTo { answered[message.chat, default: []].insert(id) }
    }
    let wanted = answered
    let lasting = try await withStore { store in
      var lasting: [ChatID: [String: String]] = [:]
      for (chat, ids) in wanted {
        lasting[chat] = try await store.messages.lastingIds(chat, of: ids)
      }
      return lasting
    }
    return messages.map { message in
      var line = MessageOutput(message)
      line.replyTo = message.replyTo.map { lasting[message.chat]?[$0] ?? $0 }
      return line
    }
  }

  package func line(of message: MessageRecord) async throws(UserError) -> MessageOutput {
    try await lines(of: [message]).first ?? MessageOutput(message)
  }
}
