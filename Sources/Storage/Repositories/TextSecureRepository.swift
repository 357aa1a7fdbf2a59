import Cryptography
import Database
import Domain

/// The keys and sessions of TextSecure, and whom they may be used with.
package struct TextSecureRepository: Sendable {
  let database: Database

  /// What this installation has drawn for itself; nil before it was registered.
  package func device() async throws(DatabaseError) -> TextSecureDeviceRecord? {
    try await database.read { try $0.first("SELECT * FROM secure_device") }
  }

  /// Keeps an account with its installation. Another identity has no use for sessions made with the
  /// one before.
  package func register(
    _ device: TextSecureDeviceRecord, _ account: AccountRecord
  ) async throws(DatabaseError) {
    try await database.write { connection in
      let known: TextSecureDeviceRecord? = try connection.first("SELECT * FROM secure_device")
      if let known, known.identity != device.identity { try connection.forgetSecureDevice() }
      try connection.execute(
        """
        INSERT INTO secure_device (only, number, identity, registration_id, signaling_key)
        VALUES (1, ?, ?, ?, ?)
        ON CONFLICT (only) DO UPDATE SET number = excluded.number, identity = excluded.identity,
          registration_id = excluded.registration_id, signaling_key = excluded.signaling_key
        """,
        [device.number, device.identity, device.registrationId, device.signalingKey])
      try connection.save(account)
    }
  }

  /// A number that was written with; nil for any other.
  package func peer(_ number: String) async throws(DatabaseError) -> PeerRecord? {
    try await database.read { try $0.peer(number) }
  }

  /// Every number that was written with.
  package func peers() async throws(DatabaseError) -> [PeerRecord] {
    try await database.read { try $0.query("SELECT * FROM peer ORDER BY number") }
  }

  /// Remembers at which federated relays numbers are registered; nil for our own.
  package func setRelays(
    _ relays: [(number: String, relay: String?)]
  ) async throws(DatabaseError) {
    try await database.write { connection in
      for (number, relay) in relays { try connection.setRelay(relay, of: number) }
    }
  }

  /// The owner has compared the fingerprint of the key in use.
  package func verify(_ number: String) async throws(DatabaseError) {
    try await database.write {
      try $0.execute(
        """
        UPDATE peer SET verified = 1
        WHERE number = ? AND identity IS NOT NULL AND changed_identity IS NULL
        """, [number])
    }
  }

  /// Another key than the known one was seen; it waits for a decision.
  package func suspect(_ identity: [UInt8], of number: String) async throws(DatabaseError) {
    try await database.write { try $0.suspect(identity, of: number) }
  }

  /// The record of the sessions with a device; nil if there are none.
  package func session(_ address: TextSecureAddress) async throws(DatabaseError) -> [UInt8]? {
    try await database.read {
      try $0.first(
        "SELECT record FROM secure_session WHERE number = ? AND device = ?",
        [address.number, address.device]
      ) { try $0.get("record") }
    }
  }

  /// The devices of a number with which there are sessions.
  package func devices(of number: String) async throws(DatabaseError) -> [Int64] {
    try await database.read {
      try $0.query(
        "SELECT device FROM secure_session WHERE number = ? ORDER BY device", [number]
      ) { try $0.get("device") }
    }
  }

  /// The prekey of this id; nil if there is none, or none any more.
  package func preKey(_ id: Int64) async throws(DatabaseError) -> PreKeyRecord? {
    try await database.read { try $0.first("SELECT * FROM prekey WHERE id = ?", [id]) }
  }

  /// Where the ids of the next batch of prekeys start; nil before the first.
  package func nextPreKeyId() async throws(DatabaseError) -> Int64? {
    try await database.read {
      try $0.first("SELECT next_prekey_id FROM secure_device") {
        try $0.get("next_prekey_id", as: Int64?.self)
      }
        ?? nil
    }
  }

  /// What was encrypted for a receiver and may have been sent; nil if nothing was.
  package func sealed(
    _ outboxId: Int64, for receiver: String
  ) async throws(DatabaseError)
    -> [UInt8]?
  {
    try await database.read {
      try $0.first(
        "SELECT sealed FROM dispatch WHERE outbox_id = ? AND receiver = ?", [outboxId, receiver]
      ) { try $0.get("sealed", as: [UInt8]?.self) } ?? nil
    }
  }

  /// Messages from a number that wait for its identity to be accepted, in the order they came.
  package func heldEnvelopes(of number: String) async throws(DatabaseError) -> [HeldEnvelope] {
    try await database.read {
      try $0.query("SELECT * FROM held_signal WHERE number = ? ORDER BY id", [number])
    }
  }

  /// Those of everybody whose identity is not in question, oldest first.
  package func acceptedEnvelopes() async throws(DatabaseError) -> [HeldEnvelope] {
    try await database.read {
      try $0.query(
        """
        SELECT held_signal.* FROM held_signal JOIN peer USING (number)
        WHERE changed_identity IS NULL ORDER BY held_signal.id
        """)
    }
  }

  /// A message that was held has been read, or can never be: it and its line are gone.
  package func dropHeldEnvelope(_ signal: HeldEnvelope) async throws(DatabaseError) -> ChatNews {
    try await database.write { connection in
      var news = ChatNews()
      try connection.execute("DELETE FROM held_signal WHERE id = ?", [signal.id])
      // What was read instead counts for itself.
      try connection.execute(
        """
        UPDATE chat SET unread = max(0, unread - 1) WHERE chat = ?1 AND ifnull(read_mark, 0)
          < (SELECT at FROM message WHERE chat = ?1 AND id = ?2)
        """, [signal.chat, signal.messageId])
      try connection.execute(
        "DELETE FROM message WHERE chat = ? AND id = ?", [signal.chat, signal.messageId])
      try connection.showLastRemaining(in: signal.chat, insteadOf: [signal.messageId])
      try connection.chat(signal.chat).map { news.chats = [$0] }
      return news
    }
  }

  /// Keeps all that a step changes and returns what is new in chats.
  package func commit(_ step: TextSecureStep) async throws(DatabaseError) -> ChatNews {
    try await database.write { connection in
      try connection.forgetSessions(step)
      for (address, record) in step.sessions {
        try connection.execute(
          "INSERT OR REPLACE INTO secure_session (number, device, record) VALUES (?, ?, ?)",
          [address.number, address.device, record])
      }
      var released = ChatNews()
      for (number, identity) in step.identities.sorted(by: { $0.key < $1.key }) {
        try connection.trust(identity, of: number)
        guard try connection.peer(number)?.changedIdentity == nil else { continue }
        try connection.release(number, &released)
      }
      try connection.keepPreKeys(step)
      for sealed in step.sealed {
        try connection.execute(
          "UPDATE dispatch SET sealed = ? WHERE outbox_id = ? AND receiver = ?",
          [sealed.bytes, sealed.outboxId, sealed.receiver])
      }
      guard !step.arrivals.isEmpty else { return released }
      var arrivals = TextSecureArrivals(on: connection)
      for arrival in step.arrivals { try arrivals.take(arrival) }
      var news = try arrivals.finish()
      news.messages = released.messages + news.messages
      return news
    }
  }
}

/// A message from an identity that nobody has accepted yet.
package struct HeldEnvelope: Sendable, Equatable, Identifiable {
  /// Counts up.
  package var id: Int64
  /// The message as it came.
  package var signal: [UInt8]
  /// The chat whose line says that there is one.
  package var chat: ChatID
  /// That line.
  package var messageId: String
}

extension HeldEnvelope: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      id: try row.get("id"), signal: try row.get("signal"), chat: try row.get("chat"),
      messageId: try row.get("message_id"))
  }
}

extension TextSecureDeviceRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      number: try row.get("number"), identity: try row.get("identity"),
      registrationId: try row.get("registration_id"), signalingKey: try row.get("signaling_key"))
  }
}

extension PreKeyRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(id: try row.get("id"), privateKey: try row.get("private_key"))
  }
}

extension PeerRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      number: try row.get("number"), relay: try row.get("relay"),
      identity: try row.get("identity"), isVerified: try row.get("verified"),
      changedIdentity: try row.get("changed_identity"))
  }
}
