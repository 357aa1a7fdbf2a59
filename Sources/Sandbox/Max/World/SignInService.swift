import Cryptography

/// Codes, second factors, QR tracks and login tokens (the OneMe document's VerificationRequest and
/// CodeEnter; OneMe notes §2.6). All times are wall-clock milliseconds.
struct SignInService: Sendable {
  static let codeLength = 6
  static let codeLifetime: Int64 = 300_000
  /// Codes that one number may ask for within `limitPeriod`.
  static let codeLimit = 5
  static let limitPeriod: Int64 = 600_000
  static let attemptLimit = 5
  static let qrLifetime: Int64 = 60_000

  private struct Verification: Sendable {
    let phone: String
    let code: String
    let expiresAt: Int64
    var attempts = 0
  }

  private struct Track: Sendable {
    /// nil until someone approves the QR code.
    var account: Int64?
    let expiresAt: Int64
    /// Wrong passwords, or times the state of a QR code was asked for.
    var count = 0
  }

  private var verifications: [String: Verification] = [:]
  private var requests: [String: [Int64]] = [:]
  private var challenges: [String: Track] = [:]
  private var qrTracks: [String: Track] = [:]
  private var revoked: Set<String> = []
  private let signingKey: [UInt8]
  private let codes: any RandomSource
  private let tokens: any RandomSource

  /// What is to be kept.
  var changes = ChangeLog()

  init(seed: UInt64, run: UInt64) {
    codes = RandomStream.codes.source(seed: seed, run: run)
    tokens = RandomStream.tokens.source(seed: seed, run: run)
    signingKey = Array("sandbox \(seed)".utf8)
  }

  // MARK: Codes

  struct Sent: Sendable {
    let token: String
    let code: String
    let requestsLeft: Int
  }

  /// Sends a new code to `phone`.
  mutating func sendCode(to phone: String, at now: Int64) throws(MaxRefusal) -> Sent {
    forget(before: now)
    guard SignInService.isPhone(phone) else { throw .wrongPhone }
    let count = requests[phone, default: []].count
    guard count < SignInService.codeLimit else { throw .tooManyCodes }
    requests[phone, default: []].append(now)
    let sent = Sent(
      token: tokens.hexadecimal(24), code: codes.digits(SignInService.codeLength),
      requestsLeft: SignInService.codeLimit - count - 1)
    // A new code makes the number's earlier ones void.
    verifications = verifications.filter { $0.value.phone != phone }
    verifications[sent.token] = Verification(
      phone: phone, code: sent.code, expiresAt: now + SignInService.codeLifetime)
    return sent
  }

  /// The number that `code` was sent to.
  mutating func redeem(
    code: String, token: String, at now: Int64
  ) throws(MaxRefusal) -> String {
    guard var verification = verifications[token] else { throw .unknownCodeToken }
    guard verification.expiresAt > now else { throw .expiredCode }
    guard verification.attempts < SignInService.attemptLimit else { throw .tooManyAttempts }
    guard code == verification.code else {
      verification.attempts += 1
      verifications[token] = verification
      throw .wrongCode
    }
    verifications[token] = nil
    return verification.phone
  }

  static func isPhone(_ text: String) -> Bool {
    text.utf8.count == 12 && text.hasPrefix("+7")
      && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }

  // MARK: Second factor

  /// A track on which the account's password is awaited.
  mutating func challenge(_ account: Int64, at now: Int64) -> String {
    let track = tokens.uuid()
    challenges[track] = Track(account: account, expiresAt: now + SignInService.codeLifetime)
    return track
  }

  /// The account whose password is awaited on `track`; checked by `check`.
  mutating func answer(
    _ track: String, at now: Int64, check: (Int64) -> Bool
  ) throws(MaxRefusal) -> Int64 {
    guard let challenge = challenges[track], challenge.expiresAt > now,
      let account = challenge.account
    else { throw .noTrack }
    guard challenge.count < SignInService.attemptLimit else { throw .tooManyAttempts }
    guard check(account) else {
      challenges[track]?.count += 1
      throw .wrongPassword
    }
    challenges[track] = nil
    return account
  }

  // MARK: QR

  /// A track to be shown as a QR code.
  mutating func openQR(at now: Int64) -> (track: String, expiresAt: Int64) {
    forget(before: now)
    let track = tokens.uuid()
    let expiresAt = now + SignInService.qrLifetime
    qrTracks[track] = Track(account: nil, expiresAt: expiresAt)
    return (track, expiresAt)
  }

  /// Lets `account` in with the code on `track`, as its telephone would.
  mutating func approveQR(_ track: String, by account: Int64, at now: Int64) throws(MaxRefusal) {
    guard let state = qrTracks[track], state.expiresAt > now else { throw .noTrack }
    qrTracks[track]?.account = state.account ?? account
  }

  /// Ends a code before anybody approved it.
  mutating func expireQR(_ track: String) { qrTracks[track] = nil }

  /// Whether the code was approved. If nobody did it with a telephone, the third question finds it
  /// approved by `account`.
  mutating func pollQR(
    _ track: String, approving account: Int64, at now: Int64
  ) throws(MaxRefusal) -> (isApproved: Bool, expiresAt: Int64) {
    guard var state = qrTracks[track], state.expiresAt > now else { throw .noTrack }
    state.count += 1
    if state.count >= 3, state.account == nil { state.account = account }
    qrTracks[track] = state
    return (state.account != nil, state.expiresAt)
  }

  mutating func redeemQR(_ track: String, at now: Int64) throws(MaxRefusal) -> Int64 {
    guard let state = qrTracks[track], state.expiresAt > now else { throw .noTrack }
    guard let account = state.account else { throw .notConfirmed }
    qrTracks[track] = nil
    return account
  }

  // MARK: Tokens

  /// A token proves itself, so that it outlives a restart of the sandbox with the same seed.
  mutating func issueToken(for account: Int64) -> String {
    let claim = "\(account)-\(tokens.hexadecimal(8))"
    return "sandbox-\(claim)-\(proof(of: claim))"
  }

  func isRevoked(_ token: String) -> Bool { revoked.contains(token) }

  func account(token: String) throws(MaxRefusal) -> Int64 {
    let parts = token.split(separator: "-")
    guard parts.count == 4, let account = Int64(parts[1]), !revoked.contains(token),
      token == "sandbox-\(parts[1])-\(parts[2])-\(proof(of: "\(parts[1])-\(parts[2])"))"
    else { throw .revokedToken }
    return account
  }

  mutating func revoke(_ token: String) {
    revoked.insert(token)
    changes.note(.revoked, token, bytes: [])
  }

  mutating func restore(_ kept: KeptWorld) {
    revoked.formUnion(kept[.revoked].map(\.key))
  }

  private func proof(of claim: String) -> String {
    Hexadecimal.encode(Digest.sha256.authenticate(claim.utf8, key: signingKey).prefix(8))
  }

  private mutating func forget(before now: Int64) {
    requests = requests.compactMapValues { times in
      let recent = times.filter { $0 > now - SignInService.limitPeriod }
      return recent.isEmpty ? nil : recent
    }
    // Expired ones stay for a while, to be told from unknown ones.
    let horizon = now - SignInService.limitPeriod
    verifications = verifications.filter { $0.value.expiresAt > horizon }
    challenges = challenges.filter { $0.value.expiresAt > horizon }
    qrTracks = qrTracks.filter { $0.value.expiresAt > horizon }
  }
}
