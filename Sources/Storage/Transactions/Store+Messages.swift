import Database
import Domain

/// What a messenger's events change in several places at once: all of it or nothing.
extension Store {
  /// Takes over the answer to a sync.
  ///
  /// What the answer does not name stays as it is, because a sync brings changes only. A message of
  /// a chat that is neither in the answer nor known is left out: it must not undo the rest.
  /// - Parameter marker: What the account's next sync is to start from, in server milliseconds;
  ///   nil leaves the one there is.
  /// - Parameter earlier: The marker of the login before: in a chat of which nothing is stored, a last
  ///   message since then is one that has come. Nil for a first login, which tells of the past alone.
  /// - Parameter own: Those of the messages that the outbox may know.
  /// - Returns: the chats as they are stored now, and what was settled.
  @discardableResult
  package func applySync(
    _ service: Service, chats: [ChatDescription], contacts: [ContactRecord] = [],
    messages: [MessageRecord] = [], own: [AcceptedMessage] = [], marker: Int64? = nil,
    after earlier: Int64? = nil
  ) async throws(DatabaseError) -> ArrivalOutcome {
    try await database.write { connection in
      var outcome = ArrivalOutcome()
      for chat in chats {
        outcome.chats.append(try connection.save(chat, over: try connection.chat(chat.chat)))
      }
      outcome.settled = try own.compactMap { try connection.take($0) }
      for contact in contacts { try connection.save(contact) }
      for message in messages where try connection.chat(message.chat) != nil {
        try connection.noteGap(before: message)
        try connection.save(
          message, newsSince: try connection.startOfNews(in: message.chat) ?? earlier)
      }
      if let marker { try connection.setSyncMarker(marker, of: service) }
      return outcome
    }
  }

  /// Keeps a message that has changed, and lets its chat show it if it is the last one there.
  package func change(_ message: MessageRecord) async throws(DatabaseError) {
    try await database.write { connection in
      try connection.save(message)
      guard let kept = try connection.message(message.chat, message.id), kept.status != .deleted
      else { return }
      try connection.showLast(kept)
    }
  }

  /// Forgets everything of a service but orders and their journal.
  ///
  /// - Parameter contents: what is kept of the service besides chats.
  package func forget(
    _ service: Service, with contents: Set<ServiceContent>
  ) async throws(DatabaseError) {
    try await database.write { connection in
      for table in ["account", "chat", "contact", "call", "outbox"] {
        try connection.execute("DELETE FROM \(table) WHERE service = ?", [service])
      }
      if contents.contains(.callHistory) {
        try connection.execute(
          "DELETE FROM setting WHERE key = ?", [SettingKey.callCursor.rawValue])
      }
      if contents.contains(.balances) { try connection.execute("DELETE FROM balance") }
      if contents.contains(.keys) { try connection.forgetSecureDevice() }
      // What was said there must not be read from the words of the index either.
      if contents.contains(.messages) { try connection.scrubWholeIndex() }
    }
  }
}

/// What may be kept of a service besides its account.
package enum ServiceContent: Sendable {
  case messages
  /// How far the server's list of calls was read.
  case callHistory
  case balances
  /// Of an encrypted messenger: the installation's, and those agreed with others.
  case keys
}
