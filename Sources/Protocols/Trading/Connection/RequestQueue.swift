/// Requests waiting for their turn on one connection: by priority, then by age.
struct RequestQueue: Sendable {
  struct Request: Sendable {
    let id: Int
    let operation: Operation
    let answer: CheckedContinuation<Result<Reply, TradingError>, Never>
    /// How often it was written before and refused.
    var attempts = 0
    /// The spoken to try; nil for the one in use.
    var spoken: SpokenDialect?
    /// What it was refused with in the spoken in use.
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
