import Cryptography
import Database
import Storage
import Trading
import Transport

/// A trading account kept online: balances and orders on disk, quotes and swaps on demand.
actor TradingAccount {
  let desk: DeskContext
  let client: TradingClient
  private(set) var account: AccountRecord
  /// Whether the account is only being tried: nothing of it is kept.
  private let isTrial: Bool
  private var lamp: StatusState.Lamp = .connecting
  private var skew: Int64?
  private var roundTrip: Int64?
  private var intake: Task<Void, Never>?
  private let settled = Latch()

  init(
    _ account: AccountRecord, configuration: TradingConfiguration, desk: DeskContext,
    isTrial: Bool = false
  ) {
    self.account = account
    self.isTrial = isTrial
    self.desk = desk
    client = TradingClient(
      configuration: configuration,
      credentials: TradingCredentials(
        key: Secret(account.identifier), secret: account.secret),
      journal: OrderBook(desk: desk), network: desk.network, time: desk.time,
      random: desk.random)
  }

  /// Connects, reconciles every open order and stays connected until `stop()`.
  func start() async {
    guard intake == nil else { return }
    intake = Task { [client] in
      for await event in client.events { await self.take(event) }
    }
    publishLink()
    await client.start(following: await openOrders())
  }

  func stop() async {
    await client.stop()
    intake?.cancel()
    // What is being taken in is stored before anything that follows, such as a sign-out.
    await intake?.value
    settled.open()
  }

  /// Tries again at once if the next attempt is being waited for.
  func retryNow() async { await client.retryNow() }

  /// The account's lamp in the status bar.
  var link: StatusState.Entry {
    StatusState.Entry(
      service: .trading, lamp: lamp, account: account.displayName, roundTrip: roundTrip,
      skew: skew)
  }

  /// Waits until the account is online, given up, or `limit` has passed.
  func settle(within limit: Duration) async -> StatusState.Entry {
    await settled.wait(atMost: limit, time: desk.time)
    return link
  }

  /// A price for a swap; a newer question replaces one that still waits.
  func estimate(_ request: QuoteRequest) async throws(ConsoleError) -> Quote {
    do throws(TradingError) {
      return try await client.estimate(request)
    } catch {
      throw ConsoleError(error)
    }
  }

  /// Sends a swap that a person or script has confirmed, unless the halt switch is on.
  func swap(_ request: SwapRequest, quote: Quote) async throws(ConsoleError) -> SwapOutcome {
    guard await !isHalted() else { throw .halted }
    try await checkUnused(request.clientOrderId)
    return await desk.busy.during("trading.swap") { await client.swap(request, quote: quote) }
  }

  /// Asks the server about an order and stores what it says.
  func refresh(_ order: OrderRecord) async throws(ConsoleError) {
    guard let id = ClientOrderID(order.clientOrderId) else { throw .noOrder(order.clientOrderId) }
    switch await client.reconcile(
      clientOrderId: id, orderId: order.orderId, attempts: 1)
    {
    case .found: break  // The journal has it already.
    case .unresolved(_, let advice):
      desk.notify(.warning, Phrase.orderStillUnknown.with(order.clientOrderId), hint: advice)
    }
  }

  func balances() async throws(ConsoleError) -> [Balance] {
    do throws(TradingError) {
      return try await client.balances()
    } catch {
      throw ConsoleError(error)
    }
  }

  /// An id that an earlier run has sent is as used as one of this run.
  private func checkUnused(_ id: ClientOrderID) async throws(ConsoleError) {
    do {
      let earlier = try await desk.store.orders.order(id.text)
      guard let earlier, earlier.status != OrderStatus.notSent.text else { return }
    } catch {
      throw ConsoleError(storing: error)
    }
    throw ConsoleError(TradingError.alreadySent(id))
  }

  private func isHalted() async -> Bool {
    // A switch that cannot be read counts as on: the safe side.
    await desk.storing { store in try await store.settings.value(.halt) != nil } ?? true
  }

  private func openOrders() async -> [OpenOrder] {
    guard !isTrial else { return [] }
    let orders = await desk.storing { store in try await store.orders.open() } ?? []
    return orders.map(OpenOrder.init)
  }

  private func take(_ event: TradingEvent) async {
    await desk.busy.during("trading.event") {
      switch event {
      case .state(let state): take(state)
      case .balances(let update): await take(update)
      case .order: break  // Told by the journal, after it was stored.
      case .skew(let skew):
        self.skew = skew.milliseconds
        publishLink()
      case .meter(let meter):
        roundTrip = meter.roundTrip?.milliseconds ?? roundTrip
        publishLink()
      case .keyOrder(let order): await remember(order)
      case .warning(let warning): desk.notify(.warning, warning.message)
      }
    }
  }

  private func take(_ state: Trading.LinkState) {
    switch state {
    case .off: return
    case .connecting: lamp = .connecting
    case .online: lamp = .online
    case .waiting(let delay, _):
      lamp = .waiting(until: desk.time.wallTime + delay.milliseconds)
    case .stopped(let error):
      lamp = .stopped(ConsoleError(error))
      desk.notify(ConsoleError(error))
    }
    lamp.isSettled ? settled.open() : settled.close()
    publishLink()
  }

  private func take(_ update: BalancesUpdate) async {
    guard !isTrial else { return }
    let now = desk.time.wallTime
    let records = update.balances.map {
      BalanceRecord(asset: $0.asset, total: $0.total.text, locked: $0.locked.text, at: now)
    }
    await desk.storing { store in try await store.balances.replaceAll(records) }
    desk.changes.send(.balances(records))
  }

  private func remember(_ order: KeyOrder) async {
    account.settings.keyOrder = order.rawValue
    guard !isTrial else { return }
    await desk.storing { [account] store in try await store.accounts.save(account) }
  }

  private func publishLink() { desk.changes.send(.link(link)) }
}

extension OpenOrder {
  /// The order as the store has it; the client takes up where the last run stopped.
  init(_ record: OrderRecord) {
    self.init(
      clientOrderId: ClientOrderID(record.clientOrderId), orderId: record.orderId,
      state: OrderState(
        orderId: record.orderId, clientOrderId: record.clientOrderId,
        status: OrderStatus(storedText: record.status),
        filledOut: record.filledOut.flatMap { Amount(serverText: $0) }, txHash: record.txHash,
        updatedAt: record.updatedAt,
        minimumOut: record.expectedOut.flatMap { Amount(serverText: $0) }?
          .reduced(byBasisPoints: record.slippageBps)))
  }
}
