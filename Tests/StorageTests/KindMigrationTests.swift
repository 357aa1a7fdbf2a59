import Database
import Domain
import TestSupport
import Testing

@testable import Storage

@Suite("A store from before reasons were kinds")
struct KindMigrationTests {
  private let scratch: ScratchDirectory
  private let profile: Profile

  init() throws {
    scratch = try ScratchDirectory()
    profile = Profile(directory: scratch.path)
  }

  /// Runs statements in a store of the version before.
  private func fill(_ statements: String) async throws {
    let old = try Database(
      path: profile.databasePath, migrations: Array(Schema.migrations.prefix(13)),
      functions: Schema.functions)
    try await old.write { connection in
      try connection.run(statements)
      try connection.indexNewWords()
    }
  }

  private static func line(
    _ id: String, kind: String = "text", notes: String = "[]", failure: String? = nil
  ) -> String {
    let reason = failure.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL"
    return """
      INSERT INTO message (chat, id, at, text, status, edited, kind, attachments, own, notes, failure)
      VALUES ('textsecure:+14155550101', '\(id)', 1000, '', 'received', 0, '\(kind)', '[]', 1,
        '\(notes.replacing("'", with: "''"))', \(reason));

      """
  }

  private static let chat = """
    INSERT INTO chat (chat, service, kind, title, peer_id, unread, muted, last_message)
    VALUES ('textsecure:+14155550101', 'textsecure', 'dialog', 'Bob', '+14155550101', 0, 0,
      '{"notes":[{"unreadable":{"reason":"What came was changed on its way: its authentication code is wrong"}}],"text":""}');

    """

  @Test("Reasons that are known become kinds, all others stay the words they are")
  func reasons() async throws {
    let known: [(String, SendFailure)] = [
      (
        "The identity key of Bob's boat has changed",
        .identityChanged(of: .named(name: "Bob's boat"))
      ),
      ("The message was not sent", .unexplained),
      (
        "Not allowed: ask first. The server does not allow this to this account.",
        .answered(words: "Not allowed: ask first", advice: .notAllowed)
      ),
      (
        "film.mp4 is larger than the file server takes, and was not sent. Send it in parts, or another way.",
        .fileTooLarge(name: "film.mp4")
      ),
      (
        "The relay refused the request (HTTP 418). Check the relay's address and version.",
        .refused(status: 418)
      ),
      ("The relay refused it.", .told(words: "The relay refused it.")),
      ("", .told(words: "")),
      (#"{"unregistered":{}}"#, .told(words: #"{"unregistered":{}}"#)),
      (
        "This is larger than many bytes. Send less at once.",
        .told(words: "This is larger than many bytes. Send less at once.")
      ),
      (
        "This is larger than 07 bytes. Send less at once.",
        .told(words: "This is larger than 07 bytes. Send less at once.")
      ),
    ]
    var statements = Self.chat
    for (index, (words, _)) in known.enumerated() {
      statements += Self.line("m\(index)", failure: words)
      statements += """
        INSERT INTO outbox VALUES
          (\(index + 1), 'textsecure', 'textsecure:+14155550101', 'm\(index)', '{}', 1);
        INSERT INTO dispatch VALUES
          (\(index + 1), '+14155550101', 'failed', '\(words.replacing("'", with: "''"))', NULL);

        """
    }
    try await fill(statements)
    let store = try Store(profile)
    let parts: [DispatchRecord] = try await store.database.read {
      try $0.query("SELECT * FROM dispatch ORDER BY outbox_id")
    }
    #expect(parts.map(\.reason) == known.map(\.1))
    for (index, (words, failure)) in known.enumerated() {
      let message = try #require(
        try await store.messages.message("textsecure:+14155550101", "m\(index)"))
      #expect(message.failure == failure)
      // What MAX answered is said in the words for its kind.
      if case .answered = failure { continue }
      #expect(message.failure?.sentences == words)
    }
    try await store.check()
  }

  @Test("Why messages could not be read, more of them than are read at a time, and in a preview")
  func unreadable() async throws {
    let key =
      "With this session, the message was made for key 7, which is used up or was replaced. "
      + "Ask for it to be sent again"
    var statements = Self.chat
    for index in 0..<1001 {
      let reason = index == 500 ? "A reason that nobody knows" : key
      statements += Self.line(
        "m\(1000 + index)", kind: "unreadable",
        notes: #"[{"unreadable":{"reason":"\#(reason)"}}]"#)
    }
    try await fill(statements)
    let store = try Store(profile)
    let notes = try await store.messages.all(since: 0).flatMap(\.notes)
    #expect(notes.count == 1001)
    #expect(notes.filter { $0 == .flawed(flaw: .unknownPreKey(id: 7)) }.count == 1000)
    #expect(notes[500] == .unreadable(reason: "A reason that nobody knows"))
    #expect(
      notes[0].sentence == "A message could not be read: \(key). Press E to start a new session.")
    let preview = try await store.chats.chat("textsecure:+14155550101")?.lastMessage
    #expect(preview?.notes == [.flawed(flaw: .notAuthentic)])
  }

  @Test("A chat that nobody has named has no title; one that is called so keeps it")
  func titles() async throws {
    let chats: [(chat: String, kind: String, peer: String?, title: String, stored: String)] = [
      ("max:0", "saved", nil, "Saved messages", ""),
      ("max:1", "group", nil, "Saved messages", "Saved messages"),
      ("max:4", "dialog", "5", "Person 5", ""),
      ("max:5", "dialog", "5", "Person 6", "Person 6"),
      ("max:-7", "group", nil, "Chat -7", ""),
      ("max:-8", "group", nil, "Chat -7", "Chat -7"),
      ("textsecure:group:0a", "group", nil, "Group without a name", ""),
      ("textsecure:group:0b", "group", nil, "Group without a name", "Group without a name"),
      ("textsecure:group:0c", "group", nil, "Sailors", "Sailors"),
    ]
    var statements = """
      INSERT INTO secure_group VALUES ('0a', '', '[]', NULL, 1);
      INSERT INTO secure_group VALUES ('0b', 'Group without a name', '[]', NULL, 1);

      """
    for chat in chats {
      statements += """
        INSERT INTO chat (chat, service, kind, title, peer_id, unread, muted) VALUES ('\(chat.chat)',
          '\(chat.chat.prefix { $0 != ":" })', '\(chat.kind)', '\(chat.title)',
          \(chat.peer.map { "'\($0)'" } ?? "NULL"), 0, 0);

        """
    }
    try await fill(statements)
    let store = try Store(profile)
    for chat in chats {
      let record = try #require(try await store.chats.chat(ChatID(stored: chat.chat)))
      #expect(record.title == chat.stored, "\(chat.chat)")
      #expect(record.shownTitle == chat.title, "\(chat.chat)")
    }
  }

  @Test("What is too long is cut before it is stored")
  func bounds() async throws {
    let store = try Store.inMemory()
    let long = String(repeating: "я", count: 5000)
    _ = try await store.outbox.add(draft("hi"))
    let failed = try await store.outbox.failed(
      1, at: bob, .answered(words: long, advice: .tryAgain))
    guard case .answered(let words, .tryAgain)? = failed.messages.first?.failure else {
      return #expect(Bool(false), "\(failed)")
    }
    #expect(words.utf8.count == 4 << 10)
  }
}
