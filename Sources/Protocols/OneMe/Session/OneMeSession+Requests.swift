import Cryptography
import Transport

// What concerns the session as a whole; everything else is asked of `online()`.

extension OneMeSession {
  /// See `OneMeClient.history(chat:before:count:)`.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func history(
    chat: Int64, before time: Int64, count: Int = 50
  ) async throws(OneMeError)
    -> [Message]
  {
    try await online().history(chat: chat, before: time, count: count)
  }

  /// See `OneMeClient.contacts(_:)`.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func contacts(_ ids: [Int64]) async throws(OneMeError) -> [Contact] {
    try await online().contacts(ids)
  }

  /// See `OneMeClient.acknowledge(_:)`. Without a connection nothing is told: the server sends what it
  /// has not heard of again.
  public func acknowledge(_ arrivals: [MessageArrival]) async {
    await client?.acknowledge(arrivals)
  }

  /// A token for the Calls API (opcode 158), the same one until the server wants it refreshed.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func callToken() async throws(OneMeError) -> CallToken {
    let client = try online()
    if let known = login.callToken, known.isFresh(at: time.wallTime) { return known }
    let token = try await client.callToken()
    login.callToken = token
    return token
  }

  /// See `OneMeClient.declineCall(_:)`.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func declineCall(_ conversationId: String) async throws(OneMeError) {
    try await online().declineCall(conversationId)
  }

  /// Declines a call on all of the account's devices: by opcode 167, and where the server does not
  /// know that or does not answer, by hanging up on the signaling connection (MAX protocol notes
  /// §5.3, ways A and B).
  ///
  /// - Parameter signaling: The call's connection, if it is open already; it is closed then.
  /// - Throws: the first way's error if the second fails too.
  public func decline(
    _ call: IncomingCall, on signaling: CallSignaling? = nil
  ) async throws(OneMeError) {
    do throws(OneMeError) {
      try await declineCall(call.conversationId)
    } catch {
      guard error.leavesAnotherWay else { throw error }
      do throws(OneMeError) {
        var opened = signaling
        if opened == nil { opened = try await openSignaling(for: call) }
        try await opened?.hangUp(.rejected)
      } catch let second {
        throw second == .cancelled ? second : error
      }
    }
    await signaling?.close()
  }

  /// Opens the signaling connection of a call that rings, without accepting it: the end of the ring
  /// is heard there at once. Works without the main connection.
  public func openSignaling(for call: IncomingCall) async throws(OneMeError) -> CallSignaling {
    guard case .success(let signaling) = call.configuration else {
      throw .malformed(.incomingCall, "the call configuration cannot be read")
    }
    return try await .connect(
      to: signaling, conversationId: call.conversationId, configuration: configuration,
      network: network, time: time)
  }

  /// Signs every other device out (opcode 97) and goes on with the token that is good from then on.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func closeOtherSessions() async throws(OneMeError) {
    if let token = try await online().closeOtherSessions() { await replaceToken(token) }
  }
}

extension OneMeError {
  /// Whether a call might still be declined on its signaling connection: the server did not
  /// understand, or was not to be heard.
  fileprivate var leavesAnotherWay: Bool {
    switch self {
    case .timedOut, .offline, .transport, .redirected: true
    case .refused(let refusal):
      [.protocolMismatch, .serverBusy, .notSignedIn, .other].contains(refusal.kind)
    default: false
    }
  }
}

extension CallToken {
  /// Whether it need not be asked for again; one without times is good for one use.
  func isFresh(at now: Int64) -> Bool {
    guard let end = refreshAt ?? expiresAt else { return false }
    return now < end
  }
}
