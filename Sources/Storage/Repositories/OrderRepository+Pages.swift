import Database
import Domain

extension OrderRepository {
  /// Orders placed after a moment (wall ms), and every one of which more is expected.
  package func recentAndOpen(since: Int64) async throws(DatabaseError) -> [OrderRecord] {
    let final = OrderStatus.terminal.map(\.text).sorted()
    let places = final.map { _ in "?" }.joined(separator: ", ")
    return try await database.read {
      try $0.query(
        """
        SELECT * FROM swap_order WHERE created_at > ? OR status NOT IN (\(places))
        ORDER BY created_at, client_order_id
        """, [since as any DatabaseConvertible] + final.map { $0 as any DatabaseConvertible })
    }
  }

  /// The newest orders that are FILLED and of which nobody has said how much came in.
  package func lackingAmounts(limit: Int = 100) async throws(DatabaseError) -> [OrderRecord] {
    try await database.read {
      try $0.query(
        """
        SELECT * FROM swap_order WHERE status = 'FILLED' AND filled_out IS NULL
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
