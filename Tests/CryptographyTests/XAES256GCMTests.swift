import Testing

@testable import Cryptography

struct XAES256GCMTests {
  private static let nonce = Array("ABCDEFGHIJKLMNOPQRSTUVWX".utf8)

  /// The vectors of the specification (c2sp.org/XAES-256-GCM): of the first key the first bit that CMAC
  /// shifts out is 0, of the second it is 1.
  @Test(arguments: [
    (UInt8(1), "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
    (3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"),
  ])
  func sealsAsTheSpecificationSays(key: UInt8, data: String, sealed: String) throws {
    let cipher = XAES256GCM(key: SecretBytes([UInt8](repeating: key, count: 32)))
    let output = cipher.seal(
      SecretBytes("XAES-256-GCM".utf8), data: Array(data.utf8), random: Fixed(bytes: Self.nonce))
    #expect(Hexadecimal.encode(output.dropFirst(24)) == sealed)
    #expect(cipher.open(output, data: Array(data.utf8))?.revealed == Array("XAES-256-GCM".utf8))
  }

  @Test func opensNothingThatWasChanged() {
    let cipher = XAES256GCM(key: SecretBytes([UInt8](repeating: 7, count: 32)))
    let sealed = cipher.seal(SecretBytes([1, 2, 3]), data: [4])
    #expect(cipher.open(sealed, data: [4])?.revealed == [1, 2, 3])
    #expect(cipher.open(sealed, data: [5]) == nil)
    #expect(cipher.open(Array(sealed.dropLast()), data: [4]) == nil)
    #expect(cipher.open([], data: [4]) == nil)
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 0x10
      #expect(cipher.open(changed, data: [4]) == nil, "byte \(index)")
    }
    let other = XAES256GCM(key: SecretBytes([UInt8](repeating: 8, count: 32)))
    #expect(other.open(sealed, data: [4]) == nil)
  }

  private struct Fixed: RandomSource {
    let bytes: [UInt8]
    func bytes(_ count: Int) -> [UInt8] { Array(bytes.prefix(count)) }
  }
}

struct ScryptTests {
  /// RFC 7914 §12.
  @Test(arguments: [
    (
      10, 16, "password", "NaCl",
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
    (
      14, 1, "pleaseletmein", "SodiumChloride",
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    ),
  ])
  func makesTheKeysOfTheRFC(
    logCost: Int, parallelism: Int, passphrase: String, salt: String, key: String
  ) throws {
    let scrypt = try #require(Scrypt(logCost: logCost, parallelism: parallelism))
    let made = try scrypt.key(64, passphrase: Secret(passphrase), salt: Array(salt.utf8))
    #expect(Hexadecimal.encode(made.revealed) == key)
  }

  /// A changed file must not take all memory.
  @Test func refusesCostsOutOfBounds() {
    #expect(Scrypt(logCost: 21) == nil && Scrypt(logCost: 9) == nil)
    #expect(Scrypt(logCost: 15, blockSize: 1000) == nil)
    #expect(Scrypt(logCost: 15, parallelism: 0) == nil)
  }
}
