import Cryptography
import Testing

@testable import Axolotl

@Suite("The life of sessions")
struct SessionTests {
  @Test("Every message can start the session until the other side has answered")
  func start() throws {
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    try alice.cipher.startSession(with: try bob.bundle(3), in: &alice.record)
    let first = try alice.write("one")
    let second = try alice.write("two")
    #expect([first, second].map(\.envelopeType) == [3, 3])
    // The second arrives first, and alone starts the session.
    #expect(try bob.read(second) == "two")
    #expect(bob.preKeys[3] == nil)
    #expect(bob.record.remoteIdentity == alice.identity.publicKey)
    #expect(bob.record.remoteRegistrationID == 100)
    #expect(try bob.read(first) == "one")
    let answer = try bob.write("three")
    #expect(answer.envelopeType == 1)
    #expect(try alice.read(answer) == "three")
    #expect(try alice.write("four").envelopeType == 1)
  }

  @Test("A message to a prekey that is gone needs a session")
  func unknownPreKey() throws {
    var (alice, bob) = try Device.pair()
    alice.record = SessionRecord()
    bob.record = SessionRecord()
    try alice.cipher.startSession(with: try bob.bundle(2), in: &alice.record)
    bob.preKeys[2] = nil
    let message = try alice.write("lost")
    #expect(throws: AxolotlError.unknownPreKey(2)) { try bob.read(message) }
    #expect(throws: AxolotlError.noSession) { try bob.write("x") }
  }

  @Test("The prekey handed in must be the one that the message names")
  func wrongPreKey() throws {
    var alice = Device(seed: 1)
    let bob = Device(seed: 2)
    try alice.cipher.startSession(with: try bob.bundle(2), in: &alice.record)
    let message = try alice.write("x")
    var record = SessionRecord()
    #expect(throws: AxolotlError.unknownPreKey(2)) {
      try bob.cipher.decrypt(message, preKey: bob.preKeys[1], in: &record)
    }
  }

  @Test("The last-resort key stays, and a repeated message does not start its session anew")
  func lastResort() throws {
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    try alice.cipher.startSession(with: try bob.bundle(PreKey.lastResortID), in: &alice.record)
    let first = try alice.write("once")
    #expect(try bob.read(first) == "once")
    #expect(bob.preKeys[PreKey.lastResortID] != nil)
    #expect(throws: AxolotlError.duplicate) { try bob.read(first) }
    let second = try alice.write("twice")
    #expect(try alice.read(try bob.write("answer")) == "answer")
    #expect(try bob.read(second) == "twice")
    #expect(throws: AxolotlError.duplicate) { try bob.read(first) }
    #expect(bob.record.archived.isEmpty)
    // Another may use the key as well.
    var carol = Device(seed: 3)
    let forAlice = bob.record
    bob.record = SessionRecord()
    try carol.cipher.startSession(with: try bob.bundle(PreKey.lastResortID), in: &carol.record)
    #expect(try bob.read(try carol.write("me too")) == "me too")
    bob.record = forAlice
    #expect(throws: AxolotlError.duplicate) { try bob.read(first) }
  }

  @Test("A base key that is known under another identity does not lend it that session")
  func borrowedBaseKey() throws {
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    let mallory = Device(seed: 3)
    try alice.cipher.startSession(with: try bob.bundle(PreKey.lastResortID), in: &alice.record)
    _ = try bob.read(try alice.write("once"))
    guard case .preKey(let message) = try alice.write("twice") else {
      Issue.record("no message that starts a session")
      return
    }
    let forged = PreKeyWhisperMessage(
      registrationID: 1, preKeyID: message.preKeyID, baseKey: message.baseKey,
      identityKey: mallory.identity.publicKey, message: message.message)
    #expect(throws: AxolotlError.notAuthentic) { try bob.read(.preKey(forged)) }
    #expect(try bob.read(.preKey(message)) == "twice")
  }

  @Test("A message of an older session does not vouch for a new one that it is put into")
  func borrowedMessage() throws {
    var (alice, bob) = try Device.pair()
    guard case .whisper(let message) = try alice.write("mine") else {
      Issue.record("the session was not answered")
      return
    }
    let mallory = Device(seed: 3)
    let forged = PreKeyWhisperMessage(
      registrationID: 1, preKeyID: 2, baseKey: mallory.identity.publicKey,
      identityKey: mallory.identity.publicKey, message: message)
    #expect(throws: AxolotlError.notAuthentic) { try bob.read(.preKey(forged)) }
    #expect(bob.preKeys[2] != nil)
    #expect(try bob.read(.whisper(message)) == "mine")
  }

  @Test("Two who write first at the same moment understand each other and end in one session")
  func simultaneous() throws {
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    try alice.cipher.startSession(with: try bob.bundle(), in: &alice.record)
    try bob.cipher.startSession(with: try alice.bundle(), in: &bob.record)
    let (fromAlice, fromBob) = (try alice.write("A1"), try bob.write("B1"))
    #expect(try alice.read(fromBob) == "B1")
    #expect(try bob.read(fromAlice) == "A1")
    // Again at the same moment, each in the session that the other started.
    let (againFromAlice, againFromBob) = (try alice.write("A2"), try bob.write("B2"))
    #expect(try alice.read(againFromBob) == "B2")
    #expect(try bob.read(againFromAlice) == "A2")
    // Now one after the other.
    for round in 0..<4 {
      #expect(try bob.read(try alice.write("A \(round)")) == "A \(round)")
      #expect(try alice.read(try bob.write("B \(round)")) == "B \(round)")
    }
    #expect(alice.record.current?.baseKey == bob.record.current?.baseKey)
    #expect(alice.record.archived.count == 1)
    #expect(bob.record.archived.count == 1)
    #expect(try alice.write("end").envelopeType == 1)
  }

  @Test("A late message of an older session is understood, and its session used again")
  func promotion() throws {
    var (alice, bob) = try Device.pair()
    let late = try alice.write("late")
    let first = alice.record.current?.baseKey
    try alice.cipher.startSession(with: try bob.bundle(2), in: &alice.record)
    #expect(try bob.read(try alice.write("new")) == "new")
    #expect(bob.record.current?.baseKey != first)
    #expect(bob.record.archived.map(\.baseKey) == [first])
    #expect(try bob.read(late) == "late")
    #expect(bob.record.current?.baseKey == first)
    #expect(bob.record.archived.count == 1)
    #expect(try alice.read(try bob.write("answer")) == "answer")
    #expect(alice.record.current?.baseKey == first)
  }

  @Test("Forty older sessions are kept, the oldest forgotten first")
  func archive() throws {
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    var messages: [CiphertextMessage] = []
    for number in 0..<42 {
      try alice.cipher.startSession(with: try bob.bundle(PreKey.lastResortID), in: &alice.record)
      #expect(try bob.read(try alice.write("\(number)")) == "\(number)")
      messages.append(try alice.write("late \(number)"))
    }
    #expect(bob.record.archived.count == 40)
    #expect(alice.record.archived.count == 40)
    bob.preKeys = [:]
    #expect(throws: AxolotlError.notAuthentic) { try bob.read(messages[0]) }
    #expect(try bob.read(messages[1]) == "late 1")
    #expect(bob.record.archived.count == 40)
  }

  @Test("A session with a former identity is read but not used again, and tells whose it was")
  func formerIdentity() throws {
    var (alice, bob) = try Device.pair()
    let late = try alice.write("from my old telephone")
    var renewed = Device(seed: 9)
    try renewed.cipher.startSession(with: try bob.bundle(2), in: &renewed.record)
    #expect(try bob.read(try renewed.write("from my new one")) == "from my new one")
    #expect(bob.record.remoteIdentity == renewed.identity.publicKey)
    let decrypted = try bob.cipher.decrypt(late, in: &bob.record)
    #expect(decrypted.plaintext == Array("from my old telephone".utf8))
    #expect(decrypted.senderIdentity == alice.identity.publicKey)
    #expect(decrypted.spentPreKeyID == nil)
    #expect(bob.record.remoteIdentity == renewed.identity.publicKey)
    #expect(try renewed.read(try bob.write("to the new one")) == "to the new one")
    #expect(throws: AxolotlError.duplicate) { try bob.read(late) }
  }

  @Test("What cannot be encrypted is refused")
  func limits() throws {
    var (alice, bob) = try Device.pair()
    let longest = String(repeating: "x", count: WhisperMessage.maximumPlaintext)
    #expect(try bob.read(try alice.write(longest)) == longest)
    #expect(throws: AxolotlError.tooLong(longest.utf8.count + 1)) {
      try alice.write(longest + "x")
    }
    #expect(try bob.read(try alice.write("")) == "")
  }

  @Test("The longest message fits into one that starts a session")
  func longestFirst() throws {
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    try alice.cipher.startSession(with: try bob.bundle(), in: &alice.record)
    let longest = String(repeating: "x", count: WhisperMessage.maximumPlaintext)
    let message = try alice.write(longest)
    #expect(Base64.encode(message.serialized).utf8.count <= 65_536)
    #expect(try bob.read(message) == longest)
  }

  @Test("No session is made with a key that agrees on nothing")
  func unusableKeys() throws {
    let zero = try PublicKey([5] + [UInt8](repeating: 0, count: 32))
    var alice = Device(seed: 1)
    var bob = Device(seed: 2)
    let good = bob.identity.publicKey
    for (preKey, identityKey) in [(zero, good), (good, zero)] {
      let bundle = PreKeyBundle(
        registrationID: 1, preKeyID: 1, preKey: preKey, identityKey: identityKey)
      #expect(throws: AxolotlError.unusableKey) {
        try alice.cipher.startSession(with: bundle, in: &alice.record)
      }
    }
    #expect(!alice.record.hasSession)
    try alice.cipher.startSession(with: try bob.bundle(), in: &alice.record)
    guard case .preKey(let message) = try alice.write("x") else { return }
    let forged = PreKeyWhisperMessage(
      registrationID: 1, preKeyID: 1, baseKey: zero, identityKey: zero, message: message.message)
    #expect(throws: AxolotlError.unusableKey) { try bob.read(.preKey(forged)) }
  }
}
