import Database

/// Values that the program remembers, by name.
public struct SettingRepository: Sendable {
  let database: Database

  /// The remembered value; nil if there is none.
  public func value(_ key: SettingKey) async throws(DatabaseError) -> String? {
    try await database.read {
      try $0.first("SELECT value FROM setting WHERE key = ?", [key.rawValue]) {
        try $0.get("value")
      }
    }
  }

  /// Remembers the value, or forgets it when there is none.
  ///
  /// - Parameter entry: goes into the journal with it, both or neither.
  public func set(
    _ key: SettingKey, _ value: String?, recording entry: JournalEntry? = nil
  ) async throws(DatabaseError) {
    try await database.write { connection in
      if let entry { try connection.append(entry) }
      if let value {
        try connection.execute(
          "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", [key.rawValue, value])
      } else {
        try connection.execute("DELETE FROM setting WHERE key = ?", [key.rawValue])
      }
    }
  }
}
