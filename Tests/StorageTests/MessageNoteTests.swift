import Database
import Domain
import TestSupport
import Testing

@testable import Storage

@Suite("What the program says in messages")
struct MessageNoteTests {
  private let bob = NotedPerson.named(name: "Bob")

  @Test("A word that is not known stays the kind that it is")
  func kinds() {
    for kind in [MessageKind.text, .forward, .system, .unreadable, .held, .other("poll")] {
      #expect(MessageKind(kind.word) == kind)
    }
    #expect(MessageKind("poll") == .other("poll"))
    #expect(MessageKind.forward.isSpoken && !MessageKind.held.isSpoken)
  }

  @Test("Sentences stand where they belong, and the words' place is known")
  func around() {
    #expect([MessageNote]().around("hi").text == "hi")
    let both: [MessageNote] = [.forwarded(from: .someone), .cut(bytes: 2048)]
    #expect(both.around("hi").text == "forwarded from someone\nhi\n[cut here: 2 KB more were sent]")
    #expect(both.around("hi").offset == 23)
    #expect([MessageNote.forwarded(from: bob)].around("").text == "forwarded from Bob")
    let open = [MessageNote.unencrypted].around("hi")
    #expect(open.text == "(not encrypted, anybody may have written it) hi" && open.offset == 45)
    #expect([MessageNote.added(by: .you, members: [bob])].around("").text == "You added Bob")
  }

  @Test("What is too long for any person or group is cut before it is stored")
  func bounds() async throws {
    let store = try Store.inMemory()
    let long = NotedPerson.named(name: String(repeating: "я", count: 5000))
    var line = message("1", "")
    line.kind = .system
    line.notes = [
      .renamed(by: long, title: String(repeating: "ю", count: 5000)),
      .added(by: bob, members: Array(repeating: long, count: 100)),
    ]
    try await store.receive(line, in: dialog)
    let stored = try #require(try await store.messages.message(dialog.chat, "1"))
    guard case .renamed(.named(let name), let title) = stored.notes[0],
      case .added(_, let members) = stored.notes[1]
    else { return #expect(Bool(false), "\(stored.notes)") }
    #expect(name.utf8.count == 1 << 10 && title.utf8.count == 4 << 10)
    #expect(members.count == 16)
  }

  @Test("A line of notes is found by its sentence, and a tombstone keeps none")
  func searching() async throws {
    let store = try Store.inMemory()
    var line = message("1", "")
    (line.kind, line.notes) = (.system, [.renamed(by: bob, title: "Sailors")])
    line.attachments = [AttachmentRecord(type: "photo")]
    try await store.receive(line, in: dialog)
    for words in ["renamed", "sailors", "photo"] {
      #expect(
        try await store.messages.search(SearchQuery(words), limit: 9).messages == [line], "\(words)"
      )
    }
    #expect(try await store.chats.chat(dialog.chat)?.lastMessage?.line == line.shownText)
    try await store.messages.delete(dialog.chat, ["1"])
    #expect(try await store.messages.message(dialog.chat, "1")?.notes == [])
    #expect(try await store.messages.search(SearchQuery("sailors"), limit: 9).messages.isEmpty)
  }

  @Test("Another sentence is a change that followers hear of")
  func changes() async throws {
    let store = try Store.inMemory()
    var line = message("1", "")
    (line.kind, line.notes) = (.system, [.left(by: bob)])
    try await store.receive(line, in: dialog)
    let revision = try await store.messages.followChanges()
    try await store.messages.save([line])
    #expect(try await store.messages.changes(after: revision).changes.isEmpty)
    line.notes = [.left(by: .someone)]
    try await store.messages.save([line])
    #expect(try await store.messages.changes(after: revision).changes.map(\.message) == [line])
  }

  @Test("A sentence that the migration does not know stays the text that it was")
  func unknownSentences() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    try await profile.makeEarlierStore(12) { connection in
      try connection.run(
        """
        INSERT INTO chat (chat, service, kind, title, unread, muted, last_message_id, last_message)
          VALUES ('max:1', 'max', 'group', 'A', 0, 0, '2', 'Ada: something else'),
            ('max:2', 'max', 'group', 'B', 0, 0, NULL, 'nothing known');
        """)
      for (id, kind, text, own) in [
        ("1", "system", "Jemand hat etwas getan", 0), ("2", "poll", "words", 0),
        ("3", "text", "(not encrypted, anybody may have written it) typed", 1),
        ("4", "text", "[cut here: a lot]", 0), ("5", "forward", "weitergeleitet", 0),
        ("6", "unreadable", "?", 0),
      ] {
        try connection.execute(
          """
          INSERT INTO message (chat, id, at, text, status, edited, kind, attachments, own)
          VALUES ('max:1', ?, 1, ?, 'received', 0, ?, '[]', ?)
          """, [id, text, kind, own])
      }
    }
    let store = try Store(profile)
    let lines = try await store.messages.latest("max:1", limit: 9)
    #expect(lines.allSatisfy { $0.notes.isEmpty })
    #expect(
      lines.map(\.shownText) == [
        "Jemand hat etwas getan", "words", "(not encrypted, anybody may have written it) typed",
        "[cut here: a lot]", "weitergeleitet", "?",
      ])
    #expect(lines[1].kind == .other("poll"))
    let previews = try await store.chats.all().map { $0.lastMessage?.line }
    #expect(previews == ["Ada: something else", "nothing known"])
    #expect(
      try await store.messages.search(SearchQuery("jemand"), limit: 9).messages.map(\.id) == ["1"])
  }
}
