import Cryptography
import Testing

@testable import Relay

@Suite struct EnvelopeTests {
  private let signal = IncomingSignal(
    type: 1, source: "+14152222222", sourceDevice: 1, timestamp: 1_395_187_200_000,
    message: Hexadecimal.decode(
      "220a2105f94173eeb7ff19ab9196461d596324385611fadef0ca29592cc182d92eb653281000180122031b67b3"
        + "e2c43b9a672c9cb0") ?? [])

  @Test func fieldsStandInTheOrderOfTheirNumbers() {
    #expect(
      Hexadecimal.encode(signal.encoded)
        == "0801120c2b31343135323232323232322880e08cbdcd283235220a2105f94173eeb7ff19ab9196461d59632438"
        + "5611fadef0ca29592cc182d92eb653281000180122031b67b3e2c43b9a672c9cb03801")
  }

  @Test func theEnvelopeIsVersionIVCiphertextAndTenBytesOfMAC() throws {
    let key = Array(UInt8(0)..<52)
    let iv = Array(UInt8(0xa0)...0xaf)
    let envelope = signal.sealed(signalingKey: key, iv: iv)
    #expect(envelope.first == 1)
    #expect(Array(envelope[1..<17]) == iv)
    let sealed = envelope.dropLast(10)
    let mac: [UInt8] = Digest.sha256.authenticate(Array(sealed), key: Array(key[32...]))
    #expect(Array(envelope.suffix(10)) == Array(mac.prefix(10)))
    let opened = AES256(key: SecretBytes(key[..<32])).decryptCBC(Array(sealed[17...]), iv: iv)
    #expect(opened == signal.encoded)
  }

  @Test func aSignalingKeyOf52BytesMayLackItsPadding() {
    let bytes = Array(UInt8(0)..<52)
    let text = Base64.encode(bytes)
    #expect(SignalingKey.decode(text) == bytes)
    #expect(SignalingKey.decode(String(text.dropLast(2))) == bytes)
    #expect(SignalingKey.decode(Base64.encode(bytes + [9])) == bytes)
    #expect(SignalingKey.decode(Base64.encode(bytes.dropLast())) == nil)
    #expect(SignalingKey.decode("?") == nil)
  }

  @Test func theTokenIsTheServersOwnExample() {
    #expect(ContactToken.bytes(of: "+14152222222") == ContactToken.decode("BQVVHxMt5zAFXA"))
    #expect(ContactToken.decode("BQVVHxMt5zAFXA==") != nil)
    #expect(ContactToken.decode("BQVVHxMt5zAF") == nil)
  }
}
