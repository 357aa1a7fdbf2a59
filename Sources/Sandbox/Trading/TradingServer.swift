import Clocks
import Cryptography
import Transport

/// The trading server: every connection, and the one account they share.
actor TradingServer: ScheduledServer {
  static let path = "/ws/v1/stream"
  static let timePath = "/api/v1/time"
  static let idleLimit: Duration = .seconds(300)
  static let connectionLimit = 100
  static let messagesPerSecond = 100

  struct Session {
    let queue: SendQueue
    var isAuthenticated = false
    var channels: Set<String> = []
    var rate = RateWindow(limit: messagesPerSecond)
    var lastMessage: Duration
  }

  enum Duty: Sendable {
    case drift
    case advance(order: String)
    case reply(String, session: Int)
    case checkIdle(session: Int)
  }

  let time: any TimeSource
  let events: EventLog
  var exchange: TradingExchange { didSet { store?.keep(exchange.changes.take()) } }
  /// Where all that is kept; nil in a sandbox that forgets.
  private let store: WorldStore?
  var gate: TradingGate
  var faults: FaultPlan
  var sessions = Sessions<Session>()
  var mischief = Mischief()
  private let scenario: Scenario
  var duties: EventSchedule<Duty>

  /// What a fault has begun and not yet ended.
  struct Mischief {
    /// The push of an order that waits for the next one, by its channel.
    var heldPushes: [String: String] = [:]
    /// What the message that is being carried out is answered with instead.
    var plannedError: TradingRefusal?
  }

  var dialect: TradingDialect { gate.dialect }

  init(
    options: SandboxOptions, key: String, secret: Secret, events: EventLog,
    time: any TimeSource, store: WorldStore? = nil
  ) {
    self.store = store
    scenario = options.scenario
    exchange = TradingExchange(scenario: options.scenario, seed: options.seed, store: store)
    faults = options.faults
    let word = options.faults.standing(.dialect)?.value
    let dialect = word.flatMap(TradingDialect.init(word:)) ?? .doc
    let verifier = options.faults.standing(.verifier)?.value
    gate = TradingGate(
      key: key, secret: secret, dialect: dialect,
      rewriting: verifier.flatMap(BodyRewriting.init(rawValue:)) ?? .raw)
    self.events = events
    self.time = time
    duties = EventSchedule(time: time)
  }

  /// Begins what happens by itself.
  func start() {
    if let interval = scenario.balanceInterval { schedule(.drift, after: interval) }
    // Orders of an earlier run go on where it ended.
    for order in exchange.orders.unfinished {
      schedule(.advance(order: order.id), after: .seconds(1))
    }
  }

  func stop() { duties.close() }

  /// The server's clock: wall time in milliseconds, with the planned skew.
  var now: Int64 { time.wallTime + Int64(faults.standing(.skew)?.number ?? 0) * 1000 }

  // MARK: Connections

  func join(_ queue: SendQueue) -> Int {
    let id = sessions.newID()
    sessions[id] = Session(queue: queue, lastMessage: time.uptime)
    events.report(.connected(.trading, connection: id))
    schedule(.checkIdle(session: id), after: TradingServer.idleLimit)
    return id
  }

  func leave(_ id: Int) {
    sessions[id] = nil
    duties.remove { duty in
      switch duty {
      case .checkIdle(id), .reply(_, session: id): true
      default: false
      }
    }
    events.report(.disconnected(.trading, connection: id))
  }

  /// Sends `text` to every authenticated session that follows `channel`.
  func push(_ text: String, on channel: String) {
    for session in sessions.values where session.channels.contains(channel) {
      if strikes(.dropAtPush) {
        session.queue.drop()
      } else {
        session.queue.send(.text(text))
      }
    }
  }

  func pushBalances() {
    let update = TradingReply(ch: "balances", data: exchange.wallet.balances)
    push(JSONText.encode(update), on: "balances")
  }

  // MARK: Time

  func perform(_ duty: Duty, at moment: Duration) {
    switch duty {
    case .drift:
      exchange.drift()
      pushBalances()
      if let interval = scenario.balanceInterval { schedule(.drift, at: moment + interval) }
    case .advance(let id):
      advance(id, at: moment)
    case .reply(let text, let session):
      sessions[session]?.queue.send(.text(text))
    case .checkIdle(let id):
      guard let session = sessions[id] else { return }
      let end = session.lastMessage + TradingServer.idleLimit
      if end <= moment {
        session.queue.close(code: 1001, reason: "idle")
      } else {
        schedule(.checkIdle(session: id), at: end)
      }
    }
  }

  /// Puts an order into its next status and tells its followers; three seconds lead to the usual end.
  private func advance(_ id: String, at moment: Duration) {
    guard let order = exchange.advance(id, at: now) else { return }
    report(order)
    tell(order)
    if order.next != nil {
      schedule(
        .advance(order: id), at: moment + (order.status == .partial ? .seconds(1) : .seconds(2)))
    }
    if order.status != .processing { pushBalances() }
  }

  func report(_ order: Order) {
    events.report(
      .order(
        id: order.id, clientOrderID: order.clientOrderID,
        status: order.report(in: dialect).status))
  }
}
