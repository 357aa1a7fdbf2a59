import Cryptography
import Testing

@Suite("HKDF")
struct HKDFTests {
  /// Key material, salt and purpose, and the key derived from them.
  struct Vector: Sendable {
    let hkdf: HKDF
    let material, salt, info: [UInt8]
    let expected: String

    private static let elevens = [UInt8](repeating: 0x0b, count: 22)

    static let published = [
      // RFC 5869, appendix A.1, A.2 and A.3.
      Vector(
        hkdf: .countingFromOne, material: elevens, salt: Array(0...12), info: Array(0xf0...0xf9),
        expected: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
          + "34007208d5b887185865"),
      Vector(
        hkdf: .countingFromOne, material: Array(0...0x4f), salt: Array(0x60...0xaf),
        info: Array(0xb0...0xff),
        expected: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
          + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
          + "cc30c58179ec3e87c14c01d5c1f3434f1d87"),
      Vector(
        hkdf: .countingFromOne, material: elevens, salt: [], info: [],
        expected: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
          + "9d201395faa4b61a96c8"),
      // libaxolotl-java, HKDFTest.testVectorV2.
      Vector(
        hkdf: .countingFromZero, material: elevens, salt: Array(0...12), info: Array(0xf0...0xf9),
        expected: "6ec2556d5d7b1d81dee4222ad7483695ddc98f4f5fabc0e0205dc2ef8752d41e"
          + "04e2e21101c68ff09394b8ad0bdcb9609cd4ee82ac13199b4aa9fda899daebec"),
      // Made with another program: no salt means 32 zero bytes.
      Vector(
        hkdf: .countingFromZero, material: elevens, salt: [], info: Array("WhisperText".utf8),
        expected: "11d5cdc266634319ea87668e2878b7053299ed78af99ff7f27ba19064551af70"
          + "86b48bb933eab71a93dec95c0410818fa05482f295052c16276097299b4f5ebb"),
    ]
  }

  @Test("The published keys come out", arguments: Vector.published)
  func derivation(vector: Vector) {
    let key = vector.hkdf.derive(
      vector.expected.utf8.count / 2, from: SecretBytes(vector.material),
      salt: SecretBytes(vector.salt), info: vector.info)
    #expect(Hexadecimal.encode(key.revealed) == vector.expected)
  }

  @Test("No salt is the same as 32 zero bytes, and a shorter key the start of a longer")
  func shape() {
    let material = SecretBytes([1, 2, 3])
    let zeros = SecretBytes([UInt8](repeating: 0, count: 32))
    let long = HKDF.countingFromZero.derive(254 * 32, from: material, info: "x".utf8)
    #expect(long.count == 8128)
    for count in [0, 1, 31, 32, 33, 64] {
      let key = HKDF.countingFromZero.derive(count, from: material, salt: zeros, info: "x".utf8)
      #expect(key == long[0..<count])
    }
  }
}
