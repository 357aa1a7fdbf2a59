import Database
import Domain

// Messages that wait until a person has accepted an identity key.

extension TextSecureArrivals {
  /// Anybody at the relay can make such messages, of 64 KiB each: these many are kept, 7 MB of one
  /// number and 32 MB in all.
  private static let heldOfOne = 100
  private static let heldInAll = 500

  /// Shows that a message came under another identity key, and keeps it as it came. Once there is no
  /// room, one line says so, and no more are kept.
  mutating func hold(
    _ changed: (identity: [UInt8], signal: [UInt8]), of arrival: TextSecureArrival
  ) throws {
    guard var message = arrival.message else { return }
    let chat = arrival.dialog.chat
    try connection.suspect(changed.identity, of: arrival.number)
    if !news.changedIdentities.contains(arrival.number) {
      news.changedIdentities.append(arrival.number)
    }
    if try hasRoom(for: arrival.number) {
      let line = try show(message, in: chat)
      try connection.execute(
        "INSERT INTO held_signal (number, signal, chat, message_id) VALUES (?, ?, ?, ?)",
        [arrival.number, changed.signal, line.chat, line.id])
    } else {
      (message.kind, message.text) = (.unreadable, "")
      message.notes = [.heldFull(by: .named(name: arrival.dialog.title))]
      let known = try connection.first(
        "SELECT 1 AS one FROM message WHERE chat = ? AND kind = ? AND notes = ?",
        [chat, message.kind, try JSONColumn.encode(list: message.notes.bounded)]
      ) { try $0.get("one") as Int }
      if known == nil { try show(message, in: chat) }
    }
  }

  private func hasRoom(for number: String) throws -> Bool {
    let counts = try connection.first(
      "SELECT count(*) AS every, count(*) FILTER (WHERE number = ?) AS own FROM held_signal",
      [number]
    ) { (try $0.get("every") as Int, try $0.get("own") as Int) }
    guard let (every, own) = counts else { return true }
    return every < TextSecureArrivals.heldInAll && own < TextSecureArrivals.heldOfOne
  }
}
