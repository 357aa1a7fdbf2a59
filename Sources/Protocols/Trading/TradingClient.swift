import Clocks
import Cryptography
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

  private let emit: @Sendable (TradingEvent) -> Void
  private let context: ConnectionContext
  private let meter: MeterReporter
  private let orders: OrderTracker
  private let swaps: SwapExecutor
  private var pool: ConnectionPool?
  private var runs: [Task<Void, Never>] = []
  private var connected: Set<TradingConnection.Purpose> = []
  private var synchronisation: Task<Void, Never>?
  private var closing: Task<Void, Never>?
  private var sheet = BalanceSheet()
  private var toldBalances: Duration = .zero
  private var toldUnreadable: Set<String> = []
  private var hasToldOfCut = false
  /// Tells what was pushed too soon after the last time.
  private var latecomer: Task<Void, Never>?
  /// Asks again for what the server refused to follow.
  private var balancesAgain: Task<Void, Never>?
  private static let largeSheet = 20
  private static let largeSheetPause: Duration = .milliseconds(100)
  /// Between two tries to follow the balances after a refusal.
  private static let refusalPause: Duration = .seconds(60)
  private var toldSkew: Duration = .zero
  private var state = LinkState.off

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
    emit = { sink.yield($0) }
    context = ConnectionContext(
      configuration: configuration, credentials: credentials, network: network, time: time,
      random: random)
    meter = MeterReporter(time: time, emit: emit)
    orders = OrderTracker(context, journal: journal, meter: meter, emit: emit)
    swaps = SwapExecutor(context, orders: orders, journal: journal)
  }

  /// Our estimate of the server's clock: milliseconds since 1970.
  public nonisolated var serverTime: Int64 { context.clock.now }

  // MARK: Connecting

  /// Connects and stays connected until `stop`. `open` are the orders that were open before, those
  /// of unknown outcome among them. Does nothing while started.
  public func start(following open: [OpenOrder] = []) async {
    await closing?.value
    guard pool == nil else { return }
    let pool = ConnectionPool(context) { [weak self] in await self?.handle($1, from: $0) }
    self.pool = pool
    enter(.connecting)
    await orders.start(pool, following: open)
    // Somebody may have stopped it meanwhile.
    guard self.pool?.stream === pool.stream else { return }
    // One connection first: a wrong key or clock is then found out once and not three times.
    run(pool.stream)
  }

  /// Closes the connections; `events` says `.state(.off)`. It may be started again.
  public func stop() async {
    guard let pool else { return }
    self.pool = nil
    let closing = Task {
      await close(pool)
      // Before anybody who waits to start again.
      sheet = BalanceSheet()
      enter(.off)
    }
    self.closing = closing
    await closing.value
  }

  /// Ends the wait for the next attempt. Nothing happens unless the state is `waiting`.
  public func retryNow() async { await pool?.retryNow() }

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
  public func swap(_ request: SwapRequest, quote: Quote) async -> SwapOutcome {
    guard state == .online, let pool else { return .notSent(.notReady) }
    return await swaps.swap(request, quote: quote, over: pool.trade)
  }

  /// Asks for an order by the server's id, or by ours where the server allows it.
  public func orderStatus(id: String) async throws(TradingError) -> OrderUpdate {
    guard let pool else { throw .stopped }
    let update = try await pool.trade.order(id, within: context.configuration.timeouts.queue)
    await orders.take(update, via: .status)
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
    guard let pool else { throw .stopped }
    return try await pool[keyPath: connection].ask(
      operation, within: context.configuration.timeouts.queue)
  }

  // MARK: What the pool tell

  private func handle(
    _ event: TradingConnection.Event, from purpose: TradingConnection.Purpose
  ) async {
    guard let pool else { return }
    switch event {
    case .wrote:
      await meter.noteWrite()
    case .dialect(let spoken):
      emit(.dialect(spoken))
    case .connecting:
      if purpose != .quotes { disconnect(purpose, .connecting) }
    case .waiting(let pause, let error):
      await meter.noteReconnect()
      if purpose != .quotes { disconnect(purpose, .waiting(pause, error)) }
    case .online:
      await connect(purpose, pool)
    case .stopped(let error):
      enter(.stopped(error))
      self.pool = nil
      // Not from within a connection's own report, which it would wait for.
      closing = Task { await close(pool) }
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
      let hasChanged = sheet.take(
        data.balances, isSnapshot: isSnapshot, unreadable: data.unreadable,
        at: context.time.wallTime)
      if sheet.isCut || data.isCut, !hasToldOfCut {
        hasToldOfCut = true
        emit(.warning(.tooManyAssets(limit: BalancesData.limit)))
      }
      await meter.note(roundTrip: pool.stream.roundTrip)
      // Once, and again only for others: a server that writes them so does it all the time.
      if !Set(data.unreadable).isSubset(of: toldUnreadable) {
        emit(.warning(.unreadableBalances(data.unreadable)))
      }
      if isSnapshot || !data.unreadable.isEmpty { toldUnreadable = Set(data.unreadable) }
      if hasChanged { tellBalances(isSnapshot: isSnapshot) }
    case .order(let update):
      await orders.streamSpoke()
      await orders.take(update, via: .push)
      tellSkew()
    case .straySwap(let update):
      emit(.warning(.straySwap(orderId: update.orderId)))
      await orders.accept(stray: update)
    case .warning(let warning):
      emit(.warning(warning))
    }
  }

  /// A sheet of many assets is told at most ten times a second: a server that pushes it without end
  /// must not fill memory with copies.
  private func tellBalances(isSnapshot: Bool) {
    let due = toldBalances + TradingClient.largeSheetPause - context.time.uptime
    guard !isSnapshot, sheet.balances.count > TradingClient.largeSheet, due > .zero else {
      return emitBalances(isSnapshot: isSnapshot)
    }
    guard latecomer == nil else { return }
    latecomer = Task {
      do { try await context.time.sleep(for: due) } catch { return }
      latecomer = nil
      emitBalances(isSnapshot: false)
    }
  }

  private func emitBalances(isSnapshot: Bool) {
    toldBalances = context.time.uptime
    emit(
      .balances(
        BalancesUpdate(
          balances: sheet.balances, isSnapshot: isSnapshot, receivedAt: context.clock.now,
          moments: sheet.moments, unreadable: sheet.unreadable)))
  }

  private func connect(_ purpose: TradingConnection.Purpose, _ pool: ConnectionPool) async {
    tellSkew()
    if runs.count == 1 {
      run(pool.trade)
      run(pool.quotes)
    }
    guard purpose != .quotes else { return }
    if purpose == .stream { await orders.streamConnected() }
    connected.insert(purpose)
    guard connected.count == 2 else { return }
    synchronisation?.cancel()
    synchronisation = Task { await synchronise(pool) }
  }

  private func disconnect(_ purpose: TradingConnection.Purpose, _ state: LinkState) {
    connected.remove(purpose)
    if purpose == .stream { balancesAgain?.cancel() }
    synchronisation?.cancel()
    synchronisation = nil
    enter(state)
  }

  /// Balances, channels, open orders, and then swaps are let through. When a connection is lost
  /// meanwhile the next one starts it anew.
  private func synchronise(_ pool: ConnectionPool) async {
    await orders.recheck()
    while !Task.isCancelled {
      do throws(TradingError) {
        let areTold = try await tolerate(.balances, over: pool.stream)
        let areFollowed = try await tolerate(.subscribe(.balances), over: pool.stream)
        if !areTold || !areFollowed { askForBalancesAgain(pool, following: !areFollowed) }
        try await orders.catchUp()
        await pool.trade.noteCaughtUp()
        await meter.note(roundTrip: pool.stream.roundTrip)
        if !Task.isCancelled { enter(.online) }
        return
      } catch {
        // A lost connection reports itself and ends this task.
        do { try await context.time.sleep(for: .seconds(1)) } catch { return }
      }
    }
  }

  /// A key without a permission still serves the others, and so does an answer that cannot be read:
  /// either is told and passed over.
  private func tolerate(
    _ operation: Operation, over connection: TradingConnection, quietly: Bool = false
  ) async throws(TradingError) -> Bool {
    do throws(TradingError) {
      _ = try await connection.ask(operation, within: context.configuration.timeouts.queue)
      return true
    } catch {
      switch error {
      case .refused(_, let text):
        if !quietly { emit(.warning(.serverError("\(operation.name): \(text)"))) }
      case .unreadable:
        if !quietly { emit(.warning(.unreadable(error.message))) }
      default:
        throw error
      }
      return false
    }
  }

  /// A refusal of the balances may pass: they are asked for every minute, and followed as soon as the
  /// server lets us. A lost connection ends this; the next one begins anew.
  private func askForBalancesAgain(_ pool: ConnectionPool, following: Bool) {
    balancesAgain?.cancel()
    balancesAgain = Task {
      var isFollowed = !following
      while !Task.isCancelled {
        do { try await context.time.sleep(for: TradingClient.refusalPause) } catch { return }
        do throws(TradingError) {
          if !isFollowed {
            isFollowed = try await tolerate(
              .subscribe(.balances), over: pool.stream, quietly: true)
          }
          let areTold = try await tolerate(.balances, over: pool.stream, quietly: true)
          if areTold, isFollowed { return }
        } catch { return }
      }
    }
  }

  // MARK: State

  private func run(_ connection: TradingConnection) { runs.append(Task { await connection.run() }) }

  private func close(_ pool: ConnectionPool) async {
    synchronisation?.cancel()
    synchronisation = nil
    balancesAgain?.cancel()
    latecomer?.cancel()
    latecomer = nil
    connected = []
    let ending = runs
    runs = []
    await orders.stop()
    await pool.stop()
    for run in ending { run.cancel() }
    for run in ending { await run.value }
    await meter.stop()
  }

  private func enter(_ state: LinkState) {
    guard state != self.state else { return }
    self.state = state
    emit(.state(state))
  }

  private func tellSkew() {
    let skew = context.clock.skew
    guard skew != toldSkew else { return }
    toldSkew = skew
    emit(.skew(skew))
    if abs(skew.milliseconds) > 300_000 { emit(.warning(.clockOff(skew))) }
  }
}
