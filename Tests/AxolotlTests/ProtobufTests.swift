import Cryptography
import Testing

@testable import Axolotl

@Suite("Protocol buffers")
struct ProtobufTests {
  private func read(_ hexadecimal: String) throws -> ProtobufMessage {
    try ProtobufMessage(try #require(Hexadecimal.decode(hexadecimal)), maximumSize: 100)
  }

  @Test("The examples of the format's own description")
  func examples() throws {
    #expect(try read("089601").uint32(1) == 150)
    #expect(try read("120774657374696e67").text(2) == "testing")
    #expect(try read("1a03089601").bytes(3) == [8, 0x96, 1])
    var message = ProtobufMessage()
    message.append(1, UInt32(150))
    message.append(2, "testing")
    var inner = ProtobufMessage()
    inner.append(1, UInt64(150))
    message.append(3, inner)
    #expect(Hexadecimal.encode(message.serialized) == "089601120774657374696e671a03089601")
  }

  @Test("The attachment pointer of a message content")
  func attachmentPointer() throws {
    let message = try read("0921436587a9cbed7f1209696d6167652f706e67")
    #expect(message.fixed64(1) == 0x7fed_cba9_8765_4321)
    #expect(message.text(2) == "image/png")
    #expect(Hexadecimal.encode(message.serialized) == "0921436587a9cbed7f1209696d6167652f706e67")
  }

  @Test("Numbers at the limits", arguments: [0, 1, 127, 128, 1 << 32, UInt64.max])
  func numbers(value: UInt64) throws {
    var message = ProtobufMessage()
    message.append(536_870_911, value)
    message.append(2, fixed64: value)
    let copy = try ProtobufMessage(message.serialized, maximumSize: 100)
    #expect(copy == message)
    #expect(copy.uint64(536_870_911) == value)
    #expect(copy.fixed64(2) == value)
    #expect(copy.uint32(536_870_911) == UInt32(truncatingIfNeeded: value))
  }

  @Test("The last of several counts, and one of another type counts as unknown")
  func last() throws {
    let message = try read("080108021203616263120164" + "0a00")
    #expect(message.uint32(1) == 2)
    #expect(message.bytes(1) == [])
    #expect(message.text(2) == "d")
    #expect(message.uint32(2) == nil)
    #expect(message.bytes(3) == nil)
    #expect(message.allBytes(2).map { String(decoding: $0, as: UTF8.self) } == ["abc", "d"])
  }

  @Test("Unknown fields of every type are stepped over")
  func unknown() throws {
    let message = try read(
      "a00601" + "a9060102030405060708" + "ad0601020304" + "a206020102" + "0805")
    #expect(message.fields.count == 5)
    #expect(message.uint32(1) == 5)
  }

  @Test("Text that is no UTF-8 is shown as such")
  func text() throws {
    #expect(try read("0a02c328").text(1) == "\u{fffd}(")
  }

  @Test(
    "What is cut short, too long or of no known type is refused",
    arguments: [
      "08", "0880", "0a", "0a05", "0a0501020304", "0d010203", "0901020304050607",
      "08ffffffffffffffffffff01", "0affffffffffffffffff01", "0001", "0200", "0b", "0c", "0e", "0f",
      "808080808001", "ffffffffffffffffff0101", "8080808010" + "01",
    ])
  func refusal(hexadecimal: String) {
    #expect(throws: AxolotlError.self) { try read(hexadecimal) }
  }

  @Test("Size and number of fields are capped")
  func caps() throws {
    let field: [UInt8] = [8, 1]
    let most = [UInt8](repeating: 0, count: ProtobufMessage.maximumFields).flatMap { _ in field }
    #expect(try ProtobufMessage(most, maximumSize: most.count).fields.count == 16_384)
    #expect(throws: AxolotlError.malformed("too many fields")) {
      try ProtobufMessage(most + field, maximumSize: 1 << 20)
    }
    #expect(throws: AxolotlError.malformed("4 bytes, 3 are allowed")) {
      try ProtobufMessage(field + field, maximumSize: 3)
    }
  }
}
