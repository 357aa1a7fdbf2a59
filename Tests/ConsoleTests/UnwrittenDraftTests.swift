import Testing

@testable import Accounts
@testable import ScreenState
@testable import Storage
@testable import ViewModels

/// Drafts on a disk that takes nothing for a while.
@MainActor @Suite(.timeLimit(.minutes(5))) struct UnwrittenDraftTests {
  private nonisolated let noRoom =
    "CREATE TRIGGER no_room BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'no room'); END"

  @Test("A draft that could not be written is written at the end, without another letter")
  func draftOnAFullDisk() async throws {
    try await ConsoleFixture.runOnline { console in
      try await console.until("a chat to write in") { !$0.chats.rows.isEmpty }
      let store = console.hub.environment.store
      try await store.database.write {
        try $0.run(noRoom)
      }
      console.press(.enter)
      console.type("typed on a full disk")
      try await console.until("the failure") { !$0.notices.isEmpty }
      await console.hub.environment.busy.untilIdle()
      #expect(try await store.drafts.all().isEmpty)
      try await store.database.write { try $0.run("DROP TRIGGER no_room") }
      var isOver = false
      console.model.context.program.quit = { isOver = true }
      console.press(.control("c"))
      await console.hub.environment.busy.untilIdle()
      #expect(isOver)
      #expect(try await store.drafts.all().map(\.text) == ["typed on a full disk"])
    }
  }

  @Test("That something could not be stored is not said any longer than it is so")
  func noticeGoes() async throws {
    try await ConsoleFixture.runOnline { console in
      try await console.until("a chat to write in") { !$0.chats.rows.isEmpty }
      let store = console.hub.environment.store
      try await store.database.write { try $0.run(noRoom) }
      console.press(.enter)
      console.type("x")
      try await console.until("the failure") { !$0.notices.isEmpty }
      await console.hub.environment.busy.untilIdle()
      try await store.database.write { try $0.run("DROP TRIGGER no_room") }
      console.type("y")
      try await console.until("no word of it") { $0.notices.isEmpty }
    }
  }

  @Test("A disk that stays full keeps nobody from quitting")
  func quittingOnAFullDisk() async throws {
    try await ConsoleFixture.runOnline { console in
      try await console.until("a chat to write in") { !$0.chats.rows.isEmpty }
      try await console.hub.environment.store.database.write {
        try $0.run(noRoom)
      }
      console.press(.enter)
      console.type("lost")
      var isOver = false
      console.model.context.program.quit = { isOver = true }
      console.press(.control("c"))
      await console.hub.environment.busy.untilIdle()
      #expect(isOver)
    }
  }
}
