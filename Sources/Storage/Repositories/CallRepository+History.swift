import Database
import Domain

extension CallRepository {
  /// Takes what the server keeps of calls into the log, which knows some of them already.
  ///
  /// What is known stays, but for what became of the call: the server knows of other devices. A ring
  /// that was stopped here alone stays so unless somebody took or declined the call elsewhere.
  /// - Parameters:
  ///   - calls: that have ended.
  ///   - replacing: all other calls of the service go, but for those that ring.
  ///   - cursor: for the next question; nil leaves it as it is.
  @discardableResult
  package func merge(
    _ calls: [CallRecord], of service: Service, replacing: Bool = false, cursor: Int64? = nil
  ) async throws(DatabaseError) -> CallNews {
    try await database.write { connection in
      var news = CallNews()
      for call in calls {
        let known = try connection.call(call.conversationId)
        let merged = known?.merged(with: call) ?? call
        guard merged != known else { continue }
        try connection.save(merged)
        news.changed.append(merged)
      }
      if replacing {
        let kept = Set(calls.map(\.conversationId))
        let known: [CallRecord] = try connection.query(
          "SELECT * FROM call WHERE service = ? AND state <> 'ringing'", [service])
        news.removed = known.map(\.id).filter { !kept.contains($0) }
        try connection.removeCalls(news.removed)
      }
      if let cursor {
        try connection.execute(
          "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)",
          [SettingKey.callCursor.rawValue, String(cursor)])
      }
      return news
    }
  }

  /// Takes calls out of the log.
  package func remove(_ conversationIds: [String]) async throws(DatabaseError) {
    try await database.write { try $0.removeCalls(conversationIds) }
  }
}

/// What a merge did to the call log.
package struct CallNews: Sendable, Equatable {
  /// Calls that are new or look different now.
  package var changed: [CallRecord] = []
  /// Calls that are gone.
  package var removed: [String] = []

  /// Nothing happened.
  package init() {}
}

extension CallRecord {
  fileprivate func merged(with other: CallRecord) -> CallRecord {
    var merged = self
    merged.callerName = callerName ?? other.callerName
    merged.calleeId = calleeId ?? other.calleeId
    merged.calleeName = calleeName ?? other.calleeName
    merged.groupName = groupName ?? other.groupName
    merged.duration = other.duration ?? duration
    merged.endedAt = endedAt ?? other.endedAt
    if !(state == .ignored && other.state == .missed) { merged.state = other.state }
    return merged
  }
}

extension Connection {
  fileprivate func removeCalls(_ conversationIds: [String]) throws {
    for id in conversationIds {
      try execute("DELETE FROM call WHERE conversation_id = ?", [id])
    }
  }
}
