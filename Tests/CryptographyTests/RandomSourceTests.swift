import Cryptography
import Testing

@Suite("Random sources")
struct RandomSourceTests {
  /// Gives the same byte for ever.
  private struct Constant: RandomSource {
    let byte: UInt8
    func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
  }

  @Test("A seed repeats its bytes, however they are asked for")
  func repeatability() {
    let whole = SeededRandom(seed: 7).bytes(100)
    let pieces = SeededRandom(seed: 7)
    #expect(pieces.bytes(1) + pieces.bytes(0) + pieces.bytes(40) + pieces.bytes(59) == whole)
    #expect(SeededRandom(seed: 8).bytes(100) != whole)
    #expect(Set(whole).count > 50)
  }

  @Test("The system's bytes differ each time")
  func system() {
    let random = SystemRandom()
    #expect(random.bytes(0).isEmpty)
    #expect(random.bytes(32).count == 32)
    #expect(random.bytes(32) != random.bytes(32))
  }

  @Test("A fraction is never 1 and spans the range")
  func fraction() {
    #expect(Constant(byte: 0).fraction() == 0)
    #expect(Constant(byte: 0xff).fraction() == 1.0.nextDown)
    let random = SeededRandom(seed: 1)
    let mean = (0..<1000).map { _ in random.fraction() }.reduce(0, +) / 1000
    #expect(abs(mean - 0.5) < 0.05)
  }

  @Test("A UUID has its version and variant, whatever the bytes")
  func uuid() {
    #expect(Constant(byte: 0).uuid() == "00000000-0000-4000-8000-000000000000")
    #expect(Constant(byte: 0xff).uuid() == "ffffffff-ffff-4fff-bfff-ffffffffffff")
  }

  @Test("Hexadecimal text has two digits a byte")
  func hexadecimal() {
    #expect(Constant(byte: 0x0a).hexadecimal(3) == "0a0a0a")
  }
}
