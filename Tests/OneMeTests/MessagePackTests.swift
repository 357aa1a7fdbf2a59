import Cryptography
import JSON
import Testing

@testable import OneMe

/// MessagePack in both directions, and LZ4 blocks.
struct MessagePackTests {
  @Test(arguments: [
    ("c0", JSONValue.null), ("c2", .bool(false)), ("c3", .bool(true)),
    ("00", .integer(0)), ("7f", .integer(127)), ("e0", .integer(-32)), ("ff", .integer(-1)),
    ("cc80", .integer(128)), ("cd0100", .integer(256)), ("ce00010000", .integer(65536)),
    ("cf0000000100000000", .integer(4_294_967_296)), ("cf7fffffffffffffff", .integer(.max)),
    ("d0df", .integer(-33)), ("d1ff7f", .integer(-129)), ("d2ffff7fff", .integer(-32769)),
    ("d3ffffffff7fffffff", .integer(-2_147_483_649)), ("d38000000000000000", .integer(.min)),
    ("cb3ff8000000000000", .number(1.5)), ("a0", .string("")), ("a2d0af", .string("Я")),
    ("90", .array([])), ("9201c0", .array([.integer(1), .null])), ("80", .object([:])),
    ("82a16101a16202", .object(["a": .integer(1), "b": .integer(2)])),
  ])
  func bothWays(hexadecimal: String, value: JSONValue) throws {
    #expect(try read(hexadecimal) == value)
    #expect(Hexadecimal.encode(MessagePackWriter.write(value)) == hexadecimal)
  }

  @Test(arguments: [
    ("cc05", JSONValue.integer(5)), ("ca3fc00000", .number(1.5)),
    ("cfffffffffffffffff", .number(18_446_744_073_709_551_616)),
    ("d9036d6178", .string("max")), ("da00036d6178", .string("max")),
    ("db000000036d6178", .string("max")), ("a2ff41", .string("\u{fffd}A")),
    ("c403000102", .string("AAEC")), ("dc000101", .array([.integer(1)])),
    ("dd0000000101", .array([.integer(1)])), ("de0001a16101", .object(["a": .integer(1)])),
    ("df00000001a16101", .object(["a": .integer(1)])),
    // Ids as keys are numbers in this form and text in the other.
    ("82ce00bc614e0105c3", .object(["12345678": .integer(1), "5": .bool(true)])),
    // Type 1 wraps a number: as MessagePack (9 bytes), or its bare eight bytes.
    ("c70901cf01a1f0a0b0c0d0e0", .integer(0x01a1_f0a0_b0c0_d0e0)),
    ("d70101a1f0a0b0c0d0e0", .integer(0x01a1_f0a0_b0c0_d0e0)),
    ("d40105", .integer(5)), ("d4ff00", .null), ("c7020700ff", .null),
  ])
  func alsoReads(hexadecimal: String, value: JSONValue) throws {
    #expect(try read(hexadecimal) == value)
  }

  @Test(arguments: [
    "", "c1", "cc", "cd01", "a5", "d9", "d905", "91", "81", "81a1", "81a161", "8190c0", "0101",
    // Counts beyond what follows: refused before memory is taken for them.
    "dd7fffffff", "df7fffffff00", "dbffffffff", "c6ffffffff", "c9ffffffff01", "dcffff",
    "d501ffff",
  ])
  func refuses(hexadecimal: String) {
    #expect(throws: FrameError.notMessagePack) { try read(hexadecimal) }
  }

  @Test func refusesBottomlessNesting() throws {
    func nest(_ depth: Int) -> [UInt8] { [UInt8](repeating: 0x91, count: depth) + [0xc0] }
    #expect(throws: Never.self) { try MessagePackReader.read(nest(ValueTree.depth - 1)) }
    for depth in [ValueTree.depth, 1_000_000] {
      #expect(throws: FrameError.notMessagePack) { try MessagePackReader.read(nest(depth)) }
    }
    // A wrapping counts too.
    let wrapped = (0..<40).reduce([UInt8(0xc0)]) { inner, _ in
      [0xc7, UInt8(inner.count), 1] + inner
    }
    #expect(throws: Never.self) { try MessagePackReader.read(wrapped) }
  }

  @Test func refusesMoreValuesThanItShouldKeep() {
    let count = ValueTree.values
    let bytes: [UInt8] =
      [0xdd, UInt8(count >> 24), UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), 0]
      + [UInt8](repeating: 0xc0, count: count)
    #expect(throws: FrameError.notMessagePack) { try MessagePackReader.read(bytes) }
  }

  @Test(arguments: 0..<6)
  func whatIsWrittenIsRead(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let value = tree(random, depth: 4)
      #expect(JSONValue(try MessagePackReader.read(MessagePackWriter.write(value)).root) == value)
    }
  }

  @Test func readsLZ4Blocks() {
    #expect(
      LZ4Block.decompress([0x50, 0x68, 0x65, 0x6c, 0x6c, 0x6f], atMost: 5) == Array("hello".utf8))
    #expect(LZ4Block.decompress([0x50, 0x68, 0x65, 0x6c, 0x6c, 0x6f], atMost: 4) == nil)
    #expect(LZ4Block.decompress([], atMost: 10) == nil)
    let long = [UInt8](repeating: 7, count: 100_000)
    let block = LZ4Block.compress(long) ?? []
    #expect(LZ4Block.decompress(block, guess: 1, limit: 100_000) == long)
    #expect(LZ4Block.decompress(block, guess: 1, limit: 99_999) == nil)
    #expect(LZ4Block.decompress(block, guess: .max, limit: 100_000) == long)
    #expect(LZ4Block.compress([]).flatMap { LZ4Block.decompress($0, atMost: 1) } == [])
  }

  private func read(_ hexadecimal: String) throws -> JSONValue {
    JSONValue(try MessagePackReader.read(Hexadecimal.decode(hexadecimal) ?? [0xc1]).root)
  }

  private func tree(_ random: SeededRandom, depth: Int) -> JSONValue {
    let dice = random.bytes(2)
    switch dice[0] % (depth > 0 ? 8 : 6) {
    case 0: return .null
    case 1: return .bool(dice[1] % 2 == 0)
    case 2:
      let bits = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return .integer(Int64(bitPattern: bits) >> Int64(dice[1] % 64))
    case 3: return .number(Double(dice[1]) + 0.5)
    case 4, 5: return .string(String(repeating: "ы", count: Int(dice[1]) * 2))
    case 6: return .array((0..<Int(dice[1] % 20)).map { _ in tree(random, depth: depth - 1) })
    default:
      return .object(
        Dictionary(
          (0..<Int(dice[1] % 20)).map { ("k\($0)", tree(random, depth: depth - 1)) },
          uniquingKeysWith: { $1 }))
    }
  }
}
