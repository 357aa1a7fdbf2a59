import Clocks
import Transport

/// How often something is done in a second.
func rate(_ count: Int, _ work: () async throws -> Void) async throws -> Double {
  let clock = SystemTime()
  let start = clock.uptime
  try await work()
  return Double(count) / ((clock.uptime - start) / .seconds(1))
}
