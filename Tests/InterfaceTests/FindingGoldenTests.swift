import Domain
import MaxService
import Phrases
import Storage
import Testing
import TextSecureService

@testable import Interface
@testable import ScreenState
@testable import ViewModels

private let classic = Size(columns: 80, rows: 24)
private let large = Size(columns: 120, rows: 40)

private func expect(_ state: ScreenState, _ name: String, sizes: [Size] = [classic, large]) throws {
  for size in sizes {
    try Golden.expect(
      ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
  }
}

/// The search, the palette, and the conversation as they lead to it.
@MainActor @Suite struct FindingGoldenTests {
  /// With something in its field.
  private func searching(_ words: String) async throws -> Scene {
    let scene = try await Scene.inUse()
    await scene.press(.control("f"), .paste(words))
    return scene
  }

  /// A chat of sixty messages that was just opened.
  private func longChat(unread: Int) async throws -> Scene {
    let scene = try await Scene { store in
      try await store.chats.save([
        ChatRecord(
          chat: "max:1", service: .max, kind: .dialog, title: "Павел", unread: unread,
          lastMessageAt: Sample.now, readMark: Sample.ago(minutes: Int64(unread)))
      ])
      try await store.messages.save(Sample.rows(60, in: "max:1"))
    }
    await scene.press(.enter)
    scene.model.conversation.loader.endPast()
    scene.set(.init(service: .max, state: .online, account: "Ира", roundTrip: 41))
    return scene
  }

  @Test func hits() async throws {
    let scene = try await searching("\"белый хлеб\" молок")
    await scene.press(.down)
    try expect(scene.screen, "search")
  }

  @Test func beforeAnythingIsTyped() async throws {
    try expect(try await searching("").screen, "search-idle", sizes: [classic])
  }

  @Test func nothingIsStored() async throws {
    let scene = try await searching("каракатица")
    try expect(scene.screen, "search-nothing", sizes: [classic])
    await scene.press(.control("t"))
    var state = scene.screen
    state.change { $0.server = .asking }
    try expect(state, "search-asking", sizes: [classic])
  }

  @Test func theServerCannotBeAsked() async throws {
    let scene = try await searching("\"белый хлеб\" молок")
    scene.set(.init(service: .max, state: .waiting(until: 4200), account: "Ира"))
    try expect(scene.screen, "search-offline", sizes: [classic])
    var state = scene.screen
    state.change {
      $0.server = .failed(
        "MAX cannot be reached. Check the network and the address; `tercet doctor` tells more.")
    }
    try expect(state, "search-failed", sizes: [classic])
  }

  @Test func everythingThereIsToDo() async throws {
    let scene = try await Scene.inUse()
    await scene.press(.control("p"))
    await scene.type("mess")
    await scene.press(.down, .down)
    try expect(scene.screen, "palette")
    await scene.type("zzz")
    try expect(scene.screen, "palette-nothing", sizes: [classic])
  }

  @Test func aHitInItsContext() async throws {
    let scene = try await Scene.inUse()
    try await scene.store.messages.save(Sample.rows(500, in: "max:2"))
    await scene.press(.control("f"), .paste("строка 4 под"), .enter)
    try expect(scene.screen, "hit")
  }

  @Test func manyUnreadMessagesBeginAtTheFirst() async throws {
    let scene = try await longChat(unread: 40)
    var state = scene.screen
    state.conversation?.isLoadingNewer = true
    try expect(state, "unread-many", sizes: [classic])
    #expect(ScreenLayout(state).frame(classic).sight.hasUnreadBelow)
    #expect(ScreenLayout(state).frame(large).sight.hasUnreadBelow)
    #expect(!ScreenLayout(state).frame(Size(columns: 80, rows: 100)).sight.hasUnreadBelow)
    await scene.press(.up, .end, .up)
    state = scene.screen
    state.conversation?.isMissingNewer = true
    state.conversation?.isTornBelow = true
    try expect(state, "missing-later", sizes: [classic])
    scene.model.conversation.loader.endPast()
    for _ in 0..<8 { await scene.press(.pageUp) }
    state = scene.screen
    state.conversation?.isMissingOlder = true
    state.conversation?.hasReachedBeginning = false
    try expect(state, "missing-earlier", sizes: [classic])
  }

  @Test func fewUnreadMessagesAreAllInSight() async throws {
    var state = try await longChat(unread: 10).screen
    state.conversation?.climbed = 2400
    try expect(state, "unread-few", sizes: [classic])
  }

  @Test("How much follows stands beside what is said of the line, not over it")
  func muchFollowsWithoutALine() async throws {
    let scene = try await longChat(unread: 40)
    scene.set(.init(service: .max, state: .waiting(until: 4200), account: "Ира"))
    try expect(scene.screen, "unread-offline", sizes: [classic])
  }

  @Test func noSizeBreaksThePicture() async throws {
    let search = try await searching("хлеб").screen
    let palette = try await Scene.inUse()
    await palette.press(.control("p"))
    for columns in [40, 41, 57, 80, 110, 300] {
      for rows in [10, 11, 13, 24, 100] {
        for state in [search, palette.screen] {
          let size = Size(columns: columns, rows: rows)
          #expect(ScreenLayout(state).canvas(size).size == size)
        }
      }
    }
  }

  @Test("A snippet shows the word wherever it stands", arguments: [10, 30, 60])
  func snippets(_ width: Int) {
    let highlight = Highlight("иголка")
    let hay = String(repeating: "сено и солома ", count: 30)
    for text in ["иголка", "иголка \(hay)", "\(hay)иголка", "\(hay)иголка \(hay)", hay] {
      let line = Snippet(text, highlight: highlight, width: width).line
      #expect(line.width <= width)
      #expect(line.spans.contains { $0.text == "иголка" } == text.contains("иголка"))
    }
  }
}

extension ScreenState {
  /// What only a server's answer brings about in the search.
  fileprivate mutating func change(_ change: (inout SearchState) -> Void) {
    guard case .search(var search)? = dialog else { return }
    change(&search)
    dialog = .search(search)
  }
}

extension Sample {
  /// Messages of a long chat, one a minute, the last of them now.
  static func rows(_ count: Int, in chat: ChatID) -> [MessageRecord] {
    (1...count).map { number in
      MessageRecord(
        chat: chat, id: "r\(number)", senderId: "5", senderName: "Павел",
        at: ago(minutes: Int64(count - number)), text: "строка \(number) подряд")
    }
  }
}
