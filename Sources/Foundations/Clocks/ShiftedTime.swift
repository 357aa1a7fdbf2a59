/// The machine's clocks with a wall clock that begins at a moment of one's own: what is shown at a
/// start looks the same whenever that is.
public struct ShiftedTime: TimeSource {
  private let base = SystemTime()
  private let start: Int64
  private let origin: Duration

  /// - Parameter start: wall-clock milliseconds that it is now.
  public init(startingAt start: Int64) {
    self.start = start
    origin = base.uptime
  }

  /// It goes on as the uptime does, whatever is done to the machine's clock.
  public var wallTime: Int64 { start + (base.uptime - origin).milliseconds }

  public var uptime: Duration { base.uptime }

  public func sleep(for duration: Duration) async throws { try await base.sleep(for: duration) }
}
