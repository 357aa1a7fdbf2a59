import Cryptography
import Testing

@Suite("AES-256")
struct AES256Tests {
  private func bytes(_ text: String) throws -> [UInt8] { try #require(Hexadecimal.decode(text)) }

  /// The key and the four blocks of text of NIST SP 800-38A, appendix F.
  private func cipher() throws -> AES256 {
    let key = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
    return AES256(key: SecretBytes(try bytes(key)))
  }
  private let text =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

  @Test("CBC of NIST SP 800-38A F.2.5, with a block of padding behind")
  func cbc() throws {
    let iv = [UInt8](0...15)
    let encrypted = try cipher().encryptCBC(try bytes(text), iv: iv)
    #expect(
      Hexadecimal.encode(encrypted)
        == "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
        + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"
        + "3f461796d6b0d6b2e0c2a72b4d80e644")
    #expect(try cipher().decryptCBC(encrypted, iv: iv) == bytes(text))
  }

  @Test("CBC pads to whole blocks and takes the padding off again", arguments: 0...33)
  func padding(count: Int) throws {
    let plaintext = [UInt8](repeating: 7, count: count)
    let iv = [UInt8](repeating: 1, count: 16)
    let encrypted = try cipher().encryptCBC(plaintext, iv: iv)
    #expect(encrypted.count == count / 16 * 16 + 16)
    #expect(try cipher().decryptCBC(encrypted, iv: iv) == plaintext)
  }

  @Test("CBC refuses what has no whole blocks or no padding")
  func refusal() throws {
    let iv = [UInt8](0...15)
    let encrypted = try cipher().encryptCBC(try bytes(text), iv: iv)
    for count in [0, 1, 15, 17, 79] {
      #expect(try cipher().decryptCBC(Array(encrypted.prefix(count)), iv: iv) == nil)
    }
    // The text's last block ends in 10: it asks for 16 bytes of 10.
    #expect(try cipher().decryptCBC(Array(encrypted.prefix(64)), iv: iv) == nil)
  }

  @Test("CTR of NIST SP 800-38A F.5.5")
  func ctr() throws {
    let counter = [UInt8](0xf0...0xff)
    let expected =
      "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
      + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6"
    let encrypted = try cipher().applyCTR(try bytes(text), counterBlock: counter)
    #expect(Hexadecimal.encode(encrypted) == expected)
    #expect(try cipher().applyCTR(encrypted, counterBlock: counter) == bytes(text))
    for count in [0, 1, 15, 17] {
      let start = try cipher().applyCTR(Array(try bytes(text).prefix(count)), counterBlock: counter)
      #expect(start == Array(encrypted.prefix(count)))
    }
  }
}
