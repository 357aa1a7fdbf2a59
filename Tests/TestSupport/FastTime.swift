import Clocks
import Transport

/// The machine's clocks run faster: for tests in which a client and a server, each with waits of its
/// own, live through minutes together.
public struct FastTime: TimeSource {
  private let factor: Int
  private let clock = SystemTime()
  private let startWall: Int64
  private let startUptime: Duration

  /// - Parameter factor: how many seconds pass in one.
  public init(factor: Int) {
    self.factor = factor
    startWall = clock.wallTime
    startUptime = clock.uptime
  }

  public var uptime: Duration { (clock.uptime - startUptime) * factor }
  public var wallTime: Int64 { startWall + uptime.milliseconds }
  public func sleep(for duration: Duration) async throws {
    try await Task.sleep(for: duration / factor)
  }
}
