import Database
import TestSupport
import Testing

@testable import Storage

/// A store that an earlier version has written, with numbers as a server sent them.
@Suite("Numbers that no clock shows")
struct HealingTests {
  private let scratch: ScratchDirectory
  private let profile: Profile

  init() throws {
    scratch = try ScratchDirectory()
    profile = Profile(directory: scratch.path)
    try profile.prepare()
  }

  /// Of the versions that kept numbers as they came.
  private static let versions = 13

  /// What such a version has left in the store's file.
  private func write(_ script: String) async throws {
    let database = try Database(
      path: profile.databasePath, migrations: Array(Schema.migrations.prefix(Self.versions)),
      functions: Schema.functions)
    try await database.write { try $0.run(script) }
  }

  @Test(
    "All of them are brought within bounds when the store is opened",
    arguments: [
      Int64.max, Int64.min,
    ])
  func extremes(number: Int64) async throws {
    let count = number < 0 ? 0 : number
    try await write(
      """
      INSERT INTO account VALUES ('max', 'ws://x', '+7', '1', 'n', 's', 'd', '{}', \(number), 1);
      INSERT INTO chat (chat, service, kind, title, unread, muted, last_message_at, read_mark,
        others_mark) VALUES ('max:1', 'max', 'dialog', 't', \(count), 0, \(number), \(number),
        \(number)), ('max:2', 'max', 'dialog', 'u', 2, 0, 5, 5, 5);
      INSERT INTO message (chat, id, at, text, status, edited, kind, attachments, own)
        VALUES ('max:1', '1', \(number), 'word', 'received', 0, 'text', '[]', 0),
        ('max:1', '2', 1795000000000, 'other', 'received', 0, 'text', '[]', 0);
      INSERT INTO call (conversation_id, service, caller_id, kind, at, state, duration, ended_at,
        turn) VALUES ('c', 'max', '1', 'audio', \(number), 'ended', \(number), \(number), '[]');
      INSERT INTO gap VALUES ('max:1', \(number));
      INSERT INTO untold_mark VALUES ('max:1', \(number));
      INSERT INTO hole VALUES ('max:1', \(number), \(number)), ('max:1', 7, \(number));
      """)
    let store = try Store(profile)
    let chats = try await store.chats.all()
    #expect(chats.count == 2)
    let bounds = Int64(0)...253_402_300_799_999
    for chat in chats {
      #expect((0...1_000_000_000).contains(chat.unread))
      let moments = [chat.lastMessageAt, chat.readMark, chat.othersMark].compactMap(\.self)
      #expect(moments.count == 3 && moments.allSatisfy(bounds.contains))
    }
    #expect(chats.first { $0.chat == "max:2" }?.unread == 2, "what can be true stays")
    let messages = try await store.messages.latest("max:1", limit: 9)
    #expect(messages.count == 2 && messages.allSatisfy { bounds.contains($0.at) })
    #expect(messages.contains { $0.at == 1_795_000_000_000 })
    let call = try #require(try await store.calls.recent(limit: 9).first)
    #expect(bounds.contains(call.at) && bounds.contains(call.endedAt ?? -1))
    #expect((0...(1 << 38)).contains(call.duration ?? -1))
    #expect(try await store.gaps(.max).allSatisfy { bounds.contains($0.after) })
    #expect(try await store.untoldMarks(.max).allSatisfy { bounds.contains($0.mark) })
    let account = try await store.accounts.account(.max)
    #expect(bounds.contains(account?.syncMarker ?? -1))
    // Opened again, there is nothing left to do.
    #expect(try await Store(profile).chats.all() == chats)
  }
}
