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
  private let orders: AccountOrders
  package private(set) var account: AccountRecord
  package private(set) var connection: ConnectionTracker
  /// What the client has reported last: what is the same is not told again.
  private var reported = Reported()
  /// Questions for a price that a person waits for, now and since the start.
  private var asking = (now: 0, ever: 0)
  /// Keeps the balances on disk; nil for an account that is only being tried, and on paper.
  private let balanceKeeper: BalanceKeeper?
  private let journalRecorder: FrameJournal?
  /// What the assets cost; nil in a run that does not stay.
  private let prices: PriceFeed?
  private var intake: Task<Void, Never>?

  private struct Reported {
    var roundTrip: Duration?
    /// What keeps the account offline although it may pass; nil for what usually passes.
    var trouble: UserError?
  }

  package nonisolated var environment: AccountEnvironment { orders.environment }
  package nonisolated var client: TradingClient { orders.client }
  /// Whether the account is only being tried: nothing of it is kept.
  private nonisolated var isTrial: Bool { orders.isTrial }

  /// - Parameters:
  ///   - settings: whether swaps are sent, filled on paper, or neither.
  ///   - isTrial: for an account that is only being signed in to.
  package init(
    _ account: AccountRecord, configuration: TradingConfiguration, environment: AccountEnvironment,
    settings: HubSettings = HubSettings(), isTrial: Bool = false
  ) {
    self.account = account
    connection = ConnectionTracker(of: account, environment: environment)
    connection.note {
      $0.dialect = account.settings.dialect ?? Dialect.doc.rawValue
      $0.meter = .init(Meter())
    }
    let paper = settings.isPaper && !isTrial ? PaperExchange(environment) : nil
    balanceKeeper = isTrial || paper != nil ? nil : BalanceKeeper(environment)
    prices = settings.watchesPrices && !isTrial ? PriceFeed(environment) : nil
    journalRecorder =
      isTrial ? nil : FrameJournal(environment, passingOnTo: configuration.recorder)
    var configuration = configuration
    configuration.recorder = journalRecorder ?? configuration.recorder
    let client = TradingClient(
      configuration: configuration,
      credentials: TradingCredentials(
        key: Secret(account.identifier), secret: account.secret),
      journal: StoredSwapJournal(environment: environment), network: environment.network,
      time: environment.time, random: environment.random)
    orders = AccountOrders(
      environment: environment, client: client,
      rules: SwapGuard(environment, isDryRun: settings.isDryRun), paper: paper, isTrial: isTrial)
  }

  /// Connects, reconciles every open order and stays connected until `stop()`.
  package func start() async {
    guard intake == nil else { return }
    intake = Task { [client] in
      for await event in client.events { await self.handle(event) }
    }
    connection.publish()
    await prices?.start(by: self)
    await orders.paper?.open()
    await client.start(following: await orders.open())
  }

  package func stop() async {
    await prices?.stop()
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
    await client.start(following: await orders.open())
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

  package func swap(
    _ request: SwapRequest, quote: Quote
  ) async throws(UserError) -> SwapOutcome<UserError> {
    try await orders.swap(request, quote: quote)
  }

  package func refresh(_ order: OrderRecord, thoroughly: Bool) async throws(UserError) {
    try await orders.refresh(order, thoroughly: thoroughly)
  }

  package func balances() async throws(UserError) -> [Balance] {
    if let paper = orders.paper { return try await paper.balances() }
    do throws(TradingError) {
      return try await client.balances()
    } catch {
      throw UserError(error)
    }
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
        let isNew = meter.roundTrip != reported.roundTrip
        reported.roundTrip = meter.roundTrip
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
      reported.trouble = nil
      connection.set(.online)
      prices?.reconsider()
    case .waiting(let delay, let reason):
      tell(trouble: reason)
      connection.set(
        .waiting(until: (environment.time.uptime + delay).milliseconds), because: UserError(reason),
        obstacle: reported.trouble, releasing: isHopeless)
    case .stopped(let error):
      connection.set(.stopped(UserError(error)))
      environment.notify(UserError(error), about: .trading)
    }
  }

  /// A command need not wait for what a person would have to change.
  private var isHopeless: Bool { reported.trouble != nil && !connection.hasBeenOnline }

  /// What looks as if a person had to do something, and may pass all the same: told once.
  private func tell(trouble error: TradingError) {
    guard error.isFatal else { return reported.trouble = nil }
    let news = UserError(error)
    guard reported.trouble != news else { return }
    reported.trouble = news
    environment.notify(.warning, news.message, hint: Phrase.triedAgain.text, about: .trading)
  }

  private func apply(_ update: BalancesUpdate) async {
    guard let balanceKeeper else { return }
    let balances = await balanceKeeper.store(update)
    environment.changes.send(.balances(balances))
    await prices?.reconsider(balances)
  }

  package var unreadable: Set<String> {
    get async { await balanceKeeper?.unreadable ?? [] }
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

extension ConnectionLoad {
  init(_ meter: Trading.Meter) {
    self.init(
      messagesPerSecond: meter.messagesPerSecond, subscriptions: meter.subscriptions,
      reconnects: meter.reconnects)
  }
}
