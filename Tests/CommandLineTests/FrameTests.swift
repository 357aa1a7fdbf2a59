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

/// What the event loop draws: one state of the screen a picture, and nothing changed by drawing it.
@MainActor @Suite struct FrameTests {
  private static let size = Size(columns: 120, rows: 40)
  private let time = ManualTime()
  private let model: ConsoleModel
  private let program: ConsoleProgram

  init() async throws {
    let store = try Store.inMemory()
    let now = time.wallTime
    try await store.accounts.save(
      AccountRecord(
        service: .max, url: "ws://127.0.0.1:1", identifier: "+70000000000", displayName: "Ира",
        secret: Secret("nothing"), createdAt: now))
    try await store.chats.save(
      (1...30).map { number in
        ChatRecord(
          chat: "max:\(number)", service: .max, kind: .dialog, title: "Chat \(number)",
          unread: number == 1 ? 60 : 0, lastMessageAt: now - Int64(number) * 1000,
          readMark: now - 60_000)
      })
    try await store.messages.save(
      (1...60).map { number in
        MessageRecord(
          chat: "max:1", id: "\(number)", senderId: "1", senderName: "Павел",
          at: now - 60_000 + Int64(number) * 100, text: "message \(number)")
      })
    try await store.balances.save([
      BalanceRecord(asset: "ETH", total: "2.6", locked: "0", at: now)
    ])
    let hub = AccountHub(
      environment: AccountEnvironment(
        store: store, network: Network(), time: time, random: SeededRandom(seed: 1)),
      settings: HubSettings(), services: [.max, .trading, .textsecure])
    model = ConsoleModel(hub: hub, zone: .utc)
    program = ConsoleProgram(model: model)
    await model.load()
    await model.receive(
      .connection(ConnectionStatus(service: .max, state: .online, account: "Ира", roundTrip: 41)))
  }

  private func frame() -> Frame { program.frame(size: Self.size) }

  /// Waits until what was asked for has been read.
  private func settle() async { await model.context.hub.environment.busy.untilIdle() }

  @Test("A key and its picture take one state of the screen, whatever lies over the panes")
  func oneState() async throws {
    let keys: [Key] = [
      .down, .up, .tab, .character("?"), .pageDown, .end, .escape, .control("p"), .character("s"),
      .down, .escape, .control("f"), .escape, .character("t"), .escape, .character("S"), .down,
      .enter, .escape, .escape,
    ]
    for key in keys {
      let before = model.screensBuilt
      program.receive(key)
      #expect(model.screensBuilt == before, "\(key) built a state")
      await settle()
      let frame = frame()
      #expect(model.screensBuilt == before + 1, "\(key)")
      #expect(frame.nextChange != nil)
    }
    #expect(model.screen.dialog == nil)
  }

  @Test(
    "Drawing twice gives one picture and changes nothing in a model",
    arguments: [nil, "?", "p", "f", "t", "S", "L"] as [Character?])
  func nothingChanges(_ opener: Character?) async throws {
    if opener == "t" {
      await model.receive(.connection(ConnectionStatus(service: .trading, state: .online)))
    }
    switch opener {
    case nil: program.receive(.enter)
    case "p", "f": program.receive(.control(opener ?? "p"))
    case let letter?: program.receive(.character(letter))
    }
    await settle()
    #expect((model.screen.dialog == nil) == (opener == nil))
    // What was kept ready while the picture was made for the first time stays from then on.
    let first = frame()
    let before = Contents(of: model)
    #expect(before.lines.count > 200)
    let second = frame()
    #expect(first.canvas == second.canvas && first.nextChange == second.nextChange)
    #expect(Contents(of: model).lines == before.lines)
  }

  @Test("A letter draws what one writes in, and neither messages nor other panes again")
  func letters() async throws {
    program.receive(.enter)
    await settle()
    _ = frame()
    program.receive(.character("x"))
    await settle()
    let others: Set<Painting.Place> = [
      .messages, .pane(.chats), .pane(.balances), .pane(.orders), .status,
    ]
    #expect(frame().changed.isDisjoint(with: others))
    time.advance(by: .seconds(1))
    program.receive(.character("y"))
    await settle()
    let changed = frame().changed
    #expect(changed.contains(.pane(.conversation)))
    #expect(changed.isDisjoint(with: others), "nothing on the screen counts seconds")
  }

  @Test("A key answered before a picture that is due has its own pane; the rest comes then")
  func answers() async throws {
    program.receive(.enter)
    await settle()
    _ = frame()
    await model.receive(
      .chats([
        ChatRecord(
          chat: "max:30", service: .max, kind: .dialog, title: "Chat 30", unread: 7,
          lastMessageAt: time.wallTime, readMark: 0)
      ]))
    program.receive(.character("x"))
    await settle()
    let answer = program.frame(size: Self.size, isAnswer: true)
    #expect(
      !answer.changed.contains(.pane(.chats)) && answer.changed.contains(.pane(.conversation)))
    #expect(frame().changed.contains(.pane(.chats)))
  }

  @Test("The picture ages by what the state says, and what is taken back counts")
  func aging() {
    // The next minute of the clock.
    #expect(frame().nextChange == .milliseconds(60_000 - time.wallTime % 60_000))
    model.context.notices.show(NoticeText(.info, "read this"))
    #expect(frame().nextChange == .seconds(6))
  }

  @Test("Keys that scroll go by what the last picture left out of sight")
  func sight() async throws {
    program.receive(.character("?"))
    _ = frame()
    program.receive(.end)
    guard case .help(let help)? = model.screen.dialog else {
      Issue.record("no help")
      return
    }
    #expect((1..<200).contains(help.scroll))
    let end = frame().canvas
    program.receive(.down)
    #expect(frame().canvas == end, "it stands at its end")
    program.receive(.escape)

    program.receive(.enter)
    await settle()
    _ = frame()
    // More is unread than fits: a step down selects the first of it, not the last message.
    #expect(model.screen.conversation?.top == 0)
    program.receive(.pageDown)
    let selection = try #require(model.screen.conversation?.selection)
    #expect(selection < 30)
  }
}

/// All that is stored in a tree of values and objects, as text; but for functions and tasks, and for
/// the actors and their store, which no picture has access to.
private struct Contents {
  private(set) var lines: [String] = []
  private var seen: Set<ObjectIdentifier> = []

  @MainActor init(of model: ConsoleModel) { add("model", model, depth: 0) }

  private mutating func add(_ label: String, _ value: Any, depth: Int) {
    if value is any Actor || value is Store || label == "screensBuilt" { return }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .class {
      guard seen.insert(ObjectIdentifier(value as AnyObject)).inserted else { return }
    }
    guard !mirror.children.isEmpty else {
      lines.append("\(depth) \(label): \(value)")
      return
    }
    lines.append("\(depth) \(label): \(type(of: value))")
    // Sets and dictionaries have no order of their own.
    let isOrdered = ![.set, .dictionary].contains(mirror.displayStyle)
    var parts: [[String]] = []
    for child in mirror.children {
      let start = lines.count
      add(child.label ?? "-", child.value, depth: depth + 1)
      if !isOrdered {
        parts.append(Array(lines[start...]))
        lines.removeSubrange(start...)
      }
    }
    lines += parts.sorted { $0.joined() < $1.joined() }.flatMap(\.self)
  }
}
