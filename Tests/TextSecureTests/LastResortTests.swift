import Axolotl
import Cryptography
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("The key of last resort")
struct LastResortTests {
  @Test("It is changed once a month; who has fetched the one before can still write")
  func rotation() async throws {
    try await withTwoClients { relay, alice, bob in
      let first = try #require(await bob.store.preKey(PreKey.lastResortID))
      await relay.leaveKeys(0, of: bob.number)
      // Fetched now, used later.
      let bundles = try await alice.api.keys(of: bob.number, .every)
      try await alice.book.start(bundles, with: bob.number)
      #expect(bundles.first?.bundle.preKeyID == PreKey.lastResortID)

      await relay.leaveKeys(100, of: alice.number)
      #expect(try await !alice.stock.refill(), "there are enough, and it is new")
      bob.time.advance(by: .seconds(31 * 24 * 3600))
      #expect(try await bob.stock.refill())
      let second = try #require(await bob.store.preKey(PreKey.lastResortID))
      #expect(second != first)
      #expect(await bob.store.retired == [first])
      #expect(try await !bob.stock.refill(), "it is new")

      try await alice.sender.send(PushContent(body: "late"), to: bob.number)
      #expect(try await bob.text() == "late")
      let message = try #require(
        await relay.requests.last { $0.target.hasPrefix("/v1/messages/\(bob.number)") })
      try await bob.book.end([1], of: alice.number, unsealing: nil)
      _ = await relay.answer(message)
      try await bob.sender.send(PushContent(body: "answer"), to: alice.number)
      #expect(try await alice.text() == "answer")
      #expect(await bob.store.received.count == 1)
    }
  }
}
