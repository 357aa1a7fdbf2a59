import Cryptography
import Testing

@testable import Axolotl

@Suite("Stored sessions")
struct RecordTests {
  @Test("A record survives its storing, with archives and skipped messages")
  func roundTrip() throws {
    var (alice, bob) = try Device.pair()
    let skipped = try alice.write("skipped")
    #expect(try bob.read(try alice.write("read")) == "read")
    try bob.cipher.startSession(with: try alice.bundle(), in: &bob.record)
    let copy = try SessionRecord(serialized: bob.record.serialized)
    #expect(copy == bob.record)
    #expect(copy.archived.count == 1)
    #expect(copy.current?.pendingPreKeyID == 1)
    bob.record = copy
    #expect(try bob.read(skipped) == "skipped")
  }

  @Test("An empty record is a byte, a session some hundred")
  func compactness() throws {
    #expect(SessionRecord().serialized == [1])
    #expect(try SessionRecord(serialized: [1]) == SessionRecord())
    let (alice, _) = try Device.pair()
    #expect(300..<500 ~= alice.record.serialized.count)
  }

  @Test("Fields of a later program are stepped over")
  func laterFields() throws {
    let (alice, _) = try Device.pair()
    var later = ProtobufMessage()
    later.append(77, "later")
    let copy = try SessionRecord(serialized: alice.record.serialized + later.serialized)
    #expect(copy == alice.record)
  }

  @Test("Another form is refused, as are keys of another size")
  func refusal() throws {
    let (alice, _) = try Device.pair()
    let bytes = alice.record.serialized
    let unknown = AxolotlError.damagedSession("an unknown form")
    #expect(throws: unknown) { try SessionRecord(serialized: []) }
    #expect(throws: unknown) { try SessionRecord(serialized: [2] + bytes.dropFirst()) }
    for count in 2..<bytes.count {
      #expect(throws: AxolotlError.self) { try SessionRecord(serialized: bytes.prefix(count)) }
    }
    var stored: [UInt8] = []
    try #require(alice.record.current).write(to: &stored)
    var state = try ProtobufMessage(stored, maximumSize: stored.count)
    #expect(state.serialized == stored)
    state.append(4, [UInt8](repeating: 1, count: 31))
    var record = ProtobufMessage()
    record.append(1, state)
    #expect(throws: AxolotlError.damagedSession("a key")) {
      try SessionRecord(serialized: [1] + record.serialized)
    }
  }

  @Test("What it knows of the device")
  func properties() throws {
    let (alice, bob) = try Device.pair()
    #expect(!SessionRecord().hasSession)
    #expect(SessionRecord().remoteIdentity == nil)
    #expect(SessionRecord().remoteRegistrationID == nil)
    #expect(alice.record.hasSession)
    #expect(alice.record.remoteIdentity == bob.identity.publicKey)
    #expect(alice.record.remoteRegistrationID == 100)
  }

  @Test("Printing a record shows no key")
  func printing() throws {
    let (alice, _) = try Device.pair()
    let state = try #require(alice.record.current)
    var text = ""
    dump(alice.record, to: &text)
    #expect(text.contains("‹redacted›"))
    #expect(!text.contains("\(state.rootKey.key.revealed[0]), \(state.rootKey.key.revealed[1])"))
  }
}
