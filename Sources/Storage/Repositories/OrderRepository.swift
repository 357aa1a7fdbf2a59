import Database
import Domain

/// Swap orders. None changes without a line in the journal that says why.
package struct OrderRepository: Sendable {
  let database: Database

  /// The last `limit` orders, the latest first.
  package func recent(limit: Int) async throws(DatabaseError) -> [OrderRecord] {
    try await database.read { try $0.recentOrders(limit) }
  }

  /// Orders of which more is expected, the oldest first: to be reconciled at the start.
  package func open() async throws(DatabaseError) -> [OrderRecord] {
    try await database.read { try $0.openOrders() }
  }

  /// The order with this id, the one chosen here or else the server's.
  package func order(_ id: String) async throws(DatabaseError) -> OrderRecord? {
    try await database.read {
      try $0.first(
        """
        SELECT * FROM swap_order WHERE client_order_id = ?1 OR order_id = ?1
        ORDER BY client_order_id = ?1 DESC, created_at DESC LIMIT 1
        """, [id])
    }
  }

  /// Keeps the order as it is now together with the journal's lines about it: both or neither.
  ///
  /// An intent must be recorded so, and this must have returned, before the first byte is sent.
  package func record(
    _ order: OrderRecord, _ entries: [JournalEntry]
  ) async throws(DatabaseError) {
    try await database.write { connection in
      try connection.save(order)
      for entry in entries { try connection.append(entry) }
    }
  }

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

  /// Orders placed after a moment (wall ms), and every one of which more is expected.
  package func recentAndOpen(since: Int64) async throws(DatabaseError) -> [OrderRecord] {
    try await database.read {
      try $0.query(
        """
        SELECT * FROM swap_order WHERE created_at > ?
        UNION SELECT * FROM swap_order WHERE \(OrderCondition.isOpen)
        ORDER BY created_at, client_order_id
        """, [since])
    }
  }

  /// The newest orders that are FILLED and of which nobody has said how much came in.
  package func lackingAmounts(limit: Int = 100) async throws(DatabaseError) -> [OrderRecord] {
    try await database.read {
      try $0.query(
        """
        SELECT * FROM swap_order WHERE \(OrderCondition.lacksAmount)
        ORDER BY created_at DESC, client_order_id LIMIT ?
        """, [max(0, limit)])
    }
  }

  /// At most `limit` orders that are older than `order`, the latest first; those of its instant
  /// that follow it by id among them.
  package func older(
    than order: OrderRecord, limit: Int
  ) async throws(DatabaseError) -> [OrderRecord] {
    try await database.read {
      try $0.query(
        """
        SELECT * FROM swap_order
        WHERE created_at < ?1 OR created_at = ?1 AND client_order_id > ?2
        ORDER BY created_at DESC, client_order_id LIMIT ?3
        """, [order.createdAt, order.clientOrderId, max(0, limit)])
    }
  }
}

extension OrderRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      clientOrderId: try row.get("client_order_id"), orderId: try row.get("order_id"),
      status: OrderStatus(storedText: try row.get("status")), from: try row.get("sell"),
      to: try row.get("buy"),
      amount: try row.get("amount"), slippageBps: try row.get("slippage_bps"),
      filter: try JSONColumn.decode(list: "filter", of: row),
      expectedOut: try row.get("expected_out"), price: try row.get("price"),
      filledOut: try row.get("filled_out"), txHash: try row.get("tx_hash"),
      reason: try row.get("reason"), createdAt: try row.get("created_at"),
      updatedAt: try row.get("updated_at"))
  }
}

/// Conditions that an index serves, which holds the few orders that fulfil one: it is taken for a
/// condition in the very words of `Schema.fewOfMany`.
private enum OrderCondition {
  /// More is expected of it.
  static let isOpen: String = {
    let ends = OrderStatus.terminal.map { "'\($0.text)'" }.sorted().joined(separator: ", ")
    return "status NOT IN (\(ends))"
  }()
  /// Nobody has said how much came in.
  static let lacksAmount = "status = 'FILLED' AND filled_out IS NULL"
}

extension Connection {
  func openOrders() throws -> [OrderRecord] {
    try query(
      """
      SELECT * FROM swap_order WHERE \(OrderCondition.isOpen)
      ORDER BY created_at, client_order_id
      """)
  }

  func recentOrders(_ limit: Int) throws -> [OrderRecord] {
    try query(
      "SELECT * FROM swap_order ORDER BY created_at DESC, client_order_id LIMIT ?",
      [max(0, limit)])
  }

  package func save(_ order: OrderRecord) throws {
    try execute(
      """
      INSERT OR REPLACE INTO swap_order (client_order_id, order_id, status, sell, buy, amount,
        slippage_bps, filter, expected_out, price, filled_out, tx_hash, reason, created_at,
        updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        order.clientOrderId, order.orderId, order.status.text, order.from, order.to, order.amount,
        order.slippageBps, try JSONColumn.encode(list: order.filter), order.expectedOut,
        order.price, order.filledOut, order.txHash, order.reason, order.createdAt, order.updatedAt,
      ])
  }
}
