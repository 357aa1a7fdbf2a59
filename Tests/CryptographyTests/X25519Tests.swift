import Cryptography
import Testing

@Suite("X25519")
struct X25519Tests {
  /// Two private keys, their public keys, and what their owners agree on.
  struct Vector: Sendable {
    let alice, alicePublic, bob, bobPublic, shared: String

    static let published = [
      // RFC 7748 §6.1.
      Vector(
        alice: "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
        alicePublic: "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        bob: "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
        bobPublic: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        shared: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"),
      // libaxolotl-java, Curve25519Test.
      Vector(
        alice: "c806439dc9d2c476ffed8f2580c0888d58ab406bf7ae3698879021b96bb4bf59",
        alicePublic: "1bb75966f2e93a3691dfff942bb2a466a1c08b8d78ca3f4d6df8b8bfa2e4ee28",
        bob: "b03b34c33a1c44f225b662d2bf4859b8135411fa7b0386d45fb75dc5b91b4466",
        bobPublic: "653614993d2b15ee9e5fd3d86ce719ef4ec1daae1886a87b3f5fa9565a27a22f",
        shared: "325f239328941ced6e673b86ba41017448e99b649a9c3806c1dd7ca4c477e629"),
    ]
  }

  private func bytes(_ text: String) throws -> [UInt8] { try #require(Hexadecimal.decode(text)) }

  @Test("Both sides agree on the published secret", arguments: Vector.published)
  func agreement(vector: Vector) throws {
    let alice = SecretBytes(try bytes(vector.alice))
    let bob = SecretBytes(try bytes(vector.bob))
    let alicePublic = try bytes(vector.alicePublic)
    let bobPublic = try bytes(vector.bobPublic)
    let shared = SecretBytes(try bytes(vector.shared))
    #expect(X25519.publicKey(of: alice) == alicePublic)
    #expect(X25519.publicKey(of: bob) == bobPublic)
    #expect(X25519.agreement(alice, bobPublic) == shared)
    #expect(X25519.agreement(bob, alicePublic) == shared)
  }

  @Test("A thousand steps of RFC 7748 §5.2")
  func iteration() throws {
    var scalar = SecretBytes([9] + [UInt8](repeating: 0, count: 31))
    var point = scalar.revealed
    for _ in 0..<1000 {
      let next = try #require(X25519.agreement(scalar, point))
      point = scalar.revealed
      scalar = next
    }
    #expect(
      Hexadecimal.encode(scalar.revealed)
        == "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")
  }

  @Test(
    "Points of small order agree on nothing",
    arguments: [
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ])
  func smallOrder(point: String) throws {
    #expect(X25519.agreement(SeededRandom(seed: 1).secret(32), try bytes(point)) == nil)
  }

  @Test("A public key of another size agrees on nothing", arguments: [0, 31, 33])
  func sizes(count: Int) {
    let key = SeededRandom(seed: 1).secret(32)
    #expect(X25519.agreement(key, [UInt8](repeating: 9, count: count)) == nil)
  }
}
