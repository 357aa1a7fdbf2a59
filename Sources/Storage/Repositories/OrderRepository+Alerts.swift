import Database

extension OrderRepository {
  /// Keeps the order as it is now with the journal's lines about it, what it did to the balances if
  /// that is known here, and what is to be told of it: all or nothing.
  ///
  /// Returns the events that were not told before.
  package func settle(
    _ order: OrderRecord, _ entries: [JournalEntry], balances: [BalanceRecord]? = nil,
    telling alerts: [OrderAlert] = []
  ) async throws(DatabaseError) -> [OrderAlert] {
    try await database.write { connection in
      try connection.save(order)
      for entry in entries { try connection.append(entry) }
      if let balances { try connection.replaceAll(balances) }
      return try alerts.filter { alert in
        let told: Int? = try connection.first(
          "SELECT at FROM order_alert WHERE client_order_id = ? AND kind = ?",
          [alert.clientOrderId, alert.kind]
        ) { try $0.get("at") }
        guard told == nil else { return false }
        try connection.execute(
          "INSERT INTO order_alert (client_order_id, kind, at) VALUES (?, ?, ?)",
          [alert.clientOrderId, alert.kind, alert.at])
        return true
      }
    }
  }
}
