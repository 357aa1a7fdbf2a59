import Cryptography
import Database
import Testing

@testable import Storage

@Suite("The journal")
struct JournalTests {
  private let store: Store

  init() async throws {
    store = try Store.inMemory()
    try await store.journal.append([
      JournalEntry(at: noon, kind: .decision, body: "halt"),
      intent("a", at: noon + 1),
      JournalEntry(at: noon + 2, clientOrderId: "a", kind: .sent, body: "sent"),
      intent("b", at: noon + 3),
      JournalEntry(at: noon + 4, clientOrderId: "a", kind: .reply, body: "PENDING"),
    ])
  }

  /// Does to the file what nobody should.
  private func tamper(_ sql: String) async throws {
    try await store.database.write { connection in
      try connection.run(
        """
        DROP TRIGGER journal_is_never_changed;
        DROP TRIGGER journal_is_never_shortened;
        \(sql)
        """)
    }
  }

  @Test("Lines are numbered, chained and found again")
  func chain() async throws {
    let lines = try await store.journal.recent(limit: 10)
    #expect(lines.map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(lines.map(\.previousHash) == [JournalChain.origin] + lines.dropLast().map(\.hash))
    #expect(try await store.journal.recent(limit: 2) == lines.suffix(2))
    #expect(try await store.journal.lines(of: "a").map(\.sequence) == [2, 3, 5])
    #expect(try await store.journal.verify() == .whole(count: 5))
  }

  @Test("An empty journal is whole")
  func empty() async throws {
    #expect(try await Store.inMemory().journal.verify() == .whole(count: 0))
  }

  @Test("The hash is the one that the format's description gives")
  func format() async throws {
    let first = try #require(try await store.journal.lines(of: "b").first)
    let text =
      "64:\(first.previousHash),1:4,13:1795265047003,1:b,6:intent,16:{\"amount\":\"1.5\"},"
    #expect(first.hash == Hexadecimal.encode(Digest.sha256.hash(text.utf8)))
  }

  @Test("No two lines have the same bytes: neither shifted fields nor an absent one")
  func ambiguity() {
    func hash(_ id: String?, _ body: String) -> String {
      let entry = JournalEntry(at: 1, clientOrderId: id, kind: .push, body: body)
      return JournalChain.hash(sequence: 1, entry: entry, previous: JournalChain.origin)
    }
    #expect(Set([hash(nil, "ab"), hash("", "ab"), hash("a", "b"), hash("-", "ab")]).count == 4)
  }

  @Test(
    "Lines cannot be changed, removed or put elsewhere than at the end",
    arguments: [
      "UPDATE journal SET body = 'x' WHERE sequence = 2", "DELETE FROM journal",
      "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE sequence = 2",
      "INSERT INTO journal SELECT 7, at, NULL, kind, body, hash, hash FROM journal LIMIT 1",
      "INSERT INTO journal SELECT 0, at, NULL, kind, body, hash, hash FROM journal LIMIT 1",
    ])
  func appendOnly(sql: String) async throws {
    await #expect(throws: DatabaseError.self) { try await store.database.write { try $0.run(sql) } }
    #expect(try await store.journal.verify() == .whole(count: 5))
  }

  @Test(
    "What was done to the file is found where it was done",
    arguments: [
      ("UPDATE journal SET body = 'x' WHERE sequence = 2;", 2),
      ("UPDATE journal SET at = at + 1 WHERE sequence = 5;", 5),
      ("UPDATE journal SET client_order_id = NULL WHERE sequence = 3;", 3),
      ("UPDATE journal SET kind = 'push' WHERE sequence = 3;", 3),
      ("UPDATE journal SET kind = 'nonsense' WHERE sequence = 3;", 3),
      ("UPDATE journal SET hash = previous_hash WHERE sequence = 4;", 4),
      ("UPDATE journal SET previous_hash = hash WHERE sequence = 3;", 3),
      ("UPDATE journal SET sequence = 9 WHERE sequence = 5;", 9),
      ("DELETE FROM journal WHERE sequence = 1;", 2),
      ("DELETE FROM journal WHERE sequence = 3;", 4),
      ("DELETE FROM journal WHERE sequence IN (4, 5);", 4),
      (
        "DELETE FROM journal WHERE sequence = 3; UPDATE journal SET sequence = sequence - 1 WHERE sequence > 3;",
        3
      ),
      ("DELETE FROM journal;", 1),
      ("UPDATE journal_head SET count = 6;", 6),
      ("UPDATE journal_head SET hash = 'x';", 5),
    ])
  func tampering(sql: String, place: Int) async throws {
    try await tamper(sql)
    let verdict = try await store.journal.verify()
    guard case .broken(let sequence, let reason) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(sequence == place)
    #expect(!reason.isEmpty)
  }

  @Test("Without its head nothing more is written")
  func headless() async throws {
    try await tamper("DELETE FROM journal_head;")
    await #expect(throws: DatabaseError.corrupt("the journal has no head")) {
      try await store.orders.record(order("c"), [intent("c")])
    }
    #expect(try await store.orders.order("c") == nil)
  }
}
