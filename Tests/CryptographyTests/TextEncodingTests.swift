import Cryptography
import Testing

@Suite("Base64 and hexadecimal text")
struct TextEncodingTests {
  @Test(
    "Base64 of RFC 4648 §10, both ways, with and without padding",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func base64(plain: String, encoded: String) {
    #expect(Base64.encode(plain.utf8) == encoded)
    #expect(Base64.decode(encoded) == Array(plain.utf8))
    #expect(Base64.decode(encoded.prefix { $0 != "=" }) == Array(plain.utf8))
  }

  @Test("Every byte goes through base64")
  func allBytes() {
    let bytes = [UInt8](0...255)
    #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    #expect(Base64.encode([0xfb, 0xff]) == "+/8=")
  }

  @Test(
    "What is no base64 gives nil",
    arguments: [
      "Z", "Zm9vY", "Zg===", "=", "Z===", "Zm=v", "Zm 9v", "Zm9v\n", "Zm9v\r\n", "Zm-_", "Zmév",
      "é", "Zg==Zg==", "!!!!",
    ])
  func badBase64(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("Hexadecimal goes both ways, in either case")
  func hexadecimal() {
    let bytes = [UInt8](0...255)
    #expect(Hexadecimal.encode([0, 0x0f, 0xa0, 0xff]) == "000fa0ff")
    #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
    #expect(Hexadecimal.decode("00Ff") == [0, 0xff])
    #expect(Hexadecimal.decode("") == [])
  }

  @Test("What is no hexadecimal gives nil", arguments: ["0", "0g", "0x00", "00 00", "é0", "٠٠"])
  func badHexadecimal(text: String) {
    #expect(Hexadecimal.decode(text) == nil)
  }
}
