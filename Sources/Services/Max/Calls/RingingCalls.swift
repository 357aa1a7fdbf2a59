import Accounts
import Domain
import OneMe
import Phrases
import Storage
import Transport

/// The calls that ring: each is in the log from the moment it is announced, and something ends its ring.
actor RingingCalls {
  /// A call that rings, and what may end its ring.
  private struct Ring {
    let call: IncomingCall
    /// Ends it when nothing else does.
    let timeout: Task<Void, Never>
    /// The call's signalling line, on which the caller's giving up is heard at once.
    var line: CallSignaling?

    /// Stops listening without a word: other devices ring on.
    func close() async {
      timeout.cancel()
      await line?.close()
    }
  }

  /// Nobody is called by more people at one time.
  static let linesAtOnce = 3
  /// More calls than these do not ring; they are in the log.
  static let ringsAtOnce = 8
  /// How long a call rings when neither its configuration nor the server ends it.
  static let ringLimit: Duration = .seconds(60)

  private let session: OneMeSession
  private let inbox: MaxInbox
  private let environment: AccountEnvironment
  /// By conversation id.
  private var rings: [String: Ring] = [:]
  /// Signalling lines of calls that are open or being opened.
  private(set) var openLines = 0

  init(_ session: OneMeSession, inbox: MaxInbox, environment: AccountEnvironment) {
    self.session = session
    self.inbox = inbox
    self.environment = environment
  }

  /// How many calls ring.
  var count: Int { rings.count }

  /// A call begins to ring: it is in the log before anything is shown, so that a crash leaves it
  /// there as missed.
  func ring(_ call: IncomingCall) async {
    await inbox.learnNames([call.callerId])
    var record = inbox.people.records.call(call, at: environment.time.wallTime)
    record.groupName = await environment.groupName(of: call.chatId)
    if case .failure(let error) = call.configuration {
      environment.notify(.warning, Phrase.callUnreadable.with(error.message))
    }
    let isNew = await environment.storing { [record] store in try await store.calls.save(record) }
    // The server may announce a call twice; one that has ended does not ring again.
    let id = record.conversationId
    guard isNew ?? true, rings[id] == nil else { return }
    guard rings.count < RingingCalls.ringsAtOnce else { return await end(id, as: .missed) }
    let limit = ringTime(of: call, at: record.at)
    let timeout = Task { [time = environment.time] in
      guard (try? await time.sleep(for: limit)) != nil else { return }
      await self.end(id, as: .missed)
    }
    rings[id] = Ring(call: call, timeout: timeout)
    Task { await listen(to: call) }
    environment.changes.send(.call(record))
  }

  private func ringTime(of call: IncomingCall, at now: Int64) -> Duration {
    guard case .success(let configuration) = call.configuration,
      let end = configuration.expiresAt, end > now
    else { return RingingCalls.ringLimit }
    return min(.milliseconds(end - now), RingingCalls.ringLimit)
  }

  /// Listens on the call's signalling line without accepting the call: there the caller's giving up
  /// is heard at once. Without that line the ring ends by the other ways, a little later.
  private func listen(to call: IncomingCall) async {
    let id = call.conversationId
    // The server names the hosts: who announces a hundred calls must not have a hundred dialled. A
    // ring without a line of its own ends by the other ways.
    guard openLines < RingingCalls.linesAtOnce else {
      return environment.log("MAX call line: not opened, others ring")
    }
    openLines += 1
    defer { openLines -= 1 }
    let line: CallSignaling
    do throws(OneMeError) {
      line = try await session.openSignaling(for: call)
    } catch {
      return environment.log("MAX call line: \(error.message)")
    }
    guard rings[id] != nil else { return await line.close() }
    rings[id]?.line = line
    for await event in line.events {
      switch event {
      case .ended(let ending): await end(id, as: state(after: ending.reason))
      // Somebody else in a group may answer, and it rings on; of a call between two it was us.
      case .notification("accepted-call") where call.chatId == nil: await end(id, as: .ended)
      case .lost(let error): environment.log("MAX call line: \(error.message)")
      case .joined, .notification, .unreadable: break
      }
    }
  }

  private func state(after reason: String?) -> Storage.CallRecord.State {
    switch reason {
    case "REJECTED", "BUSY": .declined
    case "HUNGUP", "ANOTHER_DEVICE": .ended
    default: .missed
    }
  }

  // MARK: The end of a ring

  /// Ends the ring of a call that a message says is finished.
  func end(by message: Message) async {
    for case .call(let call) in message.attachments {
      guard let id = call.conversationId else { continue }
      await end(id, as: state(after: call.outcome), duration: call.duration)
    }
  }

  /// Ends the ring of a call that the server remembers as finished, if it rings.
  func end(by call: Storage.CallRecord) async {
    guard rings[call.conversationId] != nil else { return }
    await end(call.conversationId, as: call.state, duration: call.duration)
  }

  /// Declines a call for all of the account's devices, then ends the ring here.
  func decline(_ id: String) async throws(UserError) {
    do throws(OneMeError) {
      if let ring = rings[id] {
        try await session.decline(ring.call, on: ring.line)
      } else {
        try await session.declineCall(id)
      }
    } catch {
      guard case .refused(let refusal) = error, refusal.kind == .notFound else {
        throw UserError(error)
      }
      throw .notRinging
    }
    await end(id, as: .declined)
  }

  /// Ends the ring here; `.ignored` leaves other devices ringing.
  func end(_ id: String, as state: Storage.CallRecord.State, duration: Int64? = nil) async {
    let ring = rings.removeValue(forKey: id)
    let now = environment.time.wallTime
    let call = await environment.storing { store in
      try await store.calls.close(id, as: state, at: now, duration: duration)
    }
    if let call = call ?? nil { environment.changes.send(.call(call)) }
    await ring?.close()
  }

  /// Stops listening; what rings is left as it is.
  func stop() async {
    for ring in rings.values { await ring.close() }
    rings = [:]
  }
}

extension AccountEnvironment {
  /// The name of a group as it is known here; nil for no chat, and for a chat of two.
  func groupName(of chat: Int64?) async -> String? {
    // Groups have numbers below zero.
    guard let chat, chat < 0 else { return nil }
    let stored = await storing { store in try await store.chats.chat(ChatID(.max, String(chat))) }
    return (stored ?? nil)?.shownTitle
  }
}
