import Storage
import Testing

@testable import Accounts
@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Which cells belong to what, in pictures of the sizes that matter.
@MainActor @Suite struct ClickTargetTests {
  nonisolated static let sizes = [(40, 12), (80, 24), (120, 40)].map {
    Size(columns: $0.0, rows: $0.1)
  }

  /// The words in an area of a picture.
  private func words(_ area: Rect, _ frame: Frame) -> String {
    (area.row..<area.row + area.rows).map { row in
      // The second column of a wide character has no text.
      (area.column..<area.column + area.columns).map { frame.canvas[$0, row].text }.joined()
    }.joined(separator: "\n")
  }

  /// The first letters of a name, which is cut and made harmless.
  private static func start(of name: String) -> Substring {
    name.split { !$0.isLetter && !$0.isNumber }.first?.prefix(4) ?? ""
  }

  private func frame(_ scene: Scene, _ size: Size) -> Frame {
    ScreenLayout(scene.screen).frame(size)
  }

  @Test("All of a picture's areas lie in it, and hold what they are about", arguments: sizes)
  func panes(_ size: Size) async throws {
    let scene = try await Scene.inUse()
    for pane in PaneID.allCases {
      scene.model.focus(pane)
      let (frame, state) = (frame(scene, size), scene.screen)
      #expect(!frame.targets.isEmpty)
      var kinds: Set<String> = []
      for part in frame.targets {
        let area = part.area
        #expect(area.column >= 0 && area.row >= 0 && area.columns > 0 && area.rows > 0)
        #expect(area.column + area.columns <= size.columns && area.row + area.rows <= size.rows)
        let text = words(area, frame)
        switch part.target {
        case .row(.chats, let id):
          let row = try #require(state.chats.rows.first { $0.id == id })
          #expect(text.contains(Self.start(of: row.title)), "\(text)")
          kinds.insert("chat")
        case .row(.balances, let id):
          #expect(text.contains(id), "\(text)")
          kinds.insert("balance")
        case .row(.orders, let id):
          let row = try #require(state.orders.rows.first { $0.id == id })
          #expect(text.contains(row.from.prefix(4)), "\(text)")
          kinds.insert("order")
        case .row(.calls, let id):
          let row = try #require(state.calls.rows.first { $0.id == id })
          #expect(text.contains(Self.start(of: row.caller)), "\(text)")
          kinds.insert("call")
        case .row(.conversation, let id):
          #expect(state.conversation?.lines.contains { $0.id == id } == true)
          kinds.insert("message")
        case .key(let key):
          #expect(
            text.contains(key.hintMark) || text.contains(key.mark), "\(key.name) in \(text)")
          kinds.insert("key")
        case .view: kinds.insert("tab")
        case .lamp: kinds.insert("lamp")
        case .composer: kinds.insert("composer")
        case .pane: kinds.insert("pane")
        case .dialog, .dialogRow, .dialogField: Issue.record("no dialog is open")
        }
      }
      let isWide = size.columns >= 110
      #expect(kinds.contains("tab") == !isWide)
      let all: Set = ["chat", "balance", "order", "call", "message", "lamp", "composer"]
      #expect(kinds.isSuperset(of: ["key", "pane"]))
      #expect(!isWide || kinds.isSuperset(of: all))
      if !isWide {
        let here: Set<String> =
          switch pane {
          case .chats: ["chat"]
          case .conversation: ["message", "composer"]
          case .balances: ["balance"]
          case .orders: ["order"]
          case .calls: ["call"]
          }
        #expect(kinds.isSuperset(of: here), "\(pane) \(kinds)")
      }
    }
  }

  @Test("A tab's cells are its own, those between two nobody's", arguments: [sizes[0], sizes[1]])
  func tabs(_ size: Size) async throws {
    let frame = frame(try await Scene.inUse(), size)
    let views = frame.targets.compactMap { part in
      if case .view(let pane) = part.target { (pane, part.area) } else { nil }
    }
    #expect(views.map(\.0) == [.chats, .conversation, .balances, .calls])
    for (index, (pane, area)) in views.enumerated() {
      #expect(words(area, frame).hasPrefix("\(index + 1)"))
      #expect(frame.targets.target(column: area.column, row: 0) == .view(pane))
      #expect(frame.targets.target(column: area.column - 1, row: 0) == nil)
    }
    #expect(frame.targets.target(column: size.columns, row: 0) == nil)
    #expect(frame.targets.target(column: 0, row: size.rows) == nil)
    #expect(frame.targets.target(column: 65534, row: 65534) == nil)
  }

  @Test("Under a dialog nothing but its keys can be clicked", arguments: sizes)
  func dialogs(_ size: Size) async throws {
    let scene = try await Scene.inUse()
    let openings: [(String, Key)] = [
      ("palette", .control("p")), ("search", .control("f")), ("help", .character("?")),
      ("ticket", .character("t")), ("sign-out", .character("L")), ("contact", .character("n")),
      ("wizard", .character("S")),
    ]
    for (name, key) in openings {
      scene.model.focus(.chats)
      await scene.press(key)
      try #require(scene.screen.dialog != nil, "\(name)")
      let frame = frame(scene, size)
      for part in frame.targets {
        switch part.target {
        case .dialog, .dialogRow, .dialogField: break
        case .key(let key):
          let text = words(part.area, frame)
          #expect(text.contains(key.hintMark) || text.contains(key.mark), "\(name) \(text)")
        default: Issue.record("\(name) has \(part.target)")
        }
      }
      #expect(frame.targets.contains { $0.target == .dialog }, "\(name)")
      let rows = frame.targets.filter {
        if case .dialogRow = $0.target { true } else { false }
      }
      let fields = frame.targets.filter {
        if case .dialogField = $0.target { true } else { false }
      }
      let lists = ["palette", "sign-out", "wizard", "contact"]
      #expect(rows.isEmpty == !lists.contains(name), "\(name)")
      #expect(fields.isEmpty == !["ticket"].contains(name), "\(name)")
      // The selected one is among them.
      if !rows.isEmpty { #expect(rows.contains { $0.target == .dialogRow(0) }) }
      scene.model.dialogs.close()
    }
  }

  @Test("A click on what has only just come under the pointer is for nothing")
  func aim() async throws {
    let scene = try await Scene.inUse()
    let (wide, size) = (Pointer.aim, Size(columns: 80, rows: 24))
    var pointer = Pointer()
    #expect(pointer.click(column: 1, row: 5, at: 0) == nil)
    let list = frame(scene, size)
    pointer.show(list, at: 0)
    let chat = try #require(
      list.targets.first { if case .row = $0.target { true } else { false } })
    let (column, row) = (chat.area.column + 2, chat.area.row)
    #expect(pointer.click(column: column, row: row, at: 10) == chat.target)
    scene.model.focus(.calls)
    let calls = frame(scene, size)
    pointer.show(calls, at: 1000)
    #expect(pointer.click(column: column, row: row, at: 1000 + wide - 1) == nil)
    #expect(
      pointer.click(column: column, row: row, at: 1000 + wide)
        == calls.targets.target(column: column, row: row))
    // What has not changed there can be clicked at once.
    pointer.show(calls, at: 5000)
    #expect(pointer.click(column: column, row: row, at: 5001) != nil)
    #expect(
      pointer.target(column: column, row: row)
        == calls.targets.target(column: column, row: row))
  }

  @Test("The second click of a double click is for the same row, wherever that is by then")
  func doubleClick() async throws {
    let scene = try await Scene.inUse()
    let size = Size(columns: 80, rows: 24)
    var pointer = Pointer()
    scene.model.focus(.orders)
    let desk = frame(scene, size)
    pointer.show(desk, at: 0)
    let order = try #require(
      desk.targets.first { if case .row(.orders, _) = $0.target { true } else { false } })
    let (column, row) = (order.area.column, order.area.row)
    #expect(pointer.click(column: column, row: row, at: 1000) == order.target)
    scene.model.focus(.calls)
    pointer.show(frame(scene, size), at: 1010)
    #expect(pointer.click(column: column, row: row, at: 1200) == order.target)
    #expect(pointer.click(column: column, row: row, at: 1250) == nil, "there is no triple click")

    scene.model.focus(.chats)
    await scene.press(.control("p"))
    let palette = frame(scene, size)
    pointer.show(palette, at: 9000)
    let entry = try #require(palette.targets.first { $0.target == .dialogRow(2) })
    let place = (entry.area.column, entry.area.row)
    #expect(pointer.click(column: place.0, row: place.1, at: 9500) == .dialogRow(2))
    #expect(pointer.click(column: place.0, row: place.1, at: 9700) == .dialogRow(0))
    let slow = pointer.click(column: place.0, row: place.1, at: 12_000)
    #expect(slow == .dialogRow(2))
  }
}
