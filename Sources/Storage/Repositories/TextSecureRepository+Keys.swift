import Cryptography
import Database

// Our own keys of the past, and what others have started with them.

extension TextSecureRepository {
  /// Whether a session was ever started with this key.
  package func remembers(_ key: StartingKey) async throws(DatabaseError) -> Bool {
    try await database.read {
      try $0.first(
        "SELECT 1 AS one FROM starting_key WHERE number = ? AND identity = ? AND base_key = ?",
        [key.number, key.identity, key.baseKey]
      ) { try $0.get("one") as Int } != nil
    }
  }

  /// The last-resort keys before the one in use, the newest first.
  package func retiredLastResortKeys() async throws(DatabaseError) -> [SecretBytes] {
    try await database.read {
      try $0.query("SELECT private_key FROM retired_last_resort ORDER BY sequence DESC") {
        try $0.get("private_key")
      }
    }
  }

  /// When the last-resort key in use was made; nil if nobody knows.
  package func lastResortMadeAt() async throws(DatabaseError) -> Int64? {
    try await database.read {
      try $0.first("SELECT last_resort_at FROM secure_device") {
        try $0.get("last_resort_at", as: Int64?.self)
      } ?? nil
    }
  }
}

extension Connection {
  /// The id that all last-resort keys have.
  private static let lastResortId: Int64 = 0xff_ffff
  /// Batches are made when a relay says that they are used up, and a relay may say that for ever: ten
  /// batches of a hundred are kept. Who has fetched a key before the last thousand and has not used it
  /// yet is told that it is gone.
  private static let preKeysKept = 1000
  /// One new key a month: half a year for whoever has fetched one.
  private static let retiredKept = 6

  /// Keeps the prekeys that a step has made, and forgets the oldest.
  func keepPreKeys(_ step: TextSecureStep) throws {
    for spent in step.spentPreKeys {
      try execute("DELETE FROM prekey WHERE id = ?", [spent])
    }
    for key in step.newPreKeys {
      try execute(
        "INSERT OR REPLACE INTO prekey (id, private_key) VALUES (?, ?)", [key.id, key.privateKey])
    }
    if let next = step.nextPreKeyId {
      try execute("UPDATE secure_device SET next_prekey_id = ?", [next])
      try forgetOldPreKeys(before: next)
    }
    if let last = step.newLastResort { try keep(last) }
  }

  /// Ids count up and go round, so that the distance to the next one is a key's age.
  private func forgetOldPreKeys(before next: Int64) throws {
    try execute(
      """
      DELETE FROM prekey WHERE id IN (
        SELECT id FROM prekey WHERE id <> ?1 ORDER BY (?2 - id + ?1) % ?1 DESC
        LIMIT max(0, (SELECT count(*) FROM prekey WHERE id <> ?1) - ?3))
      """, [Connection.lastResortId, next, Connection.preKeysKept])
  }

  private func keep(_ last: TextSecureStep.LastResort) throws {
    try execute(
      "INSERT INTO retired_last_resort (private_key) SELECT private_key FROM prekey WHERE id = ?",
      [Connection.lastResortId])
    try execute(
      """
      DELETE FROM retired_last_resort WHERE sequence NOT IN (
        SELECT sequence FROM retired_last_resort ORDER BY sequence DESC LIMIT ?)
      """, [Connection.retiredKept])
    try execute(
      "INSERT OR REPLACE INTO prekey (id, private_key) VALUES (?, ?)",
      [Connection.lastResortId, last.privateKey])
    try execute("UPDATE secure_device SET last_resort_at = ?", [last.madeAt])
  }
}
