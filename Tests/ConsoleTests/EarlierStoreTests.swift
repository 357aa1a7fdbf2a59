import Database
import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import Accounts
@testable import Storage

/// A store as the version before notes has written it, in the folder `EarlierStore`: chats of both
/// messengers with messages of every kind, an outbox, gaps, calls, orders with their journal, keys.
/// Everything in it is visibly fake. Beside it stands what that version printed of it.
@Suite("A store of the version that kept sentences")
struct EarlierStoreTests {
  private static let folder = #filePath.replacing("EarlierStoreTests.swift", with: "EarlierStore/")
  private let scratch: ScratchDirectory
  private let profile: Profile

  /// As that version knew it.
  private static let versions = 12

  init() throws {
    scratch = try ScratchDirectory()
    profile = Profile(directory: scratch.path)
    try FileManager.default.copyItem(
      atPath: Self.folder + "tercet.db", toPath: profile.databasePath)
  }

  /// The store as the version that wrote it opens it.
  private func earlier() throws -> Database {
    try Database(
      path: profile.databasePath, migrations: Array(Schema.migrations.prefix(Self.versions)),
      functions: Schema.functions)
  }

  private func expected(_ name: String) throws -> [Substring] {
    try String(decoding: Data(contentsOf: URL(filePath: Self.folder + name)), as: UTF8.self)
      .split(separator: "\n")
  }

  @Test("Chats and messages read as they did")
  func texts() async throws {
    let store = try Store(profile)
    var chats: [String] = []
    var messages: [String] = []
    for chat in try await store.chats.all() {
      chats.append(jsonText(of: ChatOutput(chat)))
      for message in try await store.messages.latest(chat.chat, limit: 1000) {
        messages.append(jsonText(of: MessageOutput(message)))
      }
    }
    try #expect(chats == expected("chats.jsonl").map(String.init))
    let before = try expected("messages.jsonl").map(String.init)
    #expect(messages.count == before.count)
    for (now, then) in zip(messages, before) { #expect(now == then) }
  }

  @Test("The search finds what it found")
  func search() async throws {
    let store = try Store(profile)
    for line in try expected("found.txt") {
      let parts = line.split(separator: ": ", maxSplits: 1)
      let hits = try await store.messages.search(SearchQuery(String(parts[0])), limit: 100).messages
      let found = hits.map { "\($0.chat) \($0.id)" }.sorted().joined(separator: ", ")
      #expect(found == (parts.count == 2 ? String(parts[1]) : ""), "\(parts[0])")
    }
    try await store.check()
  }

  @Test("No sentence is left in a row, but for what a server said")
  func sentences() async throws {
    let store = try Store(profile)
    let lines = try await store.messages.all(since: 0)
    let worded = lines.filter { ![.text, .forward].contains($0.kind) && !$0.text.isEmpty }
    #expect(worded.map(\.text) == ["закреплено сервером"])
    let named = lines.flatMap(\.attachments).filter { $0.name != nil }
    #expect(Set(named.map(\.type)) == ["file", "share", "contact", "control", "image/jpeg"])
    let passed = try #require(lines.first { $0.id == "1016" })
    #expect(passed.notes == [.forwarded(from: .named(name: "Мария"))])
    #expect(passed.text == "news at https://example.org\nlook")
    #expect(passed.spans.map(\.start) == [8])
    let cut = try #require(lines.first { $0.id == "1018" })
    #expect(cut.notes == [.forwarded(from: .someone), .cut(bytes: 2048)])
    #expect(
      try #require(lines.first { $0.id == "1005" }).attachments[0].path == "/nowhere/clip.mp4")
  }

  @Test("Why messages failed is known by kind, and reads as it did")
  func reasons() async throws {
    let before = try await Self.reasons(of: earlier())
    let store = try Store(profile)
    #expect(before.count == 6)
    for (place, words) in before {
      let parts = place.split(separator: " ").map(String.init)
      let message = try #require(
        try await store.messages.message(ChatID(stored: parts[0]), parts[1]))
      #expect(message.failure?.sentences == words, "\(place)")
    }
    let group = ChatID(stored: "textsecure:group:000102030405060708090a0b0c0d0e0f")
    let kinds = try await store.messages.latest(group, limit: 99).compactMap(\.failure)
    #expect(
      Set(kinds) == [
        .told(words: "The relay refused it."), .identityChanged(of: .named(name: "Bob")),
        .unregistered,
      ])
    let parts: [SendFailure?] = try await store.database.read {
      try $0.query("SELECT * FROM dispatch ORDER BY outbox_id") {
        try DispatchRecord(row: $0).reason
      }
    }
    #expect(
      parts == [
        nil, .told(words: "The relay refused it."), .identityChanged(of: .named(name: "Bob")),
        .unregistered, .identityChanged(of: .named(name: "Bob")), .flawed(flaw: .foreign),
        .identityChanged(of: .named(name: "Bob")),
      ])
  }

  @Test("What was unreadable is known by kind, and chats without a name have none")
  func kinds() async throws {
    let store = try Store(profile)
    let lines = try await store.messages.all(since: 0)
    #expect(
      lines.filter { $0.kind == .unreadable }.flatMap(\.notes) == [
        .flawed(flaw: .malformed(part: "a message without a version")),
        .flawed(flaw: .foreign), .heldFull(by: .named(name: "Bob")),
      ])
    let nameless = try await store.chats.all().filter(\.title.isEmpty)
    #expect(
      nameless.map(\.chat.text) == [
        "max:4", "max:0", "max:-8", "textsecure:group:0f0e0d0c0b0a09080706050403020100",
      ])
  }

  @Test("All other rows are as they were, and the journal's chain holds")
  func rows() async throws {
    let before = try await Self.rows(of: earlier())
    let store = try Store(profile)
    let after = try await Self.rows(of: store.database)
    #expect(before.count > 25)
    for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
    #expect(try await store.journal.verify() == .whole(count: 4))
  }

  @Test("What comes again from the server is no news, and a saved file keeps its place")
  func again() async throws {
    let store = try Store(profile)
    let revision = try await store.messages.followChanges()
    let clip = try #require(try await store.messages.message("max:3", "1005"))
    var fresh = clip
    fresh.attachments[0].path = nil
    try await store.messages.save([fresh])
    #expect(try await store.messages.changes(after: revision).changes.isEmpty)
    #expect(try await store.messages.message("max:3", "1005") == clip)
  }

  /// Why messages were not sent, in the words that were stored, by their chats and ids.
  private static func reasons(of database: Database) async throws -> [(String, String)] {
    try await database.read {
      try $0.query("SELECT chat || ' ' || id AS place, failure FROM message WHERE failure NOT NULL")
      { (try $0.get("place"), try $0.get("failure")) }
    }
  }

  /// Every row of every table, as text: without what the migrations turn.
  private static func rows(of database: Database) async throws -> [String: [String]] {
    let turned = [
      "message": ["text", "notes", "spans", "attachments", "files", "failure"],
      "chat": ["last_message", "title"], "dispatch": ["reason"], "call": ["group_name"],
    ]
    return try await database.read { connection in
      let tables = try connection.query(
        """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
          AND name NOT LIKE 'message_index%'
        """
      ) { try $0.get("name") as String }
      var rows: [String: [String]] = [:]
      for table in tables {
        let columns = try connection.query("SELECT name FROM pragma_table_info('\(table)')") {
          try $0.get("name") as String
        }.filter { turned[table]?.contains($0) != true }
        let row = columns.map { "quote(\($0))" }.joined(separator: " || ' ' || ")
        rows[table] = try connection.query("SELECT \(row) AS row FROM \(table) ORDER BY 1") {
          try $0.get("row") as String
        }
      }
      return rows
    }
  }
}
