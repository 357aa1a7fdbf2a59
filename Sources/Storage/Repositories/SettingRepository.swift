import Database

/// Values that the program remembers, by name.
package struct SettingRepository: Sendable {
  package let database: Database

  /// The remembered value; nil if there is none.
  package func value(_ key: SettingKey) async throws(DatabaseError) -> String? {
    try await database.read { try $0.setting(key) }
  }

  /// The remembered value; `value` from now on if there is none.
  package func value(
    _ key: SettingKey, orKeeping value: String
  ) async throws(DatabaseError) -> String {
    try await database.write { connection in
      if let known = try connection.setting(key) { return known }
      try connection.set(key, value)
      return value
    }
  }

  /// Remembers the value, or forgets it when there is none.
  ///
  /// - Parameter entry: goes into the journal with it, both or neither.
  package func set(
    _ key: SettingKey, _ value: String?, recording entry: JournalEntry? = nil
  ) async throws(DatabaseError) {
    try await database.write { connection in
      if let entry { try connection.append(entry) }
      if let value {
        try connection.set(key, value)
      } else {
        try connection.execute("DELETE FROM setting WHERE key = ?", [key.rawValue])
      }
    }
  }
}

extension Connection {
  /// A remembered value; nil if there is none.
  package func setting(_ key: SettingKey) throws -> String? {
    try first("SELECT value FROM setting WHERE key = ?", [key.rawValue]) { try $0.get("value") }
  }

  /// Remembers a value in place of the one before.
  package func set(_ key: SettingKey, _ value: String) throws {
    try execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", [key.rawValue, value])
  }
}
