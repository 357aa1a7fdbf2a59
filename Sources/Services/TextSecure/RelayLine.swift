import TextSecure

/// The connection to the relay, as far as the account follows it: the task that keeps it up, and when it
/// last brought a message.
struct RelayLine {
  private var task: Task<Void, Never>?
  /// By the uptime clock.
  private(set) var lastArrival: Duration
  /// Nothing could be stored since the last message, and this was told.
  private var isStoreFailing = false

  init(at now: Duration) { lastArrival = now }

  var isOpen: Bool { task != nil }

  /// Connects anew with `work`, once the connection before has ended: two lines of one device would take
  /// turns in pushing each other out.
  mutating func open(_ work: @escaping @Sendable () async -> Void) {
    task?.cancel()
    task = Task { [before = task] in
      await before?.value
      await work()
    }
  }

  /// Begins to end the connection.
  func cancel() { task?.cancel() }

  /// Returns when the connection has ended and what it brought is stored.
  func ended() async { await task?.value }

  /// There is none any more.
  mutating func forget() { task = nil }

  mutating func noteOnline(at now: Duration) { lastArrival = now }

  mutating func noteArrival(at now: Duration) {
    lastArrival = now
    isStoreFailing = false
  }

  /// Whether the failure to store a message is the first since one could be stored.
  mutating func noteFailure(_ error: TextSecureError) -> Bool {
    guard case .store = error, !isStoreFailing else { return false }
    isStoreFailing = true
    return true
  }
}
