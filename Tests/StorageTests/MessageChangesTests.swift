import Cryptography
import Domain
import Storage
import Testing

@Suite("What is news among the messages that are stored")
struct MessageChangesTests {
  private let store: Store
  private let chat = dialog.chat

  init() async throws {
    store = try Store.inMemory()
    try await store.accounts.save(
      AccountRecord(
        service: .max, url: "wss://127.0.0.1", identifier: "+79990000000",
        secret: Secret("fake-token"),
        syncMarker: 1000, createdAt: 0))
    try await store.chats.save([dialog])
  }

  private func at(_ moment: Int64) -> MessageRecord { message("\(moment)", at: moment) }

  private func load(_ moments: Int64...) async throws {
    _ = try await store.keep(
      moments.map(at), of: chat, spanning: (moments.first ?? 0)...(moments.last ?? 0))
  }

  private func news(
    of work: () async throws -> Void
  ) async throws -> String {
    let start = try await store.messages.followChanges()
    try await work()
    return try await store.messages.changes(after: start).changes.map(\.message.id)
      .joined(separator: " ")
  }

  @Test("Loaded history is none, also where nothing was stored, unless it came since the login")
  func history() async throws {
    #expect(try await news { try await load(800, 900, 1001) } == "1001")
    #expect(try await news { try await load(500, 600) } == "")
    #expect(try await news { _ = try await store.keep([at(700)]) } == "", "found by a search")
    #expect(try await news { try await load(1001, 1002) } == "1002", "its push is on its way")
  }

  @Test("What was missed is news, whoever loads it first")
  func missed() async throws {
    try await store.messages.save([at(1000)])
    let told = try await news {
      try await store.applySync(
        .max, chats: [ChatDescription(dialog)], messages: [at(1050)], marker: 1060, after: 1000)
      try await load(900, 1000, 1010, 1020, 1050)
      let gap = try #require(try await store.gaps(.max).first)
      try await store.fill(gap, with: [at(1010), at(1020), at(1030), at(1050)], next: nil)
    }
    #expect(told == "1050 1010 1020 1030")
    let later = try await news { _ = try await store.keep([at(1040)]) }
    #expect(later == "", "it is no gap any more")
  }

  @Test("A first login tells of the past; a later one of chats that are new")
  func logins() async throws {
    let other = ChatRecord(chat: "max:2", service: .max, kind: .dialog, title: "2")
    let third = ChatRecord(chat: "max:3", service: .max, kind: .dialog, title: "3")
    let told = try await news {
      try await store.applySync(
        .max, chats: [ChatDescription(dialog)], messages: [at(900)], marker: 1000)
      try await store.applySync(
        .max, chats: [ChatDescription(other), ChatDescription(third)],
        messages: [message("old", at: 950, in: other), message("new", at: 1100, in: third)],
        marker: 1200, after: 1000)
    }
    #expect(told == "new")
  }

  @Test("What was loaded and changes then is a change, and not a new message")
  func changed() async throws {
    try await store.messages.save([at(1000)])
    let start = try await store.messages.followChanges()
    try await load(900, 1000)
    try await store.change(message("900", at: 900, "changed", edited: true))
    let changes = try await store.messages.changes(after: start).changes
    #expect(changes.map(\.message.id) == ["900"] && changes.first?.isNew == false)
  }
}
