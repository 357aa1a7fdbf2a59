import Database

/// What a code lets one do.
enum CodePurpose: String {
  case account, device
}

/// A code that was the right one. It stays good until it is used up.
struct RightCode: Sendable {
  /// Whether its owner was told that another relay has the number.
  let isWarned: Bool
}

extension Connection {
  /// So many wrong codes end the one that is waited for: of a million codes that is few enough, and a
  /// person who mistypes needs fewer.
  private static var wrongCodes: Int { 5 }

  /// Keeps a code's hash in place of the one before.
  func save(
    _ code: SaltedHash, _ purpose: CodePurpose, for number: String, until expiry: Int64
  ) throws {
    try execute(
      "INSERT OR REPLACE INTO code (number, purpose, salt, hash, expires_at) VALUES (?, ?, ?, ?, ?)",
      [number, purpose.rawValue, code.salt, code.hash, expiry])
  }

  /// Compares; nil if it is another one, too old or void. A wrong one counts against the code that is
  /// waited for.
  func tryCode(
    _ code: String, _ purpose: CodePurpose, for number: String, at now: Int64
  ) throws -> RightCode? {
    let kept = try first(
      """
      SELECT salt, hash, is_warned FROM code WHERE number = ? AND purpose = ? AND expires_at > ?
      """, [number, purpose.rawValue, now]
    ) {
      (
        hash: SaltedHash(salt: try $0.get("salt"), hash: try $0.get("hash")),
        right: RightCode(isWarned: try $0.get("is_warned"))
      )
    }
    guard let kept else { return nil }
    if kept.hash.matches(code) { return kept.right }
    try execute(
      "UPDATE code SET wrong = wrong + 1 WHERE number = ? AND purpose = ?",
      [number, purpose.rawValue])
    try execute(
      "DELETE FROM code WHERE number = ? AND purpose = ? AND wrong >= ?",
      [number, purpose.rawValue, Connection.wrongCodes])
    return nil
  }

  /// Notes that the code's owner was told that another relay has the number.
  func noteWarning(_ purpose: CodePurpose, for number: String) throws {
    try execute(
      "UPDATE code SET is_warned = 1 WHERE number = ? AND purpose = ?",
      [number, purpose.rawValue])
  }

  /// The code has done what it was for.
  func useUp(_ purpose: CodePurpose, for number: String) throws {
    try execute(
      "DELETE FROM code WHERE number = ? AND purpose = ?", [number, purpose.rawValue])
  }
}
