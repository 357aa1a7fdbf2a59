import Database
import Domain

// A chat in pieces: whatever its length, only what is looked at is read.

extension MessageRepository {
  /// Up to `limit` messages before a place, the nearest ones, as far as they are stored without a
  /// break.
  package func stretch(
    _ chat: ChatID, before place: MessagePlace, limit: Int
  ) async throws(DatabaseError) -> MessageStretch {
    try await database.read { try $0.stretch(chat, before: place, limit: limit) }
  }

  /// Up to `limit` messages after a place, likewise.
  package func stretch(
    _ chat: ChatID, after place: MessagePlace, limit: Int
  ) async throws(DatabaseError) -> MessageStretch {
    try await database.read { try $0.stretch(chat, after: place, limit: limit) }
  }

  /// Messages on both sides of a place, which belongs to those after it.
  package func surroundings(
    _ chat: ChatID, of place: MessagePlace, limit: Int
  ) async throws(DatabaseError) -> (before: MessageStretch, after: MessageStretch) {
    try await database.read { connection in
      let before = try connection.stretch(chat, before: place, limit: limit)
      // Of a moment in a hole, what follows begins after the hole.
      let hole: HistoryGap? = try connection.first(
        "SELECT * FROM hole WHERE chat = ? AND start >= ? ORDER BY start LIMIT 1", [chat, place.at])
      let after = try connection.stretch(chat, ">=", place, until: hole, limit: limit)
      return (before, after)
    }
  }

  /// The hole that is nearest before a moment; nil when everything there is stored that ever was.
  package func hole(_ chat: ChatID, before moment: Int64) async throws(DatabaseError) -> HistoryGap?
  {
    try await database.read { try $0.hole(chat, before: moment) }
  }

  /// The moment of the first message that is stored; nil if none is.
  package func firstMoment(_ chat: ChatID) async throws(DatabaseError) -> Int64? {
    try await database.read {
      try $0.first("SELECT at FROM message WHERE chat = ? ORDER BY at, id LIMIT 1", [chat]) {
        try $0.get("at")
      }
    }
  }

  /// The moment of the `number`th message of others from the end, or of the first if there are fewer;
  /// nil if there is none.
  package func moment(
    ofOthers number: Int, _ chat: ChatID
  ) async throws(DatabaseError) -> Int64? {
    let moments: [Int64] = try await database.read {
      try $0.query(
        """
        SELECT at FROM message WHERE chat = ? AND NOT own AND status <> 'deleted'
          AND kind <> 'system' ORDER BY at DESC, id DESC LIMIT ?
        """, [chat, max(0, min(number, 10_000))]
      ) { try $0.get("at") }
    }
    return moments.last
  }

  /// How many messages stand after a place, counted up to `limit`.
  package func count(
    _ chat: ChatID, after place: MessagePlace, limit: Int
  ) async throws(DatabaseError) -> Int {
    try await database.read {
      try $0.first(
        """
        SELECT count(*) AS count FROM (
          SELECT 1 FROM message WHERE chat = ? AND (at, id) > (?, ?) LIMIT ?)
        """, [chat, place.at, place.id, limit]
      ) { try $0.get("count") }
    } ?? 0
  }
}

extension Connection {
  fileprivate func stretch(
    _ chat: ChatID, before place: MessagePlace, limit: Int
  ) throws -> MessageStretch {
    let hole = try hole(chat, before: place.at)
    let rows: [MessageRecord] = try query(
      """
      SELECT * FROM message WHERE chat = ? AND (at, id) < (?, ?) AND at >= ?
      ORDER BY at DESC, id DESC LIMIT ?
      """, [chat, place.at, place.id, hole?.finish ?? .min, max(0, limit)])
    return MessageStretch(messages: rows.reversed(), hole: rows.count < limit ? hole : nil)
  }

  fileprivate func stretch(
    _ chat: ChatID, after place: MessagePlace, limit: Int
  ) throws -> MessageStretch {
    let hole: HistoryGap? = try first(
      "SELECT * FROM hole WHERE chat = ? AND finish > ? ORDER BY finish LIMIT 1",
      [chat, place.at])
    return try stretch(chat, ">", place, until: hole, limit: limit)
  }

  fileprivate func stretch(
    _ chat: ChatID, _ comparison: StaticString, _ place: MessagePlace, until hole: HistoryGap?,
    limit: Int
  ) throws -> MessageStretch {
    let rows: [MessageRecord] = try query(
      """
      SELECT * FROM message WHERE chat = ? AND (at, id) \(comparison) (?, ?) AND at <= ?
      ORDER BY at, id LIMIT ?
      """, [chat, place.at, place.id, hole?.start ?? .max, max(0, limit)])
    return MessageStretch(messages: rows, hole: rows.count < limit ? hole : nil)
  }

  fileprivate func hole(_ chat: ChatID, before moment: Int64) throws -> HistoryGap? {
    try first(
      "SELECT * FROM hole WHERE chat = ? AND start < ? ORDER BY start DESC LIMIT 1",
      [chat, moment])
  }
}

extension HistoryGap: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(start: try row.get("start"), finish: try row.get("finish"))
  }
}
