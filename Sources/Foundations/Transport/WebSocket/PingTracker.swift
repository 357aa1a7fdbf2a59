/// The pings of one connection that await their pongs, and when the next one is due.
struct PingTracker {
  private struct Ping {
    let number: UInt64
    let sent: Duration
    var waiter: Promise<Duration>?
  }

  /// When to send one unasked; nil if never.
  private(set) var nextDue: Duration?

  private let interval: Duration?
  private let timeout: Duration
  private var awaited: [Ping] = []
  private var lastNumber: UInt64 = 0

  /// - Parameter first: when to send the first one, if any are sent.
  init(limits: WebSocketLimits, first: Duration) {
    interval = limits.pingInterval
    timeout = limits.pongTimeout
    nextDue = interval.map { _ in first }
  }

  /// Notes a new ping and gives its payload; nil if none is needed, since one unanswered ping is
  /// enough to tell whether the peer is there.
  mutating func begin(_ waiter: Promise<Duration>?, at now: Duration) -> [UInt8]? {
    nextDue = interval.map { now + $0 }
    guard waiter != nil || awaited.isEmpty else { return nil }
    lastNumber += 1
    awaited.append(Ping(number: lastNumber, sent: now, waiter: waiter))
    return withUnsafeBytes(of: lastNumber.bigEndian) { Array($0) }
  }

  /// The round trip that a pong with this payload ends; nil if it answers none of ours. It answers
  /// the pings before it too.
  mutating func answer(_ payload: [UInt8], at now: Duration) -> Duration? {
    guard payload.count == 8 else { return nil }
    let number = payload.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let answered = awaited.last(where: { $0.number == number }) else { return nil }
    for ping in awaited where ping.number <= number {
      ping.waiter?.complete(.success(now - ping.sent))
    }
    awaited.removeAll { $0.number <= number }
    return now - answered.sent
  }

  /// When the peer counts as gone; nil while nothing is awaited. A peer that sends anything is
  /// alive, so a pong behind a long message is not late.
  func peerDeadline(lastRead: Duration) -> Duration? {
    awaited.first.map { max($0.sent, lastRead) + timeout }
  }

  /// When the first of those who wait for their own pong has waited long enough.
  var waiterDeadline: Duration? {
    awaited.first { $0.waiter != nil }.map { $0.sent + timeout }
  }

  /// Tells those who have waited long enough.
  mutating func expireWaiters(at now: Duration) {
    for index in awaited.indices where awaited[index].sent + timeout <= now {
      awaited[index].waiter?.complete(.failure(.timedOut(.pong)))
      awaited[index].waiter = nil
    }
  }

  /// Tells everyone that no pong will come.
  mutating func end(_ error: TransportError) {
    for ping in awaited { ping.waiter?.complete(.failure(error)) }
    awaited = []
    nextDue = nil
  }
}
