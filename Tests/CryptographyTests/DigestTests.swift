import Cryptography
import Testing

@Suite("Digests")
struct DigestTests {
  @Test(
    "SHA-256 of the FIPS 180-2 messages",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func sha256(message: String, expected: String) {
    #expect(Hexadecimal.encode(Digest.sha256.hash(message.utf8)) == expected)
  }

  @Test("SHA-256 of a million letters")
  func long() {
    let hash = Digest.sha256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(
      Hexadecimal.encode(hash)
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// RFC 1321, A.5.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
  ])
  func md5(message: String, expected: String) {
    #expect(Hexadecimal.encode(Digest.md5.hash(message.utf8)) == expected)
  }

  @Test(
    "SHA-1 of the FIPS 180-2 messages",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
      ),
    ])
  func sha1(message: String, expected: String) {
    #expect(Hexadecimal.encode(Digest.sha1.hash(message.utf8)) == expected)
  }

  @Test("The WebSocket handshake of RFC 6455 §1.3")
  func handshake() {
    let key = "dGhlIHNhbXBsZSBub25jZQ==" + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    #expect(Base64.encode(Digest.sha1.hash(key.utf8)) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  /// A key, a message, and their HMAC-SHA-256.
  struct Vector: Sendable {
    let key: [UInt8]
    let message: [UInt8]
    let expected: String

    init(_ key: [UInt8], _ message: [UInt8], _ expected: String) {
      self.key = key
      self.message = message
      self.expected = expected
    }

    static let rfc4231 = [
      Vector(
        Array(repeating: 0x0b, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
      Vector(
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
      Vector(
        Array(repeating: 0xaa, count: 20), Array(repeating: 0xdd, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
      Vector(
        Array(1...25), Array(repeating: 0xcd, count: 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
      Vector(
        Array(repeating: 0xaa, count: 131),
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
      Vector(
        Array(repeating: 0xaa, count: 131),
        Array(
          ("This is a test using a larger than block-size key and a larger than block-size data. "
            + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]
  }

  @Test("HMAC-SHA-256 of RFC 4231", arguments: Vector.rfc4231)
  func authentication(vector: Vector) {
    let code = Digest.sha256.authenticate(vector.message, key: vector.key)
    #expect(Hexadecimal.encode(code) == vector.expected)
  }

  @Test("HMAC-SHA-1 of RFC 2202")
  func authenticationSHA1() {
    let code = Digest.sha1.authenticate("Hi There".utf8, key: [UInt8](repeating: 0x0b, count: 20))
    #expect(Hexadecimal.encode(code) == "b617318655057264e28bc0b6fb378c8ef146be00")
  }

  @Test("An empty key is a key, not the key used before")
  func emptyKey() {
    _ = Digest.sha256.authenticate("x".utf8, key: "previous".utf8)
    let code = Digest.sha256.authenticate([UInt8](), key: [UInt8]())
    #expect(
      Hexadecimal.encode(code)
        == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  @Test("A secret key gives the same code, and a secret one")
  func secretKey() {
    let key = Array("Jefe".utf8)
    let message = Array("what do ya want for nothing?".utf8)
    let code = Digest.sha256.authenticate(message, key: key)
    #expect(Digest.sha256.authenticate(message, key: SecretBytes(key)).revealed == code)
    #expect(
      Digest.sha256.authenticate(SecretBytes(message), key: SecretBytes(key)) == SecretBytes(code))
    let empty = SecretBytes([])
    #expect(
      Digest.sha256.authenticate(empty, key: empty).revealed
        == Digest.sha256.authenticate([], key: [UInt8]()))
  }

  @Test("Comparison in constant time compares every byte and the length")
  func comparison() {
    #expect(equalInConstantTime([], []))
    #expect(equalInConstantTime([1, 2, 3], [1, 2, 3]))
    #expect(!equalInConstantTime([1, 2, 3], [1, 2, 4]))
    #expect(!equalInConstantTime([1, 2, 3], [0, 2, 3]))
    #expect(!equalInConstantTime([1, 2, 3], [1, 2]))
    #expect(!equalInConstantTime([1, 2, 3], []))
  }
}
