import Synchronization

/// Counts from 1, from any thread.
public final class Counter: Sendable {
  private let last = Mutex(0)

  public init() {}

  /// The next number.
  public func next() -> Int {
    last.withLock { last in
      last += 1
      return last
    }
  }
}
