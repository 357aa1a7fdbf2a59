import Glibc

/// How often the crash tests kill, and when.
///
/// `TERCET_CRASH_ROUNDS` sets the number of rounds, `TERCET_CRASH_SEED` repeats a run.
enum CrashPlan {
  /// Picks moments and victims; one seed gives one sequence.
  struct Chance {
    private var state: UInt64

    init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

    /// Numerical Recipes' generator; good enough to pick moments.
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// As told by the environment.
  static var rounds: Int? { number("TERCET_CRASH_ROUNDS") }

  /// The chance of a test, whose seed is printed under its name.
  static func chance(_ name: String) -> Chance {
    let seed = number("TERCET_CRASH_SEED") ?? Int(getpid())
    print("\(name): TERCET_CRASH_SEED=\(seed)")
    return Chance(seed: seed)
  }

  private static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }
}
