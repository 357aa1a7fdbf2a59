import Transport

/// Where a request comes from, as far as limits go.
enum ClientAddress {
  /// What stands for the network address of a request; nil where it is not known: for this machine
  /// itself, and for all that comes by way of a proxy on it that does not say for whom it asks.
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
  /// Refuses if somebody who shows a password may guess no more, and takes nothing.
  ///
  /// It goes by the network address. Where none is known it goes by `account`, whose password it is:
  /// then whoever guesses can keep that account out, but nobody else, and gets no further.
  func checkGuesses(at account: String, from request: HTTPServer.Request) throws(Refusal) {
    try check(.guesses, ClientAddress.key(of: request) ?? "account \(account)")
  }

  /// Takes one for a wrong password.
  func takeGuess(at account: String, from request: HTTPServer.Request) throws(Refusal) {
    try take(.guesses, ClientAddress.key(of: request) ?? "account \(account)")
  }

  /// Takes one for a code that is asked for: of the network address, or of all that have none together.
  func takeCode(from request: HTTPServer.Request) throws(Refusal) {
    guard let key = ClientAddress.key(of: request) else { return try take(.codesOfNobody, "") }
    try take(.codes, key)
  }

  /// Takes one for the network address of a request; nothing where none is known.
  func take(_ limit: RateLimit, from request: HTTPServer.Request) throws(Refusal) {
    guard let key = ClientAddress.key(of: request) else { return }
    try take(limit, key)
  }

  /// Gives back one that was taken for something that turned out to be in order.
  func giveBack(_ limit: RateLimit, from request: HTTPServer.Request) {
    guard let key = ClientAddress.key(of: request) else { return }
    giveBack(limit, key)
  }
}
