import Clocks
import Transport

/// Waits until `look` finds something, looking at once and again after each of `changes`.
///
/// Nothing is polled and nothing sleeps: a change wakes the look. After `Patience.span` of real time,
/// or when the changes end, it throws `Missed`.
public func eventually<Value: Sendable, Change: Sendable>(
  _ what: String, after changes: AsyncStream<Change>,
  _ look: @escaping @Sendable () async throws -> Value?
) async throws -> Value {
  try await withDeadline(Patience.span, time: SystemTime(), error: Missed(what) as any Error) {
    if let found = try await look() { return found }
    for await _ in changes {
      if let found = try await look() { return found }
    }
    throw Missed(what)
  }
}

/// What a test waited for and did not see.
public struct Missed: Error, CustomStringConvertible {
  public let description: String

  public init(_ what: String) { description = "never seen: \(what)" }
}
