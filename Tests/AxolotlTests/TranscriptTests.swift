import Cryptography
import Testing

@testable import Axolotl

/// Two talks of five messages, one published by a client of 2014, one verified by two libraries.
@Suite("Transcripts")
struct TranscriptTests {
  @Test("Alice writes and reads the very same bytes", arguments: try Fixtures.transcripts())
  func alice(transcript: Transcript) throws {
    let cipher = SessionCipher(
      identity: try transcript.pair("aliceIdentity"),
      registrationID: transcript.aliceRegistrationID,
      random: try transcript.privateKeys("aliceBase", "aliceRatchet0", "aliceRatchet1"),
      curve: try transcript.curve)
    let bundle = PreKeyBundle(
      registrationID: 0, preKeyID: transcript.bobPreKeyID,
      preKey: try transcript.pair("bobPreKey").publicKey,
      identityKey: try transcript.pair("bobIdentity").publicKey)
    var record = SessionRecord()
    try cipher.startSession(with: bundle, in: &record)
    try replay(transcript, as: .alice, cipher, &record, preKey: nil)
    #expect(record.current?.rootKey.key.revealed == transcript.root.bytes)
  }

  @Test("Bob reads and writes the very same bytes", arguments: try Fixtures.transcripts())
  func bob(transcript: Transcript) throws {
    let cipher = SessionCipher(
      identity: try transcript.pair("bobIdentity"), registrationID: 1,
      random: try transcript.privateKeys("bobRatchet0", "bobRatchet1"),
      curve: try transcript.curve)
    let preKey = PreKey(id: transcript.bobPreKeyID, keyPair: try transcript.pair("bobPreKey"))
    var record = SessionRecord()
    try replay(transcript, as: .bob, cipher, &record, preKey: preKey)
    #expect(record.remoteRegistrationID == transcript.aliceRegistrationID)
  }

  /// Reads what the other has written, writes what this one has, message by message.
  private func replay(
    _ transcript: Transcript, as sender: Transcript.Message.Sender, _ cipher: SessionCipher,
    _ record: inout SessionRecord, preKey: PreKey?
  ) throws {
    for message in transcript.messages {
      // As if the program had ended in between.
      record = try SessionRecord(serialized: record.serialized)
      if message.sender == sender {
        if sender == .bob { record.current?.previousCounter = transcript.firstPreviousCounter }
        let sent = try cipher.encrypt(message.plaintext.bytes, in: &record)
        #expect(sent.serialized == message.serialized.bytes)
        #expect(sent.envelopeType == message.type)
      } else {
        let received = try CiphertextMessage(
          envelopeType: message.type, message.serialized.bytes)
        let decrypted = try cipher.decrypt(received, preKey: preKey, in: &record)
        #expect(decrypted.plaintext == message.plaintext.bytes)
      }
    }
  }
}
