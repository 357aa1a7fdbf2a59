import Transport

/// Where a request comes from, as far as limits go.
enum ClientAddress {
  /// What stands for the network address of a request; nil for this machine itself.
  ///
  /// Of IPv6 the first 64 bits count: whoever has one such address has all of them. A proxy on this
  /// machine says in `X-Forwarded-For` for whom it asks; its last entry is the proxy's own.
  static func key(of request: HTTPServer.Request) -> String? {
    guard let address = request.address else { return nil }
    guard !ListenAddress.isLoopback(address) else { return forwarded(by: request) }
    return AddressBlock.name(of: address)
  }

  private static func forwarded(by request: HTTPServer.Request) -> String? {
    let forwarded = request.headers["X-Forwarded-For"]?.split(separator: ",").last
    return forwarded.map { AddressBlock.name(of: String($0.drop { $0 == " " }.prefix(64))) }
  }
}

extension RateLimiter {
  /// Takes one for the network address of a request; nothing for this machine's own.
  func take(_ limit: RateLimit, from request: HTTPServer.Request) throws(Refusal) {
    guard let key = ClientAddress.key(of: request) else { return }
    try take(limit, key)
  }

  /// Gives back one that was taken for something that turned out to be in order.
  func giveBack(_ limit: RateLimit, from request: HTTPServer.Request) {
    guard let key = ClientAddress.key(of: request) else { return }
    giveBack(limit, key)
  }

  /// Refuses if the network address of a request has nothing left, and takes nothing.
  func check(_ limit: RateLimit, from request: HTTPServer.Request) throws(Refusal) {
    guard let key = ClientAddress.key(of: request) else { return }
    try check(limit, key)
  }
}
