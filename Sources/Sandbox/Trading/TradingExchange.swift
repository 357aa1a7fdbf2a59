import Cryptography

/// Prices, balances and orders of the one account: what the operations do, without any connection.
struct TradingExchange: Sendable {
  /// What a taken swap leads to.
  enum SwapResult: Sendable {
    case taken(Order)
    /// The client order id was used before; this is the order of that time.
    case known(Order)
  }

  private(set) var wallet = Wallet() { didSet { changes.note(.wallet, "", wallet) } }
  private(set) var orders = PlacedOrders()
  private var market: Market
  private let isLively: Bool
  private let chance: any RandomSource
  /// What is to be kept.
  var changes = ChangeLog()

  init(scenario: Scenario, seed: UInt64, store: WorldStore? = nil) {
    let run = store?.run ?? 0
    isLively = scenario.isLively
    market = Market(walks: isLively, chance: RandomStream.prices.source(seed: seed, run: run))
    chance = RandomStream.orders.source(seed: seed, run: run)
    guard let store else { return }
    wallet = store.kept.values(.wallet, as: Wallet.self).first ?? wallet
    for order in store.kept.values(.order, as: Order.self) { orders.store(order) }
    changes = ChangeLog(isKept: true)
  }

  private mutating func store(_ order: Order) {
    orders.store(order)
    changes.note(.order, order.id, order)
  }

  /// "Swap Estimate"; good for ten seconds.
  mutating func estimate(
    _ request: EstimateRequest, at now: Int64
  ) throws(TradingRefusal) -> EstimateAnswer {
    let quote = try quote(request.exchange)
    return EstimateAnswer(
      route: quote.route, price: quote.price, expectedOut: quote.expectedOut,
      fee: request.exchange.amount.basisPoints(20), expiresAt: now + 10_000)
  }

  /// "Execute Swap": ties up the amount and takes the order.
  mutating func swap(
    _ request: SwapRequest, course: Order.Course, at now: Int64
  ) throws(TradingRefusal) -> SwapResult {
    let slippage = request.slippageBasisPoints ?? 100
    guard (0...10_000).contains(slippage) else { throw .invalid("slippage_bps") }
    if let name = request.clientOrderID {
      guard TradingExchange.isName(name) else { throw .invalid("clientOrderId") }
      if let order = orders.order(clientOrderID: name) { return .known(order) }
    }
    let exchange = request.exchange
    let quote = try quote(exchange)
    guard wallet.lock(exchange.amount, of: exchange.from) else { throw .tooPoor }
    let slip = isLively ? chance.below(min(slippage / 2, 20) + 1) : 0
    let order = Order(
      id: "ord_" + chance.digits(9), clientOrderID: request.clientOrderID, from: exchange.from,
      to: exchange.to, amount: exchange.amount,
      output: quote.expectedOut.basisPoints(10_000 - slip).floored(to: 8),
      outcome: course.outcome ?? drawOutcome(), course: course,
      transaction: "0x" + chance.hexadecimal(32),
      updatedAt: now)
    store(order)
    return .taken(order)
  }

  /// Moves an order to its next status and settles it at the last; nil if it is done already.
  mutating func advance(_ id: String, at now: Int64) -> Order? {
    guard var order = orders[id], let next = order.next else { return nil }
    let isRevived = order.status == .failed || order.status == .cancelled
    order.status = next
    switch next {
    case .pending, .processing: break
    case .partial:
      let half = order.output.basisPoints(5000)
      order.filled = half
      wallet.deposit(half, of: order.to)
    case .filled:
      if isRevived {
        wallet.charge(order.amount, of: order.from)
      } else {
        wallet.release(order.amount, of: order.from, spending: true)
      }
      wallet.deposit(order.output - (order.filled ?? .zero), of: order.to)
      order.filled = order.output
    case .failed, .cancelled:
      // What was filled before is spent.
      let spent = order.filled == nil ? Amount.zero : order.amount.basisPoints(5000)
      wallet.release(spent, of: order.from, spending: true)
      wallet.release(order.amount - spent, of: order.from, spending: false)
    }
    order.updatedAt = max(now, order.updatedAt + 1)
    store(order)
    return order
  }

  /// A small deposit or fee from outside, so that the numbers move.
  mutating func drift() {
    guard let cents = Amount("0.01"), let sum = Amount("\(1 + chance.below(40))"),
      let change = cents * sum
    else { return }
    if chance.below(2) == 0 {
      wallet.deposit(change, of: "USDT")
    } else {
      wallet.charge(change, of: "USDT")
    }
  }

  /// Whether `text` can name an order: 1 to 64 letters, digits, `-`, `_`.
  static func isName(_ text: some StringProtocol) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  private mutating func quote(_ exchange: Exchange) throws(TradingRefusal) -> Market.Quote {
    let (amount, from, to) = (exchange.amount, exchange.from, exchange.to)
    guard market.trades(from) else { throw .invalid("unsupported asset \(from)") }
    guard market.trades(to), to != from else { throw .invalid("unsupported asset \(to)") }
    guard amount > .zero else { throw .invalid("amount") }
    guard let quote = market.quote(amount, from: from, to: to) else { throw .noRoute }
    return quote
  }

  /// The first order always fills; of later ones in a lively scenario about one in six does not.
  private func drawOutcome() -> Order.Status {
    guard isLively, orders.count > 0 else { return .filled }
    switch chance.below(16) {
    case 0, 1: return .failed
    case 2: return .cancelled
    default: return .filled
    }
  }
}
