import Axolotl
import Storage
import TestSupport
import Testing
import TextSecure

@Suite("Which relay a number is at", .timeLimit(.minutes(2)))
struct TextSecureRelayNameTests {
  /// What an envelope holds, whoever made it.
  private func signal(
    from number: String, type: UInt32, relay: String, _ message: [UInt8]
  ) -> [UInt8] {
    var fields = ProtobufMessage()
    fields.append(1, type)
    fields.append(2, number)
    fields.append(3, relay)
    fields.append(5, UInt64(1_700_000_000_000) + UInt64(type))
    fields.append(6, message)
    fields.append(7, 1 as UInt32)
    return fields.serialized
  }

  @Test("An envelope that proves nothing does not say where its sender is", arguments: [1, 3, 4])
  func unproven(type: UInt32) async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("one", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      let account = try await ada.hub.openSecure()
      let content = PushContent(body: "trust me").serialized
      let received = try await account.receiver.receive(
        signal: signal(from: bob.number, type: type, relay: "evil", content))
      #expect(received != nil)
      #expect(try await ada.store.secure.peer(bob.number)?.relay == nil)
      // Nor for somebody new.
      _ = try await account.receiver.receive(
        signal: signal(from: "+14155550155", type: type, relay: "evil", content))
      #expect(try await ada.store.secure.peer("+14155550155")?.relay == nil)
      try await ada.write("two", to: bob.chat)
      try await bob.hears("two", in: ada.chat)
    }
  }
}
