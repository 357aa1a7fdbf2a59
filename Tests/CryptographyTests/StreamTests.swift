import Cryptography
import Testing

@Suite("Ciphers and codes of bytes that come in pieces")
struct StreamTests {
  private let key = SecretBytes([UInt8](0..<32))
  private let iv = [UInt8](16..<32)

  private func run(
    _ direction: CBCStream.Direction, _ bytes: [UInt8], pieces: Int
  ) -> [UInt8]? {
    var stream = CBCStream(direction, key: key, iv: iv)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      output += stream.update(bytes[start..<min(start + pieces, bytes.count)])
    }
    guard let last = stream.finish() else { return nil }
    return output + last
  }

  @Test("Any cut gives what the whole gives", arguments: [1, 7, 15, 16, 17, 64, 1000])
  func pieces(size: Int) {
    for count in [0, 1, 15, 16, 17, 31, 32, 333] {
      let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
      let whole = AES256(key: key).encryptCBC(bytes, iv: iv)
      #expect(run(.encrypting, bytes, pieces: size) == whole)
      #expect(run(.decrypting, whole, pieces: size) == bytes)
      var code = HMACStream(key: key)
      for start in stride(from: 0, to: count, by: size) {
        code.update(bytes[start..<min(start + size, count)])
      }
      #expect(code.finish() == Digest.sha256.authenticate(bytes, key: key).revealed)
    }
  }

  @Test("What has no whole blocks, or no padding, is refused at its end")
  func refusal() {
    let whole = AES256(key: key).encryptCBC([UInt8](repeating: 99, count: 48), iv: iv)
    for count in [0, 1, 15, 17, 47, 48] {
      #expect(run(.decrypting, Array(whole.prefix(count)), pieces: 16) == nil)
    }
  }
}
