/// Requests waiting for their turn on one connection: by priority, then by age.
struct RequestQueue: Sendable {
  struct Request: Sendable {
    let id: Int
    let operation: Operation
    let answer: CheckedContinuation<Result<Reply, TradingError>, Never>
    /// How often it was written before and refused.
    var attempts = 0
    /// The dialect to try; nil for the one in use.
    var spoken: SpokenDialect?
    /// What it was refused with in the dialect in use.
    var refusal: TradingError?
    /// Whether it is not to be sent over the next connection if this one ends first.
    var endsWithConnection = false
    /// Whether it is not to be written any more although its turn has come.
    var isOverdue: (@Sendable () async -> Bool)?
  }

  private var requests: [Request] = []
  private var lastID = 0

  var isEmpty: Bool { requests.isEmpty }

  /// A number for a new request; they count up.
  mutating func newID() -> Int {
    lastID += 1
    return lastID
  }

  /// Adds a request. A new estimate makes those that still wait worthless; they are returned.
  mutating func insert(_ request: Request) -> [Request] {
    var superseded: [Request] = []
    if case .estimate = request.operation {
      superseded = requests.filter { $0.operation.name == request.operation.name }
      requests.removeAll { $0.operation.name == request.operation.name }
    }
    put(request)
    return superseded
  }

  /// Adds a request, again perhaps, behind those of its priority that are older.
  mutating func put(_ request: Request) {
    let place = (request.operation.priority, request.id)
    let index = requests.firstIndex { ($0.operation.priority, $0.id) > place }
    requests.insert(request, at: index ?? requests.endIndex)
  }

  mutating func popFirst() -> Request? {
    requests.isEmpty ? nil : requests.removeFirst()
  }

  mutating func remove(id: Int) -> Request? {
    guard let index = requests.firstIndex(where: { $0.id == id }) else { return nil }
    return requests.remove(at: index)
  }

  mutating func removeAll(where condition: (Request) -> Bool = { _ in true }) -> [Request] {
    defer { requests.removeAll(where: condition) }
    return requests.filter(condition)
  }
}

/// Lets 45 messages a second through, 50 of them at once: never more than 96 within any second, a
/// margin below the server's 100 (seed 001, Limitations).
///
/// It keeps one moment, the time by which everything let through so far would have been spread out
/// evenly.
struct TokenBucket: Sendable {
  private let interval: Duration
  private let tolerance: Duration
  private var spreadUntil: Duration = .zero

  init(perSecond rate: Int = 45, burst: Int = 50) {
    interval = .seconds(1) / rate
    tolerance = interval * (burst - 1)
  }

  /// Lets nothing through for `duration`, since the server has counted more than we did.
  mutating func hold(at now: Duration, for duration: Duration) {
    spreadUntil = max(spreadUntil, now + duration + tolerance)
  }

  /// Zero if a message may go at `now`, which is then counted; otherwise how long to wait first.
  mutating func take(at now: Duration) -> Duration {
    let start = max(spreadUntil, now)
    let excess = start - now - tolerance
    if excess > .zero { return excess }
    spreadUntil = start + interval
    return .zero
  }
}
