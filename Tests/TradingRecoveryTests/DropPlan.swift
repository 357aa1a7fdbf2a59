import Glibc

/// Which line breaks when, and when the program is killed: everything follows from a seed and the
/// number of a round.
///
/// `TERCET_DROP_ROUNDS` sets how many rounds there are, `TERCET_DROP_SEED` repeats a run.
struct DropPlan: Sendable {
  static var rounds: Int { number("TERCET_DROP_ROUNDS") ?? 100 }
  static var seed: Int { number("TERCET_DROP_SEED") ?? Int(getpid()) }

  private static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  /// Where the program dies.
  enum Death: Sendable {
    /// Before or after the journal's line of this number is written.
    case atLine(Int, isWritten: Bool)
    /// This many milliseconds after the start.
    case after(Int)
  }

  let round: Int
  let faults: String
  let death: Death?
  let seed: UInt64

  init(seed: Int, round: Int) {
    var chance = Chance(state: UInt64(truncatingIfNeeded: seed &* 1_000_003 &+ round))
    self.round = round
    self.seed = chance.next()
    var faults = [DropPlan.drop(&chance)]
    if chance.below(3) == 0 { faults.append(DropPlan.drop(&chance)) }
    if chance.below(3) == 0 { faults.append(DropPlan.nuisance(&chance)) }
    if chance.below(3) > 0 { faults.append(DropPlan.wrongAnswer(&chance)) }
    if chance.below(3) == 0 { faults.append(DropPlan.wrongAnswer(&chance)) }
    self.faults = faults.joined(separator: ",")
    switch chance.below(5) {
    case 0: death = .atLine(1 + chance.below(7), isWritten: chance.below(2) == 0)
    case 1: death = .after(chance.below(5000))
    default: death = nil
    }
  }

  /// A line that breaks. Two swaps with all around them take some twenty frames.
  private static func drop(_ chance: inout Chance) -> String {
    let frame = 1 + chance.below(20)
    return switch chance.below(9) {
    case 0, 1: "drop-before-frame@\(frame)"
    case 2, 3: "drop-at-frame@\(frame)"
    case 4: "drop-after-frame@\(frame)"
    case 5: "drop-at-push@\(1 + chance.below(10))"
    case 6: "drop-after-swap@\(1 + chance.below(2))"
    case 7: "half-open@\(frame)"
    default: "close-at-frame=\([1000, 1001, 1008, 1009, 1012, 1013][chance.below(6)])@\(frame)"
    }
  }

  private static func nuisance(_ chance: inout Chance) -> String {
    let all = [
      "no-swap-reply@1", "late-swap-reply=500@1", "late-swap-reply=9900@1",
      "late-swap-reply=15000@1", "repeated-swap=2500@1", "repeated-swap=9000@2",
      "reply-twice=swap:700@1", "push-early", "push-twice",
      "push-reordered", "push-late", "no-push", "fail-order@1", "cancel-order@2", "partial-fill",
      "odd-status", "no-order@1", "skew=1800", "refuse-upgrade=503@4",
    ]
    return all[chance.below(all.count)]
  }

  /// What was asked is done and answered with an error: each of the document's, and three more, in
  /// place of each answer. Swaps, which are the point, come up more often.
  private static func wrongAnswer(_ chance: inout Chance) -> String {
    let operations = [
      "swap", "swap", "swap", "order_status", "auth", "subscribe", "unsubscribe", "balances",
      "estimate",
    ]
    let words = [
      "not-authenticated", "invalid-signature", "invalid-key", "outside-window", "used-nonce",
      "unknown-operation", "invalid-channel", "too-poor", "too-fast", "internal",
    ]
    let operation = operations[chance.below(operations.count)]
    let place = 1 + chance.below(operation == "swap" ? 2 : 6)
    return "answer-error=\(operation):\(words[chance.below(words.count)])@\(place)"
  }

  /// SplitMix64.
  struct Chance {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var word = state
      word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
      return word ^ word >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  }
}
