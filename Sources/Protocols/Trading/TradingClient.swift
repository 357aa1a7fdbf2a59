import Clocks
import Cryptography
import Domain
import Transport

/// The trading server as one account sees it: balances, quotes, swaps and orders.
///
/// Three connections carry it (see `TradingConnection.Purpose`). After every connection it catches up, in this
/// order: balances, subscriptions, the state of every open order; only then is it `online` and
/// lets swaps through. `stop` it before letting it go.
public actor TradingClient {
  /// Everything that happens, in order. One reader; it keeps the newest 16 384 events if the reader
  /// falls behind.
  public nonisolated let events: AsyncStream<TradingEvent>

  private let context: ConnectionContext
  private var status: StatusReporter
  private let meter: MeterReporter
  private let orders: OrderTracker
  private let swaps: SwapExecutor
  private let balanceReporter: BalanceReporter
  private let balanceSubscription: BalanceSubscription
  private var running: Running?
  private var closing: Task<Void, Never>?

  /// What belongs to one start.
  private struct Running {
    let pool: ConnectionPool
    var tasks: [Task<Void, Never>] = []
    var connected: Set<TradingConnection.Purpose> = []
    /// Balances, channels and open orders are being caught up with.
    var synchronisation: Task<Void, Never>?
  }

  /// A client that does nothing before `start`. It writes every swap to `journal` before it sends
  /// it.
  public init(
    configuration: TradingConfiguration, credentials: TradingCredentials,
    journal: any SwapJournal, network: Network, time: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom()
  ) {
    let (events, sink) = AsyncStream.makeStream(
      of: TradingEvent.self, bufferingPolicy: .bufferingNewest(16_384))
    self.events = events
    let emit = { @Sendable in _ = sink.yield($0) }
    status = StatusReporter(emit: emit)
    context = ConnectionContext(
      configuration: configuration, credentials: credentials, network: network, time: time,
      random: random)
    meter = MeterReporter(time: time, emit: emit)
    orders = OrderTracker(context, journal: journal, meter: meter, emit: emit)
    swaps = SwapExecutor(context, orders: orders, journal: journal)
    balanceReporter = BalanceReporter(context, emit: emit)
    balanceSubscription = BalanceSubscription(context, emit: emit)
  }

  /// Our estimate of the server's clock: milliseconds since 1970.
  public nonisolated var serverTime: Int64 { context.clock.now }

  // MARK: Connecting

  /// Connects and stays connected until `stop`. `open` are the orders that were open before, those
  /// of unknown outcome among them. Does nothing while started.
  public func start(following open: [OpenOrder] = []) async {
    await closing?.value
    guard running == nil else { return }
    let pool = ConnectionPool(context) { [weak self] in await self?.handle($1, from: $0) }
    running = Running(pool: pool)
    status.enter(.connecting)
    await orders.start(pool, following: open)
    // Somebody may have stopped it meanwhile.
    guard running?.pool.stream === pool.stream else { return }
    // One connection first: a wrong key or clock is then found out once and not three times.
    run(pool.stream)
  }

  /// Closes the connections; `events` says `.state(.off)`. It may be started again.
  public func stop() async {
    guard let running else { return }
    self.running = nil
    let closing = Task {
      await close(running)
      // Before anybody who waits to start again.
      await balanceReporter.forget()
      status.enter(.off)
    }
    self.closing = closing
    await closing.value
  }

  /// Ends the wait for the next attempt. Nothing happens unless the state is `waiting`.
  public func retryNow() async { await running?.pool.retryNow() }

  // MARK: Asking

  /// Asks for a price. A newer question replaces one that still waits, which then throws
  /// `.superseded`.
  public func estimate(_ request: QuoteRequest) async throws(TradingError) -> Quote {
    let reply = try await ask(.estimate(request), over: \.quotes)
    guard case .estimate(let data) = reply else {
      throw .unreadable(operation: "estimate", "another answer")
    }
    return try Quote(
      request, data, receivedAt: context.clock.now, uptime: context.time.uptime)
  }

  /// Executes a swap that a person confirmed on the grounds of `quote`: same assets, amount and
  /// venues, and still valid. It is written at most once, and once more only if the server
  /// refused it for its time.
  public func swap(_ request: SwapRequest, quote: Quote) async -> SwapOutcome<TradingError> {
    guard status.state == .online, let pool = running?.pool else { return .notSent(.notReady) }
    return await swaps.swap(request, quote: quote, over: pool.trade)
  }

  /// Asks for an order by the server's id, or by ours where the server allows it.
  public func orderStatus(id: String) async throws(TradingError) -> OrderUpdate {
    guard let pool = running?.pool else { throw .stopped }
    let update = try await pool.trade.order(id, within: context.configuration.timeouts.queue)
    await orders.receive(update, via: .status)
    return update
  }

  /// Asks for all balances; `events` carries them too.
  public func balances() async throws(TradingError) -> [Balance] {
    guard case .balances(let data) = try await ask(.balances, over: \.stream) else {
      throw .unreadable(operation: "balances", "another answer")
    }
    return data.balances
  }

  /// Looks for an order whose swap ended without an answer: rounds of questions fifteen seconds
  /// apart. If nothing is found the order stays UNKNOWN.
  ///
  /// - Parameter attempts: three prove as much as can be proved; one is a quick look.
  public func reconcile(
    clientOrderId: ClientOrderID, orderId: String? = nil,
    attempts: Int = Reconciliation.attempts
  ) async -> Reconciliation {
    await orders.reconcile(clientOrderId, orderId: orderId, attempts: attempts)
  }

  /// Watches an order that has an id of the server: by its channel, or by asking when all channels
  /// are taken.
  public func follow(_ state: OrderState) async { await orders.follow(state) }

  /// Stops watching an order.
  public func unfollow(_ orderId: String) async { await orders.unfollow(orderId) }

  private func ask(
    _ operation: Operation, over connection: KeyPath<ConnectionPool, TradingConnection> & Sendable
  ) async throws(TradingError) -> Reply {
    guard let pool = running?.pool else { throw .stopped }
    return try await pool[keyPath: connection].ask(
      operation, within: context.configuration.timeouts.queue)
  }

  // MARK: What the pool tell

  private func handle(
    _ event: TradingConnection.Event, from purpose: TradingConnection.Purpose
  ) async {
    guard let pool = running?.pool else { return }
    switch event {
    case .wrote:
      await meter.noteWrite()
    case .dialect(let dialect):
      status.emit(.dialect(dialect))
    case .connecting:
      if purpose != .quotes { await disconnect(purpose, .connecting) }
    case .waiting(let pause, let error):
      await meter.noteReconnect()
      if purpose != .quotes { await disconnect(purpose, .waiting(pause, error)) }
    case .online:
      await connect(purpose, pool)
    case .stopped(let error):
      status.enter(.stopped(error))
      guard let running else { return }
      self.running = nil
      // Not from within a connection's own report, which it would wait for.
      closing = Task { await close(running) }
    case .told(let event):
      await handle(event, from: purpose, pool)
    }
  }

  private func handle(
    _ event: Session.Event, from purpose: TradingConnection.Purpose, _ pool: ConnectionPool
  ) async {
    switch event {
    case .balances(let data, let isSnapshot):
      guard purpose == .stream else { return }
      if !isSnapshot { await orders.streamSpoke() }
      await meter.note(roundTrip: pool.stream.roundTrip)
      await balanceReporter.receive(data, isSnapshot: isSnapshot)
    case .order(let update):
      await orders.streamSpoke()
      await orders.receive(update, via: .push)
      status.tellSkew(context.clock.skew)
    case .straySwap(let update):
      status.emit(.warning(.straySwap(orderId: update.orderId)))
      await orders.accept(stray: update)
    case .warning(let warning):
      status.emit(.warning(warning))
    }
  }

  private func connect(_ purpose: TradingConnection.Purpose, _ pool: ConnectionPool) async {
    status.tellSkew(context.clock.skew)
    if running?.tasks.count == 1 {
      run(pool.trade)
      run(pool.quotes)
    }
    guard purpose != .quotes else { return }
    if purpose == .stream { await orders.streamConnected() }
    running?.connected.insert(purpose)
    guard running?.connected.count == 2 else { return }
    running?.synchronisation?.cancel()
    running?.synchronisation = Task { await synchronise(pool) }
  }

  private func disconnect(_ purpose: TradingConnection.Purpose, _ state: LinkState) async {
    running?.connected.remove(purpose)
    running?.synchronisation?.cancel()
    running?.synchronisation = nil
    status.enter(state)
    if purpose == .stream { await balanceSubscription.cancel() }
  }

  /// Balances, channels, open orders, and then swaps are let through. When a connection is lost
  /// meanwhile the next one starts it anew.
  private func synchronise(_ pool: ConnectionPool) async {
    await orders.recheck()
    while !Task.isCancelled {
      do throws(TradingError) {
        try await balanceSubscription.start(over: pool.stream)
        try await orders.catchUp()
        await pool.trade.noteCaughtUp()
        await meter.note(roundTrip: pool.stream.roundTrip)
        if !Task.isCancelled { status.enter(.online) }
        return
      } catch {
        // A lost connection reports itself and ends this task.
        do { try await context.time.sleep(for: .seconds(1)) } catch { return }
      }
    }
  }

  // MARK: The end

  private func run(_ connection: TradingConnection) {
    running?.tasks.append(Task { await connection.run() })
  }

  private func close(_ ended: Running) async {
    ended.synchronisation?.cancel()
    await balanceSubscription.cancel()
    await balanceReporter.stop()
    await orders.stop()
    await ended.pool.stop()
    for task in ended.tasks { task.cancel() }
    for task in ended.tasks { await task.value }
    await meter.stop()
  }
}

/// Tells how the client stands, each time that it changes.
private struct StatusReporter {
  let emit: @Sendable (TradingEvent) -> Void
  private(set) var state = LinkState.off
  private var skew: Duration = .zero

  init(emit: @escaping @Sendable (TradingEvent) -> Void) { self.emit = emit }

  mutating func enter(_ state: LinkState) {
    guard state != self.state else { return }
    self.state = state
    emit(.state(state))
  }

  mutating func tellSkew(_ skew: Duration) {
    guard skew != self.skew else { return }
    self.skew = skew
    emit(.skew(skew))
    if abs(skew.milliseconds) > 300_000 { emit(.warning(.clockOff(skew))) }
  }
}
