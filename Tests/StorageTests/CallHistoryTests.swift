import Cryptography
import Storage
import Testing

@Suite("Call history")
struct CallHistoryTests {
  private let store: Store

  init() throws { store = try Store.inMemory() }

  private func call(
    _ id: String, _ state: CallRecord.State, at: Int64 = noon, duration: Int64? = nil
  ) -> CallRecord {
    CallRecord(
      service: .max, conversationId: id, callerId: "1", kind: .audio, at: at, state: state,
      duration: duration,
      endedAt: at)
  }

  @Test("What rang here and stands in the history is one call, with what only one of them knows")
  func noDuplicates() async throws {
    var live = call("a", .missed)
    live.callerName = "Павел"
    live.token = Secret("t")
    live.turn = ["turn:127.0.0.1:1"]
    try await store.calls.save(live)
    let news = try await store.calls.merge(
      [call("a", .ended, at: noon + 5, duration: 7000), call("b", .missed, at: noon - 9)], of: .max,
      cursor: 42)
    #expect(news.changed.map(\.id) == ["a", "b"] && news.removed == [])
    let stored = try await store.calls.recent(limit: 9)
    #expect(stored.map(\.id) == ["a", "b"])
    #expect(stored[0].state == .ended && stored[0].duration == 7000)
    #expect(stored[0].at == noon && stored[0].callerName == "Павел")
    #expect(stored[0].token == live.token && stored[0].turn == live.turn)
    #expect(try await store.settings.value(.callCursor) == "42")
    // The same again is no news.
    let again = try await store.calls.merge([call("b", .missed, at: noon - 9)], of: .max)
    #expect(again == CallNews())
  }

  @Test(
    "A ring that was stopped here alone was not missed, but may have been answered elsewhere",
    arguments: [
      (CallRecord.State.missed, CallRecord.State.ignored), (.declined, .declined), (.ended, .ended),
    ])
  func ignored(told: CallRecord.State, kept: CallRecord.State) async throws {
    try await store.calls.save(call("a", .ignored))
    try await store.calls.merge([call("a", told)], of: .max)
    #expect(try await store.calls.call("a")?.state == kept)
  }

  @Test("A history that replaces the log leaves what rings, and goes with the account")
  func replacing() async throws {
    for (id, state) in [("a", CallRecord.State.missed), ("b", .ended), ("c", .ringing)] {
      try await store.calls.save(call(id, state))
    }
    let news = try await store.calls.merge(
      [call("b", .ended)], of: .max, replacing: true, cursor: 1)
    #expect(news.removed == ["a"] && news.changed == [])
    #expect(try await store.calls.recent(limit: 9).map(\.id).sorted() == ["b", "c"])
    try await store.calls.remove(["b", "unknown"])
    #expect(try await store.calls.recent(limit: 9).map(\.id) == ["c"])
    try await store.forget(.max, with: [.messages, .callHistory])
    #expect(try await store.calls.recent(limit: 9).isEmpty)
    #expect(try await store.settings.value(.callCursor) == nil)
  }

  @Test("A call of one's own names who was called")
  func own() async throws {
    var own = call("a", .ended)
    own.calleeId = "5"
    own.calleeName = "Мария"
    try await store.calls.save(own)
    #expect(try await store.calls.call("a") == own)
  }
}
