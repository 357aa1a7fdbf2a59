import Axolotl
import Cryptography
import Relay
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("The calls of a real relay", .timeLimit(.minutes(10)))
struct RealRelayTests {
  private let alice = "+14155550101"
  private let bob = "+14155550102"

  @Test(
    "A number is registered by a code from SMS or voice, whichever status means success",
    arguments: [RelayDialect.document, .server], [RelayClient.CodeTransport.sms, .voice])
  func registration(dialect: RelayDialect, transport: RelayClient.CodeTransport) async throws {
    let relay = try await RealRelay { $0.dialect = dialect }
    let client = try relay.stranger(alice, seed: 1)
    try await client.api.requestCode(for: alice, by: transport)
    let code = try relay.code(for: alice)
    #expect(code.transport.rawValue == transport.rawValue)
    await #expect(throws: TextSecureError.wrongCode) {
      let wrong = code.code == "000000" ? "111111" : "000000"
      try await client.api.verify(code: wrong, device: client.device)
    }
    await #expect(throws: TextSecureError.badCredentials) { try await client.api.remainingKeys() }
    let written = "\(code.code.prefix(3))-\(code.code.suffix(3))"
    try await client.api.verify(code: written, device: client.device)
    #expect(try await client.api.remainingKeys() == 0)
    try await client.stock.upload()
    #expect(try await client.api.remainingKeys() == 100)
    await relay.server.stop()
  }

  @Test(
    "Keys are given out once each, the last-resort key for ever; the directory knows who is here")
  func keys() async throws {
    let relay = try await RealRelay()
    let (alice, bob) = (
      try await relay.client(alice, seed: 1), try await relay.client(bob, seed: 2)
    )
    let batch = PreKey.batch(startingAt: 7, random: SeededRandom(seed: 3)).prefix(2)
    let lastResort = PreKey.lastResort(random: SeededRandom(seed: 4))
    try await bob.api.upload(
      Array(batch), lastResort: lastResort, identity: bob.device.identity.publicKey)
    for expected in batch + [lastResort, lastResort] {
      for selection in [RelayClient.KeySelection.primary] {
        let bundle = try #require(
          try await alice.api.keys(of: bob.number, selection).first)
        #expect(bundle.device == 1)
        #expect(bundle.bundle.preKeyID == expected.id)
        #expect(bundle.bundle.preKey == expected.keyPair.publicKey)
        #expect(bundle.bundle.identityKey == bob.device.identity.publicKey)
        #expect(bundle.bundle.registrationID == bob.device.registrationID)
      }
      // Keys are rationed.
      relay.time.advance(by: .seconds(600))
    }
    #expect(try await bob.api.remainingKeys() == 0)
    await #expect(throws: TextSecureError.unregistered) {
      try await alice.api.keys(of: "+14155550199", .every)
    }
    let found = try await alice.api.lookUp([bob.number, "+14155550199", alice.number])
    #expect(Set(found.map(\.number)) == [alice.number, bob.number])
    await relay.server.stop()
  }

  @Test("Fewer than ten keys are made a hundred again when somebody has written")
  func refill() async throws {
    let relay = try await RealRelay()
    let (alice, bob) = (
      try await relay.client(alice, seed: 1), try await relay.client(bob, seed: 2)
    )
    let keys = await bob.store.preKeys
    let lastResort = try #require(keys[PreKey.lastResortID])
    let few = keys.values.filter { $0.id != PreKey.lastResortID }.sorted { $0.id < $1.id }
    try await bob.api.upload(
      Array(few.prefix(10)), lastResort: lastResort, identity: bob.device.identity.publicKey)
    try await alice.sender.send(PushContent(body: "one"), to: bob.number)
    try await bob.online {
      #expect(try await bob.text() == "one")
      try await alice.sender.send(PushContent(body: "two"), to: bob.number)
      // The second message waits until the keys are there.
      #expect(try await bob.text() == "two")
    }
    #expect(try await bob.api.remainingKeys() == 100)
    #expect(await bob.store.preKey(PreKey.lastResortID) == lastResort)
    await relay.server.stop()
  }

  @Test("A push service is set and taken away; a wrong password is told")
  func push() async throws {
    let relay = try await RealRelay()
    let client = try await relay.client(alice, seed: 1)
    for service in [RelayClient.PushService.gcm, .apn] {
      try await client.api.setPush(service, id: "a-made-up-id")
      try await client.api.removePush(service, id: "a-made-up-id")
    }
    let other = try relay.stranger(alice, seed: 5)
    await #expect(throws: TextSecureError.badCredentials) {
      try await other.api.setPush(.gcm, id: "x")
    }
    await #expect(throws: TextSecureError.badCredentials) { try await other.receiver.run { _ in } }
    await relay.server.stop()
  }
}
