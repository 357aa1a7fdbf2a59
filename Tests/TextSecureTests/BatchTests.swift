import Axolotl
import Cryptography
import Relay
import TestSupport
import Testing
import Transport

@testable import TextSecure

/// What came together is stored together, and acknowledged only then.
@Suite("Messages that come together", .timeLimit(.minutes(10)))
struct BatchTests {
  @Test("They are one step, in their order; what cannot be read among them stays alone")
  func oneStep() async throws {
    try await withTwoClients { relay, alice, bob in
      await relay.hold()
      for number in 1...20 {
        try await alice.sender.send(PushContent(body: "\(number)"), to: bob.number)
      }
      var signals: [IncomingSignal] = []
      for envelope in await relay.mail(of: bob.number) {
        signals.append(try IncomingSignal(try bob.device.signalingKey.open(envelope)))
      }
      var damaged = ProtobufMessage()
      damaged.append(1, IncomingSignal.Kind.preKeyBundle.rawValue)
      damaged.append(2, alice.number)
      var message = signals[12].message
      // In the code at the end of the message in it, before the registration id.
      message[message.count - 6] ^= 1
      damaged.append(6, message)
      signals.insert(try IncomingSignal(damaged.serialized), at: 7)
      // Said twice by the relay.
      signals.insert(signals[3], at: 5)
      let before = await bob.store.steps
      let received = try await bob.book.receive(signals)
      #expect(await bob.store.steps == before + 1)
      #expect(await bob.store.received == received)
      var expected: [ReceivedMessage.Outcome] = (1...20).map {
        .content(PushContent(body: "\($0)"))
      }
      expected.insert(.unreadable(.session(.notAuthentic)), at: 7)
      #expect(received.map(\.outcome) == expected)
      #expect(await bob.store.preKeys.count == 100)
      // The damaged one says that it is the thirteenth, which was read.
      #expect(try await bob.book.receive(signals).isEmpty)
    }
  }

  @Test("A session that a message ends and the next one starts is gone and there within one step")
  func endWithin() async throws {
    try await withTwoClients { relay, alice, bob in
      await relay.hold()
      try await alice.sender.send(PushContent(body: "one"), to: bob.number)
      try await alice.sender.endSession(with: bob.number)
      try await alice.sender.send(PushContent(body: "two"), to: bob.number)
      let signals = try await relay.mail(of: bob.number).map {
        try IncomingSignal(try bob.device.signalingKey.open($0))
      }
      let received = try await bob.book.receive(signals)
      #expect(
        received.map(\.outcome) == [
          .content(PushContent(body: "one")), .sessionEnded, .content(PushContent(body: "two")),
        ])
      // Two first messages, each with a prekey of its own.
      #expect(await bob.store.preKeys.count == 99)
      #expect(try await bob.book.devices(of: alice.number) == [1])
    }
  }

  /// Alice, who has written, and Bob, who was offline.
  private func backlog(
    _ count: Int
  ) async throws -> (relay: RealRelay, alice: Client, bob: Client) {
    let relay = try await RealRelay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let bob = try await relay.client("+14155550102", seed: 2)
    for number in 1...count {
      try await alice.sender.send(PushContent(body: "\(number)"), to: bob.number)
      // Messages are rationed.
      relay.time.advance(by: .seconds(1))
    }
    return (relay, alice, bob)
  }

  /// Goes online until the store fails.
  private func fail(_ client: Client, with error: TextSecureError) async throws {
    try await client.online {
      let found = try await client.next("the end") {
        if case .offline(let error, _) = $0 { error } else { nil }
      }
      #expect(found == error)
    }
  }

  private func bodies(_ client: Client) async -> [String?] {
    await client.store.received.map {
      if case .content(let content) = $0.outcome { content.body } else { nil }
    }
  }

  @Test("Killed before a batch is stored: all of it comes again")
  func killedBefore() async throws {
    let (relay, _, bob) = try await backlog(20)
    await bob.store.setBroken(true)
    try await fail(bob, with: .store("the disk is full"))
    #expect(await bob.store.received.isEmpty)
    await bob.store.setBroken(false)
    #expect(try await bob.texts(20) == (1...20).map { "\($0)" })
    #expect(await bodies(bob) == (1...20).map { "\($0)" })
    await relay.server.stop()
  }

  @Test("Killed between the storing of a batch and its acknowledgement: nothing is there twice")
  func killedAfter() async throws {
    let (relay, alice, bob) = try await backlog(20)
    await bob.store.dieAfterCommit()
    try await fail(bob, with: .store("killed"))
    let stored = await bob.store.received.count
    #expect(stored > 0)
    await bob.store.setBroken(false)
    try await alice.sender.send(PushContent(body: "last"), to: bob.number)
    let texts = (stored + 1..<21).map { "\($0)" } + ["last"]
    #expect(try await bob.texts(texts.count) == texts)
    #expect(await bodies(bob) == (1...20).map { "\($0)" } + ["last"])
    await relay.server.stop()
  }

  @Test("One that cannot be stored keeps those before it from nothing")
  func refused() async throws {
    let (relay, _, bob) = try await backlog(12)
    await bob.store.refuse("7")
    try await fail(bob, with: .store("no room for it"))
    #expect(await bodies(bob) == (1...6).map { "\($0)" })
    await bob.store.refuse(nil)
    #expect(try await bob.texts(6) == (7...12).map { "\($0)" })
    #expect(await bodies(bob) == (1...12).map { "\($0)" })
    await relay.server.stop()
  }
}
