import Glibc
import Testing

/// A sealed database does what a plain one does, whatever is done to it and whenever the power goes.
///
/// `TERCET_SEALED_STATEMENTS` and `TERCET_SEALED_CRASHES` for more of it, `TERCET_SEED` to repeat a run.
struct SealedDifferenceTests {
  private static func number(_ name: String, usually: Int) -> Int {
    getenv(name).flatMap { Int(String(cString: $0)) } ?? usually
  }
  private static let statements = number("TERCET_SEALED_STATEMENTS", usually: 600)
  private static let crashes = number("TERCET_SEALED_CRASHES", usually: 40)
  private static let seed = UInt64(number("TERCET_SEED", usually: 1))

  @Test func aSealedDatabaseHasWhatAPlainOneHas() throws {
    var twin = try SealedTwin(seed: Self.seed)
    var steps = 0
    while twin.statements < Self.statements {
      try twin.step()
      steps += 1
      if steps % 50 == 0 { try twin.expectEqual() }
      if steps % 10 == 0 { try twin.expectEqualAfterKill() }
    }
    try twin.expectEqual()
    try twin.expectIntegrity()
    print("\(twin.statements) statements, seed \(Self.seed)")
  }

  @Test func nothingIsLostOrLeftHalfDoneWhenThePowerGoes() throws {
    var twin = try SealedTwin(seed: Self.seed &+ 1)
    var random = SplitMix(seed: Self.seed &+ 2)
    while twin.crashes < Self.crashes {
      for _ in 0..<random.next(below: 4) { try twin.step() }
      try twin.step(cut: random.next(below: 30))
    }
    try twin.expectEqual()
    print("\(twin.crashes) crashes, \(twin.statements) statements, seed \(Self.seed)")
  }
}
