import Axolotl
import Cryptography
import FoundationEssentials
import Relay
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("Clients at a real relay", .timeLimit(.minutes(10)))
struct RealConversationTests {
  /// Alice and Bob, registered and offline.
  private func pair(
    _ adjust: (inout RelayServerConfiguration) -> Void = { _ in }
  ) async throws -> (relay: RealRelay, alice: Client, bob: Client) {
    let relay = try await RealRelay(adjust)
    return (
      relay, try await relay.client("+14155550101", seed: 1),
      try await relay.client("+14155550102", seed: 2)
    )
  }

  @Test("They talk in both directions over either line", arguments: [SocketFormat.json, .protobuf])
  func talk(language: SocketFormat) async throws {
    let (relay, alice, bob) = try await pair { $0.socketFormat = language }
    try await alice.online {
      try await bob.online {
        for round in 1...5 {
          try await alice.sender.send(PushContent(body: "a\(round)"), to: bob.number)
          #expect(try await bob.text() == "a\(round)")
          try await bob.sender.send(PushContent(body: "b\(round)"), to: alice.number)
          #expect(try await alice.text() == "b\(round)")
        }
      }
    }
    #expect(await alice.store.identities[bob.number] == bob.device.identity.publicKey)
    #expect(await bob.store.preKeys.count == 100)
    await relay.server.stop()
  }

  @Test("Two hundred messages wait for who is offline and come in order, once")
  func burst() async throws {
    let (relay, alice, bob) = try await pair()
    for number in 1...200 {
      try await alice.sender.send(PushContent(body: "\(number)"), to: bob.number)
      // Messages are rationed.
      relay.time.advance(by: .seconds(1))
    }
    #expect(try await bob.texts(200) == (1...200).map { "\($0)" })
    #expect(await bob.store.received.count == 200)
    await relay.server.stop()
  }

  @Test("Who dies between storing and acknowledging gets it again and drops it without a word")
  func redelivery() async throws {
    let (relay, alice, bob) = try await pair()
    try await alice.sender.send(PushContent(body: "one"), to: bob.number)
    await bob.store.dieAfterCommit()
    try await bob.online {
      let error = try await bob.next("the end") {
        if case .offline(let error, _) = $0 { error } else { nil }
      }
      #expect(error == .store("killed"))
    }
    await bob.store.setBroken(false)
    for text in ["two", "three"] {
      try await alice.sender.send(PushContent(body: text), to: bob.number)
      #expect(try await bob.texts(1) == [text])
    }
    #expect(await bob.store.received.count == 3)
    await relay.server.stop()
  }

  @Test("A second device of a number is found, and both read; a re-installation is held back")
  func devices() async throws {
    let (relay, alice, bob) = try await pair()
    try await alice.sender.send(PushContent(body: "to one"), to: bob.number)
    let second = try await relay.secondDevice(of: bob, seed: 20)
    // 409: a device is missing.
    try await alice.sender.send(PushContent(body: "to both"), to: bob.number)
    #expect(try await bob.texts(2) == ["to one", "to both"])
    try await second.online {
      #expect(try await second.text() == "to both")
      try await second.sender.send(PushContent(body: "from two"), to: alice.number)
    }
    #expect(try await alice.texts(1) == ["from two"])
    #expect(await alice.store.devices(of: bob.number).sorted() == [1, 2])
    // The number is registered anew: one device, another identity. 409 for the extra device, then
    // 410 for the stale one, then the new key must be accepted.
    let anew = try await relay.client(bob.number, seed: 30)
    let key = anew.device.identity.publicKey
    let held = DispatchID(message: 1, number: bob.number)
    for _ in 1...2 {
      await #expect(throws: TextSecureError.untrustedIdentity(number: bob.number, key: key)) {
        try await alice.sender.send(PushContent(body: "held"), to: bob.number, as: held)
      }
      relay.time.advance(by: .seconds(600))
    }
    try await alice.book.accept(key, of: bob.number)
    try await alice.sender.send(PushContent(body: "held"), to: bob.number, as: held)
    #expect(try await anew.texts(1) == ["held"])
    #expect(await alice.store.devices(of: bob.number) == [1])
    await relay.server.stop()
  }

  @Test("The same person on a new registration id is written to again without a question")
  func stale() async throws {
    let (relay, alice, bob) = try await pair()
    try await alice.sender.send(PushContent(body: "one"), to: bob.number)
    // The same identity registers again, as from a backup of the keys alone.
    let fresh = try relay.stranger(bob.number, seed: 40).device
    let again = Client(
      LocalDevice(
        credentials: fresh.credentials, signalingKey: fresh.signalingKey,
        registrationID: fresh.registrationID, identity: bob.device.identity),
      url: relay.server.url, network: relay.network, random: SeededRandom(seed: 41))
    relay.time.advance(by: .seconds(60))
    try await again.api.requestCode(for: bob.number, by: .sms)
    try await again.api.verify(code: try relay.code(for: bob.number).code, device: again.device)
    try await again.stock.upload()
    try await alice.sender.send(PushContent(body: "two"), to: bob.number)
    #expect(try await again.texts(1) == ["two"])
    await relay.server.stop()
  }

  @Test("An end of session is heard and the next message starts another")
  func endOfSession() async throws {
    let (relay, alice, bob) = try await pair()
    try await alice.online {
      try await bob.online {
        try await alice.sender.send(PushContent(body: "hello"), to: bob.number)
        #expect(try await bob.text() == "hello")
        try await alice.sender.endSession(with: bob.number)
        #expect(try await bob.outcome() == .sessionEnded)
        try await bob.sender.send(PushContent(body: "anew"), to: alice.number)
        #expect(try await alice.text() == "anew")
      }
    }
    await relay.server.stop()
  }

  @Test("A group of four lives through its creation, a message, a new name and a farewell")
  func group() async throws {
    let (relay, alice, bob) = try await pair()
    let others = [
      bob, try await relay.client("+14155550103", seed: 3),
      try await relay.client("+14155550104", seed: 4),
    ]
    let everybody = [alice] + others
    var group = Group(
      name: "Friends", others: others.map(\.number), own: alice.number,
      random: SeededRandom(seed: 5))

    func tell(_ context: GroupContext, _ body: String? = nil, from sender: Client) async throws {
      let content = PushContent(body: body, group: context)
      let failures = await sender.sender.send(
        content, toEach: everybody.map(\.number).filter { $0 != sender.number })
      #expect(failures.isEmpty)
      for member in everybody where member.number != sender.number {
        let outcome = try await member.online { try await member.outcome() }
        #expect(outcome == .content(content))
      }
    }

    try await tell(group.update, from: alice)
    var theirs = try #require(Group(group.update, from: alice.number))
    #expect(theirs.members.count == 4)
    try await tell(theirs.delivery, "hello all", from: bob)
    group.rename("Fiends")
    try await tell(group.update, from: alice)
    #expect(theirs.apply(group.update, from: alice.number) == .updated(name: "Fiends", joined: []))
    try await tell(theirs.farewell, from: others[1])
    #expect(group.apply(theirs.farewell, from: others[1].number) == .left(others[1].number))
    await relay.server.stop()
  }

  @Test("A notification that is brought by hand is read like any other, and once")
  func payload() async throws {
    let (relay, alice, bob) = try await pair()
    try await alice.sender.send(PushContent(body: "by hand"), to: bob.number)
    var line = WebSocketRequest(
      url: bob.api.configuration.webSocketURL(for: bob.device.credentials))
    line.limits.pingInterval = nil
    let connection = try await relay.network.connect(line)
    var frames = connection.messages.makeAsyncIterator()
    guard case .text(let frame) = await frames.next() else { throw Missed("a frame") }
    await connection.close()
    let message = try #require(
      frame.split(separator: "\"").first { $0.utf8.count > 100 }.map(String.init))
    let envelope = try PushPayload.envelope(
      in: "{\"alert\":\"You have a new message!\",\"m\":\"\(message.filter { $0 != "=" })\"}")
    let received = try #require(try await bob.receiver.receive(envelope: envelope))
    #expect(received.outcome == .content(PushContent(body: "by hand")))
    #expect(try await bob.receiver.receive(envelope: envelope) == nil)
    // It still waits at the relay, and is dropped when it comes.
    try await alice.sender.send(PushContent(body: "next"), to: bob.number)
    #expect(try await bob.texts(1) == ["next"])
    #expect(await bob.store.received.count == 2)
    await relay.server.stop()
  }
}
