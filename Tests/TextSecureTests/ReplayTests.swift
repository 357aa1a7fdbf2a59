import Axolotl
import Cryptography
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("What a relay says again")
struct ReplayTests {
  /// How a session comes to its end.
  enum Ending: CaseIterable, Sendable { case theirs, ours, staleOrExtra }

  @Test("A first message under the last-resort key is shown once", arguments: Ending.allCases)
  func lastResort(_ ending: Ending) async throws {
    try await withTwoClients { relay, alice, bob in
      await relay.leaveKeys(0, of: bob.number)
      try await alice.sender.send(PushContent(body: "once"), to: bob.number)
      #expect(try await bob.text() == "once")
      let first = try #require(
        await relay.requests.last { $0.target.hasPrefix("/v1/messages/\(bob.number)") })
      switch ending {
      case .theirs:
        try await alice.sender.endSession(with: bob.number)
        #expect(try await bob.outcome() == .sessionEnded)
      case .ours:
        try await bob.sender.endSession(with: alice.number)
        #expect(try await alice.outcome() == .sessionEnded)
      case .staleOrExtra:
        // What a 410, and a 409 with extra devices, do.
        try await bob.book.end([1], of: alice.number, unsealing: nil)
      }
      #expect(try await bob.book.devices(of: alice.number).isEmpty)
      for _ in 0..<3 { _ = await relay.answer(first) }
      try await alice.sender.send(PushContent(body: "next"), to: bob.number)
      #expect(try await bob.text() == "next")
      let texts = await bob.store.received.compactMap { message in
        if case .content(let content) = message.outcome { content.body } else { nil }
      }
      #expect(texts == ["once", "next"])
    }
  }

  @Test(
    "A message that was on its way when its session ended is read; nothing is sent with that one")
  func onItsWay() async throws {
    try await withTwoClients { relay, alice, bob in
      try await alice.sender.send(PushContent(body: "hello"), to: bob.number)
      #expect(try await bob.text() == "hello")
      try await bob.sender.send(PushContent(body: "hello yourself"), to: alice.number)
      #expect(try await alice.text() == "hello yourself")
      await relay.hold()
      try await bob.sender.send(PushContent(body: "late"), to: alice.number)
      try await alice.sender.endSession(with: bob.number)
      await relay.release(alice.number)
      #expect(try await alice.text() == "late")
      await relay.release(bob.number)
      #expect(try await bob.outcome() == .sessionEnded)
      for client in [alice, bob] {
        let other = client === alice ? bob : alice
        #expect(try await client.book.devices(of: other.number).isEmpty)
      }
      let before = await relay.requests.count { $0.target.hasPrefix("/v1/keys/\(bob.number)") }
      try await alice.sender.send(PushContent(body: "anew"), to: bob.number)
      #expect(try await bob.text() == "anew")
      let after = await relay.requests.count { $0.target.hasPrefix("/v1/keys/\(bob.number)") }
      #expect(after == before + 1, "a session of its own")
    }
  }
}
