import Database

extension Schema {
  /// Ends that a number is brought to.
  private typealias Bounds = (least: Int64, most: Int64)

  /// Wall-clock milliseconds, up to the end of the year 9999.
  private static let moment: Bounds = (0, 253_402_300_799_999)
  /// What is counted; sums of thousands of these fit in 64 bits.
  private static let count: Bounds = (0, 1_000_000_000)
  /// Milliseconds of talk: ten years and a little.
  private static let span: Bounds = (0, 1 << 38)

  private static let bounded: [(table: String, column: String, bounds: Bounds)] = [
    ("chat", "unread", count), ("chat", "last_message_at", moment), ("chat", "read_mark", moment),
    ("chat", "others_mark", moment), ("call", "at", moment), ("call", "ended_at", moment),
    ("call", "duration", span), ("gap", "after", moment), ("untold_mark", "mark", moment),
    ("hole", "start", moment), ("hole", "finish", moment), ("account", "sync_marker", moment),
    ("balance", "at", moment), ("swap_order", "updated_at", moment),
  ]

  /// Brings numbers that no clock shows and nobody can count to the nearest that can be true.
  ///
  /// They came from servers, and an earlier version kept them as they came: the first sum with one of
  /// them ended the program, at every start. None is written any more.
  @Sendable static func bounds(_ connection: Connection) throws {
    for (table, column, bounds) in bounded {
      // Two holes may begin at one moment now: one of them is enough.
      try connection.execute(
        """
        UPDATE OR REPLACE \(table) SET \(column) = min(max(\(column), ?1), ?2)
        WHERE \(column) < ?1 OR \(column) > ?2
        """, [bounds.least, bounds.most])
    }
    // By the two ends of each chat's index: there may be a million messages.
    for end in ["at < ?1", "at > ?2"] {
      try connection.execute(
        """
        UPDATE message SET at = min(max(at, ?1), ?2) WHERE (chat, id) IN (
          SELECT message.chat, id FROM chat CROSS JOIN message ON message.chat = chat.chat
          WHERE \(end))
        """, [moment.least, moment.most])
    }
  }
}
