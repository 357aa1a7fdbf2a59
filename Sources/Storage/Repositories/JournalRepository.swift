import Database

/// The journal of orders: it only grows, and each line proves the line before it.
///
/// Whoever can write the file can also rewrite the whole chain; what it shows is damage and
/// changes by hand, not a forger who knows how it is made.
package struct JournalRepository: Sendable {
  let database: Database

  /// Writes lines that belong to no change of an order, such as a halt.
  package func append(_ entries: [JournalEntry]) async throws(DatabaseError) {
    try await database.write { connection in
      for entry in entries { try connection.append(entry) }
    }
  }

  /// The last `limit` lines, oldest first.
  package func recent(limit: Int) async throws(DatabaseError) -> [JournalRecord] {
    try await database.read {
      try $0.query("SELECT * FROM journal ORDER BY sequence DESC LIMIT ?", [max(0, limit)])
    }.reversed()
  }

  /// Every line about one order, oldest first.
  package func lines(of clientOrderId: String) async throws(DatabaseError) -> [JournalRecord] {
    try await database.read {
      try $0.query(
        "SELECT * FROM journal WHERE client_order_id = ? ORDER BY sequence", [clientOrderId])
    }
  }

  /// Goes through the whole chain: nothing changed, inserted or missing, at the end neither.
  package func verify() async throws(DatabaseError) -> JournalVerdict {
    try await database.read { try $0.verifyJournal() }
  }
}

extension JournalRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      sequence: try row.get("sequence"),
      entry: JournalEntry(
        at: try row.get("at"), clientOrderId: try row.get("client_order_id"),
        kind: try row.get("kind"), body: try row.get("body")),
      previousHash: try row.get("previous_hash"), hash: try row.get("hash"))
  }
}

extension Connection {
  package func append(_ entry: JournalEntry) throws {
    let (count, previous) = try journalHead()
    let hash = JournalChain.hash(sequence: count + 1, entry: entry, previous: previous)
    try execute(
      """
      INSERT INTO journal (sequence, at, client_order_id, kind, body, previous_hash, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [count + 1, entry.at, entry.clientOrderId, entry.kind, entry.body, previous, hash])
    try execute("UPDATE journal_head SET count = ?, hash = ?", [count + 1, hash])
  }

  private func journalHead() throws -> (count: Int, hash: String) {
    let head: (Int, String)? = try first("SELECT count, hash FROM journal_head") {
      (try $0.get("count"), try $0.get("hash"))
    }
    guard let head else { throw DatabaseError.corrupt("the journal has no head") }
    return head
  }

  fileprivate func verifyJournal() throws -> JournalVerdict {
    var count = 0
    var hash = JournalChain.origin
    var flaw: JournalVerdict?
    try forEach("SELECT * FROM journal ORDER BY sequence") { row in
      let sequence: Int = try row.get("sequence")
      let reason: String?
      do {
        reason = JournalChain.flaw(in: try JournalRecord(row: row), after: count, hash)
      } catch let error as DatabaseError {
        reason = error.message
      }
      if let reason { flaw = .broken(atSequence: sequence, reason: reason) }
      count += 1
      hash = try row.get("hash")
      return flaw == nil
    }
    if let flaw { return flaw }
    let head = try journalHead()
    if head.count != count {
      return .broken(
        atSequence: count + 1, reason: "\(head.count) lines were written, \(count) are left")
    }
    if head.hash != hash {
      return .broken(atSequence: count, reason: "the last line is not the one written last")
    }
    return .whole(count: count)
  }
}
