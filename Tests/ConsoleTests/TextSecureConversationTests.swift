import Domain
import FoundationEssentials
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct TextSecureConversationTests {
  @Test("Two register by code, add each other and write both ways")
  func bothWays() async throws {
    try await RelayFixture.run { fixture in
      let ada = try fixture.stranger("Ada", "+14155550100")
      #expect(
        try await ada.register()
          == LoginOutput(service: .textsecure, state: "online", account: "+14155550100"))
      let bob = try await fixture.person("Bob", "+14155550101")
      try await ada.add(bob)
      try await bob.add(ada)
      let sent = try await ada.write("Where are you?", to: bob.chat)
      #expect((sent.chat, sent.status) == (bob.chat, "queued"))
      let heard = try await bob.hears("Where are you?", in: ada.chat)
      #expect(heard.senderName == "Ada")
      #expect(heard.status == .received)
      #expect(!heard.own)
      try await ada.sees("Where are you?", .sent, in: bob.chat)
      let waited = try await bob.hub.only(
        SendMessage(chat: ada.chat, text: "Here.", waiting: true))
      #expect(waited.status == "sent")
      try await ada.hears("Here.", in: bob.chat)
      try await bob.sees("Here.", .sent, in: ada.chat)

      let chats = try await ada.store.chats.all(.textsecure)
      #expect(chats.map(\.title) == ["Bob"])
      #expect(chats.map(\.unread) == [1])
      #expect(chats.map(\.lastMessage) == ["Here."])
      #expect(try await ada.lines(bob.chat).count == 2)
      #expect(try await bob.lines(ada.chat).count == 2)
    }
  }

  @Test("Bursts of 200 arrive once and in order, the receiver being away for half of them")
  func bursts() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      let texts = (1...200).map { "message \($0)" }
      async let replies: Void = burst(texts[..<100], from: bob, to: ada.chat)
      try await burst(texts[..<100], from: ada, to: bob.chat)
      try await replies
      try await bob.restart()
      try await burst(texts[100...], from: ada, to: bob.chat)
      try await ada.sees("message 200", .sent, in: bob.chat)
      await bob.hub.openAll()
      try await burst(texts[100...], from: bob, to: ada.chat)
      for (person, chat) in [(ada, bob.chat), (bob, ada.chat)] {
        _ = try await person.hub.eventually("all messages") {
          let theirs = try await person.lines(chat).filter { !$0.own }
          return theirs.count < 200 ? nil : true
        }
        let lines = try await person.lines(chat)
        #expect(lines.filter { !$0.own }.map(\.text) == texts)
        #expect(lines.filter(\.own).map(\.text) == texts)
      }
      _ = try await bob.hub.eventually("an empty outbox") {
        try await bob.store.outbox.count(.textsecure) == 0 ? true : nil
      }
      #expect(try await bob.lines(ada.chat).filter(\.own).allSatisfy { $0.status == .sent })
    }
  }

  private func burst(
    _ texts: ArraySlice<String>, from person: TextSecurePerson, to chat: ChatID
  ) async throws {
    for text in texts { try await person.write(text, to: chat) }
  }

  @Test("What is written without a line waits, over a restart, and then goes out in order, once")
  func senderAway() async throws {
    try await RelayFixture.run { fixture in
      let front = try fixture.front()
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      try await ada.write("before", to: bob.chat)
      try await bob.hears("before", in: ada.chat)
      try await ada.sees("before", .sent, in: bob.chat)
      await front.setDown(true)
      let texts = (1...20).map { "offline \($0)" }
      for text in texts.prefix(10) {
        #expect(try await ada.write(text, to: bob.chat).status == "queued")
      }
      try await ada.restart(timeout: .milliseconds(100))
      for text in texts.dropFirst(10) { try await ada.write(text, to: bob.chat) }
      let status = try await ada.hub.lines(of: ShowStatus()).first {
        $0.service == .textsecure
      }
      #expect(status?.outbox == 20)
      #expect(status?.state != "online")
      #expect(try await ada.lines(bob.chat).suffix(20).allSatisfy { $0.status == .queued })
      await front.setDown(false)
      await ada.hub.retryNow()
      try await bob.hears("offline 20", in: ada.chat)
      #expect(try await bob.texts(ada.chat) == ["before"] + texts)
      try await ada.sees("offline 20", .sent, in: bob.chat)
    }
  }

  @Test("A message whose answer was lost arrives once, though the process ended in between")
  func lostAnswer() async throws {
    try await RelayFixture.run { fixture in
      let tally = Tally()
      let front = try fixture.front { request in
        let isMessage = request.method == "PUT" && request.target.hasPrefix("/v1/messages/")
        return isMessage && tally.add() <= 2 ? .loseAnswer : .pass
      }
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      try await ada.write("one", to: bob.chat)
      try await ada.write("two", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      try await ada.restart()
      await ada.hub.openAll()
      try await bob.hears("two", in: ada.chat)
      try await ada.sees("two", .sent, in: bob.chat)
      try await ada.write("three", to: bob.chat)
      try await bob.hears("three", in: ada.chat)
      #expect(tally.value >= 4)
      #expect(try await bob.texts(ada.chat) == ["one", "two", "three"])
      #expect(try await bob.lines(ada.chat).count == 3)
    }
  }

  @Test("A relay that drops every third request loses and doubles nothing")
  func everyThird() async throws {
    try await RelayFixture.run { fixture in
      let tally = Tally()
      let isBad = Mutex(false)
      let front = try fixture.front { _ in
        guard isBad.withLock({ $0 }) else { return .pass }
        let count = tally.add()
        return count % 3 == 0 ? (count % 2 == 0 ? .loseAnswer : .hangUp) : .pass
      }
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      isBad.withLock { $0 = true }
      let texts = (1...9).map { "message \($0)" }
      for text in texts { try await ada.write(text, to: bob.chat) }
      for text in texts { try await bob.write(text, to: ada.chat) }
      try await ada.sees("message 9", .sent, in: bob.chat)
      try await bob.hears("message 9", in: ada.chat)
      _ = try await ada.hub.eventually("all messages") {
        try await ada.lines(bob.chat).count { !$0.own } >= 9 ? true : nil
      }
      #expect(try await bob.lines(ada.chat).filter { !$0.own }.map(\.text) == texts)
      #expect(try await ada.lines(bob.chat).filter { !$0.own }.map(\.text) == texts)
      #expect(tally.value >= 12)
    }
  }

  @Test(
    "A contact who is not registered fails the message with a reason; later it can be tried again")
  func unregistered() async throws {
    try await RelayFixture.run { fixture in
      let ada = try await fixture.person("Ada", "+14155550100")
      let carol = try fixture.stranger("Carol", "+14155550102")
      let contact = try await ada.hub.only(AddContacts(numbers: [carol.number]))
      #expect(contact.registered == false)
      let error = try await ada.hub.failure(
        of: SendMessage(chat: carol.chat, text: "hi", waiting: true))
      #expect(error.code == "not-sent")
      #expect(error.message.contains("Nobody is registered with this number"))
      let failed = try await ada.sees("hi", .failed, in: carol.chat)
      #expect(failed.failure?.sentences.contains("Nobody is registered") == true)
      try await carol.register()
      try await ada.hub.only(RetryMessage(chat: carol.chat, id: failed.id))
      try await carol.hears("hi", in: ada.chat)
      try await ada.sees("hi", .sent, in: carol.chat)
      #expect(
        try await ada.hub.failure(of: RetryMessage(chat: carol.chat, id: failed.id)).code
          == "no-message")
    }
  }

  @Test("What cannot be sent is refused at once and leaves nothing")
  func refusals() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      func code(_ call: SendMessage) async throws -> String {
        try await ada.hub.failure(of: call).code
      }
      #expect(try await code(SendMessage(chat: bob.chat, text: "")) == "invalid-input")
      #expect(try await code(SendMessage(chat: ada.chat, text: "me")) == "invalid-input")
      #expect(
        try await code(SendMessage(chat: "textsecure:+1", text: "hi")) == "invalid-input")
      #expect(
        try await code(SendMessage(chat: "textsecure:group:00ff", text: "hi")) == "no-chat")
      #expect(
        try await code(SendMessage(chat: bob.chat, text: "hi", replyTo: "1")) == "no-replies")
      #expect(
        try await code(
          SendMessage(chat: bob.chat, text: String(repeating: "é", count: 30_000)))
          == "too-large")
      #expect(
        try await code(
          SendMessage(chat: bob.chat, text: "", attachments: ["/nowhere/at/all"])) == "file")
      #expect(try await ada.lines(bob.chat).isEmpty)
      #expect(try await ada.store.outbox.count(.textsecure) == 0)
      // Judged before anything is made for it.
      #expect(!FileManager.default.fileExists(atPath: ada.spool))
    }
  }
}
