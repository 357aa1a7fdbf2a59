import Cryptography
import JSON
import Transport

extension OneMeClient {
  /// Has a code sent to `phone` (seed 000, VerificationRequest); `resend` asks for another one.
  ///
  /// - Throws: `refused` with kind `wrongPhone`, `flood` or `codesRefused`, among others.
  public func requestCode(
    phone: PhoneNumber, resend: Bool = false
  ) async throws(OneMeError)
    -> CodeChallenge
  {
    do throws(OneMeError) {
      return try await ask(
        .requestCode,
        [
          "phone": phone.description, "type": resend ? "RESEND" : "START_AUTH",
          "language": configuration.locale,
        ])
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      throw .refused(refusal.ofCode)
    }
  }

  /// Hands in the code that was sent (seed 000, CodeEnter). Spaces and dashes in it do not matter.
  ///
  /// - Throws: `badCode` for what no code looks like; `refused` with kind `wrongCode`, `codeExpired`
  ///   or `flood`, among others.
  public func enterCode(_ code: String, challenge: CodeChallenge) async throws(OneMeError) -> SignIn
  {
    let bare = code.filter { !$0.isWhitespace && $0 != "-" }
    guard (1...32).contains(bare.count), bare.allSatisfy({ $0.isLetter || $0.isNumber }) else {
      throw .badCode
    }
    return try await ask(
      .enterCode,
      [
        "token": challenge.token.revealed, "verifyCode": bare, "authTokenType": "CHECK_CODE",
      ])
  }

  /// Hands in the account's password after `SignIn.passwordNeeded` (opcode 115, MAX protocol notes
  /// §2.6).
  ///
  /// - Returns: the login token, to be kept.
  /// - Throws: `refused` with kind `wrongPassword`, `codeExpired` (start again) or `flood`, among
  ///   others.
  public func enterPassword(_ password: Secret, trackId: String) async throws(OneMeError) -> Secret
  {
    let signIn: SignIn
    do throws(OneMeError) {
      signIn = try await ask(
        .enterPassword, ["trackId": trackId, "password": password.revealed])
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      throw .refused(refusal.ofPassword)
    }
    guard case .token(let token) = signIn else {
      throw .malformed(.enterPassword, "there is no login token")
    }
    return token
  }

  /// Where a person proves to be one, in a browser; after that the code can be asked for again
  /// (opcode 224, MAX protocol notes §2.6).
  public func captchaLink(for phone: PhoneNumber) async throws(OneMeError) -> String {
    try await ask(.captcha, ["source": "auth", "identifier": phone.description]) {
      try $0.required("link", as: String.self)
    }
  }
}

extension OneMeClient {
  /// A link that a signed-in phone scans to let this device in (opcode 288).
  public func requestQRCode() async throws(OneMeError) -> QRCode {
    let now = time.wallTime
    return try await ask(.requestQR, Nothing()) { try QRCode($0, now: now) }
  }

  /// Whether the phone has let this device in (opcode 289).
  ///
  /// - Throws: `refused` with kind `codeExpired` when the code is no longer good.
  public func isApproved(_ code: QRCode) async throws(OneMeError) -> Bool {
    try await ask(.qrStatus, ["trackId": code.trackId], ifEmpty: false) { object in
      (object.nested("status") ?? object).flag("loginAvailable") ?? false
    }
  }

  /// Takes the login that the phone has granted (opcode 291); a password may still be asked for.
  public func signIn(with code: QRCode) async throws(OneMeError) -> SignIn {
    try await ask(.signInByQR, ["trackId": code.trackId])
  }

  /// The whole way: shows codes, one after another as they expire, until the phone lets this device
  /// in (MAX protocol notes §2.6).
  ///
  /// Polls as often as the server says. Ends after `signedIn` or `failed`; a reader that goes away
  /// ends it too.
  /// - Parameter codes: How many codes to show before giving up with `codeExpired`.
  public nonisolated func signInByQR(codes: Int = 10) -> AsyncStream<QRSignIn> {
    let (states, sink) = AsyncStream.makeStream(of: QRSignIn.self)
    let task = Task {
      do throws(OneMeError) {
        sink.yield(.signedIn(try await signInByQR(codes: codes, sink)))
      } catch {
        sink.yield(.failed(error))
      }
      sink.finish()
    }
    sink.onTermination = { _ in task.cancel() }
    return states
  }

  private func signInByQR(
    codes: Int, _ sink: AsyncStream<QRSignIn>.Continuation
  ) async throws(OneMeError) -> SignIn {
    for _ in 0..<codes {
      let code = try await requestQRCode()
      // The wall clock may be set while the code is shown.
      let end = time.uptime + .milliseconds(code.expiresAt - time.wallTime)
      sink.yield(.show(code))
      do throws(OneMeError) {
        while time.uptime < end {
          do { try await time.sleep(for: code.pollInterval) } catch { throw OneMeError.cancelled }
          guard try await isKnownToBeApproved(code) else { continue }
          sink.yield(.approved)
          return try await signIn(with: code)
        }
      } catch {
        guard case .refused(let refusal) = error, refusal.kind == .codeExpired else { throw error }
      }
      sink.yield(.expired)
    }
    throw .refused(OneMeRefusal(code: "track.not.found"))
  }

  /// A question that is not answered is asked again: the code may still be on the screen.
  private func isKnownToBeApproved(_ code: QRCode) async throws(OneMeError) -> Bool {
    do throws(OneMeError) {
      return try await isApproved(code)
    } catch .timedOut {
      return false
    }
  }
}

/// Where a sign-in by QR code stands.
public enum QRSignIn: Sendable, Equatable {
  /// Draw the link as a QR code, and print it too.
  case show(QRCode)
  /// That code is no longer good; another one follows, unless there were enough.
  case expired
  /// The phone has let this device in.
  case approved
  case signedIn(SignIn)
  case failed(OneMeError)
}

/// A link that a signed-in phone scans (MAX protocol notes §2.6, opcode 288).
public struct QRCode: Sendable, Equatable {
  /// What the code says. Whoever opens it on a signed-in phone lets this device in.
  public var link: String
  /// Names this attempt to the server.
  public var trackId: String
  /// How long to wait between two questions; 1 to 30 seconds.
  public var pollInterval: Duration
  /// Wall-clock milliseconds, of this machine's clock, after which it is of no use.
  public var expiresAt: Int64

  /// A code with these fields.
  public init(link: String, trackId: String, pollInterval: Duration, expiresAt: Int64) {
    self.link = link
    self.trackId = trackId
    self.pollInterval = pollInterval
    self.expiresAt = expiresAt
  }
}

extension QRCode {
  /// The lifetime is taken from `ttl` if it is there: the server's clock may be another.
  init(_ object: TreeObject, now: Int64) throws {
    let interval = object.span("pollingInterval") ?? 5000
    let lifetime = object.span("ttl") ?? object.moment("expiresAt").map { $0 - now } ?? 60_000
    self.init(
      link: try object.required("qrLink", as: String.self),
      trackId: try object.required("trackId", as: String.self),
      pollInterval: .milliseconds(min(max(interval, 1000), 30_000)),
      expiresAt: now + min(max(lifetime, 1000), 600_000))
  }
}
