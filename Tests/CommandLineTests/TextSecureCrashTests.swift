import TestSupport
import Testing

/// Two people write to each other while their programs are killed, sending, receiving, uploading and
/// accepting: every message arrives once and in order.
///
/// As for ``CrashTests``, `TERCET_CRASH_ROUNDS` and `TERCET_CRASH_SEED` direct it.
struct TextSecureCrashTests {
  /// Messages of a round, both ways together; half of them are written while the other is offline.
  private static let burst = 200

  @Test(.timeLimit(.minutes(120)))
  func everyMessageArrivesOnceAndInOrder() async throws {
    var chance = CrashPlan.chance("TextSecure crash test")
    let servers = try await Servers()
    let alice = try Correspondent(
      "a", Pair.alice, writingTo: Pair.bob, servers, seed: chance.below(1 << 30))
    let bob = try Correspondent(
      "b", Pair.bob, writingTo: Pair.alice, servers, seed: chance.below(1 << 30))
    for person in [alice, bob] { try await person.register() }
    let rounds = CrashPlan.rounds ?? 20
    for round in 0..<rounds {
      try await play(round, alice, bob, &chance)
      try await settle(alice, bob)
    }
    var kills = 0
    for person in [alice, bob] {
      try await person.examine()
      kills += await person.kills
    }
    print("TextSecure crash test: \(rounds) rounds, \(kills) kills")
    #expect(kills > rounds)
  }

  private func play(
    _ round: Int, _ alice: Correspondent, _ bob: Correspondent, _ chance: inout CrashPlan.Chance
  ) async throws {
    let quarter = Self.burst / 4
    for person in [alice, bob] { await person.begin(round) }
    if round % 5 == 4 {
      try await bob.changeIdentity()
      // What she writes is held back until she has decided.
      try await alice.write(upTo: 3)
      try await alice.accept()
    }
    // One after the other, each without the other: what is written waits at the relay.
    try await alice.write(upTo: quarter)
    try await alice.kill()
    if round % 3 == 0 { try await bob.sendFile() }
    try await bob.write(upTo: quarter)
    // Both at once, in turns that chance cuts short.
    var turn = quarter
    while turn < 2 * quarter {
      turn = min(2 * quarter, turn + 10 + chance.below(quarter))
      let end = turn
      async let one: Void = alice.write(upTo: end)
      async let two: Void = bob.write(upTo: end)
      _ = try await (one, two)
    }
  }

  /// Lets everything arrive, then compares.
  private func settle(_ alice: Correspondent, _ bob: Correspondent) async throws {
    for person in [alice, bob] { try await person.drain() }
    try await alice.receive(from: bob)
    try await bob.receive(from: alice)
    for person in [alice, bob] { try await person.kill() }
    for person in [alice, bob] { try await person.check() }
  }
}
