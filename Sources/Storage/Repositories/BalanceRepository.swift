import Database

/// What the trading account holds.
package struct BalanceRepository: Sendable {
  let database: Database

  /// Every balance, by asset.
  package func all() async throws(DatabaseError) -> [BalanceRecord] {
    try await database.read { try $0.query("SELECT * FROM balance ORDER BY asset") }
  }

  /// Takes over a change of some assets.
  package func save(_ balances: [BalanceRecord]) async throws(DatabaseError) {
    try await database.write { try $0.save(balances) }
  }

  /// Takes over what is different now: `changed` balances, and assets that are no longer held.
  package func update(
    _ changed: [BalanceRecord], removing gone: [String]
  ) async throws(DatabaseError) {
    guard !changed.isEmpty || !gone.isEmpty else { return }
    try await database.write { connection in
      for asset in gone { try connection.execute("DELETE FROM balance WHERE asset = ?", [asset]) }
      try connection.save(changed)
    }
  }

  /// Takes over a snapshot: assets that are not in it are no longer held.
  package func replaceAll(_ balances: [BalanceRecord]) async throws(DatabaseError) {
    try await database.write { try $0.replaceAll(balances) }
  }
}

extension BalanceRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      asset: try row.get("asset"), total: try row.get("total"), locked: try row.get("locked"),
      at: try row.get("at"))
  }
}

extension Connection {
  package func replaceAll(_ balances: [BalanceRecord]) throws {
    try execute("DELETE FROM balance")
    try save(balances)
  }

  fileprivate func save(_ balances: [BalanceRecord]) throws {
    for balance in balances {
      try execute(
        "INSERT OR REPLACE INTO balance (asset, total, locked, at) VALUES (?, ?, ?, ?)",
        [balance.asset, balance.total, balance.locked, balance.at])
    }
  }
}
