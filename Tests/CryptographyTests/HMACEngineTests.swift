import Cryptography
import Testing

@Suite("HMAC, many codes with one engine")
struct HMACEngineTests {
  @Test(
    "Each code is what HMAC gives for its key and bytes, whatever came before",
    arguments: [Digest.md5, .sha1, .sha256])
  func reuse(digest: Digest) {
    let engine = HMACEngine(digest)
    for keySize in [0, 1, 63, 64, 65, 131, 20] {
      let key = SecretBytes([UInt8](repeating: 0xaa, count: keySize))
      for size in [0, 1, 55, 64, 200] {
        let bytes = [UInt8](repeating: 0xdd, count: size)
        let code = bytes.withUnsafeBytes { engine.code(of: $0, key: key) }
        // OpenSSL's own HMAC.
        let expected = bytes.withUnsafeBytes {
          AuthenticationKey(digest, key).authenticate($0)
        }
        #expect(code == expected)
      }
    }
  }

  @Test("Bytes in parts have the code of the whole; the code may take their place")
  func parts() {
    let key = SecretBytes([1, 2, 3])
    let whole = SecretBytes(Array(0..<32) + [7])
    let expected = Digest.sha256.authenticate(whole, key: key)
    var place = [UInt8](0..<32)
    place.withUnsafeMutableBytes { place in
      key.withUnsafeBytes { key in
        withUnsafeBytes(of: UInt8(7)) { last in
          HMACEngine(.sha256).authenticate(
            UnsafeRawBufferPointer(place), last, key: key, into: place)
        }
      }
    }
    #expect(SecretBytes(place) == expected)
  }
}
