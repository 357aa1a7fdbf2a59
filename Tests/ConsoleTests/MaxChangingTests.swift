import Domain
import FoundationEssentials
import OneMe
import Sandbox
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import Storage

@Suite(.timeLimit(.minutes(10))) struct MaxChangingTests {
  /// Our hub with the dialog with Павел, and his hub with ours.
  private struct Two {
    let fixture: HubFixture
    let ira: AccountHub
    let pavel: AccountHub
    let theirs: Store
    let chat: ChatID

    init(_ fixture: HubFixture, codec: String? = nil, directory: String = "") async throws {
      self.fixture = fixture
      theirs = try Store.inMemory()
      ira = fixture.hub(directory: directory, codec: codec)
      pavel = fixture.hub(store: theirs, codec: codec)
      try await fixture.signInToMax(ira)
      try await fixture.signInToMax(pavel, phone: fixture.sandbox.endpoints.numbers.second)
      chat = try await fixture.pavel(ira)
    }

    /// Sends from here, and waits until it is there.
    func send(_ text: String, from hub: AccountHub) async throws -> String {
      let sent = try await hub.only(SendMessage(chat: chat, text: text, waiting: true))
      // The other side knows it by the server's id.
      let id = try await hub.environment.store.messages.message(chat, sent.id)?.id ?? sent.id
      for store in [fixture.store, theirs] { try await until(store) { $0.id == id } }
      return id
    }

    /// Waits until a store has such a message.
    @discardableResult
    func until(
      _ store: Store, _ isSo: @escaping @Sendable (MessageRecord) -> Bool
    ) async throws -> MessageRecord {
      let hub = store.database === theirs.database ? pavel : ira
      return try await hub.eventually("the message") { [chat] in
        try await store.messages.latest(chat, limit: 500).last(where: isSo)
      }
    }
  }

  @Test("An edit reaches both sides and lasts, in both codecs", arguments: ["json", "binary"])
  func edit(codec: String) async throws {
    try await HubFixture.run { fixture in
      let two = try await Two(fixture, codec: codec)
      let id = try await two.send("frist", from: two.ira)
      let line = try await two.ira.only(EditMessage(chat: two.chat, id: id, text: "first"))
      #expect(line.text == "first" && line.edited)
      let here = try #require(try await fixture.store.messages.message(two.chat, id))
      #expect(here.text == "first" && here.edited && here.status == .sent)
      #expect(try await fixture.store.chats.chat(two.chat)?.lastMessage == "first")
      try await two.until(two.theirs) { $0.id == id && $0.text == "first" && $0.edited }
      #expect(try await two.theirs.chats.chat(two.chat)?.unread == 1, "an edit is no new message")

      let theirs = try await two.send("theirs", from: two.pavel)
      try await two.pavel.only(EditMessage(chat: two.chat, id: theirs, text: "changed"))
      try await two.until(fixture.store) { $0.id == theirs && $0.text == "changed" && $0.edited }
      let refused = try await two.ira.failure(
        of: EditMessage(chat: two.chat, id: theirs, text: "x"))
      #expect(refused.code == "not-yours")
      #expect(
        try await two.ira.failure(of: EditMessage(chat: two.chat, id: id, text: "")).code
          == "invalid-input")

      await two.ira.close()
      let again = fixture.hub(codec: codec)
      let read = try await again.lines(of: ReadMessages(chat: two.chat, limit: 5))
      #expect(read.first { $0.text == "first" }?.edited == true)
    }
  }

  @Test("An edit keeps the files of a message and the look of what it does not touch")
  func editKeeps() async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let two = try await Two(fixture, directory: scratch.path)
      try Data(repeating: 1, count: 1000).write(to: URL(filePath: scratch.file("a.bin")))
      try await two.ira.only(
        SendMessage(chat: two.chat, text: "see", attachments: [scratch.file("a.bin")]))
      try await fixture.advancing(two.ira) { try await fixture.store.outbox.count(.max) == 0 }
      let sent = try #require(try await fixture.store.messages.latest(two.chat, limit: 1).last)
      let line = try await two.ira.only(EditMessage(chat: two.chat, id: sent.id, text: "look"))
      #expect(line.attachments.map(\.name) == ["a.bin"])
      let theirs = try await two.until(two.theirs) { $0.text == "look" }
      #expect(theirs.attachments.map(\.name) == ["a.bin"])
    }
  }

  @Test("Spans stay with the words around a change, and go with those it touches")
  func carried() {
    let spans = [
      TextSpan(kind: "STRONG", start: 0, length: 3), TextSpan(kind: "CODE", start: 4, length: 3),
      TextSpan(kind: "LINK", start: 8, length: 3),
      TextSpan(kind: "STRONG", start: 9, length: 5000),
    ]
    let carried = TextSpan.carried(spans, from: "one two six", to: "one twenty six")
    #expect(carried.map(\.kind) == ["STRONG", "LINK"])
    #expect(carried.map(\.start) == [0, 11])
    #expect(TextSpan.carried(spans, from: "one two six", to: "").isEmpty)
    #expect(TextSpan.carried(spans, from: "one two six", to: "one two six").count == 3)
  }

  @Test("A deleted message is gone here, or for both", arguments: ["json", "binary"])
  func delete(codec: String) async throws {
    try await HubFixture.run { fixture in
      let two = try await Two(fixture, codec: codec)
      let first = try await two.send("for me alone", from: two.ira)
      let second = try await two.send("for both", from: two.ira)
      let line = try await two.ira.only(
        DeleteMessage(chat: two.chat, id: first, forEverybody: false))
      #expect(line.status == "deleted")
      #expect(try await fixture.store.messages.message(two.chat, first)?.status == .deleted)
      try await two.ira.only(DeleteMessage(chat: two.chat, id: second, forEverybody: true))
      try await two.until(two.theirs) { $0.id == second && $0.status == .deleted }
      #expect(try await two.theirs.messages.message(two.chat, first)?.text == "for me alone")
      let again = DeleteMessage(chat: two.chat, id: second, forEverybody: true)
      #expect(try await two.ira.failure(of: again).code == "no-message")
      let theirs = try await two.send("theirs", from: two.pavel)
      try await two.pavel.only(DeleteMessage(chat: two.chat, id: theirs, forEverybody: true))
      try await two.until(fixture.store) { $0.id == theirs && $0.status == .deleted }
      #expect(try await fixture.store.chats.chat(two.chat)?.lastMessage != "theirs")
    }
  }

  @Test("Reactions are set, seen by the other, and taken back", arguments: ["json", "binary"])
  func react(codec: String) async throws {
    try await HubFixture.run { fixture in
      let two = try await Two(fixture, codec: codec)
      let id = try await two.send("well?", from: two.pavel)
      let line = try await two.ira.only(ReactToMessage(chat: two.chat, id: id, emoji: "👍"))
      #expect(line.reactions == [.init(emoji: "👍", count: 1, own: true)])
      try await two.until(two.theirs) {
        $0.reactions == [MessageReaction(emoji: "👍", count: 1, own: false)]
      }
      try await two.pavel.only(ReactToMessage(chat: two.chat, id: id, emoji: "👍"))
      try await two.until(fixture.store) {
        $0.reactions == [MessageReaction(emoji: "👍", count: 2, own: true)]
      }
      try await two.ira.only(ReactToMessage(chat: two.chat, id: id, emoji: nil))
      #expect(
        try await fixture.store.messages.message(two.chat, id)?.reactions
          == [MessageReaction(emoji: "👍", count: 1, own: false)])
      try await two.pavel.only(ReactToMessage(chat: two.chat, id: id, emoji: nil))
      try await two.until(fixture.store) { $0.id == id && $0.reactions == [] }
    }
  }

  @Test("A reaction push that does not repeat our own choice takes it from nobody")
  func incompletePush() async throws {
    try await HubFixture.run { fixture in
      let two = try await Two(fixture)
      let id = try await two.send("well?", from: two.pavel)
      try await two.ira.only(ReactToMessage(chat: two.chat, id: id, emoji: "👍"))
      let account = try await two.ira.onlineMessenger()
      let (number, chat) = (
        try #require(Int64(id)), try #require(MaxRecords.chatId(two.chat))
      )
      let bare = Reactions(counters: [.init(reaction: "👍", count: 1)], total: 1)
      await account.inbox.show(bare, on: number, in: chat)
      let own = [MessageReaction(emoji: "👍", count: 1, own: true)]
      #expect(try await fixture.store.messages.message(two.chat, id)?.reactions == own)
      try await fixture.store.messages.setReactions([], two.chat, id)
      await account.inbox.showOwnReaction(on: number, in: chat)
      #expect(try await fixture.store.messages.message(two.chat, id)?.reactions == own)
      await account.inbox.show(bare, on: 7, in: chat)
      #expect(try await fixture.store.messages.message(two.chat, "7") == nil)
    }
  }

  @Test("A message of a past that is not here is not put into the midst of it by an edit")
  func unknownPast() async throws {
    try await HubFixture.run { fixture in
      let two = try await Two(fixture)
      let past = try await two.pavel.lines(of: ReadMessages(chat: two.chat, limit: 30))
      let theirs = try #require(
        try await two.theirs.messages.latest(two.chat, limit: 30).first(where: \.own))
      try #require(past.first?.id != theirs.id || past.count > 1)
      let before = try await fixture.store.messages.latest(two.chat, limit: 100).count
      try await two.pavel.only(EditMessage(chat: two.chat, id: theirs.id, text: "changed"))
      _ = try await two.send("new", from: two.pavel)
      let now = try await fixture.store.messages.latest(two.chat, limit: 100)
      #expect(now.count == before + 1 && !now.contains { $0.id == theirs.id })
    }
  }

  @Test("A deletion told as a removed message is one")
  func deletedByMessage() async throws {
    try await HubFixture.run(faults: "delete-as-message") { fixture in
      let two = try await Two(fixture)
      let id = try await two.send("gone soon", from: two.pavel)
      try await two.pavel.only(DeleteMessage(chat: two.chat, id: id, forEverybody: true))
      try await two.until(fixture.store) { $0.id == id && $0.status == .deleted }
    }
  }

  @Test("What the other has read has two ticks, over restarts too")
  func ticks() async throws {
    try await HubFixture.run { fixture in
      let two = try await Two(fixture)
      let id = try await two.send("read me", from: two.ira)
      let at = try #require(try await fixture.store.messages.message(two.chat, id)?.at)
      #expect(try await fixture.store.chats.chat(two.chat)?.othersMark ?? 0 < at)
      try await two.pavel.only(MarkRead(chat: two.chat))
      try await two.ira.eventually("the mark") { [store = fixture.store, chat = two.chat] in
        try await store.chats.chat(chat)?.othersMark == at ? true : nil
      }
    }
  }

  @Test("A draft from another device is there unless something was typed here")
  func drafts() async throws {
    try await HubFixture.run { fixture in
      let here = fixture.hub()
      try await fixture.signInToMax(here)
      let there = fixture.hub(store: try .inMemory())
      try await fixture.signInToMax(there)
      let chat = try await fixture.pavel(here)
      let id = try #require(MaxRecords.chatId(chat))
      let client = try await there.onlineMessenger().session.online()
      try await client.saveDraft(Draft(text: "from the telephone"), chat: id)
      try await here.eventually("the draft") {
        try await fixture.store.drafts.all().map(\.text) == ["from the telephone"] ? true : nil
      }
      try await client.saveDraft(Draft(text: "later"), chat: id)
      try await client.saveDraft(Draft(text: "elsewhere"), chat: 0)
      try await here.eventually("the other") {
        try await fixture.store.drafts.all().map(\.text) == ["elsewhere", "from the telephone"]
          ? true : nil
      }
    }
  }

  @Test("A message is passed on with its words and files, even while the line is down")
  func forward() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      _ = try await hub.lines(of: ReadMessages(chat: chat, limit: 20))
      let original = try #require(
        try await fixture.store.messages.latest(chat, limit: 20).last { !$0.attachments.isEmpty })
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      let line = try await hub.only(
        ForwardMessage(chat: chat, id: original.id, to: "max:0"))
      #expect(line.chat == "max:0" && line.status == "queued")
      let waiting = try #require(try await fixture.store.messages.latest("max:0", limit: 1).last)
      #expect(waiting.shownText.hasPrefix("forwarded from Павел\nХорошо, жду."))
      await fixture.sandbox.setMaxReachable(true)
      await hub.retryNow()
      try await fixture.untilSent(hub)
      let passed = try #require(try await fixture.store.messages.latest("max:0", limit: 1).last)
      #expect(passed.status == .sent && passed.kind == .forward)
      #expect(passed.shownText == waiting.shownText)
      #expect(passed.attachments.map(\.name) == ["смета.xlsx"])
      #expect(try await fixture.served("max:0", on: hub).last?.reference?.kind == .forward)
      let nowhere = ForwardMessage(chat: chat, id: original.id, to: "max:77")
      #expect(try await hub.failure(of: nowhere).code == "no-chat")
    }
  }

  @Test("Without the line a sent message stays as it is, and an unsent one is taken back")
  func offline() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub { $0.timeout = .seconds(1) }
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      let sent = try await hub.only(SendMessage(chat: chat, text: "sent", waiting: true))
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      let queued = try await hub.only(SendMessage(chat: chat, text: "unsent"))
      let line = try await hub.only(
        DeleteMessage(chat: chat, id: queued.id, forEverybody: false))
      #expect(line.status == "deleted")
      #expect(try await fixture.store.outbox.count(.max) == 0)
      #expect(try await fixture.store.messages.message(chat, queued.id) == nil)
      #expect(try await fixture.store.chats.chat(chat)?.lastMessage == "sent")
      let error = try await fixture.withTimeGoing {
        try await hub.failure(of: EditMessage(chat: chat, id: sent.id, text: "x"))
      }
      #expect(error.code == "no-connection")
      #expect(try await fixture.store.messages.message(chat, sent.id)?.text == "sent")
    }
  }

  @Test("TextSecure messages cannot be changed, and it says so")
  func otherService() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let chat: ChatID = "textsecure:+14155550100"
      let codes = [
        try await hub.failure(of: EditMessage(chat: chat, id: "1", text: "x")).code,
        try await hub.failure(of: DeleteMessage(chat: chat, id: "1", forEverybody: true)).code,
        try await hub.failure(of: ReactToMessage(chat: chat, id: "1", emoji: "👍")).code,
        try await hub.failure(of: ForwardMessage(chat: chat, id: "1", to: "max:0")).code,
      ]
      #expect(codes == Array(repeating: "unchangeable", count: 4))
    }
  }

  @Test("A chat is silenced on the server, and heard again")
  func mute() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      #expect(try await hub.only(MuteChat(chat: chat, isMuted: true)).muted)
      await hub.close()
      try await fixture.store.forget(.max, with: [.messages, .callHistory])
      let other = fixture.hub()
      try await fixture.signInToMax(other)
      #expect(try await other.lines(of: ListChats()).first { $0.chat == chat }?.muted == true)
      #expect(try await other.only(MuteChat(chat: chat, isMuted: false)).muted == false)
    }
  }
}
