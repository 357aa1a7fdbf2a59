import Cryptography
import Database
import Testing

@testable import Storage

@Suite("Chats, contacts and what a messenger's events change at once")
struct MaxChatTests {
  private let store: Store

  init() throws { store = try Store.inMemory() }

  private func chat() async throws -> ChatRecord {
    try #require(try await store.chats.chat(dialog.chat))
  }

  @Test("Every field of a chat comes back, the latest chat first")
  func chats() async throws {
    let full = ChatRecord(
      chat: "max:-70123456789012", service: .max, kind: .group, title: "Дача 2026",
      peerId: "1", unread: 3, muted: true, lastMessageAt: noon, lastMessageId: "9",
      lastMessage: "Кто едет?", readMark: noon - 5)
    var later = dialog
    later.lastMessageAt = noon + 1
    let silent = ChatRecord(chat: "max:0", service: .max, kind: .saved, title: "Избранное")
    let other = ChatRecord(
      chat: "textsecure:+14155550100", service: .textsecure, kind: .dialog, title: "Ada")
    try await store.chats.save([silent, full, other, later])
    #expect(try await store.chats.all() == [later, full, silent, other])
    #expect(try await store.chats.all(.textsecure) == [other])
  }

  @Test("A read mark never moves back, and unread is never below zero")
  func readMark() async throws {
    try await store.chats.save([dialog])
    try await store.chats.markRead(dialog.chat, upTo: noon, unread: 2)
    try await store.chats.markRead(dialog.chat, upTo: noon - 10, unread: -1)
    #expect(try await chat().readMark == noon)
    #expect(try await chat().unread == 0)
    var synced = dialog
    synced.readMark = noon - 10
    try await store.chats.save([dialog, synced])
    #expect(try await chat().readMark == noon)
  }

  @Test("Muting and removing a chat, with all that was in it")
  func removal() async throws {
    try await store.receive(message("1"), in: dialog)
    try await store.chats.setMuted(true, dialog.chat)
    #expect(try await chat().muted)
    try await store.chats.remove(dialog.chat)
    #expect(try await store.chats.all().isEmpty)
    #expect(try await store.messages.latest(dialog.chat, limit: 10).isEmpty)
  }

  @Test("A new message opens its chat, is shown by it and counts once")
  func receiving() async throws {
    #expect(try await store.receive(message("1", "first"), in: dialog))
    #expect(try await !store.receive(message("1", "first"), in: dialog))
    #expect(try await chat().unread == 1)
    #expect(try await chat().lastMessage == "first")
    #expect(try await chat().lastMessageAt == noon)

    try await store.receive(message("2", at: noon + 5, "second"), in: dialog, unread: 7)
    #expect(try await chat().unread == 7)
    try await store.receive(message("3", at: noon + 6, "mine", own: true), in: dialog)
    #expect(try await chat().unread == 7)
    #expect(try await chat().lastMessage == "mine")

    try await store.receive(message("0", at: noon - 5, "late"), in: dialog)
    #expect(try await chat().lastMessage == "mine")
    #expect(try await chat().unread == 8)
  }

  @Test("A known chat keeps its title when a message comes")
  func knownChat() async throws {
    try await store.chats.save([dialog])
    var stranger = dialog
    stranger.title = "67890022"
    try await store.receive(message("1"), in: stranger)
    #expect(try await chat().title == "Павел")
  }

  @Test("An edit and a deletion of the last message reach the chat's line")
  func lastLine() async throws {
    try await store.receive(message("1", "one"), in: dialog)
    try await store.receive(message("2", at: noon + 1, "two"), in: dialog)
    try await store.receive(message("2", at: noon + 1, "too", edited: true), in: dialog)
    #expect(try await chat().lastMessage == "too")
    #expect(try await chat().unread == 2)
    try await store.messages.delete(dialog.chat, ["2"])
    #expect(try await chat().lastMessage == "one")
    #expect(try await chat().lastMessageId == "1")
    #expect(try await chat().lastMessageAt == noon + 1)
    try await store.receive(message("2", at: noon + 1, "two"), in: dialog)
    #expect(try await chat().lastMessage == "one")
    try await store.messages.delete(dialog.chat, ["1"])
    #expect(try await chat().lastMessage == nil)
  }

  @Test("A message without words is shown by what is attached")
  func preview() {
    #expect(
      message("1", "", attachments: [AttachmentRecord(name: "a.pdf", type: "FILE")]).preview
        == "a.pdf")
    #expect(message("1", "", attachments: [AttachmentRecord(type: "PHOTO")]).preview == "PHOTO")
    #expect(message("1", "").preview == "")
  }

  @Test("A sync is taken over as a whole and leaves alone what it does not name")
  func sync() async throws {
    let account = AccountRecord(
      service: .max, url: "wss://127.0.0.1", identifier: "+7", secret: Secret("fake"),
      createdAt: noon)
    let person = ContactRecord(
      service: .max, id: "67890022", name: "Павел", phone: "+79991234567", updatedAt: noon)
    try await store.accounts.save(account)
    try await store.applySync(
      .max, chats: [ChatDescription(dialog)], contacts: [person], messages: [message("1")],
      marker: noon)
    #expect(try await store.accounts.account(.max)?.syncMarker == noon)

    var renamed = person
    renamed.name = "Паша"
    renamed.phone = nil
    try await store.applySync(.max, chats: [], contacts: [renamed])
    #expect(try await store.contacts.contact(.max, "67890022")?.name == "Паша")
    #expect(try await store.contacts.all(.max).map(\.phone) == ["+79991234567"])
    #expect(try await store.chats.all() == [dialog])
    #expect(try await store.messages.latest(dialog.chat, limit: 10) == [message("1")])
    #expect(try await store.accounts.account(.max)?.syncMarker == noon)
  }

  @Test("A sync that fails in the end has changed nothing")
  func failedSync() async throws {
    try await store.database.write { connection in
      try connection.run(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON message WHEN NEW.id = '2'
          BEGIN SELECT RAISE(ABORT, 'refused'); END;
        """)
    }
    await #expect(throws: DatabaseError.constraint("refused")) {
      try await store.applySync(
        .max, chats: [ChatDescription(dialog)],
        contacts: [ContactRecord(service: .max, id: "1", name: "Ada", updatedAt: noon)],
        messages: [message("1"), message("2")], marker: noon)
    }
    #expect(try await store.chats.all().isEmpty)
    #expect(try await store.contacts.all().isEmpty)
  }

  @Test("A message of a chat that nobody knows does not stop a sync")
  func strayMessage() async throws {
    let stranger = ChatRecord(chat: "max:404", service: .max, kind: .dialog, title: "?")
    try await store.applySync(
      .max, chats: [ChatDescription(dialog)], messages: [message("1", in: stranger), message("2")])
    #expect(try await store.messages.latest(stranger.chat, limit: 10).isEmpty)
    #expect(try await store.messages.latest(dialog.chat, limit: 10).map(\.id) == ["2"])
  }

  @Test("News of a chat that say nothing of its last message leave its line")
  func partialNews() async throws {
    try await store.receive(message("1", "one"), in: dialog)
    var news = dialog
    news.title = "Паша"
    news.peerId = nil
    try await store.chats.save([news])
    #expect(try await chat().title == "Паша")
    #expect(try await chat().peerId == "67890022")
    #expect(try await chat().lastMessage == "one")
    #expect(try await chat().lastMessageId == "1")
  }

  @Test("Forgetting a service leaves the others, the orders and the journal")
  func forgetting() async throws {
    let other = ChatRecord(
      chat: "textsecure:+14155550100", service: .textsecure, kind: .dialog, title: "Ada")
    try await store.receive(message("1"), in: dialog)
    try await store.receive(message("1", in: other), in: other)
    try await store.calls.save(
      CallRecord(service: .max, conversationId: "c", callerId: "1", kind: .audio, at: noon))
    try await store.orders.record(order("a"), [intent("a")])
    try await store.balances.save([BalanceRecord(asset: "ETH", total: "1", locked: "0", at: noon)])
    try await store.forget(.max, with: [.messages, .callHistory])
    #expect(try await store.chats.all() == [try #require(try await store.chats.chat(other.chat))])
    #expect(try await store.messages.latest(dialog.chat, limit: 10).isEmpty)
    #expect(try await store.calls.recent(limit: 10).isEmpty)
    #expect(try await store.balances.all().count == 1)
    try await store.forget(.trading, with: [.balances])
    #expect(try await store.balances.all().isEmpty)
    #expect(try await store.orders.recent(limit: 10).count == 1)
    #expect(try await store.journal.verify() == .whole(count: 1))
  }
}
