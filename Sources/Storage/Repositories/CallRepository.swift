import Database

/// The call log.
package struct CallRepository: Sendable {
  let database: Database

  /// The last `limit` calls, the latest first.
  package func recent(limit: Int) async throws(DatabaseError) -> [CallRecord] {
    try await database.read { try $0.recentCalls(limit) }
  }

  /// The call of this id; nil if there is none.
  package func call(_ conversationId: String) async throws(DatabaseError) -> CallRecord? {
    try await database.read { try $0.call(conversationId) }
  }

  /// Keeps the call; false if it is known already and has stopped ringing, and so stays as it is.
  @discardableResult
  package func save(_ call: CallRecord) async throws(DatabaseError) -> Bool {
    try await database.write { connection in
      if let known = try connection.call(call.conversationId), known.state != .ringing {
        return false
      }
      try connection.save(call)
      return true
    }
  }

  /// Ends a call that rings; nil if there is none of this id, or it has stopped already.
  ///
  /// - Parameter duration: Milliseconds of talk.
  @discardableResult
  package func close(
    _ conversationId: String, as state: CallRecord.State, at: Int64, duration: Int64? = nil
  ) async throws(DatabaseError) -> CallRecord? {
    try await database.write { connection in
      guard var call = try connection.call(conversationId), call.state == .ringing else {
        return nil
      }
      call.state = state
      call.endedAt = at
      call.duration = duration
      try connection.save(call)
      return call
    }
  }

  /// Calls that rang when the program stopped were missed; returns them as they are now.
  @discardableResult
  package func closeRinging(at: Int64) async throws(DatabaseError) -> [CallRecord] {
    try await database.write { connection in
      let ringing: [CallRecord] = try connection.query(
        "SELECT * FROM call WHERE state = 'ringing' ORDER BY at, conversation_id")
      return try ringing.map { call in
        var call = call
        call.state = .missed
        call.endedAt = at
        try connection.save(call)
        return call
      }
    }
  }
}

extension CallRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      service: try row.get("service"), conversationId: try row.get("conversation_id"),
      callerId: try row.get("caller_id"), callerName: try row.get("caller_name"),
      calleeId: try row.get("callee_id"), calleeName: try row.get("callee_name"),
      kind: try row.get("kind"), at: try row.get("at"), state: try row.get("state"),
      duration: try row.get("duration"), endedAt: try row.get("ended_at"),
      signaling: try row.get("signaling"), stun: try row.get("stun"),
      turn: try JSONColumn.decode(list: "turn", of: row), turnUser: try row.get("turn_user"),
      token: try row.get("token"), turnPassword: try row.get("turn_password"),
      groupName: try row.get("group_name"))
  }
}

extension Connection {
  func recentCalls(_ limit: Int) throws -> [CallRecord] {
    try query("SELECT * FROM call ORDER BY at DESC, conversation_id LIMIT ?", [max(0, limit)])
  }

  package func call(_ conversationId: String) throws -> CallRecord? {
    try first("SELECT * FROM call WHERE conversation_id = ?", [conversationId])
  }

  package func save(_ call: CallRecord) throws {
    try execute(
      """
      INSERT OR REPLACE INTO call (service, conversation_id, caller_id, caller_name, callee_id,
        callee_name, kind, at, state, duration, ended_at, signaling, stun, turn, turn_user, token,
        turn_password, group_name)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        call.service, call.conversationId, call.callerId, call.callerName, call.calleeId,
        call.calleeName, call.kind, call.at, call.state, call.duration, call.endedAt,
        call.signaling, call.stun,
        try JSONColumn.encode(list: call.turn), call.turnUser, call.token, call.turnPassword,
        call.groupName,
      ])
  }
}
