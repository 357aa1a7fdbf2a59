import Axolotl
import Cryptography
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("Two clients at a relay")
struct ConversationTests {
  @Test("They talk in both directions, in either dialect", arguments: [false, true])
  func talk(isBinary: Bool) async throws {
    try await withTwoClients(isBinary: isBinary) { relay, alice, bob in
      try await alice.sender.send(PushContent(body: "hello"), to: bob.number)
      #expect(try await bob.text() == "hello")
      for round in 1...3 {
        try await bob.sender.send(PushContent(body: "b\(round)"), to: alice.number)
        #expect(try await alice.text() == "b\(round)")
        try await alice.sender.send(PushContent(body: "a\(round)"), to: bob.number)
        #expect(try await bob.text() == "a\(round)")
      }
      #expect(await bob.store.identity(of: alice.number) == alice.device.identity.publicKey)
      #expect(await bob.store.preKeys.count == 100)
      let line = await relay.requests.first { $0.isWebSocketUpgrade }
      #expect(line?.target.contains("login=%2B1415555010") == true)
      #expect(line?.target.contains("&user=%2B1415555010") == true)
    }
  }

  @Test("Messages that come in another order are all read")
  func outOfOrder() async throws {
    try await withTwoClients { relay, alice, bob in
      await relay.hold()
      for text in ["1", "2", "3"] {
        try await alice.sender.send(PushContent(body: text), to: bob.number)
      }
      await relay.release(bob.number, reversed: true)
      let texts = [try await bob.text(), try await bob.text(), try await bob.text()]
      #expect(texts == ["3", "2", "1"])
    }
  }

  @Test("A message of which no answer came is sent again as it was, and arrives once")
  func sealed() async throws {
    try await withTwoClients { relay, alice, bob in
      let id = DispatchID(message: 7, number: bob.number)
      try await alice.sender.send(PushContent(body: "once"), to: bob.number, as: id)
      let kept = try #require(await alice.store.sealed(id))
      #expect(try SealedMessage(serialized: kept.serialized) == kept)
      // The process ended before it could note that the relay has it.
      try await alice.sender.send(PushContent(body: "once"), to: bob.number, as: id)
      try await alice.sender.send(PushContent(body: "next"), to: bob.number)
      #expect(try await bob.text() == "once")
      #expect(try await bob.text() == "next")
      #expect(await alice.store.sealed(id) == kept)
    }
  }

  @Test("Both may begin at the same moment")
  func simultaneous() async throws {
    try await withTwoClients { relay, alice, bob in
      await relay.hold()
      try await alice.sender.send(PushContent(body: "from alice"), to: bob.number)
      try await bob.sender.send(PushContent(body: "from bob"), to: alice.number)
      await relay.release(alice.number)
      await relay.release(bob.number)
      #expect(try await bob.text() == "from alice")
      #expect(try await alice.text() == "from bob")
      try await alice.sender.send(PushContent(body: "again"), to: bob.number)
      #expect(try await bob.text() == "again")
      try await bob.sender.send(PushContent(body: "yes"), to: alice.number)
      #expect(try await alice.text() == "yes")
    }
  }

  @Test("An end of session is one on both sides; the next message starts another")
  func endOfSession() async throws {
    try await withTwoClients { _, alice, bob in
      try await alice.sender.send(PushContent(body: "hello"), to: bob.number)
      #expect(try await bob.text() == "hello")
      try await alice.sender.endSession(with: bob.number)
      #expect(try await bob.outcome() == .sessionEnded)
      #expect(try await alice.book.devices(of: bob.number).isEmpty)
      #expect(try await bob.book.devices(of: alice.number).isEmpty)
      try await bob.sender.send(PushContent(body: "anew"), to: alice.number)
      #expect(try await alice.text() == "anew")
    }
  }

  @Test("What is forged or comes twice is neither shown nor, if forged, acknowledged")
  func forgedAndReplayed() async throws {
    try await withTwoClients { relay, alice, bob in
      await relay.hold()
      try await alice.sender.send(PushContent(body: "one"), to: bob.number)
      let body = try #require(await relay.requests.last { $0.target.contains("/messages/") })
      await relay.release(bob.number)
      #expect(try await bob.text() == "one")
      // The same ciphertext once more, in a new envelope.
      _ = await relay.answer(body)
      var forged = bob.device.signalingKey.seal(Vectors.signal, random: SystemRandom())
      forged[30] ^= 1
      await relay.inject(forged, to: bob.number)
      let error = try await bob.next("a refusal") {
        if case .rejected(let error) = $0 { error } else { nil }
      }
      #expect(error == .notAuthentic)
      try await alice.sender.send(PushContent(body: "two"), to: bob.number)
      #expect(try await bob.text() == "two")
      #expect(await bob.store.received.count == 2)
    }
  }

  @Test("Nothing is acknowledged that could not be stored; it is read when it comes again")
  func storeFails() async throws {
    try await withTwoClients { relay, alice, bob in
      await bob.store.setBroken(true)
      try await alice.sender.send(PushContent(body: "kept"), to: bob.number)
      let error = try await bob.next("the failure") {
        if case .offline(let error, _) = $0 { error } else { nil }
      }
      #expect(error == .store("the disk is full"))
      #expect(await relay.acknowledgements == 0)
      #expect(await bob.store.preKeys.count == 101)
      await bob.store.setBroken(false)
      await bob.time.untilSleeping(1)
      bob.time.advance(by: .seconds(60))
      try await bob.next("online") { $0 == .online ? () : nil }
      let message = try #require(await relay.requests.last { $0.target.contains("/messages/") })
      _ = await relay.answer(message)
      #expect(try await bob.text() == "kept")
    }
  }

  @Test("Prekeys are made anew when fewer than ten are left, the last-resort key is kept")
  func refill() async throws {
    try await withTwoClients { relay, alice, bob in
      let lastResort = await bob.store.preKey(PreKey.lastResortID)
      await relay.leaveKeys(10, of: bob.number)
      try await alice.sender.send(PushContent(body: "hello"), to: bob.number)
      #expect(try await bob.text() == "hello")
      try await bob.sender.send(PushContent(body: "ready"), to: alice.number)
      #expect(try await alice.text() == "ready")
      try await alice.sender.send(PushContent(body: "two"), to: bob.number)
      #expect(try await bob.text() == "two")
      #expect(await relay.uploads == 3)
      #expect(await bob.store.preKey(PreKey.lastResortID) == lastResort)
      #expect(await bob.store.preKeys.count == 200)
    }
  }

  @Test("A new identity key is parked until a person accepts it, both ways")
  func newIdentity() async throws {
    try await withTwoClients { relay, alice, bob in
      let other = KeyPair(random: SeededRandom(seed: 9)).publicKey
      try await bob.book.accept(other, of: alice.number)
      try await alice.sender.send(PushContent(body: "it is me"), to: bob.number)
      guard case .untrusted(let key, let signal) = try await bob.outcome() else {
        Issue.record("an untrusted message was read")
        return
      }
      #expect(key == alice.device.identity.publicKey)
      await #expect(throws: TextSecureError.untrustedIdentity(number: alice.number, key: key)) {
        try await bob.sender.send(PushContent(body: "who?"), to: alice.number)
      }
      #expect(await bob.store.sessions.isEmpty)
      try await bob.book.accept(key, of: alice.number)
      let message = try await bob.receiver.receive(signal: signal)
      #expect(message?.outcome == .content(PushContent(body: "it is me")))
    }
  }
}
