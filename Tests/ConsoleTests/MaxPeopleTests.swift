import OneMe
import Sandbox
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import Storage

@Suite(.timeLimit(.minutes(10))) struct MaxPeopleTests {
  @Test("The first message to somebody makes the dialog", arguments: ["json", "binary"])
  func firstMessage(codec: String) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub(codec: codec)
      try await fixture.signInToMax(hub)
      let before = try await fixture.store.chats.all(.max).count
      let dialog = try await hub.only(OpenDialog(person: "99000111"))
      #expect(dialog.title == "Незнакомый Номер" && dialog.kind == "dialog")
      #expect(try await hub.lines(of: ReadMessages(chat: dialog.chat)).isEmpty)
      let sent = try await hub.only(
        SendMessage(chat: dialog.chat, text: "hello", waiting: true))
      #expect(sent.status == "sent" && sent.chat == dialog.chat)
      #expect(try await fixture.store.chats.all(.max).count == before + 1)
      #expect(try await fixture.store.chats.chat(sent.chat)?.lastMessage == "hello")
      try await hub.only(SendMessage(chat: sent.chat, text: "again", waiting: true))
      #expect(try await fixture.served(sent.chat, on: hub).map(\.text) == ["hello", "again"])
    }
  }

  @Test("A number in the place of a chat means the dialog with whoever has it")
  func number() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let theirs = try Store.inMemory()
      let other = fixture.hub(store: theirs)
      try await fixture.signInToMax(other, phone: "+79995550000")
      let sent = try await hub.only(
        SendMessage(chat: "max:+79995550000", text: "hello", waiting: true))
      #expect(try await fixture.store.chats.chat(sent.chat)?.title.hasPrefix("Гость") == true)
      try await other.eventually("the message") {
        try await theirs.messages.latest(sent.chat, limit: 5).last?.text == "hello" ? true : nil
      }
    }
  }

  @Test("A contact's id stands for the dialog, as the list of contacts prints it")
  func contact() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      let sent = try await hub.only(
        SendMessage(chat: "max:67890022", text: "by id", waiting: true))
      #expect(sent.chat == chat)
      #expect(try await hub.only(OpenDialog(person: "павел")).chat == chat)
      #expect(try await hub.only(OpenDialog(person: "+79991234567")).chat == chat)
      for nobody in ["+79990000000", "Nobody", "1", "54321001", ""] {
        #expect(try await hub.failure(of: OpenDialog(person: nobody)).code == "no-person")
      }
      #expect(try await hub.failure(of: OpenDialog(person: "+7x")).code == "invalid-input")
    }
  }

  @Test("Who takes no messages from strangers is said plainly, and the message is kept")
  func hermit() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let dialog = try await hub.only(OpenDialog(person: "99000222"))
      #expect(try await hub.lines(of: ReadMessages(chat: dialog.chat)).isEmpty)
      let error = try await hub.failure(
        of: SendMessage(chat: dialog.chat, text: "hello?", waiting: true))
      #expect(error.code == "not-sent")
      #expect(try await fixture.store.messages.failed().map(\.text) == ["hello?"])
    }
  }

  @Test("Chats beyond the first page of a login are asked for, over restarts too")
  func pages() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      _ = try await first.eventually("the end of the pages") {
        try await fixture.store.accounts.account(.max)?.settings.chatMarker == 0 ? true : nil
      }
      let all = try await fixture.store.chats.all(.max)
      await first.close()
      // As a crash after the first page would leave it.
      for chat in all.prefix(12) { try await fixture.store.chats.remove(chat.chat) }
      var account = try #require(try await fixture.store.accounts.account(.max))
      account.settings.chatMarker = .max >> 16
      try await fixture.store.accounts.save(account)
      let second = fixture.hub()
      #expect(try await second.lines(of: ListChats()).count == all.count)
      #expect(try await fixture.store.accounts.account(.max)?.settings.chatMarker == 0)
      #expect(
        try await fixture.store.chats.all(.max).map(\.title).sorted() == all.map(\.title).sorted())
    }
  }
}
