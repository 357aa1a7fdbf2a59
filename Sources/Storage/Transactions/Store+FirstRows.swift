import Database
import Domain

/// What the first picture shows, by one read of a store: as many rows of each list as a screen may have
/// room for, however many there are.
package struct FirstRows: Sendable {
  /// Where somebody is signed in, and the name to show for them if there is one.
  package var accounts: [Service: String?]
  /// The newest chats.
  package var chats: [ChatRecord]
  /// Those whom these chats are with and whose keys are known.
  package var peers: [PeerRecord]
  /// The latest calls.
  package var calls: [CallRecord]
  /// Every balance.
  package var balances: [BalanceRecord]
  /// The latest orders, and all of which more is expected.
  package var orders: [OrderRecord]
  /// Values that the program remembers, of those that the first picture depends on.
  package var settings: [SettingKey: String]

  fileprivate init(of connection: Connection, limit: Int) throws {
    let names = try connection.query("SELECT service, display_name FROM account") { row in
      (try row.get("service") as Service, try row.get("display_name") as String?)
    }
    accounts = Dictionary(names, uniquingKeysWith: { $1 })
    chats = try connection.query(
      "SELECT * FROM chat ORDER BY last_message_at DESC, chat DESC LIMIT ?", [limit])
    peers = try connection.query(
      """
      SELECT peer.* FROM (
        SELECT chat FROM chat ORDER BY last_message_at DESC, chat DESC LIMIT ?
      ) AS shown JOIN peer ON peer.number = substr(shown.chat, instr(shown.chat, ':') + 1)
      """, [limit])
    calls = try connection.recentCalls(limit)
    balances = try connection.query("SELECT * FROM balance ORDER BY asset")
    orders = try connection.recentOrders(limit)
    let known = Set(orders.map(\.id))
    orders += try connection.openOrders().filter { !known.contains($0.id) }
    settings = [:]
    for key in [SettingKey.halt, .limits, .valueAsset, .silence] {
      settings[key] = try connection.setting(key)
    }
  }
}

extension Store {
  /// The first rows of everything.
  ///
  /// - Parameters:
  ///   - limit: of rows of a list.
  ///   - ledger: where orders and balances are kept, if that is another store.
  package func firstRows(
    _ limit: Int, ledger: Store
  ) async throws(DatabaseError) -> FirstRows {
    var rows = try await database.read { try FirstRows(of: $0, limit: limit) }
    guard ledger.database !== database else { return rows }
    let kept = try await ledger.database.read { try FirstRows(of: $0, limit: limit) }
    rows.balances = kept.balances
    rows.orders = kept.orders
    rows.settings[.halt] = kept.settings[.halt]
    rows.settings[.limits] = kept.settings[.limits]
    return rows
  }
}
