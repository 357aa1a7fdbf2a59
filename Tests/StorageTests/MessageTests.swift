import Database
import Storage
import Testing

@Suite("Messages")
struct MessageTests {
  private let store: Store

  init() async throws {
    store = try Store.inMemory()
    try await store.chats.save([dialog])
  }

  private func ids(limit: Int, before id: String? = nil) async throws -> [String] {
    try await store.messages.latest(dialog.chat, limit: limit, before: id).map(\.id)
  }

  @Test("Every field comes back")
  func roundTrip() async throws {
    let full = MessageRecord(
      chat: dialog.chat, id: "117637123948544000", senderId: "67890022", senderName: "Павел",
      at: noon, text: "Смотри", status: .sent, replyTo: "117637120006750208", edited: true,
      kind: .other("call"), notes: [.forwarded(from: .numbered(id: "7")), .cut(bytes: 2048)],
      attachments: [
        AttachmentRecord(type: "audio", detail: .clip(seconds: 7)),
        AttachmentRecord(name: "смета.xlsx", type: "FILE", bytes: 48_213, path: "/tmp/a"),
        AttachmentRecord(type: "PHOTO"),
      ], own: true)
    let bare = MessageRecord(chat: dialog.chat, id: "2", at: noon + 1, text: "")
    try await store.messages.save([full, bare])
    #expect(try await store.messages.latest(dialog.chat, limit: 10) == [full, bare])
    #expect(try await store.messages.message(dialog.chat, full.id) == full)
    #expect(try await store.messages.message(dialog.chat, "3") == nil)
  }

  @Test("Pages run from the latest backwards, each oldest first, none twice")
  func paging() async throws {
    // Three share each instant, so that the time alone does not order them.
    try await store.messages.save(
      (10..<31).map { message("\($0)", at: noon + Int64($0 / 3)) }.shuffled())
    #expect(try await ids(limit: 3) == ["28", "29", "30"])
    #expect(try await ids(limit: 4, before: "28") == ["24", "25", "26", "27"])
    #expect(try await ids(limit: 100, before: "12") == ["10", "11"])
    #expect(try await ids(limit: 100, before: "10").isEmpty)
    #expect(try await ids(limit: 100, before: "unknown").isEmpty)
    #expect(try await ids(limit: 0).isEmpty)
    #expect(try await ids(limit: -1).isEmpty)
    #expect(try await ids(limit: 100).count == 21)
  }

  @Test("Saving again changes nothing, saving an edit changes the text")
  func idempotence() async throws {
    try await store.messages.save([message("1", "first")])
    try await store.messages.save([message("1", "first"), message("1", "first")])
    #expect(try await ids(limit: 10) == ["1"])
    try await store.messages.save([message("1", "second", edited: true)])
    try await store.messages.save([message("1", "third", edited: true)])
    #expect(try await store.messages.message(dialog.chat, "1")?.text == "third")
    try await store.messages.save([message("1", "first")])
    let kept = try await store.messages.message(dialog.chat, "1")
    #expect(kept?.text == "third")
    #expect(kept?.edited == true)
  }

  @Test("The same id in two chats is two messages")
  func chatsApart() async throws {
    let group = ChatRecord(chat: "max:-7", service: .max, kind: .group, title: "Дача")
    try await store.chats.save([group])
    try await store.messages.save([message("1", "here"), message("1", "there", in: group)])
    #expect(try await store.messages.message(dialog.chat, "1")?.text == "here")
    #expect(try await store.messages.message(group.chat, "1")?.text == "there")
  }

  @Test("A tombstone has no words and does not rise again")
  func deletion() async throws {
    let secret = message("1", "regretted", attachments: [AttachmentRecord(name: "x", type: "FILE")])
    try await store.messages.save([secret, message("2", at: noon + 1)])
    try await store.messages.delete(dialog.chat, ["1", "unknown"])
    try await store.messages.save([secret])
    try await store.messages.setStatus(.sent, dialog.chat, "1")
    let tombstone = try #require(try await store.messages.message(dialog.chat, "1"))
    #expect(tombstone.status == .deleted)
    #expect(tombstone.text.isEmpty)
    #expect(tombstone.attachments.isEmpty)
    #expect(try await ids(limit: 10) == ["1", "2"])
  }

  @Test("What the server has taken stands in the place of the line written here, once")
  func confirmation() async throws {
    func write(_ text: String, cid: Int64, at: Int64) async throws -> MessageRecord {
      let draft = OutboxDraft(
        chat: dialog, message: message("", at: at, text, status: .queued, own: true),
        receivers: [dialog.chat.text], body: "{\"cid\":\(cid)}", createdAt: at)
      return try #require(try await store.outbox.add(draft)?.message)
    }
    let first = try await write("hello", cid: 41, at: noon + 60_000)
    #expect(try await store.messages.unsent(.max).map(\.text) == ["hello"])
    #expect(try await store.messages.unsent(.textsecure).isEmpty)
    var answer = message("500", at: noon + 7, "hello", status: .sent, own: true)
    let taken = try await store.take([AcceptedMessage(answer, clientId: 41)])
    answer.writtenId = first.id
    #expect(try await store.messages.message(dialog.chat, first.id) == answer)
    #expect(taken == [AcceptedDraft(chat: dialog.chat, localId: first.id, message: answer)])
    #expect(try await store.messages.unsent(.max).isEmpty)
    #expect(try await store.outbox.count(.max) == 0)
    let chat = try #require(try await store.chats.chat(dialog.chat))
    #expect(chat.lastMessageId == "500")
    #expect(chat.lastMessageAt == noon + 7, "a clock that is ahead does no lasting harm")
    #expect(try await store.take([AcceptedMessage(answer, clientId: 41)]).isEmpty)

    let second = try await write("again", cid: 42, at: noon + 8)
    let copy = message("501", at: noon + 9, "again", status: .sent, own: true)
    try await store.receive(copy, in: dialog)
    #expect(
      try await store.take([AcceptedMessage(copy, clientId: 42)]).map(\.localId) == [second.id])
    #expect(try await ids(limit: 10) == ["500", "501"])
    #expect(try await store.chats.chat(dialog.chat)?.lastMessageId == "501")
  }

  @Test("Where a file was saved outlives the next sync")
  func savedPath() async throws {
    let files = [
      AttachmentRecord(name: "a", type: "FILE"), AttachmentRecord(name: "b", type: "FILE"),
    ]
    try await store.messages.save([message("1", attachments: files)])
    try await store.messages.setPath("/tmp/b", ofAttachment: 1, dialog.chat, "1")
    try await store.messages.setPath("/tmp/c", ofAttachment: 2, dialog.chat, "1")
    try await store.messages.save([message("1", attachments: files)])
    let paths = try await store.messages.message(dialog.chat, "1")?.attachments.map(\.path)
    #expect(paths == [nil, "/tmp/b"])
  }

  @Test("A page with a message of an unknown chat is refused as a whole")
  func unknownChat() async throws {
    let stranger = ChatRecord(chat: "max:404", service: .max, kind: .dialog, title: "?")
    let error = await #expect(throws: DatabaseError.self) {
      try await store.messages.save([message("1"), message("2", in: stranger)])
    }
    #expect(error == .constraint("FOREIGN KEY constraint failed"))
    #expect(try await ids(limit: 10).isEmpty)
  }
}
