import Database
import Domain

/// The messages of one step of TextSecure while they are stored: what follows from all of them, such as
/// the row of a chat, is written once at the end.
struct TextSecureArrivals {
  /// What a chat's row does not say yet.
  private struct Lines {
    /// The one that the chat is to show, unless it shows a later one.
    var last: MessageRecord?
    /// How many nobody has read.
    var unread = 0
  }

  let connection: Connection
  var news = ChatNews()
  private var lines: [ChatID: Lines] = [:]
  /// Chats whose lines of ours stand where they belong.
  private var settled: Set<ChatID> = []
  /// Chats and contacts that there are.
  private var known: Set<ChatID> = []
  private var contacts: Set<String> = []
  /// Where the senders are registered; an absent value is our own relay.
  private var relays: [String: String?] = [:]
  /// The last number that a message got here; nil before the first.
  private var counter: Int64?

  init(on connection: Connection) { self.connection = connection }

  /// Keeps a message that came and what it does to chats and groups.
  mutating func take(_ arrival: TextSecureArrival) throws {
    if !arrival.comesOnce, try isKnown(arrival) { return }
    try settle(before: arrival)
    if arrival.provesRelay, relays[arrival.number] != .some(arrival.relay) {
      try connection.setRelay(arrival.relay, of: arrival.number)
      relays[arrival.number] = .some(arrival.relay)
    }
    if contacts.insert(arrival.number).inserted {
      try connection.saveIfUnknown(
        ContactRecord(
          service: arrival.dialog.service, id: arrival.number, name: arrival.dialog.title,
          phone: arrival.number, updatedAt: arrival.at))
    }
    if let group = arrival.group {
      try take(arrival, in: group)
    } else if let message = arrival.message {
      try introduce(arrival.dialog)
      if let changed = arrival.changed {
        try hold(changed, of: arrival)
      } else {
        try show(message, in: arrival.dialog.chat)
      }
    }
  }

  /// Writes what is left to be written, and tells what is new.
  consuming func finish() throws -> ChatNews {
    if let counter {
      try connection.execute("UPDATE message_counter SET last = ?", [counter])
    }
    for (chat, lines) in lines.sorted(by: { $0.key < $1.key }) {
      try lines.last.map { try connection.showLast($0) }
      if lines.unread > 0 {
        try connection.execute(
          "UPDATE chat SET unread = unread + ? WHERE chat = ?", [lines.unread, chat])
      }
      try connection.chat(chat).map { news.chats.append($0) }
    }
    return news
  }

  /// Adds a line to a chat.
  @discardableResult
  mutating func show(_ message: MessageRecord, in chat: ChatID) throws -> MessageRecord {
    var message = message
    message.chat = chat
    message.id = Connection.messageId(try nextNumber())
    try connection.save(message)
    var chatLines = lines[chat] ?? Lines()
    if message.at >= chatLines.last?.at ?? .min { chatLines.last = message }
    if !message.own && message.kind != .system { chatLines.unread += 1 }
    lines[chat] = chatLines
    news.messages.append(message)
    return message
  }

  private mutating func nextNumber() throws -> Int64 {
    let last =
      try counter
      ?? connection.first("SELECT last FROM message_counter") { try $0.get("last") } ?? 0
    counter = last + 1
    return last + 1
  }

  private mutating func settle(before arrival: TextSecureArrival) throws {
    for chat in arrival.chats where settled.insert(chat).inserted {
      try connection.settleOwnFuture(
        in: chat, before: arrival.at, now: arrival.now ?? arrival.at)
    }
  }

  private mutating func introduce(_ chat: ChatRecord) throws {
    guard known.insert(chat.chat).inserted else { return }
    try connection.saveIfUnknown(chat)
  }

  private mutating func take(_ arrival: TextSecureArrival, in edit: GroupEdit) throws {
    switch edit.decide(try connection.group(edit.id)) {
    case .accepted(let group, let lines, let showsMessage):
      let service = arrival.dialog.service
      let key = ChatID(service, group: edit.id)
      try introduce(ChatRecord(chat: key, service: service, kind: .group, title: group.name))
      try connection.save(group, named: key)
      for line in lines { try show(line, at: arrival.at, in: key) }
      if showsMessage, let message = arrival.message { try show(message, in: key) }
    case .refused(let note):
      let key = arrival.dialog.chat
      try introduce(arrival.dialog)
      try show(note, at: arrival.at, in: key)
      if let message = arrival.message, !message.preview.isEmpty { try show(message, in: key) }
    case .ignored: break
    }
  }

  private mutating func show(_ note: MessageNote, at moment: Int64, in chat: ChatID) throws {
    try show(
      MessageRecord(chat: chat, id: "", at: moment, text: "", kind: .system, notes: [note]),
      in: chat)
  }

  /// Whether a message of the same sender and moment stands there already: without a ratchet nothing
  /// else tells that it came twice.
  private func isKnown(_ arrival: TextSecureArrival) throws -> Bool {
    guard let message = arrival.message else { return false }
    if let signal = arrival.changed?.signal {
      return try connection.first("SELECT 1 AS one FROM held_signal WHERE signal = ?", [signal]) {
        try $0.get("one") as Int
      } != nil
    }
    return try connection.first(
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
