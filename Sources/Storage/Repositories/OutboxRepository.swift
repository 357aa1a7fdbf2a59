import Database
import Domain

/// What was written and has not arrived at everybody yet. It outlives the process, keeps its order,
/// and each receiver's part of a message is gone only once it is known to have arrived.
package struct OutboxRepository: Sendable {
  let database: Database

  /// Keeps something to be sent together with the line that shows it. Does nothing and returns nil if
  /// its group has changed since the draft was made.
  package func add(
    _ draft: OutboxDraft
  ) async throws(DatabaseError) -> (news: ChatNews, message: MessageRecord?)? {
    try await database.write { connection in
      var news = ChatNews()
      try connection.saveIfUnknown(draft.chat)
      if let group = draft.group {
        guard try connection.group(group.to.id) == group.from else { return nil }
        try connection.save(group.to, named: draft.chat.chat)
      }
      if let message = draft.message, draft.isDatedHere {
        try connection.settleOwnFuture(
          in: draft.chat.chat, before: message.at, now: draft.createdAt)
      }
      let message = try draft.message.map { try connection.append($0) }
      if let message { news.messages = [message] }
      try connection.execute(
        "INSERT INTO outbox (service, chat, message_id, body, created_at) VALUES (?, ?, ?, ?, ?)",
        [draft.chat.service, draft.chat.chat, message?.id, draft.body, draft.createdAt])
      let id = connection.lastInsertedRow
      for receiver in draft.receivers {
        try connection.execute(
          "INSERT OR IGNORE INTO dispatch (outbox_id, receiver, state) VALUES (?, ?, ?)",
          [id, receiver, DispatchRecord.State.waiting])
      }
      if draft.receivers.isEmpty { try connection.settle(id, &news) }
      try connection.chat(draft.chat.chat).map { news.chats = [$0] }
      return (news, message)
    }
  }

  /// Everybody for whom something of a service waits.
  package func receivers(_ service: Service) async throws(DatabaseError) -> [String] {
    try await database.read {
      try $0.query(
        """
        SELECT DISTINCT receiver FROM dispatch JOIN outbox ON outbox.id = outbox_id
        WHERE service = ? AND state = 'waiting' ORDER BY receiver
        """, [service]
      ) { try $0.get("receiver") }
    }
  }

  /// The first message that waits for a receiver; nil if none does.
  package func next(
    _ service: Service, for receiver: String
  ) async throws(DatabaseError) -> OutboxRecord? {
    try await database.read {
      try $0.first(
        """
        SELECT outbox.* FROM outbox JOIN dispatch ON outbox.id = outbox_id
        WHERE service = ? AND receiver = ? AND state = 'waiting' ORDER BY outbox.id LIMIT 1
        """, [service, receiver])
    }
  }

  /// A message as it is now; nil once it has arrived at everybody.
  package func message(_ id: Int64) async throws(DatabaseError) -> OutboxRecord? {
    try await database.read { try $0.first("SELECT * FROM outbox WHERE id = ?", [id]) }
  }

  /// What every message of a service is to send.
  package func bodies(_ service: Service) async throws(DatabaseError) -> [String] {
    try await database.read {
      try $0.query("SELECT body FROM outbox WHERE service = ? ORDER BY id", [service]) {
        try $0.get("body")
      }
    }
  }

  /// Keeps what has become of a message's body on its way, such as where its file was uploaded to.
  package func setBody(_ body: String, of id: Int64) async throws(DatabaseError) {
    try await database.write {
      try $0.execute("UPDATE outbox SET body = ? WHERE id = ?", [body, id])
    }
  }

  /// A receiver has the message. Once all have it, it counts as sent.
  package func arrived(_ id: Int64, at receiver: String) async throws(DatabaseError) -> ChatNews {
    try await change(id) {
      try $0.execute("DELETE FROM dispatch WHERE outbox_id = ? AND receiver = ?", [id, receiver])
    }
  }

  /// A receiver will not get the message unless it is tried again.
  package func failed(
    _ id: Int64, at receiver: String, _ reason: SendFailure
  ) async throws(DatabaseError) -> ChatNews {
    try await change(id) {
      try $0.execute(
        "UPDATE dispatch SET state = 'failed', reason = ? WHERE outbox_id = ? AND receiver = ?",
        [try JSONColumn.encode(reason.bounded), id, receiver])
    }
  }

  /// Nothing goes to a receiver until its new identity key is accepted. Does nothing if that has
  /// happened already.
  package func hold(
    _ receiver: String, _ reason: SendFailure
  ) async throws(DatabaseError) -> ChatNews {
    try await database.write { connection in
      var news = ChatNews()
      guard try connection.peer(receiver)?.changedIdentity != nil else { return news }
      try connection.move(receiver, from: .waiting, to: .held, reason, &news)
      return news
    }
  }

  /// Somebody is no member of a group any more, and nothing of it waits for them; the line, without an
  /// id, says why. Only the first time has anything new.
  package func remove(
    _ receiver: String, from group: String, line: MessageRecord
  ) async throws(DatabaseError) -> ChatNews {
    try await database.write { connection in
      var news = ChatNews()
      guard var record = try connection.group(group) else { return news }
      if record.members.contains(receiver) {
        record.members.removeAll { $0 == receiver }
        try connection.save(record)
        news.messages = [try connection.append(line)]
        news.chats = try connection.chat(line.chat).map { [$0] } ?? []
      }
      let ids = try connection.outbox(
        "JOIN dispatch ON id = outbox_id WHERE receiver = ? AND chat = ?", [receiver, line.chat])
      for id in ids {
        try connection.execute(
          "DELETE FROM dispatch WHERE outbox_id = ? AND receiver = ?", [id, receiver])
        try connection.settle(id, &news)
      }
      return news
    }
  }

  /// What has failed of a message waits again, in its old place.
  package func retry(_ chat: ChatID, _ messageId: String) async throws(DatabaseError) -> ChatNews {
    try await database.write { connection in
      var news = ChatNews()
      let ids = try connection.outbox("WHERE chat = ? AND message_id = ?", [chat, messageId])
      for id in ids {
        try connection.execute(
          """
          UPDATE dispatch SET state = 'waiting', reason = NULL
          WHERE outbox_id = ? AND state <> 'waiting'
          """, [id])
        try connection.settle(id, &news)
      }
      return news
    }
  }

  /// Takes back a message that its server does not have: neither its line nor anything that waits is
  /// left.
  ///
  /// - Returns: what was to be sent; nothing if there is none such.
  package func discard(
    _ chat: ChatID, _ messageId: String
  ) async throws(DatabaseError) -> [String] {
    try await database.write { connection in
      let entries: [OutboxRecord] = try connection.query(
        "SELECT * FROM outbox WHERE chat = ? AND message_id = ? ORDER BY id", [chat, messageId])
      guard !entries.isEmpty else { return [] }
      for entry in entries {
        try connection.execute("DELETE FROM outbox WHERE id = ?", [entry.id])
      }
      try connection.execute("DELETE FROM message WHERE chat = ? AND id = ?", [chat, messageId])
      try connection.showLastRemaining(in: chat, insteadOf: [messageId])
      return entries.map(\.body)
    }
  }

  /// How many messages of a service have not arrived at everybody.
  package func count(_ service: Service) async throws(DatabaseError) -> Int {
    try await database.read {
      try $0.first("SELECT count(*) AS count FROM outbox WHERE service = ?", [service]) {
        try $0.get("count")
      } ?? 0
    }
  }

  private func change(
    _ id: Int64, _ body: @Sendable (Connection) throws -> Void
  ) async throws(DatabaseError) -> ChatNews {
    try await database.write { connection in
      var news = ChatNews()
      try body(connection)
      try connection.settle(id, &news)
      return news
    }
  }
}

extension OutboxRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      id: try row.get("id"), service: try row.get("service"), chat: try row.get("chat"),
      messageId: try row.get("message_id"), body: try row.get("body"),
      createdAt: try row.get("created_at"))
  }
}

extension DispatchRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      outboxId: try row.get("outbox_id"), receiver: try row.get("receiver"),
      state: try row.get("state"),
      reason: try JSONColumn.decode(optional: "reason", of: row), sealed: try row.get("sealed"))
  }
}

extension Connection {
  /// Lets a message's line show what its receivers' parts say; one that all have leaves the outbox.
  fileprivate func settle(_ id: Int64, _ news: inout ChatNews) throws {
    guard
      let entry: OutboxRecord = try first("SELECT * FROM outbox WHERE id = ?", [id])
    else { return }
    let rest: [DispatchRecord] = try query("SELECT * FROM dispatch WHERE outbox_id = ?", [id])
    let status: MessageRecord.Status
    var failure: SendFailure?
    if rest.isEmpty {
      try execute("DELETE FROM outbox WHERE id = ?", [id])
      status = .sent
    } else if rest.contains(where: { $0.state == .waiting }) {
      status = .queued
    } else {
      let held = rest.first { $0.state == .held }
      status = held == nil ? .failed : .queued
      failure = (held ?? rest.first)?.reason
    }
    guard let messageId = entry.messageId else { return }
    try execute(
      """
      UPDATE message SET status = ?, failure = ?
      WHERE chat = ? AND id = ? AND status <> 'deleted'
      """, [status, try JSONColumn.encode(optional: failure), entry.chat, messageId])
    if let message = try message(entry.chat, messageId) { news.messages.append(message) }
  }

  /// The ids of messages in the outbox, in order.
  fileprivate func outbox(
    _ condition: String, _ values: [any DatabaseConvertible]
  ) throws -> [Int64] {
    try query("SELECT id FROM outbox \(condition) ORDER BY id", values) { try $0.get("id") }
  }

  /// Moves all of a receiver's parts that are in one state to another.
  fileprivate func move(
    _ receiver: String, from: DispatchRecord.State, to: DispatchRecord.State,
    _ reason: SendFailure?, _ news: inout ChatNews
  ) throws {
    let ids = try outbox(
      "JOIN dispatch ON id = outbox_id WHERE receiver = ? AND state = ?", [receiver, from])
    try execute(
      "UPDATE dispatch SET state = ?, reason = ? WHERE receiver = ? AND state = ?",
      [to, try JSONColumn.encode(optional: reason?.bounded), receiver, from])
    for id in ids { try settle(id, &news) }
  }

  /// What was held back for a receiver waits again.
  package func release(_ receiver: String, _ news: inout ChatNews) throws {
    try move(receiver, from: .held, to: .waiting, nil, &news)
  }

  /// Adds a message whose id is not given by a server: it gets the next number, so that messages of
  /// one moment keep their order.
  package func append(_ message: MessageRecord) throws -> MessageRecord {
    var message = message
    try execute("UPDATE message_counter SET last = last + 1")
    let number: Int64 = try first("SELECT last FROM message_counter") { try $0.get("last") } ?? 0
    message.id = Connection.messageId(number)
    try save(message)
    try showLast(message)
    return message
  }

  /// The id of a message by its number: as text they have the order of the numbers.
  static func messageId(_ number: Int64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
  }

  /// Keeps a group, and calls its chat by its name.
  package func save(_ group: GroupRecord, named chat: ChatID) throws {
    try save(group)
    guard !group.name.isEmpty else { return }
    try execute("UPDATE chat SET title = ? WHERE chat = ?", [group.name, chat])
  }
}
