import Database
import Domain

extension Connection {
  /// Moves messages of ours that were written while our clock was ahead to just before a moment, but
  /// never above what stands before them.
  ///
  /// Their time has not come yet, so what is written now would stand above them until it has. It is
  /// for services whose messages have the time of the clock they were written by; where a server
  /// gives the time, our clock may as well be the one that is wrong.
  ///
  /// - Parameters:
  ///   - moment: the time of what comes after them.
  ///   - now: what our clock says.
  func settleOwnFuture(in chat: ChatID, before moment: Int64, now: Int64) throws {
    let ids: [String] = try query(
      """
      SELECT id FROM message WHERE chat = ? AND at > ? AND own ORDER BY at, id
      """, [chat, now]
    ) { try $0.get("id") }
    guard !ids.isEmpty else { return }
    let newest: Int64 =
      try first("SELECT max(at) AS at FROM message WHERE chat = ? AND at <= ?", [chat, now]) {
        try $0.get("at") as Int64?
      }?.flatMap(\.self) ?? 0
    // What comes may be older than what stands here: it finds its place further up, and these keep
    // theirs, also among one another.
    let start = max(min(moment, now) - Int64(ids.count), newest + 1)
    for (index, id) in ids.enumerated() {
      let at = start + Int64(index)
      try execute("UPDATE message SET at = ? WHERE chat = ? AND id = ?", [at, chat, id])
      try execute(
        "UPDATE chat SET last_message_at = ? WHERE chat = ? AND last_message_id = ?",
        [at, chat, id])
    }
  }
}
