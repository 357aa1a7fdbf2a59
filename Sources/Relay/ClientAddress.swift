import Transport

/// Where a request comes from, as far as limits go.
enum ClientAddress {
  /// What stands for the network address of a request; nil for this machine itself.
  ///
  /// Of IPv6 the first 64 bits count: whoever has one such address has all of them. A proxy on this
  /// machine says in `X-Forwarded-For` for whom it asks; its last entry is the proxy's own.
  static func key(of request: HTTPServer.Request) -> String? {
    guard let address = request.address else { return nil }
    guard isLoopback(address) else { return network(of: address) }
    let forwarded = request.headers["X-Forwarded-For"]?.split(separator: ",").last
    return forwarded.map { network(of: String($0.drop { $0 == " " }.prefix(64))) }
  }

  private static func isLoopback(_ address: String) -> Bool {
    address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
  }

  private static func network(of address: String) -> String {
    guard address.contains(":"), !address.contains(".") else { return address }
    let (groups, gap) = (address.split(separator: ":"), address.firstRange(of: "::"))
    guard let gap else { return groups.prefix(4).joined(separator: ":") }
    return address[..<gap.lowerBound].split(separator: ":").prefix(4).joined(separator: ":") + "::"
  }
}

extension RateLimiter {
  /// Takes one for the network address of a request; nothing for this machine's own.
  func take(_ limit: RateLimit, from request: HTTPServer.Request) throws(Refusal) {
    guard let key = ClientAddress.key(of: request) else { return }
    try take(limit, key)
  }

  /// Refuses if the network address of a request has nothing left, and takes nothing.
  func check(_ limit: RateLimit, from request: HTTPServer.Request) throws(Refusal) {
    guard let key = ClientAddress.key(of: request) else { return }
    try check(limit, key)
  }
}
