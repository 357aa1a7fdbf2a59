import Transport

extension TradingError {
  /// Why no connection came about.
  init(connecting error: TransportError) {
    switch error {
    // The words for these tell where they lead, or what answers there.
    case .upgradeRefused(200..<400, _): self = .unreachable(error)
    case .upgradeRefused(let status, let headers):
      let retryAfter = headers["Retry-After"].flatMap { Int($0) }
      self = .upgradeRefused(
        status: status, retryAfter: retryAfter.map { .seconds(min(max($0, 0), 600)) })
    default:
      self = .unreachable(error)
    }
  }
}
