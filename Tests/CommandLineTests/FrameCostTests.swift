import Clocks
import Cryptography
import Domain
import MaxService
import Storage
import TestSupport
import Testing
import TextSecureService
import TradingService
import Transport

@testable import Accounts
@testable import Interface
@testable import Program
@testable import ScreenState
@testable import ViewModels

/// A picture costs what changed in it, however much there is: counted, not timed.
@MainActor @Suite struct FrameCostTests {
  private static let chats = 5000
  private static let orders = 1000
  private static let size = Size(columns: 120, rows: 40)
  private let time = ManualTime()
  private let store: Store
  private let model: ConsoleModel
  private let program: ConsoleProgram

  init() async throws {
    store = try Store.inMemory()
    let now = time.wallTime
    try await store.accounts.save(
      AccountRecord(
        service: .max, url: "ws://127.0.0.1:1", identifier: "+70000000000", displayName: "Ира",
        secret: Secret("nothing"), createdAt: now))
    var chats: [ChatRecord] = []
    for number in 0..<Self.chats {
      let moment: Int64 = now - Int64(number) * 1000
      var chat = ChatRecord(
        chat: ChatID(.max, "\(number)"), service: .max, kind: .dialog, title: "Chat \(number)",
        lastMessageAt: moment)
      chat.unread = number % 5 == 0 ? 2 : 0
      chat.muted = number % 10 == 0
      chats.append(chat)
    }
    try await store.chats.save(chats)
    var messages: [MessageRecord] = []
    for number in 0..<300 {
      let moment: Int64 = now - 300_000 + Int64(number) * 1000
      messages.append(
        MessageRecord(
          chat: ChatID(.max, "1"), id: "\(number)", senderId: "1", senderName: "Павел", at: moment,
          text: "message \(number)"))
    }
    try await store.messages.save(messages)
    let hub = AccountHub(
      environment: AccountEnvironment(
        store: store, network: Network(), time: time, random: SeededRandom(seed: 1)),
      settings: HubSettings(), services: [.max, .trading, .textsecure])
    model = ConsoleModel(hub: hub, zone: .utc)
    program = ConsoleProgram(model: model)
    await model.load()
    await model.receive(.connection(ConnectionStatus(service: .max, state: .online)))
    for number in 0..<Self.orders {
      let moment: Int64 = now - Int64(number) * 1000
      let status: OrderStatus = number == 7 ? .unknown : .filled
      let order = OrderRecord(
        clientOrderId: "\(number)", status: status, from: "ETH", to: "USDT", amount: "1",
        slippageBps: 1, createdAt: moment)
      await model.receive(.order(order))
    }
  }

  private func frame() -> Frame { program.frame(size: Self.size) }

  private func settle() async { await model.context.hub.environment.busy.untilIdle() }

  @Test("A key in a long list makes the row that comes into sight, and draws the list alone")
  func keyInTheList() {
    _ = frame()
    #expect(model.chats.rowsMade <= Self.size.rows)
    for _ in 0..<200 {
      let (rows, screens) = (model.chats.rowsMade, model.screensBuilt)
      let wasMuted = model.chats.selected?.muted
      program.receive(.down)
      let frame = frame()
      #expect(model.screensBuilt == screens + 1)
      #expect(model.chats.rowsMade <= rows + 1)
      // The bottom line says whether a key mutes the chat or lets it be heard again.
      let isAsBefore = model.chats.selected?.muted == wasMuted
      #expect(frame.changed == (isAsBefore ? [.pane(.chats)] : [.pane(.chats), .foot]))
    }
    let state = model.screen(rows: Self.size.rows)
    #expect(state.chats.rows.total == Self.chats && state.chats.rows.count <= 2 * Self.size.rows)
    #expect(state.chats.selection == 200)
    #expect(state.orders.rows.total == Self.orders && state.orders.rows.count <= 2 * Self.size.rows)
    // What stands in the heading counts all of them, and is the same with all in sight.
    #expect(state.chats.unread == Self.chats / 10 * 2)
    #expect(state.attention == Self.chats / 10 + 1)
    #expect(model.screen.chats.unread == state.chats.unread)
  }

  @Test("News of one chat make its row alone, and none while it is out of sight")
  func news() async {
    _ = frame()
    let rows = model.chats.rowsMade
    for number in [3, 4001, 3] {
      guard var chat = model.chats.chat(ChatID(.max, "\(number)")) else {
        Issue.record("no chat \(number)")
        return
      }
      chat.unread += 1
      await model.receive(.chats([chat]))
      let frame = frame()
      #expect(frame.changed.isSubset(of: [.pane(.chats), .foot]))
    }
    #expect(model.chats.rowsMade == rows + 2)
    #expect(model.screen.chats.unread == Self.chats / 10 * 2 + 3)
  }

  @Test("A letter that is written draws the conversation alone")
  func letter() async {
    program.receive(.down)
    program.receive(.enter)
    await settle()
    _ = frame()
    for letter in "hello" {
      program.receive(.character(letter))
      #expect(frame().changed == [.pane(.conversation)])
    }
    await settle()
    #expect(frame().changed.isEmpty)
    let lines = model.screen(rows: Self.size.rows).conversation?.lines
    #expect(lines?.total == 80 && lines.map { $0.count <= 2 * Self.size.rows } == true)
  }

  @Test("While news come in a flood, a key has its turn after a few of them")
  func flood() async {
    let running = Task { await model.run() }
    await model.waitForContent()
    // The first rows are there at once, all others a moment later.
    while model.chats.all.count < Self.chats { await Task.yield() }
    let changes = model.context.hub.environment.changes
    for number in 0..<3000 {
      changes.send(
        .chats([
          ChatRecord(
            chat: ChatID(.max, "new \(number)"), service: .max, kind: .dialog, title: "",
            lastMessageAt: Int64(number))
        ]))
    }
    // A key is one more job of the main actor, as what follows here is.
    var known = model.chats.all.count
    var turns = 0
    while model.chats.all.count < Self.chats + 3000, turns < 10_000 {
      await Task.yield()
      turns += 1
      #expect(model.chats.all.count - known <= 50)
      known = model.chats.all.count
    }
    #expect(known == Self.chats + 3000)
    running.cancel()
  }
}
