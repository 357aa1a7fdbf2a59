import Database

/// Numbers in the store that no clock shows and nobody can count.
///
/// They came from servers, and an earlier version kept them as they came: the first sum with one of
/// them ended the program, at every start. Whatever a store was written by, it is healed when it is
/// opened; looking for such numbers reads two entries of an index for each chat.
enum StoreRepair {
  /// Ends that a number is brought to.
  private typealias Bounds = (least: Int64, most: Int64)

  /// Wall-clock milliseconds, up to the end of the year 9999.
  private static let moment: Bounds = (0, 253_402_300_799_999)
  /// What is counted; sums of thousands of these fit in 64 bits.
  private static let count: Bounds = (0, 1_000_000_000)
  /// Milliseconds of talk: ten years and a little.
  private static let span: Bounds = (0, 1 << 38)

  private static let columns: [(table: String, column: String, bounds: Bounds)] = [
    ("chat", "unread", count), ("chat", "last_message_at", moment), ("chat", "read_mark", moment),
    ("chat", "others_mark", moment), ("call", "at", moment), ("call", "ended_at", moment),
    ("call", "duration", span), ("gap", "after", moment), ("untold_mark", "mark", moment),
    ("hole", "start", moment), ("hole", "finish", moment), ("account", "sync_marker", moment),
    ("balance", "at", moment), ("swap_order", "updated_at", moment),
  ]

  /// Brings all of them to the nearest number that can be true.
  static let repair = Repair(isNeeded: isNeeded) { connection in
    for (table, column, bounds) in columns { try heal(table, column, bounds, connection) }
    try heal("message", "at", moment, connection)
  }

  private static func isNeeded(_ connection: Connection) throws -> Bool {
    for (table, column, bounds) in columns
    where try isThere(
      "SELECT 1 FROM \(table) WHERE \(column) < ? OR \(column) > ?", bounds, connection)
    {
      return true
    }
    return try isThere(
      """
      SELECT 1 FROM chat
      WHERE EXISTS (SELECT 1 FROM message WHERE message.chat = chat.chat AND at < ?)
        OR EXISTS (SELECT 1 FROM message WHERE message.chat = chat.chat AND at > ?)
      """, moment, connection)
  }

  private static func isThere(
    _ query: String, _ bounds: Bounds, _ connection: Connection
  ) throws -> Bool {
    try connection.first(query + " LIMIT 1", [bounds.least, bounds.most]) { _ in true } ?? false
  }

  private static func heal(
    _ table: String, _ column: String, _ bounds: Bounds, _ connection: Connection
  ) throws {
    // Two holes may begin at one moment now: one of them is enough.
    try connection.execute(
      """
      UPDATE OR REPLACE \(table) SET \(column) = min(max(\(column), ?1), ?2)
      WHERE \(column) < ?1 OR \(column) > ?2
      """, [bounds.least, bounds.most])
  }
}
