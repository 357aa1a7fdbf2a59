/// Opcodes 6, 17, 18, 115, 224, 288, 289, 290, 291.
extension MaxServer {
  func greet(_ request: MaxRequest.Hello, _ id: Int) throws(MaxRefusal) -> MaxAnswer.Hello {
    if strikes(.unsupportedVersion) != nil { throw .tooOld }
    if faults.standing(.text) != nil, sessions[id]?.wire.notation == .text { throw .noText }
    let agent = request.userAgent
    let texts = [
      agent.deviceType, agent.locale, agent.deviceLocale, agent.osVersion, agent.deviceName,
      agent.headerUserAgent, agent.appVersion, agent.screen, agent.timezone,
    ]
    guard texts.allSatisfy({ (1...1024).contains($0.utf8.count) }) else {
      throw .payload("userAgent: empty or too long")
    }
    guard MaxServer.isUUID(request.deviceId) else { throw .payload("deviceId: not a UUID") }
    if case .fresh = sessions[id]?.stage { sessions[id]?.stage = .greeted }
    sessions[id]?.client = "\(agent.deviceName), \(agent.osVersion)"
    sessions[id]?.version = "\(agent.deviceType) \(agent.appVersion)"
    return MaxAnswer.Hello(phoneAuthEnabled: faults.standing(.phoneAuth)?.value != "off")
  }

  func sendCode(
    _ request: MaxRequest.Verification
  ) throws(MaxRefusal) -> MaxAnswer.Verification {
    guard !request.language.isEmpty else { throw .payload("language: empty") }
    if faults.standing(.phoneAuth)?.value == "off" { throw .noCodes }
    let sent = try state.signIns.sendCode(to: request.phone, at: time.wallTime)
    if faults.standing(.phoneAuth) == nil {
      events.report(.sms(service: .max, number: request.phone, code: sent.code))
    }
    return MaxAnswer.Verification(token: sent.token, requestCountLeft: sent.requestsLeft)
  }

  /// Where a person would prove to be one. Nothing here asks for it but a planned refusal.
  func captcha(_ request: MaxRequest.Captcha) throws(MaxRefusal) -> MaxAnswer.Captcha {
    guard SignInService.isPhone(request.identifier) else { throw .wrongPhone }
    return MaxAnswer.Captcha(link: "https://max.example/captcha/\(request.identifier.dropFirst())")
  }

  func signIn(_ request: MaxRequest.Code) throws(MaxRefusal) -> MaxAnswer.SignIn {
    let phone = try state.signIns.redeem(
      code: request.verifyCode, token: request.token, at: time.wallTime)
    guard let number = Int64(phone.dropFirst()) else { throw .wrongPhone }
    let population = state.population
    return grant(population.account(phone: number, in: &state.world))
  }

  func signIn(_ request: MaxRequest.Password) throws(MaxRefusal) -> MaxAnswer.SignIn {
    // A copy: the check runs while the state is being changed.
    let people = state.world.people
    let account = try state.signIns.answer(request.trackId, at: time.wallTime) { account in
      people[account]?.password == request.password
    }
    return issueToken(for: account)
  }

  func signIn(_ request: MaxRequest.Track) throws(MaxRefusal) -> MaxAnswer.SignIn {
    grant(try state.signIns.redeemQR(request.trackId, at: time.wallTime))
  }

  func openQR() -> MaxAnswer.QR {
    let qr = state.signIns.openQR(at: time.wallTime)
    let link = MaxServer.qrPrefix + qr.track
    events.report(.qr(link: link))
    return MaxAnswer.QR(qrLink: link, trackId: qr.track, expiresAt: qr.expiresAt)
  }

  func pollQR(_ request: MaxRequest.Track) throws(MaxRefusal) -> MaxAnswer.QRStatus {
    if strikes(.qrExpires) != nil { state.signIns.expireQR(request.trackId) }
    let state = try state.signIns.pollQR(
      request.trackId, approving: Population.ira, at: time.wallTime)
    return MaxAnswer.QRStatus(
      status: .init(expiresAt: state.expiresAt, loginAvailable: state.isApproved))
  }

  /// What a telephone does with a QR code that it sees.
  func approveQR(_ request: MaxRequest.Approval, _ caller: Caller) throws(MaxRefusal) {
    try approveQR(link: request.qrLink, by: caller.account)
  }

  func approveQR(link: String, by account: Int64) throws(MaxRefusal) {
    guard link.hasPrefix(MaxServer.qrPrefix) else { throw .noTrack }
    let track = String(link.dropFirst(MaxServer.qrPrefix.count))
    try state.signIns.approveQR(track, by: account, at: time.wallTime)
  }

  private static let qrPrefix = "https://max.example/qr/"

  /// Asks for the password if the account has one.
  private func grant(_ account: Int64) -> MaxAnswer.SignIn {
    guard state.world.people[account]?.password != nil else { return issueToken(for: account) }
    let track = state.signIns.challenge(account, at: time.wallTime)
    return MaxAnswer.SignIn(
      passwordChallenge: .init(trackId: track, hint: "лошадь, но правильная"))
  }

  private func issueToken(for account: Int64) -> MaxAnswer.SignIn {
    MaxAnswer.SignIn(
      tokenAttrs: .init(login: .init(token: state.signIns.issueToken(for: account))),
      profile: state.world.people[account].map(MaxAnswer.Profile.init))
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }
}
