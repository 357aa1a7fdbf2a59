import Accounts
import Clocks
import Cryptography
import Database
import Domain
import Phrases
import Storage
import Trading
import Transport

/// A trading account kept online: balances and orders on disk, quotes and swaps on demand.
package actor TradingAccount: Account {
  package let environment: AccountEnvironment
  package nonisolated let client: TradingClient
  package private(set) var account: AccountRecord
  /// Whether the account is only being tried: nothing of it is kept.
  private let isTrial: Bool
  package private(set) var connection: ConnectionTracker
  private var roundTrip: Duration?
  /// Questions for a price that a person waits for, now and since the start.
  private var asking = (now: 0, ever: 0)
  private let rules: SwapGuard
  private let journalRecorder: JournalRecorder?
  /// Fills swaps in the server's place; nil where money is real.
  package let paper: PaperExchange?
  private var intake: Task<Void, Never>?
  /// What the assets cost; nil in a run that does not stay.
  private let prices: PriceFeed?
  private var asksForPrices: Task<Void, Never>?
  /// The balances as this run has stored them; nil before the first ones.
  private var stored: [BalanceRecord]?
  /// Assets of which the server's newest amounts could not be read.
  package private(set) var unreadable: Set<String> = []
  /// What keeps the line down although it may pass; nil for what passes by all experience.
  private var trouble: UserError?

  /// - Parameters:
  ///   - settings: whether swaps are sent, filled on paper, or neither.
  ///   - isTrial: for an account that is only being signed in to.
  package init(
    _ account: AccountRecord, configuration: TradingConfiguration, environment: AccountEnvironment,
    settings: RunSettings = RunSettings(), isTrial: Bool = false
  ) {
    self.account = account
    self.isTrial = isTrial
    connection = ConnectionTracker(of: account, environment: environment)
    connection.note {
      $0.dialect = account.settings.dialect ?? Dialect.doc.rawValue
      $0.meter = .init(Meter())
    }
    rules = SwapGuard(environment, isDryRun: settings.isDryRun)
    paper = settings.isPaper && !isTrial ? PaperExchange(environment) : nil
    prices = settings.watchesPrices && !isTrial ? PriceFeed(environment) : nil
    self.environment = environment
    journalRecorder = isTrial ? nil : JournalRecorder(environment, passingOnTo: configuration.recorder)
    var configuration = configuration
    configuration.recorder = journalRecorder ?? configuration.recorder
    client = TradingClient(
      configuration: configuration,
      credentials: TradingCredentials(
        key: Secret(account.identifier), secret: account.secret),
      journal: StoredSwapJournal(environment: environment), network: environment.network,
      time: environment.time,
      random: environment.random)
  }

  /// Connects, reconciles every open order and stays connected until `stop()`.
  package func start() async {
    guard intake == nil else { return }
    intake = Task { [client] in
      for await event in client.events { await self.handle(event) }
    }
    connection.publish()
    asksForPrices = prices.map { prices in Task { await prices.run(by: self) } }
    await paper?.open()
    await client.start(following: await openOrders())
  }

  package func stop() async {
    asksForPrices?.cancel()
    await client.stop()
    intake?.cancel()
    // What is being taken in is stored before anything that follows, such as a sign-out.
    await intake?.value
    await journalRecorder?.finish()
    connection.release()
  }

  /// Tries again at once if the next attempt is being waited for.
  package func retryNow() async {
    guard case .stopped = status.state, intake != nil else { return await client.retryNow() }
    await client.start(following: await openOrders())
  }

  /// A price for a swap; a newer question replaces one that still waits.
  package func estimate(_ request: QuoteRequest) async throws(UserError) -> Quote {
    asking.now += 1
    asking.ever += 1
    defer { asking.now -= 1 }
    let mine = asking.ever
    do throws(TradingError) {
      do throws(TradingError) {
        return try await client.estimate(request)
      } catch {
        // By one that nobody waits for: it slipped in before this one was counted.
        guard case .superseded = error, mine == asking.ever else { throw error }
        return try await client.estimate(request)
      }
    } catch {
      throw UserError(error)
    }
  }

  /// A price that nobody waits for; nil while somebody asks for one that they do.
  func quietEstimate(_ request: QuoteRequest) async throws(UserError) -> Quote? {
    guard asking.now == 0 else { return nil }
    do throws(TradingError) {
      return try await client.estimate(request)
    } catch {
      throw UserError(error)
    }
  }

  /// Sends a swap that a person or script has confirmed, unless a rule of the person forbids it.
  package func swap(
    _ request: SwapRequest, quote: Quote
  ) async throws(UserError) -> SwapOutcome<UserError> {
    try await checkUnused(request.clientOrderId)
    try await rules.admit(request, quote: quote, isPaper: paper != nil)
    let outcome = await environment.busy.during("trading.swap") {
      if let paper { return await paper.swap(request, quote: quote, by: client) }
      return await client.swap(request, quote: quote)
    }
    switch outcome {
    case .notSent, .rejected: await rules.forget(request.clientOrderId)
    case .accepted, .unknown: break
    }
    return outcome.explained { UserError($0) }
  }

  /// Asks the server about an order and stores what it says.
  ///
  /// - Parameter thoroughly: whether to ask, over half a minute, until it is certain that the server
  ///   does not know the order.
  package func refresh(_ order: OrderRecord, thoroughly: Bool) async throws(UserError) {
    guard paper == nil else { return }
    guard let id = ClientOrderID(order.clientOrderId) else { throw .noOrder(order.clientOrderId) }
    switch await client.reconcile(
      clientOrderId: id, orderId: order.orderId,
      attempts: thoroughly ? Reconciliation.attempts : 1)
    {
    case .found: break  // The journal has it already.
    case .unresolved(let notFound, let advice):
      if notFound >= Reconciliation.attempts { try await lose(order, advice) }
      environment.notify(.warning, Phrase.orderStillUnknown.with(order.clientOrderId), hint: advice)
    }
  }

  /// Nothing waits any more for an order that the server does not know; it is sought further.
  private func lose(_ order: OrderRecord, _ advice: String) async throws(UserError) {
    do {
      guard var order = try await environment.ledger.orders.order(order.clientOrderId),
        order.isUnknown
      else { return }
      order.status = .lost
      order.reason = [order.reason, advice].compactMap(\.self).joined(separator: " ")
      let now = environment.time.wallTime
      let entry = JournalEntry(
        at: now, clientOrderId: order.clientOrderId, kind: .decision, body: "lost: \(advice)")
      environment.tell(
        order,
        try await environment.ledger.orders.settle(order, [entry], telling: order.alerts(at: now)))
    } catch {
      throw UserError(storing: error)
    }
  }

  package func balances() async throws(UserError) -> [Balance] {
    if let paper { return try await paper.balances() }
    do throws(TradingError) {
      return try await client.balances()
    } catch {
      throw UserError(error)
    }
  }

  /// An id that an earlier run has sent is as used as one of this run.
  private func checkUnused(_ id: ClientOrderID) async throws(UserError) {
    do {
      let earlier = try await environment.ledger.orders.order(id.text)
      guard let earlier, earlier.status != .notSent else { return }
    } catch {
      throw UserError(storing: error)
    }
    throw UserError(TradingError.alreadySent(id))
  }

  private func openOrders() async -> [OpenOrder] {
    // The server knows nothing of orders on paper.
    guard !isTrial, paper == nil else { return [] }
    let orders = await environment.storing { _ in
      try await environment.ledger.orders.open() + environment.ledger.orders.lackingAmounts()
    }
    return (orders ?? []).map(OpenOrder.init)
  }

  private func handle(_ event: TradingEvent) async {
    if let words = journalRecorder?.takeFailure() { environment.notify(.warning, words) }
    await environment.busy.during("trading.event") {
      switch event {
      case .state(let state): apply(state)
      case .balances(let update): await apply(update)
      case .order: break  // Told by the journal, after it was stored.
      case .skew(let skew): connection.note { $0.skew = skew.milliseconds }
      case .meter(let meter):
        // Two measurements are never equal to the nanosecond.
        let isNew = meter.roundTrip != roundTrip
        roundTrip = meter.roundTrip
        connection.note {
          $0.meter = .init(meter)
          guard isNew, let measured = meter.roundTrip else { return }
          $0.roundTrip = measured.milliseconds
          $0.measuredAt = environment.time.wallTime
        }
      case .dialect(let spoken): await remember(spoken)
      case .warning(let warning): environment.notify(.warning, warning.message)
      }
    }
  }

  private func apply(_ state: Trading.LinkState) {
    switch state {
    case .off: return
    case .connecting: connection.set(.connecting, releasing: isHopeless)
    case .online:
      trouble = nil
      connection.set(.online)
      prices?.reconsider()
    case .waiting(let delay, let reason):
      tell(trouble: reason)
      connection.set(
        .waiting(until: (environment.time.uptime + delay).milliseconds), because: UserError(reason),
        obstacle: trouble, releasing: isHopeless)
    case .stopped(let error):
      connection.set(.stopped(UserError(error)))
      environment.notify(UserError(error), about: .trading)
    }
  }

  /// A command need not wait for what a person would have to change.
  private var isHopeless: Bool { trouble != nil && !connection.hasBeenOnline }

  /// What looks as if a person had to do something, and may pass all the same: told once.
  private func tell(trouble error: TradingError) {
    guard error.isFatal else { return trouble = nil }
    let news = UserError(error)
    guard trouble != news else { return }
    trouble = news
    environment.notify(.warning, news.message, hint: Phrase.triedAgain.text, about: .trading)
  }

  private func apply(_ update: BalancesUpdate) async {
    guard !isTrial, paper == nil else { return }
    let records = zip(update.balances, update.moments).map { balance, moment in
      BalanceRecord(
        asset: balance.asset, total: balance.total.text, locked: balance.locked.text, at: moment,
        isUnreadable: update.unreadable.contains(balance.asset))
    }
    unreadable = update.unreadable
    if let stored {
      let news = BalanceDifference(from: stored, to: records)
      self.stored = await environment.storing { _ in
        try await environment.ledger.balances.update(news.changed, removing: news.gone)
        return records
      }
    } else {
      // Nobody knows what is there: from an earlier run, or after a write that failed.
      stored = await environment.storing { _ in
        try await environment.ledger.balances.replaceAll(records)
        return records
      }
    }
    environment.changes.send(.balances(records))
    prices?.reconsider()
  }

  package func reconsiderPrices() { prices?.reconsider() }

  private func remember(_ spoken: SpokenDialect) async {
    account.settings.dialect = spoken.dialect.rawValue
    account.settings.keyOrder = spoken.keyOrder.rawValue
    connection.note { $0.dialect = spoken.dialect.rawValue }
    guard !isTrial else { return }
    await environment.storing { [account] store in
      try await store.accounts.save(account)
      try await store.rememberForm(of: account)
    }
  }
}

extension TradingAccount: Exchange {}

extension OpenOrder {
  /// The order as the store has it; the client goes on where the last run stopped.
  init(_ record: OrderRecord) {
    self.init(
      clientOrderId: ClientOrderID(record.clientOrderId), orderId: record.orderId,
      state: OrderState(
        orderId: record.orderId, clientOrderId: record.clientOrderId,
        status: record.isLost ? .unknown : record.status,
        filledOut: record.filledOut.flatMap { Amount(serverText: $0) }, txHash: record.txHash,
        updatedAt: record.updatedAt,
        minimumOut: record.expectedOut.flatMap { Amount(serverText: $0) }?
          .reduced(byBasisPoints: record.slippageBps)))
  }
}

extension ConnectionLoad {
  init(_ meter: Trading.Meter) {
    self.init(
      messagesPerSecond: meter.messagesPerSecond, subscriptions: meter.subscriptions,
      reconnects: meter.reconnects)
  }
}
