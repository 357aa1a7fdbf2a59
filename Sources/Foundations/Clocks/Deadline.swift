/// Runs `operation` for at most `duration` of `time`; beyond it the operation is cancelled and
/// `error` thrown.
///
/// Returns only after the operation has ended, so it must honour cancellation. When it ends by
/// itself, its own value or error is the outcome.
public func withDeadline<Value: Sendable, Failure: Error>(
  _ duration: Duration, time: any TimeSource, error: Failure,
  operation: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
  let outcome = await withTaskGroup(of: Result<Value, Failure>?.self) { group in
    group.addTask {
      do throws(Failure) { return .success(try await operation()) } catch { return .failure(error) }
    }
    group.addTask {
      do { try await time.sleep(for: duration) } catch { return nil }
      return .failure(error)
    }
    var first: Result<Value, Failure>?
    // A cancelled sleeper says nothing (nil); then the operation's own word counts.
    while first == nil, let next = await group.next() { first = next }
    group.cancelAll()
    return first
  }
  return try (outcome ?? .failure(error)).get()
}
