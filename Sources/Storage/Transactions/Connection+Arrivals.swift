import Database
import Domain

// The parts of a TextSecure step's transaction.

extension Connection {
  package func peer(_ number: String) throws -> PeerRecord? {
    try first("SELECT * FROM peer WHERE number = ?", [number])
  }

  package func setRelay(_ relay: String?, of number: String) throws {
    try execute(
      """
      INSERT INTO peer (number, relay, verified) VALUES (?, ?, 0)
      ON CONFLICT (number) DO UPDATE SET relay = excluded.relay
      """, [number, relay])
  }

  /// Takes an identity key into use. Another one than before has not been compared by anybody.
  package func trust(_ identity: [UInt8], of number: String) throws {
    try execute(
      """
      INSERT INTO peer (number, identity, verified) VALUES (?1, ?2, 0)
      ON CONFLICT (number) DO UPDATE SET verified = verified AND identity IS ?2, identity = ?2,
        changed_identity = nullif(changed_identity, ?2)
      """, [number, identity])
  }

  package func suspect(_ identity: [UInt8], of number: String) throws {
    try execute(
      """
      UPDATE peer SET changed_identity = ?2, verified = 0
      WHERE number = ?1 AND identity IS NOT NULL AND identity <> ?2
      """, [number, identity])
  }

  func forgetSessions(_ step: TextSecureStep) throws {
    for number in step.endedNumbers {
      try execute("DELETE FROM secure_session WHERE number = ?", [number])
    }
    for number in step.endedNumbers + step.unsealedNumbers {
      // Encrypted with a session that the other side is no longer to be trusted to have.
      try execute("UPDATE dispatch SET sealed = NULL WHERE receiver = ?", [number])
    }
    for key in step.startingKeys {
      try execute(
        "INSERT OR IGNORE INTO starting_key (number, identity, base_key) VALUES (?, ?, ?)",
        [key.number, key.identity, key.baseKey])
    }
  }

  /// Forgets the installation and all that was agreed with it.
  func forgetSecureDevice() throws {
    for table in [
      "secure_device", "prekey", "secure_session", "peer", "held_signal", "secure_group",
      // Without the keys that they were agreed with, no message can be read again.
      "starting_key", "retired_last_resort",
    ] {
      try execute("DELETE FROM \(table)")
    }
    // Encrypted with sessions that are gone.
    try execute("UPDATE dispatch SET sealed = NULL")
  }
}
