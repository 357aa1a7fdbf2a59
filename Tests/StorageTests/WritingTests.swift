import Database
import TestSupport
import Testing

@testable import Storage

@Suite struct WritingTests {
  private func store() async throws -> Store {
    let store = try Store.inMemory()
    try await store.chats.save([dialog])
    return store
  }

  @Test("A text's look comes back, goes with an edit, and is gone with the message")
  func spans() async throws {
    let store = try await store()
    var one = message("1", "Ты где?")
    one.spans = [MessageSpan(kind: "LINK", start: 0, length: 2, url: "https://example.org")]
    try await store.messages.save([one])
    #expect(try await store.messages.message(dialog.chat, "1")?.spans == one.spans)
    (one.edited, one.spans) = (true, [])
    try await store.change(one)
    #expect(try await store.messages.message(dialog.chat, "1")?.spans == [])
  }

  @Test("Reactions stay when a copy says nothing of them, and are replaced when it does")
  func reactions() async throws {
    let store = try await store()
    var one = message("1")
    #expect(one.reactions == nil)
    try await store.messages.save([one])
    let liked = [MessageReaction(emoji: "👍", count: 2, own: true)]
    try await store.messages.setReactions(liked, dialog.chat, "1")
    try await store.messages.save([one])
    #expect(try await store.messages.message(dialog.chat, "1")?.reactions == liked)
    one.reactions = []
    try await store.messages.save([one])
    #expect(try await store.messages.message(dialog.chat, "1")?.reactions == [])
    try await store.messages.setReactions(liked, dialog.chat, "1")
    try await store.messages.delete(dialog.chat, ["1"])
    #expect(try await store.messages.message(dialog.chat, "1")?.reactions == nil)
    try await store.messages.setReactions(liked, dialog.chat, "1")
    #expect(try await store.messages.message(dialog.chat, "1")?.reactions == nil)
  }

  @Test("A changed message changes its chat's line only where it is the last")
  func change() async throws {
    let store = try await store()
    for (index, id) in ["1", "2"].enumerated() {
      try await store.receive(message(id, at: noon + Int64(index), id), in: dialog)
    }
    var first = message("1", "first")
    first.edited = true
    try await store.change(first)
    #expect(try await store.chats.chat(dialog.chat)?.lastMessage == "2")
    var second = message("2", at: noon + 1, "second")
    second.edited = true
    try await store.change(second)
    #expect(try await store.chats.chat(dialog.chat)?.lastMessage == "second")
  }

  @Test("What waits is taken back with its line; what does not wait is not")
  func discard() async throws {
    let store = try await store()
    try await store.receive(message("1", "there"), in: dialog)
    let draft = OutboxDraft(
      chat: dialog, message: message("", at: noon + 1, "waits", status: .queued, own: true),
      receivers: [dialog.chat.text], body: "{}", createdAt: noon)
    let added = try await store.outbox.add(draft)
    let id = try #require(added?.message?.id)
    #expect(try await store.chats.chat(dialog.chat)?.lastMessage == "waits")
    #expect(try await store.outbox.discard(dialog.chat, id) == ["{}"])
    #expect(try await store.messages.message(dialog.chat, id) == nil)
    #expect(try await store.chats.chat(dialog.chat)?.lastMessage == "there")
    #expect(try await store.outbox.receivers(.max) == [])
    #expect(try await store.outbox.discard(dialog.chat, id) == [])
    #expect(try await store.outbox.discard(dialog.chat, "1") == [])
    #expect(try await store.messages.message(dialog.chat, "1") != nil)
  }

  @Test("A chat has one draft of each kind, until it is empty or the chat is gone")
  func drafts() async throws {
    let store = try await store()
    func save(_ drafts: DraftRecord...) async throws {
      try await store.drafts.replace(drafts[0].chat, with: drafts)
    }
    try await save(DraftRecord(chat: dialog.chat, text: "a", replyTo: "1"))
    let both = [
      DraftRecord(chat: dialog.chat, text: "ab"),
      DraftRecord(chat: dialog.chat, text: "other words", edits: "7"),
    ]
    try await save(both[0], both[1])
    try await save(DraftRecord(chat: "max:9", text: "nowhere"))
    #expect(try await store.drafts.all() == both)
    try await save(DraftRecord(chat: dialog.chat, text: ""))
    #expect(try await store.drafts.all().isEmpty)
    try await save(DraftRecord(chat: dialog.chat, text: "x"))
    try await store.forget(.max, with: [.messages, .callHistory])
    #expect(try await store.drafts.all().isEmpty)
  }

  @Test("A draft from elsewhere takes nothing's place")
  func foreignDrafts() async throws {
    let store = try await store()
    let here = DraftRecord(chat: dialog.chat, text: "here")
    try await store.drafts.replace(dialog.chat, with: [here])
    var group = dialog
    group.chat = "max:-7"
    try await store.chats.save([group])
    let other = DraftRecord(chat: group.chat, text: "elsewhere")
    let taken = try await store.drafts.introduce([
      DraftRecord(chat: dialog.chat, text: "elsewhere"), other,
    ])
    #expect(taken == [other])
    #expect(Set(try await store.drafts.all().map(\.text)) == ["here", "elsewhere"])
  }

  @Test("A store from before keeps its messages, and nobody has said what people think of them")
  func migration() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    try await profile.makeEarlierStore(4) { connection in
      try connection.run(
        """
        INSERT INTO chat VALUES
          ('max:1', 'max', 'dialog', 'Ada', '7', 2, 0, 1000, 'm1', 'hello', NULL, 0);
        INSERT INTO message VALUES
          ('max:1', 'm1', '7', 'Ada', 1000, 'hello', 'received', NULL, 0, 'text', '[]', 0, NULL);
        """)
    }
    let kept = try await Store(profile).messages.message("max:1", "m1")
    #expect(kept?.text == "hello" && kept?.spans == [] && kept?.reactions == nil)
  }
}
