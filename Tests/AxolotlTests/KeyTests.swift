import Cryptography
import Testing

@testable import Axolotl

@Suite("Keys")
struct KeyTests {
  private let random = SeededRandom(seed: 1)

  @Test("An identity's fingerprint is read byte by byte")
  func fingerprint() throws {
    let key = try #require(
      try Fixtures.transcripts().first { $0.name == "clamped" }?.pair("aliceIdentity"))
    #expect(
      key.publicKey.fingerprint
        == "05 7c 14 dd bf 4c a4 e7 f8 fa 17 8e c7 42 8e 40 6f 58 54 b8 7d 33 1d 9f 84 fb 76 23 "
        + "b7 51 41 a4 78")
    #expect(try KeyPair(privateKey: key.privateKey) == key)
  }

  @Test("A public key has its type and 32 bytes")
  func publicKey() throws {
    let bytes = [5] + [UInt8](repeating: 9, count: 32)
    #expect(try PublicKey(bytes).serialized == bytes)
    for wrong in [[], [5], Array(bytes.dropFirst()), bytes + [0]] {
      #expect(throws: AxolotlError.malformed("a key of \(wrong.count) bytes")) {
        try PublicKey(wrong)
      }
    }
    for type in [UInt8(0), 2, 3, 4, 6] {
      #expect(throws: AxolotlError.malformed("a key of unknown type")) {
        try PublicKey([type] + bytes.dropFirst())
      }
    }
    #expect(throws: AxolotlError.malformed("a private key of 31 bytes")) {
      try KeyPair(privateKey: SecretBytes(bytes[0..<31]))
    }
  }

  @Test("A batch of prekeys goes round before the last resort")
  func batch() {
    let keys = PreKey.batch(startingAt: 0xff_fffd, random: random)
    #expect(keys.count == 100)
    #expect(keys.prefix(4).map(\.id) == [0xff_fffd, 0xff_fffe, 0, 1])
    #expect(Set(keys.map(\.keyPair.publicKey)).count == 100)
    #expect(!keys.contains { $0.isLastResort })
    #expect(PreKey.nextID(after: 0xff_fffd) == 98)
    #expect(keys.last?.id == 97)
    #expect(PreKey.batch(startingAt: PreKey.lastResortID, random: random).first?.id == 0)
    let lastResort = PreKey.lastResort(random: random)
    #expect(lastResort.isLastResort)
    #expect(lastResort.id == 16_777_215)
  }

  @Test("Ids that are drawn lie in their ranges")
  func draws() {
    for _ in 0..<500 {
      #expect(1...16_380 ~= RegistrationID.draw(random: random))
      #expect(0..<PreKey.lastResortID ~= PreKey.firstID(random: random))
    }
    #expect(RegistrationID.draw(random: ScriptedRandom([[0, 0, 0, 0]])) == 1)
    #expect(RegistrationID.draw(random: ScriptedRandom([[0, 0, 0x3f, 0xfb]])) == 16_380)
  }

  @Test("Every error says what to do")
  func errors() {
    let errors: [AxolotlError] = [
      .malformed("x"), .damagedSession("x"), .unsupportedVersion(3), .unusableKey, .tooLong(70_000),
      .noSession,
      .unknownPreKey(7), .duplicate, .tooFarAhead(2001), .notAuthentic,
    ]
    for error in errors { #expect("\(error)".hasSuffix(".")) }
    #expect("\(errors[4])".contains("70000 bytes, 48640 are allowed"))
  }
}
