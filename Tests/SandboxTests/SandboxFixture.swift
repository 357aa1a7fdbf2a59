import Clocks
import Sandbox
import TestSupport
import Testing
import Transport

/// A sandbox on a clock that the test moves.
struct SandboxFixture {
  let time: ManualTime
  let network = Network()
  let sandbox: Sandbox
  private let scenario: Scenario

  init(
    _ scenario: Scenario = .quiet, faults: String = "", seed: UInt64 = 1,
    time: ManualTime = ManualTime(), _ adjust: (inout SandboxOptions) -> Void = { _ in }
  ) async throws {
    self.time = time
    var options = SandboxOptions()
    options.scenario = scenario
    self.scenario = scenario
    options.seed = seed
    options.faults = try FaultPlan(parsing: faults)
    adjust(&options)
    sandbox = try await Sandbox.start(options, network: network, time: time)
  }

  /// Moves the clock once the servers wait on it: one alarm for the server in use, and in a scenario
  /// that lives by itself one for each.
  func pass(_ duration: Duration) async {
    await time.untilSleeping(scenario == .quiet ? 1 : 2)
    time.advance(by: duration)
  }

  /// Waits for the first event of which `pick` makes something.
  func event<Value: Sendable>(
    _ pick: @escaping @Sendable (SandboxEvent) -> Value?
  ) async throws -> Value {
    let events = sandbox.events
    return try await withDeadline(
      Patience.span, time: SystemTime(), error: RawConnection.Silence() as any Error
    ) {
      for await event in events {
        if let value = pick(event) { return value }
      }
      throw RawConnection.Ended()
    }
  }
}
