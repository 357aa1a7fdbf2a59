/// Opcodes 19, 20, 96, 97, and what begins with a login.
extension MaxServer {
  /// "ChatSyncRequest". The sync numbers are the `time` of an earlier answer; from then on only
  /// what changed is sent. 0 or -1 asks for everything.
  func logIn(_ request: MaxRequest.Login, _ id: Int) throws(MaxRefusal) -> MaxAnswer.Login {
    guard (1...100).contains(request.chatsCount) else {
      throw .payload("chatsCount: must be from 1 to 100")
    }
    let account = try admit(request.token)
    guard let person = state.world.people[account] else { throw .revokedToken }
    let wasAway = !onlineAccounts.contains(account)
    sessions[id]?.stage = .online(account: account, token: request.token)
    state.devices.register(
      .init(
        account: account, client: sessions[id]?.client ?? "", info: sessions[id]?.version ?? "",
        time: time.wallTime),
      token: request.token)
    if wasAway { announcePresence(of: account) }

    let newest = state.world.conversations(of: account).sorted {
      $0.lastEventTime > $1.lastEventTime
    }
    let changed = newest.filter { $0.modifiedAt > request.chatsSync }.prefix(request.chatsCount)
    let known = state.population.contacts(of: account).compactMap { state.world.people[$0] }
    return MaxAnswer.Login(
      profile: MaxAnswer.Profile(person),
      chats: changed.sorted { $0.id < $1.id }.map { ChatObject($0, for: account) },
      contacts: known.filter { $0.updatedAt > request.contactsSync }.map(ContactObject.init),
      presence: presence(of: known.map(\.id)),
      drafts: drafts(of: account), config: configuration(of: account),
      time: time.wallTime,
      chatMarker: newest.prefix(request.chatsCount).last?.lastEventTime ?? 0)
  }

  /// The account of a token, unless it is revoked or used far too often (OneMe notes §0, 11).
  private func admit(_ token: String) throws(MaxRefusal) -> Int64 {
    if strikes(.revokeToken) != nil { state.signIns.revoke(token) }
    let wasRevoked = state.signIns.isRevoked(token)
    let count = state.devices.countLogin(token: token, at: time.wallTime)
    if wasRevoked, count > MaxLimits.vainLogins { throw .tooMuch }
    if count > MaxLimits.logins { state.signIns.revoke(token) }
    return try state.signIns.account(token: token)
  }

  func logOut(_ id: Int) {
    guard case .online(let account, let token) = sessions[id]?.stage else { return }
    end(token)
    sessions[id]?.stage = .greeted
    noteDeparture(of: account)
  }

  func sessionList(_ caller: Caller) -> MaxAnswer.Sessions {
    let all = state.devices.devices(of: caller.account, current: token(of: caller))
    return MaxAnswer.Sessions(
      sessions: all.map { isCurrent, device in
        .init(
          client: device.client, info: device.info, location: "127.0.0.1", time: device.time,
          current: isCurrent)
      })
  }

  /// Ends every other session of the account. The caller goes on with a new token; the old one is
  /// worth nothing any more.
  func closeOtherSessions(_ caller: Caller) -> MaxAnswer.Token {
    let old = token(of: caller)
    for token in state.devices.otherTokens(of: caller.account, than: old) { forceLogout(token) }
    let new = state.signIns.issueToken(for: caller.account)
    for id in sessions.keys.sorted() where isOnline(id, with: old) {
      sessions[id]?.stage = .online(account: caller.account, token: new)
    }
    state.devices.register(
      .init(
        account: caller.account, client: sessions[caller.session]?.client ?? "",
        info: sessions[caller.session]?.version ?? "", time: time.wallTime),
      token: new)
    end(old)
    return MaxAnswer.Token(token: new)
  }

  /// Ends every session of `token` from the server's side.
  func forceLogout(_ token: String) {
    end(token)
    for id in sessions.keys.sorted() where isOnline(id, with: token) {
      push(EmptyPayload?.none, opcode: 20, toSession: id)
      if let account = sessions[id]?.account {
        sessions[id]?.stage = .greeted
        noteDeparture(of: account)
      }
    }
  }

  private func end(_ token: String) {
    state.signIns.revoke(token)
    state.devices.forget(token: token)
  }

  private func token(of caller: Caller) -> String {
    if case .online(_, let token) = sessions[caller.session]?.stage { token } else { "" }
  }

  private func isOnline(_ id: Int, with token: String) -> Bool {
    if case .online(_, token) = sessions[id]?.stage { true } else { false }
  }

  /// What begins once a login was answered.
  func welcome(_ id: Int) {
    guard case .online(let account, let token) = sessions[id]?.stage else { return }
    restartPings(of: id)
    if let interval = options.scenario.callInterval, state.book.ringing.insert(account).inserted {
      schedule(.ring(account: account), after: interval.first)
    }
    misbehaveAfterLogin(id, account)
    if let seconds = faults.standing(.forcedLogoutAfter)?.number {
      schedule(.revoke(token: token), after: .seconds(seconds))
    }
  }
}
