/// A wait that has begun and can be cut short, such as the one before the next attempt to connect.
public struct Pause: Sendable {
  private let sleeper: Task<Void, any Error>

  /// Begins to wait for `duration` of `time`.
  public init(_ duration: Duration, time: any TimeSource) {
    sleeper = Task { try await time.sleep(for: duration) }
  }

  /// Ends it early.
  public func cut() { sleeper.cancel() }

  /// Returns when it is over; a task that is cancelled meanwhile cuts it short.
  public func finish() async {
    await withTaskCancellationHandler {
      // Ending early is no failure.
      _ = await sleeper.result
    } onCancel: {
      sleeper.cancel()
    }
  }
}
