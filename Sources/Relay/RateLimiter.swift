import Clocks
import Synchronization
import Transport

/// What is rationed, and how much of it (the servers' own configuration of 2014).
enum RateLimit: Hashable {
  case sms, voice, verify, attachments, directory, prekeys, messages, allocateDevice, verifyDevice
  /// Of one network address: codes asked for, and wrong passwords and codes. Not in the servers of
  /// 2014: without them one caller can have codes sent to everybody, and guess at all accounts.
  case codes, guesses
  /// Codes asked for by all whose network address is not known, together. They cost the operator.
  case codesOfNobody
  /// Wrong codes for one number, from wherever they come: what slows down those who guess from many
  /// addresses.
  case wrongCodes
  /// Of another relay: all that it asks, messages to one of our numbers, and keys of one device. It
  /// speaks for many people, and can invent them.
  case peer, peerMessages, peerPrekeys

  /// How many may come at once.
  var size: Double {
    switch self {
    case .sms, .voice, .verify, .allocateDevice, .verifyDevice: 2
    case .attachments: 50
    case .directory: 50_000
    case .prekeys: 3
    case .messages: 60
    case .codes: 20
    case .codesOfNobody: 200
    case .guesses: 30
    case .wrongCodes: 10
    case .peer: 6000
    case .peerMessages: 120
    case .peerPrekeys: 30
    }
  }

  /// How many more a minute brings.
  var perMinute: Double {
    switch self {
    case .sms, .verify, .verifyDevice: 2
    case .voice, .allocateDevice: 0.5
    case .attachments: 50
    case .directory: 50_000
    case .prekeys, .wrongCodes: 0.1
    case .messages: 60
    case .codes, .peerPrekeys: 1
    case .codesOfNobody: 10
    case .guesses: 5
    case .peer: 6000
    case .peerMessages: 120
    }
  }
}

/// Leaky buckets, one for each limit and caller. They live in memory: a restart forgives.
final class RateLimiter: Sendable {
  private struct Key: Hashable {
    let limit: RateLimit
    let caller: String
  }

  private struct Bucket {
    var level: Double
    var at: Duration
  }

  private struct State {
    var buckets: [Key: Bucket] = [:]
    /// At so many buckets those that have drained are forgotten.
    var crowd = 4096
  }

  private let factor: Double
  private let time: any TimeSource
  private let state = Mutex(State())

  /// - Parameter factor: So much more than the limits say is granted.
  init(factor: Double = 1, time: any TimeSource) {
    self.factor = factor
    self.time = time
  }

  /// Charges `caller` with `amount`, or refuses with the seconds after which it would be granted.
  func charge(_ limit: RateLimit, _ caller: String, amount: Double = 1) throws(RelayRefusal) {
    let now = time.uptime
    let amount = amount / factor
    let missing = state.withLock { state in
      if state.buckets.count >= state.crowd {
        state.buckets = state.buckets.filter {
          RateLimiter.level($0.value, $0.key.limit, now) > 0
        }
        // Twice as many as are left, so that a crowd is not counted at every call.
        state.crowd = max(4096, state.buckets.count * 2)
      }
      let key = Key(limit: limit, caller: caller)
      let level = state.buckets[key].map { RateLimiter.level($0, limit, now) } ?? 0
      let missing = level + amount - limit.size
      state.buckets[key] = Bucket(level: missing > 0 ? level : level + amount, at: now)
      return missing
    }
    guard missing > 0 else { return }
    throw .tooMany(retryAfter: max(1, Int((missing / limit.perMinute * 60).rounded(.up))))
  }

  /// Refuses if `caller` has nothing left, and takes nothing.
  func check(_ limit: RateLimit, _ caller: String) throws(RelayRefusal) {
    let now = time.uptime
    let missing = state.withLock { state in
      let bucket = state.buckets[Key(limit: limit, caller: caller)]
      return (bucket.map { RateLimiter.level($0, limit, now) } ?? 0) + 1 / factor - limit.size
    }
    guard missing > 0 else { return }
    throw .tooMany(retryAfter: max(1, Int((missing / limit.perMinute * 60).rounded(.up))))
  }

  /// Gives back one that was taken for something that turned out to be in order.
  func giveBack(_ limit: RateLimit, _ caller: String) {
    let now = time.uptime
    state.withLock { state in
      let key = Key(limit: limit, caller: caller)
      guard let bucket = state.buckets[key] else { return }
      let level = RateLimiter.level(bucket, limit, now) - 1 / factor
      state.buckets[key] = Bucket(level: max(0, level), at: now)
    }
  }

  private static func level(_ bucket: Bucket, _ limit: RateLimit, _ now: Duration) -> Double {
    let minutes = (now - bucket.at) / .seconds(60)
    return max(0, bucket.level - minutes * limit.perMinute)
  }
}

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
  func checkGuesses(at account: String, from request: HTTPServer.Request) throws(RelayRefusal) {
    try check(.guesses, ClientAddress.key(of: request) ?? "account \(account)")
  }

  /// Takes one for a wrong password.
  func chargeGuess(at account: String, from request: HTTPServer.Request) throws(RelayRefusal) {
    try charge(.guesses, ClientAddress.key(of: request) ?? "account \(account)")
  }

  /// Takes one for a code that is asked for: of the network address, or of all that have none together.
  func chargeCode(from request: HTTPServer.Request) throws(RelayRefusal) {
    guard let key = ClientAddress.key(of: request) else { return try charge(.codesOfNobody, "") }
    try charge(.codes, key)
  }

  /// Takes one for the network address of a request; nothing where none is known.
  func charge(_ limit: RateLimit, from request: HTTPServer.Request) throws(RelayRefusal) {
    guard let key = ClientAddress.key(of: request) else { return }
    try charge(limit, key)
  }

  /// Gives back one that was taken for something that turned out to be in order.
  func giveBack(_ limit: RateLimit, from request: HTTPServer.Request) {
    guard let key = ClientAddress.key(of: request) else { return }
    giveBack(limit, key)
  }
}
