/// Counts messages over the last second.
struct RateWindow: Sendable {
  private let limit: Int
  private var times: [Duration] = []

  init(limit: Int) { self.limit = limit }

  /// False if this message is one too many; a refused message counts as well.
  mutating func admit(at now: Duration) -> Bool {
    times.removeAll { $0 <= now - .seconds(1) }
    if times.count > limit { times.removeFirst() }
    times.append(now)
    return times.count <= limit
  }
}
