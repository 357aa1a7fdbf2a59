import Clocks
import Domain
import Transport

extension Quote {
  /// Joins an answer to its question. Throws `TradingError.unreadable` if it is about other assets:
  /// such an answer belongs to another question.
  init(
    _ request: QuoteRequest, _ data: EstimateData, receivedAt: Int64, uptime: Duration
  ) throws(TradingError) {
    let first = data.route.first?.fromAsset ?? request.from
    let last = data.route.last?.toAsset ?? request.to
    guard first == request.from, last == request.to else {
      throw .unreadable(operation: "estimate", "it is about \(first) to \(last)")
    }
    guard data.expectedOut.isPositive else {
      throw .unreadable(operation: "estimate", "it promises \(data.expectedOut.text) \(last)")
    }
    let (lifetime, doubt) = Quote.lifetime(expiresAt: data.expiresAt, receivedAt: receivedAt)
    self.init(
      request: request, route: data.route, price: data.price, expectedOut: data.expectedOut,
      fee: data.fee, expiresAt: data.expiresAt, receivedAt: receivedAt, receivedUptime: uptime,
      lifetime: lifetime,
      warnings: [doubt, Quote.priceDoubt(request, data), Quote.routeDoubt(request, data)]
        .compactMap { $0 } + data.impossible
        + (request.network.map { [.networkNotBinding($0)] } ?? []))
  }

  /// Until the expiry, at most ten seconds; five if there is no expiry, if it was over on arrival
  /// (as in the seed's own sample), or if it is not in milliseconds.
  static func lifetime(expiresAt: Int64?, receivedAt: Int64) -> (Duration, Warning?) {
    guard let expiresAt else { return (defaultLifetime, .noValidity) }
    if expiresAt < 100_000_000_000 { return (defaultLifetime, .expiryInSeconds) }
    if expiresAt <= receivedAt { return (defaultLifetime, .noValidity) }
    let left = min(expiresAt - receivedAt, longestLifetime.milliseconds)
    return (.milliseconds(left), nil)
  }

  private static func priceDoubt(_ request: QuoteRequest, _ data: EstimateData) -> Warning? {
    guard let price = data.price else { return nil }
    let product = price * request.amount
    let distance = max(product, data.expectedOut) - min(product, data.expectedOut)
    return distance > data.expectedOut.portion(percent: 1, places: 128)
      ? .priceMismatch(product: product) : nil
  }

  /// Parallel routes are possible, so this warns and does not refuse.
  private static func routeDoubt(_ request: QuoteRequest, _ data: EstimateData) -> Warning? {
    let joints = zip(data.route, data.route.dropFirst())
    let isJoined = joints.allSatisfy { $0.toAsset == $1.fromAsset }
    let start = data.route.first?.amountIn ?? request.amount
    let end = data.route.last?.amountOut ?? data.expectedOut
    return isJoined && start == request.amount && end == data.expectedOut ? nil : .routeMismatch
  }
}
