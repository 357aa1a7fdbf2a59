import Clocks
import Domain
import FoundationEssentials
import OneMe
import Sandbox
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import MaxService
@testable import Storage

@Suite(.timeLimit(.minutes(10))) struct MaxWritingTests {
  @Test(
    "What is written has the server's id here and keeps its own for scripts, in both codecs",
    arguments: ["json", "binary"])
  func send(codec: String) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub(codec: codec)
      try await fixture.signInToMax(hub)
      #expect(try await fixture.store.accounts.account(.max)?.settings.codec == codec)
      let chat = try await fixture.pavel(hub)
      let before = try await fixture.store.messages.latest(chat, limit: 200).count
      let sent = try await hub.only(SendMessage(chat: chat, text: "Привет 👋", waiting: true))
      #expect(sent.status == "sent")
      let last = try #require(try await fixture.store.messages.latest(chat, limit: 200).last)
      #expect(last.id.count > 12, "the server's id, not ours")
      #expect(last.lastingId == sent.id)
      #expect(last.own && last.text == "Привет 👋")
      #expect(try await fixture.store.messages.latest(chat, limit: 200).count == before + 1)
      #expect(try await fixture.store.chats.chat(chat)?.lastMessageId == last.id)
      #expect(try await fixture.store.outbox.count(.max) == 0)

      let answer = try await hub.only(
        SendMessage(chat: chat, text: "и ещё", replyTo: sent.id, waiting: true))
      let reply = try #require(try await fixture.store.messages.message(chat, answer.id))
      #expect(reply.replyTo == last.id)
    }
  }

  @Test(
    "What is written while the line is down goes out once and in order",
    arguments: ["json", "binary"])
  func offline(codec: String) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub(codec: codec)
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      let words = (1...20).map { "offline \($0)" }
      for word in words {
        #expect(try await hub.only(SendMessage(chat: chat, text: word)).status == "queued")
      }
      await fixture.sandbox.setMaxReachable(true)
      await hub.retryNow()
      try await fixture.untilSent(hub)
      let own = try await fixture.store.messages.latest(chat, limit: 200).filter {
        $0.text.hasPrefix("offline")
      }
      #expect(own.map(\.text) == words)
      #expect(own.allSatisfy { $0.status == .sent })
      #expect(try await fixture.served(chat, on: hub).map(\.text).suffix(20) == words[...])
    }
  }

  @Test("An answer that got lost does not double the message", arguments: ["json", "binary"])
  func lostAnswer(codec: String) async throws {
    try await HubFixture.run(faults: "late-answer=64:5000") { fixture in
      let hub = fixture.hub(codec: codec)
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      try await hub.only(SendMessage(chat: chat, text: "once"))
      try await fixture.untilAsked("64", times: 1)
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      await fixture.sandbox.setMaxReachable(true)
      await hub.retryNow()
      try await fixture.advancing(hub) { try await fixture.store.outbox.count(.max) == 0 }
      #expect(try await fixture.served(chat, on: hub).count { $0.text == "once" } == 1)
      #expect(
        try await fixture.store.messages.latest(chat, limit: 200).count { $0.text == "once" } == 1)
    }
  }

  @Test("What a crash leaves in the outbox goes out with the next run, once")
  func restart() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(first)
      try await first.only(SendMessage(chat: chat, text: "survivor"))
      await first.close()
      await fixture.sandbox.setMaxReachable(true)
      let second = fixture.hub()
      await second.openAll()
      try await fixture.untilSent(second)
      #expect(try await fixture.served(chat, on: second).count { $0.text == "survivor" } == 1)
    }
  }

  @Test("What cannot be written is refused with a reason")
  func refused() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      var left = ChatRecord(chat: "max:-9", service: .max, kind: .group, title: "Left")
      left.closed = true
      try await fixture.store.chats.save([left])
      #expect(
        try await hub.failure(of: SendMessage(chat: "max:-9", text: "x")).code == "read-only")
      let chat = try await fixture.pavel(hub)
      let empty = try await hub.failure(of: SendMessage(chat: chat, text: ""))
      #expect(empty.code == "invalid-input")
      let unknown = try await hub.failure(of: SendMessage(chat: chat, text: "x", replyTo: "77"))
      #expect(unknown.code == "no-message")
      #expect(try await hub.failure(of: SendMessage(chat: "max:5", text: "x")).code == "no-chat")
      let missing = SendMessage(chat: chat, text: "x", attachments: ["/nowhere/file"])
      #expect(try await hub.failure(of: missing).code == "file")
    }
  }

  @Test("What the server refuses is kept as failed and can be tried again")
  func failed() async throws {
    try await HubFixture.run(faults: "refuse=64:error.payload@1") { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      let error = try await hub.failure(of: SendMessage(chat: chat, text: "again", waiting: true))
      #expect(error.code == "not-sent")
      let failed = try #require(try await fixture.store.messages.failed().first)
      try await hub.only(RetryMessage(chat: chat, id: failed.id))
      try await fixture.untilSent(hub)
      #expect(try await fixture.served(chat, on: hub).count { $0.text == "again" } == 1)
    }
  }

  @Test("Files and photos are uploaded and go with the message", arguments: ["json", "binary"])
  func files(codec: String) async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let hub = fixture.hub(codec: codec) { $0.dataDirectory = scratch.path }
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      try Data(repeating: 7, count: 300_000).write(to: URL(filePath: scratch.file("смета.bin")))
      try Data([0x89, 0x50, 0x4e, 0x47]).write(to: URL(filePath: scratch.file("кот.png")))
      let call = SendMessage(
        chat: chat, text: "вот",
        attachments: [scratch.file("смета.bin"), scratch.file("кот.png")])
      try await hub.only(call)
      try await fixture.advancing(hub) { try await fixture.store.outbox.count(.max) == 0 }
      let last = try #require(try await fixture.store.messages.latest(chat, limit: 200).last)
      #expect(last.text == "вот")
      #expect(last.attachments.map(\.type) == ["file", "photo"])
      #expect(last.attachments.first?.name == "смета.bin")
      #expect(last.attachments.first?.bytes == 300_000)
      #expect(try scratch.names(in: "spool").isEmpty, "the copies are gone")
    }
  }
}

extension HubFixture {
  /// The dialog with Pavel.
  func pavel(_ hub: AccountHub) async throws -> ChatID {
    try #require(try await hub.lines(of: ListChats()).first { $0.title == "Павел" }).chat
  }

  /// The chat's newest messages as the server has them.
  func served(_ chat: ChatID, on hub: AccountHub) async throws -> [Message] {
    let id = try #require(MaxRecords.chatId(chat))
    return try await hub.onlineMessenger().session.history(
      chat: id, before: .max >> 16, count: 100)
  }

  /// Waits until the hub knows that the line is down.
  func untilWaiting(_ hub: AccountHub) async throws {
    _ = try await hub.eventually("a waiting lamp") {
      if case .waiting? = await hub.connections().first?.state { true } else { nil }
    }
  }

  /// Waits until nothing waits in the outbox.
  func untilSent(_ hub: AccountHub) async throws {
    _ = try await hub.eventually("an empty outbox") { [store] in
      try await store.outbox.count(.max) == 0 ? true : nil
    }
  }

  /// Waits until the server has been asked something this often.
  func untilAsked(_ opcode: String, times: Int) async throws {
    _ = try await tape.eventually("\(opcode) \(times) times") { [tape] in
      tape.requests(opcode) >= times ? true : nil
    }
  }

  /// Does something while the clock goes on.
  func withTimeGoing<Value: Sendable>(
    _ work: @Sendable () async throws -> Value
  ) async throws -> Value {
    let ticking = Task { [time] in
      while !Task.isCancelled {
        time.advance(by: .milliseconds(50))
        try await SystemTime().sleep(for: .milliseconds(5))
      }
    }
    defer { ticking.cancel() }
    return try await work()
  }

  /// Moves the clock second by second until `look` is true.
  func advancing(_ hub: AccountHub, until look: @Sendable () async throws -> Bool) async throws {
    for _ in 0..<4000 {
      if try await look() { return }
      time.advance(by: .milliseconds(50))
      try await SystemTime().sleep(for: .milliseconds(5))
    }
    throw Missed("the end of waiting")
  }
}
