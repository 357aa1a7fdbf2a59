import Testing
import Transport

/// Lines break at any frame around a swap, and the program is killed: no swap is executed twice, none
/// is forgotten, and each ends or is shown as unknown with what to do about it.
///
/// See ``DropPlan`` for the environment that directs it.
@Suite struct DropTests {
  private static let atOnce = 16

  @Test(.timeLimit(.minutes(60)))
  func noSwapIsLostOrDoubled() async throws {
    let (seed, rounds) = (DropPlan.seed, DropPlan.rounds)
    print("trading drop test: TERCET_DROP_SEED=\(seed) TERCET_DROP_ROUNDS=\(rounds)")
    let network = Network()
    try await withThrowingTaskGroup(of: (DropPlan, [String]).self) { group in
      var next = 0
      func begin() {
        guard next < rounds else { return }
        let plan = DropPlan(seed: seed, round: next)
        next += 1
        group.addTask { (plan, try await DropRun(plan: plan, network: network).complaints()) }
      }
      for _ in 0..<DropTests.atOnce { begin() }
      while let (plan, complaints) = try await group.next() {
        #expect(
          complaints.isEmpty,
          "round \(plan.round) of seed \(seed), \(plan.faults), \(String(describing: plan.death))")
        begin()
      }
    }
  }

  @Test(
    "Rounds that have failed once", .timeLimit(.minutes(5)),
    arguments: [
      // A right time was refused by mistake: no later start got in.
      (20_261_130, 768)
    ])
  func again(seed: Int, round: Int) async throws {
    let plan = DropPlan(seed: seed, round: round)
    #expect(try await DropRun(plan: plan, network: Network()).complaints().isEmpty)
  }
}
