import Cryptography
import FoundationEssentials
import Phrases
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import MaxService

/// Servers that send more, larger or other than anybody needs.
@MainActor @Suite(.timeLimit(.minutes(2))) struct HostileMaxTests {
  private static let login = """
    {"profile":{"contact":{"id":5,"names":[{"name":"own","type":"ONEME"}]}},\
    "chats":[{"id":3,"type":"DIALOG","participants":{"5":1,"6":1},"lastEventTime":1795000000103,\
    "newMessages":0}],"contacts":[{"id":6,"names":[{"name":"Pavel","type":"ONEME"}]}],\
    "time":1795000000555,"chatMarker":0}
    """

  private static func message(
    _ id: Int, text: String = "word", sender: Int = 6, more: String = ""
  ) -> String {
    #"{"id":"\#(id)","time":\#(1_795_000_060_000 + id),"type":"USER","sender":\#(sender),"text":"\#(text)"\#(more)}"#
  }

  private static func arrival(_ message: String) -> (opcode: Int, payload: String) {
    (128, #"{"chatId":3,"message":\#(message)}"#)
  }

  /// A signed-in hub at a server that answers so.
  private func with(
    _ answers: HostileMax.Answers = [:], refusals: HostileMax.Answers = [:],
    pushes: [(opcode: Int, payload: String)] = [],
    _ body: (HubFixture, AccountHub, HostileMax) async throws -> Void
  ) async throws {
    try await HubFixture.run { fixture in
      let server = try HostileMax(
        [19: Self.login].merging(answers) { $1 }, refusals: refusals, pushes: pushes,
        network: fixture.network)
      try await fixture.store.accounts.save(
        AccountRecord(
          service: .max, url: server.url, identifier: "+79990001122", userId: "5",
          secret: Secret("token"), deviceId: "d", createdAt: 1))
      let hub = fixture.hub { $0[.max].url = server.url }
      try await body(fixture, hub, server)
      await hub.close()
      await server.stop()
    }
  }

  private func untilStored(_ id: String, in hub: AccountHub) async throws -> MessageRecord {
    try await hub.eventually("message \(id)") {
      try await hub.environment.store.messages.message("max:3", id)
    }
  }

  @Test("Messages of megabytes are all taken in, cut, and say so; those of people are not")
  func large() async throws {
    let large = String(repeating: "ы", count: 1 << 20)
    let people = String(repeating: "ы", count: 4000)
    let pushes =
      (1...8).map { Self.arrival(Self.message($0, text: large)) }
      + [Self.arrival(Self.message(13, text: people))]
    try await with(pushes: pushes) { _, hub, _ in
      _ = try await hub.onlineMessenger()
      #expect(try await untilStored("13", in: hub).text == people)
      let first = try await untilStored("1", in: hub)
      #expect(first.text.utf8.count < 17_000)
      #expect(first.shownText.hasSuffix(Phrase.textCut.with("2 MB")))
      #expect(try await hub.environment.store.messages.latest("max:3", limit: 20).count == 9)
      guard case .online = await hub.connections().first(where: { $0.service == .max })?.state
      else {
        Issue.record("the line was lost")
        return
      }
    }
  }

  @Test("A thousand attachments with long names are a few")
  func attachments() async throws {
    let file = #"{"_type":"FILE","fileId":1,"name":"\#(String(repeating: "n", count: 5000))"}"#
    let many = [String](repeating: file, count: 1000).joined(separator: ",")
    try await with(
      pushes: [Self.arrival(Self.message(1, more: #","attaches":[\#(many)]"#))]
    ) { _, hub, _ in
      _ = try await hub.onlineMessenger()
      let stored = try await untilStored("1", in: hub)
      #expect((1...16).contains(stored.attachments.count))
      #expect(stored.attachments.allSatisfy { $0.name?.utf8.count == 1024 })
    }
  }

  @Test("A question for a name that was answered with nothing is not asked again at once")
  func names() async throws {
    let pushes = (1...50).map { Self.arrival(Self.message($0, sender: 77)) }
    try await with(pushes: pushes) { _, hub, server in
      let account = try await hub.onlineMessenger()
      _ = try await untilStored("50", in: hub)
      #expect(server.requests(32) == 1)
      // A person who asks for them is another matter.
      _ = try? await account.dialog(with: "77")
      #expect(server.requests(32) == 2)
    }
  }

  @Test("Of a hundred announced calls a few ring, and no more than three lines are opened")
  func calls() async throws {
    // The server's own address: each line that is opened is one more connection there.
    try await HubFixture.run { fixture in
      let trap = try HostileMax([:], network: fixture.network)
      let json = #"{"tkn":"t","wse":"\#(trap.url)","trnu":"1:9"}"#
      // Literals alone: a block of LZ4 as it may be, too.
      let bytes = Array(json.utf8)
      var rest = bytes.count - 15
      var block: [UInt8] = [0xf0]
      while rest >= 255 {
        block.append(255)
        rest -= 255
      }
      block += [UInt8(rest)] + bytes
      let vcp = "\(bytes.count):\(Base64.encode(block))"
      let pushes = (0..<100).map { number in
        (
          opcode: 137,
          payload:
            #"{"vcp":"\#(vcp)","callerId":6,"conversationId":"call-\#(number)","type":"AUDIO"}"#
        )
      }
      try await with(pushes: pushes + [Self.arrival(Self.message(1))]) { _, hub, _ in
        let account = try await hub.onlineMessenger()
        _ = try await untilStored("1", in: hub)
        #expect(await account.rings.count == RingingCalls.ringsAtOnce)
        #expect(await account.rings.openLines <= RingingCalls.linesAtOnce)
        let log = try await hub.environment.store.calls.recent(limit: 200)
        #expect(log.count == 100)
        #expect(log.count { $0.state == .missed } == 100 - RingingCalls.ringsAtOnce)
        #expect(trap.connections <= RingingCalls.linesAtOnce)
      }
      await trap.stop()
    }
  }

  @Test("What is stored is shown where the server refuses the history, and then the reason")
  func refused() async throws {
    let refusal = #"{"error":"not.chat.participant","message":"You are not in this chat"}"#
    try await with(
      refusals: [49: refusal], pushes: [Self.arrival(Self.message(1, text: "still here"))]
    ) { fixture, hub, _ in
      _ = try await hub.onlineMessenger()
      _ = try await untilStored("1", in: hub)
      let (lines, problem) = await hub.partly(ReadMessages(chat: "max:3"))
      #expect(lines.map(\.text) == ["still here"])
      #expect(problem?.kind == .refused && problem?.code == "not.chat.participant")

      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the chat") { $0.lamp(.max) == .online && !$0.chats.rows.isEmpty }
      console.model.chats.select("max:3")
      console.press(.enter)
      try await console.until("the reason at its chat") {
        $0.conversation?.subtitle.contains("You are not in this chat") == true
      }
      #expect(console.screen.conversation?.lines.count == 1)
      #expect(console.screen.notices.allSatisfy { !$0.text.contains("not in this chat") })
    }
  }

  @Test("What is new counts what others wrote, and nothing is new any more to who has answered")
  func new() async throws {
    let pushes =
      [(1, 6), (2, 6), (3, 5), (4, 6)].map { Self.arrival(Self.message($0, sender: $1)) }
    let answers = [64: #"{"chatId":3,"message":\#(Self.message(5, sender: 5))}"#]
    try await with(answers, pushes: pushes) { fixture, hub, _ in
      _ = try await hub.onlineMessenger()
      _ = try await untilStored("4", in: hub)
      var chat = try #require(try await fixture.store.chats.chat("max:3"))
      (chat.unread, chat.readMark) = (3, 1_795_000_060_000)
      try await fixture.store.chats.save([chat])
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the chat") { $0.lamp(.max) == .online && !$0.chats.rows.isEmpty }
      console.model.chats.select("max:3")
      console.press(.enter)
      try await console.until("its messages") { $0.conversation?.lines.count == 4 }
      #expect(console.screen.conversation?.firstUnread == 0)
      #expect(console.screen.conversation?.unread == 3, "one of the four is ours")
      console.press(.enter)
      console.type("an answer")
      console.press(.enter, .escape)
      try await console.until("it among them") { $0.conversation?.lines.count == 5 }
      #expect(console.screen.conversation?.firstUnread == nil)
      #expect(console.screen.conversation?.unread == 0)
    }
  }

  @Test("Of two changes of a message the later one holds, in whatever order they come")
  func edits() async throws {
    let edits = [(2, "second"), (1, "first"), (3, "third"), (2, "second again")].map { time, text in
      Self.arrival(
        Self.message(
          1, text: text, more: #","status":"EDITED","updateTime":\#(1_795_000_070_000 + time)"#))
    }
    try await with(
      pushes: [Self.arrival(Self.message(1, text: "zeroth"))] + edits
        + [Self.arrival(Self.message(2))]
    ) { _, hub, _ in
      _ = try await hub.onlineMessenger()
      _ = try await untilStored("2", in: hub)
      #expect(try await untilStored("1", in: hub).text == "third")
    }
  }
}
