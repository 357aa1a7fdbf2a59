import Domain
import Transport

/// Keeps every watched order up to date: by its channel, by asking after each new connection, and
/// by asking now and then where no channel speaks.
actor OrderTracker {
  let context: ConnectionContext
  private let recorder: OrderEventWriter
  private let meter: MeterReporter
  let emit: @Sendable (TradingEvent) -> Void
  private(set) var pool: ConnectionPool?
  private(set) var tracked = TrackedOrders()
  /// Orders that the server may or may not have.
  var searches: [ClientOrderID: OrderSearch] = [:]
  private var catchingUp: Task<Result<Void, TradingError>, Never>?
  private var watcher: Task<Void, Never>?

  init(
    _ context: ConnectionContext, journal: any SwapJournal, meter: MeterReporter,
    emit: @escaping @Sendable (TradingEvent) -> Void
  ) {
    self.context = context
    recorder = OrderEventWriter(journal, emit: emit)
    self.meter = meter
    self.emit = emit
  }

  func start(_ pool: ConnectionPool, following open: [OpenOrder]) async {
    self.pool = pool
    for order in open {
      if let id = order.orderId {
        await watch(order.state.identified(orderId: id, clientOrderId: order.clientOrderId))
      } else if let id = order.clientOrderId {
        search(for: id, order.state)
        guard order.state.status == .submitting else { continue }
        // Nobody waits for its answer any more.
        let state = order.state.ofUnknownOutcome
        searches[id]?.state = state
        await tell(state, via: .swap, after: order.state)
      }
    }
  }

  func stop() {
    pool = nil
    watcher?.cancel()
    watcher = nil
    catchingUp?.cancel()
    catchingUp = nil
    tracked.removeAll()
    searches = [:]
  }

  /// A new connection carries the updates: all channels are to be opened again.
  func streamConnected() {
    tracked.forgetConnection()
  }

  /// Something was pushed over the stream.
  func streamSpoke() { tracked.notePush(now: context.time.uptime) }

  /// Asks for every open order once more.
  func recheck() { tracked.recheck() }

  // MARK: Watching

  /// Starts to watch an order.
  func follow(_ state: OrderState) async {
    await watch(state)
    await settle()
  }

  func unfollow(_ id: String) async {
    if tracked.unfollow(id), let stream = pool?.stream {
      // Whatever comes of it, updates of an order that is not tracked are ignored.
      _ = try? await stream.ask(
        .unsubscribe(.order(id)), within: context.configuration.timeouts.queue)
    }
    await noteCounts()
  }

  /// A swap's reply, already in the journal: watches the order and tells it.
  func accept(_ update: OrderUpdate, as state: OrderState) async {
    guard tracked.entries[update.orderId] == nil else { return await receive(update, via: .swap) }
    var state = state
    _ = state.apply(update)
    if update.filledOut == nil, update.txHash == nil, update.reason == nil {
      emit(.order(state, via: .swap))
    } else {
      // The journal knows the status alone so far.
      await tell(state, via: .swap, after: nil)
    }
    await follow(state)
  }

  /// A reply to a swap that nobody waits for any more: the order exists.
  func accept(stray update: OrderUpdate) async {
    tracked.noteStray()
    await record(.stray(update))
    let id = update.clientOrderId.flatMap { ClientOrderID($0) }
    let lost = id.flatMap { searches.removeValue(forKey: $0)?.state }
    guard tracked.entries[update.orderId] == nil else { return await receive(update, via: .swap) }
    var state = lost ?? OrderState(clientOrderId: update.clientOrderId)
    _ = state.apply(update)
    await tell(state, via: .swap, after: lost)
    await follow(state)
  }

  /// A swap without an answer: looked for after every reconnection.
  func leaveUnresolved(_ id: ClientOrderID, _ state: OrderState) async {
    if let known = tracked.entries.values.first(where: { $0.state.clientOrderId == id.text })?.state
    {
      // Its late answer came first, and the journal has just been told that there is none.
      return await tell(known, via: .swap, after: known)
    }
    search(for: id, state)
  }

  /// Takes what the server says about an order.
  func receive(_ update: OrderUpdate, via source: OrderSource) async {
    var update = update
    // A time far ahead would make everything that follows look old.
    let latest = context.clock.now + OrderTracker.farAhead
    update.updatedAt = update.updatedAt.map { min($0, latest) }
    if let moment = update.updatedAt { context.clock.observe(past: moment) }
    let before = tracked.entries[update.orderId]?.state
    let isAnswer = source == .status
    guard
      let (state, transition) = tracked.apply(
        update, confirmed: isAnswer, now: context.time.uptime)
    else {
      // Perhaps the order that nobody could find.
      guard let id = update.clientOrderId.flatMap({ ClientOrderID($0) }), let search = searches[id]
      else { return }
      await found(update, id, search.state)
      return await settle()
    }
    switch transition {
    case .duplicate, .stale:
      return
    case .needsConfirmation:
      await settle()
    case .changed:
      await tell(state, via: source, after: before)
      await settle()
    case .anomaly(let anomaly):
      emit(.warning(.orderAnomaly(orderId: update.orderId, anomaly)))
      if state != before { await tell(state, via: source, after: before) }
    }
  }

  /// An order that came up without a name is the one that was sent under this one.
  func identify(_ id: String, as name: ClientOrderID, _ state: OrderState) async {
    guard let known = tracked.identify(id, as: name, minimumOut: state.minimumOut) else { return }
    await tell(known, via: .status, after: state)
  }

  private func tell(
    _ state: OrderState, via source: OrderSource, after before: OrderState?
  ) async {
    var events = [TradingEvent.order(state, via: source)]
    if let id = state.orderId {
      if let before, before.status.isTerminal, before.status != state.status {
        events.append(.warning(.orderRevived(orderId: id)))
      }
      if state.isFilledBelowMinimum, before?.isFilledBelowMinimum != true,
        let filled = state.filledOut, let minimum = state.minimumOut
      {
        events.append(
          .warning(.filledBelowMinimum(orderId: id, filled: filled, minimum: minimum)))
      }
    }
    await record(.updated(state), thenTell: events)
  }

  /// Keeps what happened and then tells it; returns when that is done.
  func record(_ event: SwapEvent, thenTell events: [TradingEvent] = []) async {
    await recorder.record(event, thenTell: events).value
  }

  /// Waits until everything that happened so far is in the journal.
  func allRecorded() async { await recorder.finish() }

  /// How many replies to swaps came that nobody waited for.
  var strays: Int { tracked.strays }

  /// Whether the server may have taken the order after all: it was told of, or there was a reply to
  /// some swap since `count`.
  func mayHold(_ name: ClientOrderID, withStraysSince count: Int) -> Bool {
    tracked.strays != count || tracked.hasHeard(of: name)
  }

  func watch(_ state: OrderState) async {
    let early = tracked.follow(state, now: context.time.uptime)
    if let early { await receive(early, via: .push) }
    keepWatch()
  }

  // MARK: Asking now and then

  /// How far before our estimate of its clock a server may be believed to be, in milliseconds.
  private static let farAhead: Int64 = 3_600_000

  private enum Duty {
    case ask(String)
    case search(ClientOrderID)
    /// Leaves the channels of orders that are over.
    case leave
  }

  func keepWatch() {
    if watcher == nil { watcher = Task { await poll() } }
  }

  /// Asks for orders that have been silent for long and looks for those that nobody has found, one
  /// at a time, while there are any.
  private func poll() async {
    while let (duty, wait) = nextDuty() {
      do {
        if wait > .zero {
          try await context.time.sleep(for: min(wait, TrackedOrders.pollInterval))
        } else if let error = await perform(duty) {
          // The connection is being opened again; that asks for everything by itself.
          guard error != .stopped else { return }
          try await context.time.sleep(for: TrackedOrders.pollInterval)
        }
      } catch { return }
    }
    watcher = nil
  }

  private func nextDuty() -> (Duty, wait: Duration)? {
    let now = context.time.uptime
    let poll = tracked.nextPoll(now: now).map { (Duty.ask($0.id), wait: $0.wait) }
    let search = searches.min { ($0.value.next, $0.key.text) < ($1.value.next, $1.key.text) }
      .map { (Duty.search($0.key), wait: max(.zero, $0.value.next - now)) }
    let leave = tracked.nextLeave(now: now).map { (Duty.leave, wait: $0) }
    return [poll, search, leave].compactMap(\.self).min { $0.wait < $1.wait }
  }

  private func perform(_ duty: Duty) async -> TradingError? {
    switch duty {
    case .ask(let id): return await ask(id)
    case .search(let id): return await look(for: id)
    case .leave:
      do throws(TradingError) { try await catchUp() } catch { return error }
      return nil
    }
  }

  // MARK: Catching up

  /// Opens and leaves channels and asks for orders until nothing is left to do. Throws when the
  /// connection is lost meanwhile; then a new one starts it again.
  func catchUp() async throws(TradingError) {
    let task = catchingUp ?? Task { await workOff() }
    catchingUp = task
    let result = await task.value
    await noteCounts()
    try result.get()
  }

  /// The same, when nobody waits for it.
  func settle() async {
    guard catchingUp == nil, tracked.nextStep(now: context.time.uptime) != nil else { return }
    Task { do { try await catchUp() } catch { return } }
  }

  private func workOff() async -> Result<Void, TradingError> {
    // Cleared in the same breath as the last look at the orders, so that nothing falls between.
    defer { catchingUp = nil }
    do throws(TradingError) {
      try await takeSteps()
      for id in searches.keys {
        if let error = await look(for: id) { throw error }
      }
      // What was found is to be watched, and the orders may have changed meanwhile.
      try await takeSteps()
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  private func takeSteps() async throws(TradingError) {
    while let step = tracked.nextStep(now: context.time.uptime), let pool {
      if let error = await perform(step, pool) { throw error }
    }
  }

  private func perform(_ step: TrackedOrders.Step, _ pool: ConnectionPool) async -> TradingError? {
    let patience = context.configuration.timeouts.queue
    let connection = tracked.connection
    do throws(TradingError) {
      switch step {
      case .subscribe(let id):
        _ = try await pool.stream.ask(.subscribe(.order(id)), within: patience)
        if connection == tracked.connection { tracked.subscribed(id) }
      case .unsubscribe(let id):
        _ = try await pool.stream.ask(.unsubscribe(.order(id)), within: patience)
        if connection == tracked.connection { tracked.unsubscribed(id) }
      case .ask(let id):
        if let error = await ask(id) { throw error }
      }
      return nil
    } catch {
      switch (step, error) {
      case (.subscribe(let id), .refused(_, let text)),
        (.unsubscribe(let id), .refused(_, let text)):
        tracked.refused(id)
        emit(.warning(.serverError(text)))
        return nil
      case (.subscribe(let id), .invalid), (.subscribe(let id), .unreadable),
        (.unsubscribe(let id), .unreadable):
        tracked.refused(id)
        return nil
      default:
        return error
      }
    }
  }

  /// Asks for one order; an error says that it could not be asked. A refusal is an answer, though
  /// it tells nothing.
  private func ask(_ id: String) async -> TradingError? {
    guard let trade = pool?.trade else { return .stopped }
    do throws(TradingError) {
      let update = try await trade.order(id, within: context.configuration.timeouts.queue)
      tracked.asked(id, now: context.time.uptime)
      await receive(update, via: .status)
      return nil
    } catch {
      switch error {
      case .refused(_, let text):
        if tracked.entries[id]?.needsAsking == true { emit(.warning(.serverError(text))) }
        tracked.asked(id, now: context.time.uptime)
        return nil
      case .invalid, .unreadable:
        tracked.asked(id, now: context.time.uptime)
        emit(.warning(.unreadable(error.message)))
        return nil
      default:
        return error
      }
    }
  }

  private func noteCounts() async {
    await meter.note(subscriptions: tracked.subscriptions, polled: tracked.polled)
  }
}
