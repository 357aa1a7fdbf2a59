import Database
import Domain

// The parts of a TextSecure step's transaction.

extension Connection {
  package func peer(_ number: String) throws -> PeerRecord? {
    try first("SELECT * FROM peer WHERE number = ?", [number])
  }

  package func setRelay(_ relay: String?, of number: String) throws {
    try execute(
      """
      INSERT INTO peer (number, relay, verified) VALUES (?, ?, 0)
      ON CONFLICT (number) DO UPDATE SET relay = excluded.relay
      """, [number, relay])
  }

  /// Takes an identity key into use. Another one than before has not been compared by anybody.
  package func trust(_ identity: [UInt8], of number: String) throws {
    try execute(
      """
      INSERT INTO peer (number, identity, verified) VALUES (?1, ?2, 0)
      ON CONFLICT (number) DO UPDATE SET verified = verified AND identity IS ?2, identity = ?2,
        changed_identity = nullif(changed_identity, ?2)
      """, [number, identity])
  }

  package func suspect(_ identity: [UInt8], of number: String) throws {
    try execute(
      """
      UPDATE peer SET changed_identity = ?2, verified = 0
      WHERE number = ?1 AND identity IS NOT NULL AND identity <> ?2
      """, [number, identity])
  }

  func forgetSessions(_ step: TextSecureStep) throws {
    for number in step.endedNumbers {
      try execute("DELETE FROM secure_session WHERE number = ?", [number])
    }
    for number in step.endedNumbers + step.unsealedNumbers {
      // Encrypted with a session that the other side is no longer to be trusted to have.
      try execute("UPDATE dispatch SET sealed = NULL WHERE receiver = ?", [number])
    }
    for key in step.startingKeys {
      try execute(
        "INSERT OR IGNORE INTO starting_key (number, identity, base_key) VALUES (?, ?, ?)",
        [key.number, key.identity, key.baseKey])
    }
  }

  /// Forgets the installation and all that was agreed with it.
  func forgetSecureDevice() throws {
    for table in [
      "secure_device", "prekey", "secure_session", "peer", "held_signal", "secure_group",
      // Without the keys that they were agreed with, no message can be read again.
      "starting_key", "retired_last_resort",
    ] {
      try execute("DELETE FROM \(table)")
    }
    // Encrypted with sessions that are gone.
    try execute("UPDATE dispatch SET sealed = NULL")
  }

  /// Keeps a message that came and what it does to chats and groups.
  package func receive(_ arrival: TextSecureArrival) throws -> ChatNews {
    var news = ChatNews()
    if !arrival.comesOnce, try isKnown(arrival) { return news }
    for chat in arrival.chats {
      try settleOwnFuture(in: chat, before: arrival.at, now: arrival.now ?? arrival.at)
    }
    if arrival.provesRelay { try setRelay(arrival.relay, of: arrival.number) }
    try saveIfUnknown(
      ContactRecord(
        service: arrival.dialog.service, id: arrival.number, name: arrival.dialog.title,
        phone: arrival.number, updatedAt: arrival.at))
    if let group = arrival.group {
      try receive(arrival, in: group, &news)
    } else if let message = arrival.message {
      try saveIfUnknown(arrival.dialog)
      if let changed = arrival.changed {
        try hold(changed, of: arrival, &news)
      } else {
        try show(message, in: arrival.dialog.chat, &news)
      }
    }
    for chat in Set(news.messages.map(\.chat)).sorted() {
      try self.chat(chat).map { news.chats.append($0) }
    }
    return news
  }

  private func receive(
    _ arrival: TextSecureArrival, in edit: GroupEdit, _ news: inout ChatNews
  ) throws {
    switch edit.decide(try group(edit.id)) {
    case .accepted(let group, let lines, let showsMessage):
      let service = arrival.dialog.service
      let key = ChatID(service, group: edit.id)
      try saveIfUnknown(
        ChatRecord(chat: key, service: service, kind: .group, title: group.name))
      try save(group, named: key)
      for line in lines {
        let line = MessageRecord(
          chat: key, id: "", at: arrival.at, text: "", kind: .system, notes: [line])
        try show(line, in: key, &news)
      }
      if showsMessage, let message = arrival.message { try show(message, in: key, &news) }
    case .refused(let note):
      let key = arrival.dialog.chat
      try saveIfUnknown(arrival.dialog)
      let line = MessageRecord(
        chat: key, id: "", at: arrival.at, text: "", kind: .system, notes: [note])
      try show(line, in: key, &news)
      if let message = arrival.message, !message.preview.isEmpty {
        try show(message, in: key, &news)
      }
    case .ignored: break
    }
  }

  @discardableResult
  package func show(
    _ message: MessageRecord, in chat: ChatID, _ news: inout ChatNews
  ) throws -> MessageRecord {
    var message = message
    message.chat = chat
    message = try append(message)
    let counts = !message.own && message.kind != .system
    try setUnread(nil, elseCounting: counts, in: chat)
    news.messages.append(message)
    return message
  }

  /// Whether a message of the same sender and moment stands there already: without a ratchet nothing
  /// else tells that it came twice.
  private func isKnown(_ arrival: TextSecureArrival) throws -> Bool {
    guard let message = arrival.message else { return false }
    if let signal = arrival.changed?.signal {
      return try first("SELECT 1 AS one FROM held_signal WHERE signal = ?", [signal]) {
        try $0.get("one") as Int
      } != nil
    }
    return try first(
      """
      SELECT 1 AS one FROM message
      WHERE chat = ? AND sender_id = ? AND (at = ? OR ?) AND kind = ? AND text = ?
        AND notes = ?
      """,
      [
        arrival.dialog.chat, arrival.number, arrival.at, arrival.isUndated, message.kind,
        message.text, try JSONColumn.encode(list: message.notes.bounded),
      ]
    ) { try $0.get("one") as Int } != nil
  }
}
