import Database
import Domain

extension Store {
  /// Keeps what a server has told of a chat's history.
  ///
  /// What was deleted there meanwhile is deleted here. Where the page has no neighbours among what is
  /// stored, the hole between is noted.
  /// - Parameters:
  ///   - page: oldest first.
  ///   - span: the moments between which it is everything; `Int64.min` and `Int64.max` for the
  ///     chat's beginning and end.
  ///   - own: those of the page that the outbox may know.
  ///   - cut: what was stored and is not in the page where it would have to be.
  /// - Returns: the ids of those that are gone, and what was settled.
  package func keep(
    _ page: [MessageRecord], of chat: ChatID, spanning span: ClosedRange<Int64>,
    own: [AcceptedMessage] = [], without cut: [String] = []
  ) async throws(DatabaseError) -> (gone: [String], settled: [AcceptedDraft]) {
    try await database.write { connection in
      let settled = try own.compactMap { try connection.take($0) }
      try connection.bury(cut, in: chat)
      try connection.keep(page, of: chat, spanning: span)
      guard let first = page.first?.at, let last = page.last?.at, first < last else {
        return (cut, settled)
      }
      let gone = try connection.bury(
        in: chat, from: first + 1, through: last - 1, but: Set(page.map(\.id)))
      return (cut + gone, settled)
    }
  }

  /// Keeps single messages that a server has found, whose neighbours it did not tell; those of
  /// unknown chats are left out.
  ///
  /// - Returns: the messages as they are stored now.
  package func keep(_ found: [MessageRecord]) async throws(DatabaseError) -> [MessageRecord] {
    try await database.write { connection in
      try found.compactMap { message in
        guard try connection.chat(message.chat) != nil else { return nil }
        if try connection.message(message.chat, message.id) == nil {
          try connection.keep([message], of: message.chat, spanning: message.at...message.at)
        }
        return try connection.message(message.chat, message.id)
      }
    }
  }
}

extension Connection {
  fileprivate func keep(
    _ page: [MessageRecord], of chat: ChatID, spanning span: ClosedRange<Int64>
  ) throws {
    let known = try bounds(of: chat)
    // Whoever reads a chat's past has not been written to.
    let news = try startOfNews(in: chat) ?? lastLogin(for: chat)
    for message in page { try save(message, newsSince: news) }
    try fillHoles(of: chat, span)
    guard let known, !page.isEmpty else { return }
    if span.upperBound < known.lowerBound {
      try noteHole(in: chat, from: span.upperBound, to: known.lowerBound)
    } else if span.lowerBound > known.upperBound {
      try noteHole(in: chat, from: known.upperBound, to: span.lowerBound)
    }
  }

  /// The server's time at the newest login to a chat's service; nil if it tells none.
  private func lastLogin(for chat: ChatID) throws -> Int64? {
    try first(
      "SELECT sync_marker FROM account JOIN chat USING (service) WHERE chat = ?", [chat]
    ) { try $0.get("sync_marker") as Int64? } ?? nil
  }

  /// The moments of the first and last message that the server has.
  func bounds(of chat: ChatID) throws -> ClosedRange<Int64>? {
    func moment(_ order: String) throws -> Int64? {
      try first(
        """
        SELECT at FROM message WHERE chat = ? AND status IN ('received', 'sent', 'deleted')
        ORDER BY at \(order) LIMIT 1
        """, [chat]
      ) { try $0.get("at") }
    }
    guard let start = try moment("ASC"), let end = try moment("DESC") else { return nil }
    return start...end
  }

  private func noteHole(in chat: ChatID, from start: Int64, to finish: Int64) throws {
    try execute(
      "INSERT OR REPLACE INTO hole (chat, start, finish) VALUES (?, ?, ?)", [chat, start, finish])
  }

  /// Of each hole that `span` lies over, what stands out on either side is left.
  private func fillHoles(of chat: ChatID, _ span: ClosedRange<Int64>) throws {
    let holes: [HistoryGap] = try query(
      "SELECT * FROM hole WHERE chat = ? AND start <= ? AND finish >= ?",
      [chat, span.upperBound, span.lowerBound])
    for hole in holes {
      try execute("DELETE FROM hole WHERE chat = ? AND start = ?", [chat, hole.start])
      if hole.start < span.lowerBound {
        try noteHole(in: chat, from: hole.start, to: span.lowerBound)
      }
      if hole.finish > span.upperBound {
        try noteHole(in: chat, from: span.upperBound, to: hole.finish)
      }
    }
  }
}
