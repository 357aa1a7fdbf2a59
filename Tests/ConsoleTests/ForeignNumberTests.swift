import Cryptography
import FoundationEssentials
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Domain
@testable import MaxService

/// A server whose numbers are the largest and the least there are: the console takes them in, shows
/// them, and opens again on what it has kept.
@MainActor @Suite(.serialized, .timeLimit(.minutes(3))) struct ForeignNumberTests {
  nonisolated private static let fields = [
    "time", "updateTime", "lastEventTime", "newMessages", "unread", "mark", "duration",
    "durationMs", "size", "seen", "count", "totalCount", "from", "length", "5", "startTime",
    "endTime", "chatMarker", "callHistorySync", "dontDisturbUntil", "marker",
  ]

  private static let message = """
    {"id":"117637123948544000","time":1795000060250,"type":"USER","sender":6,"cid":1,"text":"word",\
    "updateTime":1795000060251,"elements":[{"type":"STRONG","from":1,"length":7}],\
    "attaches":[{"_type":"VIDEO","videoId":1,"duration":5},\
    {"_type":"FILE","fileId":9,"name":"n","size":48213},{"_type":"CALL","conversationId":"c",\
    "callType":"AUDIO","duration":7}],\
    "reactionInfo":{"counters":[{"reaction":"x","count":2}],"totalCount":2}}
    """

  private static func chat(_ id: Int) -> String {
    """
    {"id":\(id),"type":"DIALOG","owner":5,"participants":{"5":1795000000103,"6":1795000000103},\
    "lastEventTime":1795000000103,"newMessages":1,"lastMessage":\(message)}
    """
  }

  private static let call = """
    {"historyId":77,"callId":"c","callerId":6,"chatId":3,"callType":"AUDIO","hangupType":"HUNGUP",\
    "time":1795000000103,"durationMs":1000}
    """

  private static let answers: HostileMax.Answers = [
    19: """
    {"profile":{"contact":{"id":5,"names":[{"name":"own","type":"ONEME"}]}},\
    "chats":[\(chat(3)),\(chat(8)),\(chat(0))],"contacts":[{"id":6,"names":[{"name":"n",\
    "type":"ONEME"}]}],"presence":{"6":{"seen":1795000000,"status":1}},\
    "drafts":{"chats":{"saved":{"3":{"text":"t","time":5}}}},\
    "config":{"chats":{"3":{"dontDisturbUntil":5}}},"time":1795000000555,"chatMarker":0}
    """,
    49: #"{"messages":[\#(message)]}"#,
    53: #"{"chats":[\#(chat(9))],"marker":7}"#,
    163: #"{"callHistoryItems":[\#(call)],"callHistorySync":5,"reset":false}"#,
    64: #"{"chatId":3,"message":\#(message),"unread":1,"mark":2}"#,
  ]

  private static let pushes: [(Int, String)] = [
    (128, #"{"chatId":3,"message":\#(message),"unread":1,"mark":2,"prevMessageId":"3"}"#),
    (130, #"{"chatId":3,"userId":6,"mark":1795000060250}"#),
    (130, #"{"chatId":8,"userId":5,"mark":1795000060250}"#),
    (132, #"{"userId":6,"presence":{"seen":1795000000,"status":1}}"#),
    (135, #"{"chat":\#(chat(8))}"#),
    (140, #"{"chatId":8,"startTime":1795000000103,"endTime":1795000000104}"#),
    (165, #"{"action":"ADD","callHistoryItems":[\#(call)]}"#),
    (
      155,
      #"{"chatId":3,"messageId":"117637123948544000","counters":[{"reaction":"x","count":1}],"totalCount":1}"#
    ),
    (129, #"{"chatId":3,"userId":6,"type":"TEXT"}"#),
  ]

  /// Each field by itself is tried where it is decoded; these are reckoned with in most places.
  @Test(
    "One field at its largest and least, all others as they are",
    arguments: ["newMessages", "time", "mark"], [Int64.max, Int64.min])
  func extremes(field: String, number: Int64) async throws {
    try await tried { $0.replacing(field, with: number) }
  }

  @Test("All fields at once", arguments: [Int64.max, Int64.min])
  func together(number: Int64) async throws {
    try await tried { text in Self.fields.reduce(text) { $0.replacing($1, with: number) } }
  }

  private func tried(_ change: (String) -> String) async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    let network = Network()
    let server = try HostileMax(
      Self.answers.mapValues(change), pushes: Self.pushes.map { ($0, change($1)) },
      network: network)
    try await HubFixture.run(store: try Store(profile)) { fixture in
      try await fixture.store.accounts.save(
        AccountRecord(
          service: .max, url: server.url, identifier: "+79990001122", userId: "5",
          secret: Secret("token"), deviceId: "d", createdAt: 1))
      let hub = fixture.hub { $0[.max].url = server.url }
      let console = ConsoleFixture(fixture, hub: hub)
      try await use(console, of: hub)
      await hub.close()
    }
    // What was kept is opened by another console and by commands.
    try await HubFixture.run(store: try Store(profile)) { fixture in
      let hub = fixture.hub { $0[.max].url = server.url }
      try await use(ConsoleFixture(fixture, hub: hub), of: hub)
    }
    await server.stop()
  }

  private func use(_ console: ConsoleFixture, of hub: AccountHub) async throws {
    try await console.until("the chats") { screen in
      screen.lamp(.max) == .online && screen.chats.rows.contains { $0.id == "max:3" }
    }
    // The last push: by now the others are taken in.
    try await console.until("typing") { $0.chats.rows.contains { $0.isTyping } }
    for chat in ["max:3", "max:8", "max:0"] as [ChatID] {
      console.model.chats.select(chat)
      console.press(.enter)
      _ = console.screen
    }
    console.press(.escape, .character("4"), .down, .up)
    _ = console.screen
    for chat in ["max:3", "max:8"] as [ChatID] { await ignoring(ReadMessages(chat: chat), hub) }
    await ignoring(ListChats(), hub)
    await ignoring(ListCalls(), hub)
    await ignoring(ShowStatus(), hub)
    await ignoring(SendMessage(chat: "max:3", text: "hello"), hub)
    #expect(try await hub.environment.store.chats.all().count >= 3)
  }

  /// Whether it answers does not matter here: it must not end the program.
  private func ignoring<R: Request>(_ call: R, _ hub: AccountHub) async {
    do throws(UserError) {
      _ = try await hub.lines(of: call)
    } catch {
      return
    }
  }
}

extension String {
  /// With another number behind every key of this name.
  fileprivate func replacing(_ key: String, with number: Int64) -> String {
    let parts = components(after: "\"\(key)\":")
    return parts.dropFirst().reduce(parts[0]) { text, part in
      let rest = part.drop { $0.isNumber }
      return text + "\"\(key)\":" + (rest.count < part.count ? "\(number)\(rest)" : part)
    }
  }

  private func components(after separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
