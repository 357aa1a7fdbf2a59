import Testing

@testable import Storage

/// The order of messages when clocks have been set.
struct MessageOrderTests {
  private let store: Store

  init() async throws { store = try Store.inMemory() }

  private func write(_ text: String, at: Int64) async throws {
    var draft = draft(text)
    draft.message?.at = at
    draft.createdAt = at
    _ = try await store.outbox.add(draft)
  }

  private var shown: [String] {
    get async throws {
      try await store.messages.latest(secureDialog.chat, limit: 10).map(\.text)
    }
  }

  @Test("What we wrote while our clock was ahead stands above what is written and received later")
  func ahead() async throws {
    let future = noon + 86_400_000
    try await write("before", at: noon - 1000)
    try await write("future 1", at: future)
    try await write("future 2", at: future + 5)
    // The clock was set right.
    _ = try await store.secure.commit(step(arrival("answer", at: noon)))
    #expect(try await shown == ["before", "future 1", "future 2", "answer"])
    #expect(try await store.chats.chat(secureDialog.chat)?.lastMessage == "answer")
    try await write("later", at: noon + 1000)
    #expect(try await shown == ["before", "future 1", "future 2", "answer", "later"])
  }

  @Test("What was written in one go stays in order when something older comes")
  func burst() async throws {
    // Times rise within a burst, so that the end of one may be a little ahead of the clock.
    for (index, at) in [noon - 1, noon, noon + 1].enumerated() {
      try await write("\(index)", at: at)
    }
    var old = arrival("older", at: noon - 5000)
    old.now = noon
    _ = try await store.secure.commit(step(old))
    #expect(try await shown == ["older", "0", "1", "2"])
  }

  @Test("So it stands above what we write ourselves, and others' messages keep their time")
  func own() async throws {
    let future = noon + 86_400_000
    var early = arrival("their clock is ahead", at: noon + 60_000)
    early.now = noon
    _ = try await store.secure.commit(step(early))
    try await write("future", at: future)
    try await write("later", at: noon + 120_000)
    #expect(try await shown == ["their clock is ahead", "future", "later"])
    let messages = try await store.messages.latest(secureDialog.chat, limit: 10)
    #expect(messages.first?.at == noon + 60_000)
  }

  private func step(_ arrival: TextSecureArrival) -> TextSecureStep {
    var step = TextSecureStep()
    step.arrivals = [arrival]
    return step
  }
}
