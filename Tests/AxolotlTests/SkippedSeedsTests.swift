import Cryptography
import Testing

@testable import Axolotl

@Suite("Seeds of messages that are missing")
struct SkippedSeedsTests {
  private func seeds(_ numbers: Range<UInt8>) -> [SecretBytes] {
    numbers.map { SecretBytes([UInt8](repeating: $0, count: 32)) }
  }

  @Test("Each can be taken once, by its counter")
  func taking() {
    var skipped = SkippedSeeds()
    #expect(skipped.isEmpty)
    #expect(skipped.take(0) == nil)
    skipped.append(seeds(1..<4), from: 1, limit: 10)
    skipped.append(seeds(9..<10), from: 9, limit: 10)
    #expect(skipped.count == 4)
    #expect(skipped.take(2) == seeds(2..<3)[0])
    #expect(skipped.take(2) == nil)
    #expect(skipped.take(9) == seeds(9..<10)[0])
    #expect(skipped.take(1) == seeds(1..<2)[0])
    #expect(skipped.take(3) == seeds(3..<4)[0])
    #expect(skipped == SkippedSeeds())
  }

  @Test("Beyond the limit the oldest are forgotten, the new ones among themselves too")
  func limit() {
    var skipped = SkippedSeeds()
    skipped.append(seeds(0..<3), from: 0, limit: 4)
    skipped.append(seeds(3..<5), from: 3, limit: 4)
    #expect(skipped.count == 4)
    #expect(skipped.take(0) == nil)
    #expect(skipped.take(1) == seeds(1..<2)[0])
    skipped.append(seeds(10..<16), from: 10, limit: 4)
    #expect(skipped.count == 4)
    #expect(skipped.take(11) == nil)
    #expect(skipped.take(12) == seeds(12..<13)[0])
    #expect(skipped.take(15) == seeds(15..<16)[0])
  }

  @Test("The stored form is read again, another one is refused")
  func storing() throws {
    var skipped = SkippedSeeds()
    skipped.append(seeds(1..<4), from: .max - 1, limit: 10)
    var packed: [UInt8] = []
    skipped.withPacked { packed = Array($0) }
    #expect(packed.count == 3 * 36)
    #expect(packed.prefix(4) == [0xff, 0xff, 0xff, 0xfe])
    try packed.withUnsafeBytes { bytes in
      var copy = try SkippedSeeds(packed: bytes, limit: 3)
      #expect(copy == skipped)
      #expect(copy.take(0) == seeds(3..<4)[0])
      #expect(throws: AxolotlError.self) { try SkippedSeeds(packed: bytes, limit: 2) }
      #expect(throws: AxolotlError.self) {
        try SkippedSeeds(packed: UnsafeRawBufferPointer(rebasing: bytes.dropLast()), limit: 3)
      }
    }
  }
}
