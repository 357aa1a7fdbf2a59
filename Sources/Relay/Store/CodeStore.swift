import Database

/// What a code lets one do.
enum CodePurpose: String {
  case account, device
}

extension Connection {
  /// Keeps a code's hash in place of the one before.
  func save(
    _ code: SaltedHash, _ purpose: CodePurpose, for number: String, until expiry: Int64
  ) throws {
    try execute(
      "INSERT OR REPLACE INTO code (number, purpose, salt, hash, expires_at) VALUES (?, ?, ?, ?, ?)",
      [number, purpose.rawValue, code.salt, code.hash, expiry])
  }

  /// Uses a code up; false, and nothing is used up, if it is another one or too old.
  func redeem(
    _ code: String, _ purpose: CodePurpose, for number: String, at now: Int64
  ) throws -> Bool {
    let kept: SaltedHash? = try first(
      "SELECT salt, hash FROM code WHERE number = ? AND purpose = ? AND expires_at > ?",
      [number, purpose.rawValue, now]
    ) { SaltedHash(salt: try $0.get("salt"), hash: try $0.get("hash")) }
    guard let kept, kept.matches(code) else { return false }
    try execute(
      "DELETE FROM code WHERE number = ? AND purpose = ?", [number, purpose.rawValue])
    return true
  }
}
