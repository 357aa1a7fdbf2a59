import Clocks
import Cryptography
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import MaxService
@testable import ViewModels

/// An account with very many chats.
@MainActor @Suite(.timeLimit(.minutes(10))) struct LargeAccountTests {
  private static let count = 3000

  @Test("A login's chats, messages and people online are one change each; rows are built once")
  func oneChange() async throws {
    let network = Network()
    let snapshot = LoudMax.snapshot(chats: Self.count)
    let server = try LoudMax(network: network) { $0 == 19 ? snapshot : nil }
    var settings = HubSettings()
    settings[.max].url = server.url
    let environment = AccountEnvironment(
      store: try .inMemory(), network: network, time: SystemTime(), random: SystemRandom())
    let hub = AccountHub(environment: environment, settings: settings, services: .all)
    let model = ConsoleModel(hub: hub, zone: .utc)
    let listening = environment.changes.listen()
    let changes = Broadcast<Void>()
    model.context.onChange = { changes.send(()) }
    let news = Task {
      var (chats, messages, people) = (0, 0, 0)
      for await change in listening {
        switch change {
        case .chats(let news) where news.count > 1: chats += 1
        case .chats: Issue.record("a chat by itself")
        case .arrivals: messages += 1
        case .messages: Issue.record("a message by itself")
        case .presence(let news):
          people += 1
          if news.count == Self.count { return [chats, messages, people] }
        default: break
        }
      }
      return []
    }
    let running = Task { await model.run() }
    _ = try await eventually("an empty console", after: changes.listen()) { @MainActor in
      model.isComplete ? true : nil
    }
    // The wizard, which has the keys while nobody is signed in.
    model.press(.escape)
    try await hub.only(
      SignIn.byToken(Secret("token"), device: "550e8400-e29b-41d4-a716-446655440000"))
    #expect(await news.value == [1, 1, 1])
    _ = try await eventually("all of them", after: changes.listen()) { @MainActor in
      model.chats.all.count == Self.count && model.screen.chats.rows.last?.isOnline == true
        ? true : nil
    }
    // The wizard has opened if the console was quicker than the sign-in.
    if case .wizard? = model.screen.dialog { model.press(.escape) }
    let made = model.chats.rowsMade
    // A picture that nothing has changed for makes no row again.
    for _ in 0..<20 {
      _ = model.screen
      model.press(.down)
    }
    #expect(model.chats.rowsMade == made)
    #expect(model.chats.selected?.chat == model.chats.all[20].chat)
    await hub.close()
    _ = await running.value
    await server.stop()
  }

  @Test("A list of chats stays in order whatever comes")
  func order() {
    func chat(_ number: Int, at time: Int64?) -> ChatRecord {
      ChatRecord(
        chat: "max:\(number)", service: .max, kind: .dialog, title: "\(number)",
        lastMessageAt: time)
    }
    let random = SeededRandom(seed: 3)
    var sorted = SortedList((0..<100).map { chat($0, at: $0 % 7 == 0 ? nil : Int64($0 % 10)) })
    var plain = Dictionary(uniqueKeysWithValues: sorted.all.map { ($0.chat, $0) })
    for step in 0..<500 {
      let news = (0..<(step % 50 == 0 ? 40 : 2)).map { _ in
        chat(Int(random.fraction() * 150), at: Int64(random.fraction() * 20))
      }
      sorted.update(news)
      for chat in news { plain[chat.chat] = chat }
      let expected = plain.values.sorted {
        ($0.lastMessageAt ?? 0, $0.chat) > ($1.lastMessageAt ?? 0, $1.chat)
      }
      #expect(sorted.all == expected)
      for (index, chat) in expected.enumerated() where sorted.index(of: chat.chat) != index {
        Issue.record("\(chat.chat) is not found where it stands")
      }
    }
    #expect(sorted.index(of: "max:999") == nil)
  }
}
