import Cryptography
import Database
import Domain
import TestSupport
import Testing

@testable import Storage

@Suite("Search")
struct SearchTests {
  private let store: Store
  private let group = ChatRecord(chat: "max:-7", service: .max, kind: .group, title: "Дача")

  init() async throws {
    store = try Store.inMemory()
    try await store.chats.save([dialog, group, secureDialog])
  }

  private func found(
    _ words: String, in chat: ChatID? = nil, limit: Int = 10, of other: Store? = nil
  ) async throws -> [String] {
    try await (other ?? store).messages.search(SearchQuery(words), in: chat, limit: limit)
      .messages.map(\.id)
  }

  /// Throws if the index and the messages do not say the same.
  private func verifyIndex(_ store: Store) async throws {
    try await store.database.write { connection in
      // Rank 1: beside the messages themselves, not the index alone.
      try connection.execute(
        "INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)")
      let left: Int? = try connection.first("SELECT count(*) AS count FROM unindexed") {
        try $0.get("count")
      }
      #expect(left == 0)
    }
  }

  @Test("All words in any case, the last one as a beginning, the newest first, of all services")
  func words() async throws {
    try await store.messages.save([
      message("1", "Едем на дачу"), message("2", at: noon + 2, "ДАЧА 100% _"),
      message("3", at: noon + 1, "дача, да", in: group), message("4", at: noon + 3, "дача: нет"),
      message("5", "ничего"), message("6", at: noon - 9, "Dacha или дача", in: secureDialog),
    ])
    try await store.messages.delete(dialog.chat, ["4"])
    #expect(try await found("ДаЧ") == ["2", "3", "1", "6"])
    #expect(try await found("дач", limit: 2) == ["2", "3"])
    #expect(try await found("дач", in: group.chat) == ["3"])
    #expect(try await found("да дача") == ["3"], "in any order")
    #expect(try await found("дача нич").isEmpty)
    #expect(try await found("дача да") == ["2", "3", "6"], "да begins дача")
    #expect(try await found("дач да").isEmpty, "only the last word may be a beginning")
    #expect(try await found("дача да ") == ["3"], "a space ends the word")
    #expect(try await found("dacha") == ["6"])
    #expect(try await found("100%") == ["2"])
    for nothing in ["", " ", "%", "\"", "\"\"", "😀", "дача 404"] {
      #expect(try await found(nothing).isEmpty, "\(nothing)")
    }
    #expect(try await found("дач", limit: -1).isEmpty)
    try await verifyIndex(store)
  }

  @Test("е finds ё and the other way round, й is no и, accents of Latin letters do not matter")
  func letters() async throws {
    try await store.messages.save([
      message("1", "ещё Ёлка"), message("2", at: noon + 1, "еще"),
      message("3", at: noon + 2, "мой Йод"), message("4", at: noon + 3, "мои"),
      // As file names of some systems are written: letter and sign apart.
      message("5", at: noon + 4, "мо\u{438}\u{306} е\u{308}ж"),
      message("6", at: noon + 5, "Café"), message("7", at: noon + 6, "ї \u{456}\u{308}"),
    ])
    #expect(try await found("ЕЩЕ") == ["2", "1"])
    #expect(try await found("ещё") == ["2", "1"])
    #expect(try await found("елка") == ["1"])
    #expect(try await found("мой") == ["5", "3"])
    #expect(try await found("мо\u{438}\u{306}") == ["5", "3"])
    #expect(try await found("мои") == ["4"])
    #expect(try await found("еж") == ["5"])
    #expect(try await found("иод").isEmpty)
    #expect(try await found("cafe") == ["6"])
    #expect(try await found("CAFÉ") == ["6"])
    #expect(try await found("ї") == ["7"])
  }

  @Test("Phrases in quotes, a hyphen, file names")
  func phrases() async throws {
    try await store.messages.save([
      message("1", "Возьми белый хлеб, молоко"), message("2", at: noon + 1, "хлеб белый"),
      message("3", at: noon + 2, "кто-нибудь"), message("4", at: noon + 3, "нибудь кто"),
      message(
        "5", at: noon + 4, "",
        attachments: [
          AttachmentRecord(name: "смета 2026.xlsx", type: "FILE"), AttachmentRecord(type: "PHOTO"),
        ]),
    ])
    #expect(try await found("\"белый хлеб\"") == ["1"])
    #expect(try await found("«белый хлеб» мол") == ["1"])
    #expect(try await found("\"белый хле") == ["1"], "still being typed")
    #expect(try await found("\"белый хле\"").isEmpty)
    #expect(try await found("белый хлеб") == ["2", "1"])
    #expect(try await found("кто-нибудь") == ["3"])
    #expect(try await found("смета") == ["5"])
    #expect(try await found("2026.xls") == ["5"])
    try await store.messages.setPath("/tmp/a", ofAttachment: 0, dialog.chat, "5")
    #expect(try await found("смета") == ["5"])
    try await verifyIndex(store)
  }

  @Test("The index follows edits, deletions, lines that give way, chats and services that go")
  func steps() async throws {
    try await store.messages.save([message("1", "первое"), message("2", at: noon + 1, "второе")])
    try await store.messages.save([message("1", "иное", edited: true)])
    #expect(try await found("первое").isEmpty)
    #expect(try await found("иное") == ["1"])
    try await store.messages.save([message("1", "первое")])
    #expect(try await found("иное") == ["1"], "an older copy undoes no edit")
    let draft = OutboxDraft(
      chat: dialog, message: message("", at: noon + 3, "третье", status: .queued, own: true),
      receivers: [dialog.chat.text], body: "{\"cid\":41}", createdAt: noon)
    let line = try #require(try await store.outbox.add(draft)?.message)
    #expect(try await found("третье") == [line.id])
    let answer = message("500", at: noon + 4, "третье", status: .sent, own: true)
    _ = try await store.take([AcceptedMessage(answer, clientId: 41)])
    #expect(try await found("третье") == ["500"])
    try await store.messages.save([message("9", "третье", in: group)])
    #expect(try await found("третье") == ["500", "9"])
    try await store.chats.remove(group.chat)
    #expect(try await found("третье") == ["500"])
    try await verifyIndex(store)
    try await store.messages.save([message("s", "второе", in: secureDialog)])
    try await store.forget(.max, with: [.messages, .callHistory])
    #expect(try await found("третье").isEmpty)
    #expect(try await found("второе") == ["s"])
    try await verifyIndex(store)
  }

  @Test("What changes twice in one transaction is indexed as it is at its end")
  func sameTransaction() async throws {
    let first = message("1", "раз")
    try await store.database.write { connection in
      try connection.save(first)
      var second = first
      (second.text, second.edited) = ("два", true)
      try connection.save(second)
      try connection.execute("DELETE FROM message WHERE id = '1'")
      second.text = "три"
      try connection.save(second)
    }
    #expect(try await found("раз").isEmpty)
    #expect(try await found("два").isEmpty)
    #expect(try await found("три") == ["1"])
    try await verifyIndex(store)
  }

  @Test("A failed transaction leaves no words behind")
  func failure() async throws {
    await #expect(throws: DatabaseError.self) {
      try await store.database.write { connection in
        try connection.save(message("1", "потеряно"))
        try connection.save(
          message("2", in: ChatRecord(chat: "max:9", service: .max, kind: .dialog, title: "")))
      }
    }
    #expect(try await found("потеряно").isEmpty)
    try await verifyIndex(store)
  }

  @Test("Pages run on until the end, each message once")
  func pages() async throws {
    // Many of a moment, more than there is room for.
    try await store.messages.save((0..<700).map { message("\($0)", at: noon, "слово \($0)") })
    try await store.messages.save((700..<730).map { message("\($0)", at: noon + 1, "слово") })
    var ids: [String] = []
    var next: Int64?
    repeat {
      let page = try await store.messages.search(SearchQuery("слово"), limit: 60, after: next)
      ids += page.messages.map(\.id)
      next = page.next
    } while next != nil
    #expect(ids.count == 730)
    #expect(Set(ids).count == 730)
    try await verifyIndex(store)
  }

  @Test("Moments that no clock shows do no harm", arguments: [Int64.min, -1, 0, .max])
  func moments(_ moment: Int64) async throws {
    try await store.messages.save([message("1", at: moment, "странно"), message("2", "странно")])
    #expect(Set(try await found("странно")) == ["1", "2"])
  }

  @Test("No text is a command to the index")
  func hostileQueries() async throws {
    try await store.messages.save([message("1", "NEAR text files place слово AND")])
    let pieces = [
      "\"", "*", "NEAR(", ")", "AND", "OR", "NOT", "text:", "{text}", "^", "-", "+", ":", "слово",
      "\u{0}", "😀", "e\u{301}", "\u{202e}", "'", ";", "--", " ", "\n", "ʘmaxx121058319", "\\",
      "place : x", "“", "»", "\u{306}", "И\u{306}",
    ]
    let random = SeededRandom(seed: 7)
    for _ in 0..<2000 {
      let words = (0..<Int(random.fraction() * 9)).map { _ in
        pieces[Int(random.fraction() * Double(pieces.count))]
      }.joined(separator: random.fraction() < 0.5 ? " " : "")
      _ = try await found(words)
      _ = try await found(words, in: "max:\"1*")
    }
    #expect(try await found("near").count == 1)
    #expect(try await found("слово\u{0}").count == 1)
    #expect(try await found("ʘmaxx121058319").isEmpty, "chats are no words")
    _ = try await found(String(repeating: "слово ", count: 2000))
    _ = try await found(String(repeating: "с", count: 10_000))
    _ = try await found(String(repeating: "\"", count: 10_000))
    _ = try await found(String(repeating: "а-", count: 5000))
  }

  @Test("Words are marked where the index finds them")
  func ranges() {
    func marked(_ query: String, _ text: String) -> [String] {
      SearchQuery(query).ranges(in: text).map { String(text[$0]) }
    }
    #expect(marked("ещё кар", "Еще КАРАКАТИЦА, ещё") == ["Еще", "КАРАКАТИЦА", "ещё"])
    #expect(marked("\"белый хлеб\"", "белый, хлеб; хлеб белый") == ["белый, хлеб"])
    #expect(marked("мой", "мои мо\u{438}\u{306}") == ["мо\u{438}\u{306}"])
    #expect(marked("", "слово").isEmpty)
    #expect(marked("x", "👍🏽x👍🏽") == ["x"])
  }

  @Test("A store from before has its messages in the index, by time and with their files")
  func migration() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    try await profile.makeEarlierStore(4) { connection in
      try connection.run(
        """
        INSERT INTO chat (chat, service, kind, title, unread, muted) VALUES
          ('max:1', 'max', 'dialog', 'Ada', 0, 0);
        """)
      // Of one moment more than there is room for, and before that a late one.
      for number in 0..<600 {
        try connection.execute(
          """
          INSERT INTO message (chat, id, at, text, status, edited, kind, attachments, own)
          VALUES ('max:1', ?, ?, 'старое слово', 'received', 0, 'text',
            '[{"name":"Отчёт.pdf","type":"FILE"},{"type":"PHOTO"}]', 0)
          """, ["m\(1000 + number)", number == 0 ? 5000 : 1000])
      }
    }
    let store = try Store(profile)
    let hits = try await found("слово", limit: 1000, of: store)
    #expect(hits.count == 600)
    #expect(hits.first == "m1000")
    #expect(try await found("отчет", limit: 1000, of: store).count == 600)
    try await verifyIndex(store)
    try await store.check()
    try await store.messages.save([MessageRecord(chat: "max:1", id: "n", at: 6000, text: "слово")])
    #expect(try await found("слово", limit: 1, of: store) == ["n"])
  }

  @Test("What was deleted cannot be read from the file")
  func traces() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    let store = try Store(profile)
    try await store.chats.save([dialog, secureDialog])
    for number in 0..<50 {
      try await store.messages.save([message("\(number)", at: noon + Int64(number), "обычное дело")]
      )
    }
    try await store.messages.save([message("s", at: noon + 99, "qwertysecret zxcvbsecret")])
    try await store.messages.save([message("t", at: noon + 99, "othersecret", in: secureDialog)])
    try await store.messages.delete(dialog.chat, ["s"])
    try await store.forget(.textsecure, with: [.messages, .keys])
    let bytes = try await store.database.write { connection in
      // Whole pages of the file, as they are after a checkpoint.
      let rows: [[UInt8]] = try connection.query("SELECT block FROM message_index_data") {
        try $0.get("block")
      }
      return rows.flatMap(\.self)
    }
    let text = String(decoding: bytes.filter { $0 < 0x80 }, as: UTF8.self)
    #expect(!text.contains("qwerty"))
    #expect(!text.contains("zxcvb"))
    #expect(!text.contains("other"))
    #expect(try await found("обычное", limit: 100, of: store).count == 50)
  }
}
