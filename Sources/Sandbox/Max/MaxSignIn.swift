/// Opcodes 6, 17, 18, 19, 20, 115, 288, 289, 291.
extension MaxServer {
  func greet(_ request: MaxRequest.Hello, _ id: Int) throws(MaxRefusal) -> MaxAnswer.Hello {
    if strikes(.unsupportedVersion) != nil { throw .tooOld }
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
    return MaxAnswer.Hello()
  }

  func sendCode(
    _ request: MaxRequest.Verification
  ) throws(MaxRefusal) -> MaxAnswer.Verification {
    guard !request.language.isEmpty else { throw .payload("language: empty") }
    let sent = try desk.sendCode(to: request.phone, at: time.wallTime)
    events.report(.sms(service: .max, number: request.phone, code: sent.code))
    return MaxAnswer.Verification(token: sent.token, requestCountLeft: sent.requestsLeft)
  }

  func signIn(_ request: MaxRequest.Code) throws(MaxRefusal) -> MaxAnswer.SignIn {
    let phone = try desk.redeem(
      code: request.verifyCode, token: request.token, at: time.wallTime)
    guard let number = Int64(phone.dropFirst()) else { throw .wrongPhone }
    return grant(population.account(phone: number, in: &world))
  }

  func signIn(_ request: MaxRequest.Password) throws(MaxRefusal) -> MaxAnswer.SignIn {
    let account = try desk.answer(request.trackId, at: time.wallTime) { account in
      world.people[account]?.password == request.password
    }
    return issueToken(for: account)
  }

  func signIn(_ request: MaxRequest.Track) throws(MaxRefusal) -> MaxAnswer.SignIn {
    grant(try desk.redeemQR(request.trackId, at: time.wallTime))
  }

  func openQR() -> MaxAnswer.QR {
    let qr = desk.openQR(at: time.wallTime)
    return MaxAnswer.QR(
      qrLink: "https://max.example/qr/\(qr.track)", trackId: qr.track, expiresAt: qr.expiresAt)
  }

  func pollQR(_ request: MaxRequest.Track) throws(MaxRefusal) -> MaxAnswer.QRStatus {
    let state = try desk.pollQR(
      request.trackId, approving: Population.ira, at: time.wallTime)
    return MaxAnswer.QRStatus(
      status: .init(expiresAt: state.expiresAt, loginAvailable: state.isApproved))
  }

  /// Asks for the password if the account has one.
  private func grant(_ account: Int64) -> MaxAnswer.SignIn {
    guard world.people[account]?.password != nil else { return issueToken(for: account) }
    let track = desk.challenge(account, at: time.wallTime)
    return MaxAnswer.SignIn(
      passwordChallenge: .init(trackId: track, hint: "лошадь, но правильная"))
  }

  private func issueToken(for account: Int64) -> MaxAnswer.SignIn {
    MaxAnswer.SignIn(
      tokenAttrs: .init(login: .init(token: desk.issueToken(for: account))),
      profile: world.people[account].map(MaxAnswer.Profile.init))
  }

  /// "ChatSyncRequest". The sync numbers are the `time` of an earlier answer; from then on only
  /// what changed is sent. 0 or -1 asks for everything.
  func logIn(_ request: MaxRequest.Login, _ id: Int) throws(MaxRefusal) -> MaxAnswer.Login {
    guard (1...100).contains(request.chatsCount) else {
      throw .payload("chatsCount: must be from 1 to 100")
    }
    if strikes(.revokeToken) != nil { desk.revoke(request.token) }
    let account = try desk.account(token: request.token)
    guard let person = world.people[account] else { throw .revokedToken }
    sessions[id]?.stage = .online(account: account, token: request.token)

    let newest = world.conversations(of: account)
      .sorted { $0.lastEventTime > $1.lastEventTime }
      .prefix(request.chatsCount)
    let changed = newest.filter { $0.modifiedAt > request.chatsSync }.sorted { $0.id < $1.id }
    let known = population.contacts(of: account).compactMap { world.people[$0] }
    return MaxAnswer.Login(
      profile: MaxAnswer.Profile(person),
      chats: changed.map { ChatObject($0, for: account) },
      contacts: known.filter { $0.updatedAt > request.contactsSync }.map(ContactObject.init),
      presence: presence(of: known.map(\.id)),
      config: .init(
        chats: ["\(Population.news)": .init(dontDisturbUntil: -1)]),
      time: time.wallTime, chatMarker: newest.last?.lastEventTime ?? 0)
  }

  func logOut(_ id: Int) {
    guard case .online(_, let token) = sessions[id]?.stage else { return }
    desk.revoke(token)
    sessions[id]?.stage = .greeted
  }

  /// What begins once a login was answered.
  func welcome(_ id: Int) {
    guard case .online(let account, let token) = sessions[id]?.stage else { return }
    restartPings(of: id)
    if let interval = scenario.callInterval, ringing.insert(account).inserted {
      schedule(.ring(account: account), after: interval.first)
    }
    if strikes(.garbage) != nil {
      sessions[id]?.outbox.send(.text("this is no JSON {"))
      sessions[id]?.outbox.send(.text("[11,0,1]"))
      sessions[id]?.outbox.send(.binary(chance.bytes(64)))
    }
    if let fault = strikes(.oversize) {
      let filler = String(repeating: "x", count: (fault.number ?? 2) << 20)
      push(["filler": filler], opcode: 292, toSession: id)
    }
    if strikes(.redirect) != nil {
      push(MaxPush.Redirect(redirectHost: host), opcode: 3, toSession: id)
      sessions[id]?.outbox.close(code: 1000)
    }
    if let seconds = faults.standing(.forcedLogoutAfter)?.number {
      schedule(.revoke(token: token), after: .seconds(seconds))
    }
  }

  /// Ends every session of `token` from the server's side.
  func forceLogout(_ token: String) {
    events.report(.fault(Fault.Kind.forcedLogoutAfter.rawValue))
    desk.revoke(token)
    for id in sessions.keys.sorted() {
      guard case .online(_, token) = sessions[id]?.stage else { continue }
      push(EmptyPayload?.none, opcode: 20, toSession: id)
      sessions[id]?.stage = .greeted
    }
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }
}
