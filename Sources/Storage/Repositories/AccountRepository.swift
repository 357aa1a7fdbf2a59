import Database
import Domain

/// The accounts a person is signed in to, at most one a service.
package struct AccountRepository: Sendable {
  let database: Database

  /// Every account, in the order they were made.
  package func all() async throws(DatabaseError) -> [AccountRecord] {
    try await database.read { try $0.query("SELECT * FROM account ORDER BY created_at, service") }
  }

  /// The account of a service; nil if nobody is signed in.
  package func account(_ service: Service) async throws(DatabaseError) -> AccountRecord? {
    try await database.read {
      try $0.first("SELECT * FROM account WHERE service = ?", [service])
    }
  }

  /// Keeps the account in place of the one its service had.
  package func save(_ account: AccountRecord) async throws(DatabaseError) {
    try await database.write { try $0.save(account) }
  }

  /// Signs out: the account and its secret are gone, what it has received stays.
  package func remove(_ service: Service) async throws(DatabaseError) {
    try await database.write { try $0.execute("DELETE FROM account WHERE service = ?", [service]) }
  }
}

extension AccountRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      service: try row.get("service"), url: try row.get("url"),
      identifier: try row.get("identifier"), userId: try row.get("user_id"),
      displayName: try row.get("display_name"), secret: try row.get("secret"),
      deviceId: try row.get("device_id"), settings: try JSONColumn.decode("settings", of: row),
      syncMarker: try row.get("sync_marker"), createdAt: try row.get("created_at"))
  }
}

extension Connection {
  package func save(_ account: AccountRecord) throws {
    try execute(
      """
      INSERT OR REPLACE INTO account (service, url, identifier, user_id, display_name, secret,
        device_id, settings, sync_marker, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        account.service, account.url, account.identifier, account.userId, account.displayName,
        account.secret, account.deviceId, try JSONColumn.encode(account.settings),
        account.syncMarker, account.createdAt,
      ])
  }

  func setSyncMarker(_ marker: Int64, of service: Service) throws {
    try execute("UPDATE account SET sync_marker = ? WHERE service = ?", [marker, service])
  }
}
