import Cryptography

/// Checks who a message is from, when it was signed and that it comes for the first time.
struct TradingGate: Sendable {
  /// A timestamp may lie this far from the server's clock in either direction, in milliseconds.
  static let window: Int64 = 30_000

  let key: String
  private let signingKey: [UInt8]
  let dialect: TradingDialect
  private let rewriting: BodyRewriting
  private var nonces = NonceMemory()

  init(
    key: String, secret: Secret, dialect: TradingDialect = .doc, rewriting: BodyRewriting = .raw
  ) {
    self.key = key
    signingKey = dialect.signingKey(secret)
    self.dialect = dialect
    self.rewriting = rewriting
  }

  /// Lets an authentication message pass ("Signature Generation for Authentication"); its body is
  /// empty whatever else the frame holds.
  mutating func admit(authentication frame: RawObject, at now: Int64) throws(TradingRefusal) {
    guard let key = frame.value("key", as: String.self) else { throw .invalidMessage }
    guard Array(key.utf8) == Array(self.key.utf8) else { throw .invalidKey }
    try admit(frame, path: "stream", body: [], at: now)
  }

  /// Lets an operation pass ("Signing Operation Messages"): the hash covers the text of `data` as
  /// it was sent, or as this server writes it again.
  mutating func admit(
    operation: String, _ frame: RawObject, at now: Int64
  ) throws(TradingRefusal) -> ArraySlice<UInt8> {
    if let nothing = bodyOfNothing(operation, frame["data"]) {
      try admit(frame, path: operation, body: nothing, at: now)
      return ArraySlice("{}".utf8)
    }
    guard let data = frame["data"], data.first == UInt8(ascii: "{"),
      let body = rewriting.apply(to: data)
    else { throw .invalidMessage }
    try admit(frame, path: operation, body: body[...], at: now)
    return data
  }

  /// The vendor's libraries leave the `data` of a request without fields out, or write null, and
  /// hash nothing. Where null is read into a structure first it is as good as left out.
  private func bodyOfNothing(
    _ operation: String, _ data: ArraySlice<UInt8>?
  ) -> ArraySlice<UInt8>? {
    guard dialect.hasLibraryEmptiness, operation == "balances" else { return nil }
    guard let data, !data.elementsEqual("{}".utf8) else { return [] }
    guard data.elementsEqual("null".utf8) else { return nil }
    return rewriting == .raw ? data : []
  }

  private mutating func admit(
    _ frame: RawObject, path: String, body: ArraySlice<UInt8>, at now: Int64
  ) throws(TradingRefusal) {
    guard let digits = frame["ts"].map({ String(decoding: $0, as: UTF8.self) }),
      let timestamp = Int64(digits), "\(timestamp)" == digits,
      let nonce = frame.value("nonce", as: String.self), (1...256).contains(nonce.utf8.count),
      let signature = frame.value("sig", as: String.self)
    else { throw .invalidMessage }
    guard timestamp >= now - TradingGate.window, timestamp <= now + TradingGate.window else {
      throw .outsideWindow
    }
    let bodyHash = Hexadecimal.encode(Digest.sha256.hash(body))
    let canonical = "WS\n/ws/v1/\(path)\n\(timestamp)\n\(nonce)\n\(bodyHash)"
    let expected = Digest.sha256.authenticate(canonical.utf8, key: signingKey)
    let wanted = Array(Hexadecimal.encode(expected).utf8)
    guard equalInConstantTime(Array(signature.utf8), wanted) else { throw .invalidSignature }
    guard dialect.takes(nonce: nonce) else { throw .invalidMessage }
    guard nonces.remember(nonce, at: now) else { throw .usedNonce }
  }
}

/// The nonces of a key, kept until no acceptable timestamp could bring them back.
private struct NonceMemory: Sendable {
  private static let lifetime = 3 * TradingGate.window
  private var seen: Set<[UInt8]> = []
  private var byAge: [(nonce: [UInt8], time: Int64)] = []

  /// False if the nonce was seen before.
  mutating func remember(_ nonce: String, at now: Int64) -> Bool {
    // Compared as bytes: a string calls different encodings of a letter equal.
    let bytes = Array(nonce.utf8)
    let stale = byAge.prefix { $0.time < now - NonceMemory.lifetime }
    for old in stale { seen.remove(old.nonce) }
    byAge.removeFirst(stale.count)
    guard seen.insert(bytes).inserted else { return false }
    byAge.append((bytes, now))
    return true
  }
}

/// Counts messages over the last second.
struct RateWindow: Sendable {
  private let limit: Int
  private var times: [Duration] = []

  init(limit: Int) { self.limit = limit }

  /// False if this message is one too many; a refused message counts as well.
  mutating func admit(at now: Duration) -> Bool {
    times.removeAll { $0 <= now - .seconds(1) }
    if times.count > limit { times.removeFirst() }
    times.append(now)
    return times.count <= limit
  }
}
