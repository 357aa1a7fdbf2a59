import OneMe
import Storage
import Transport

extension MessengerAccount {
  /// A call begins to ring: it is in the log before anything is shown, so that a crash leaves it
  /// there as missed.
  func ring(_ call: IncomingCall) async {
    await learnNames([call.callerId])
    let record = records.call(call, at: desk.time.wallTime)
    if case .failure(let error) = call.configuration {
      desk.notify(.warning, Phrase.callUnreadable.with(error.message))
    }
    let isNew = await desk.storing { store in try await store.calls.save(record) }
    // The server may announce a call twice; one that has ended does not ring again.
    guard isNew ?? true else { return }
    let id = record.conversationId
    ringTimeouts[id]?.cancel()
    let limit = ringTime(of: call, at: record.at)
    ringTimeouts[id] = Task { [time = desk.time] in
      guard (try? await time.sleep(for: limit)) != nil else { return }
      await self.endRing(id, as: .missed)
    }
    desk.changes.send(.call(record))
  }

  private func ringTime(of call: IncomingCall, at now: Int64) -> Duration {
    guard case .success(let configuration) = call.configuration,
      let end = configuration.expiresAt, end > now
    else { return MessengerAccount.ringLimit }
    return min(.milliseconds(end - now), MessengerAccount.ringLimit)
  }

  /// The server writes every finished call into the chat; that ends its ring.
  func endRing(by message: Message) async {
    for case .call(let call) in message.attachments {
      guard let id = call.conversationId else { continue }
      let state: Storage.CallRecord.State =
        switch call.outcome {
        case "REJECTED": .declined
        case "HUNGUP": .ended
        default: .missed
        }
      await endRing(id, as: state, duration: call.duration)
    }
  }

  /// Declines a call for all of the account's devices, then ends the ring here.
  func declineCall(_ id: String) async throws(ConsoleError) {
    do throws(OneMeError) {
      try await session.declineCall(id)
    } catch {
      guard case .refused(let refusal) = error, refusal.kind == .notFound else {
        throw ConsoleError(error)
      }
      throw ConsoleError(
        .refused, code: "not-ringing", Phrase.notRinging.text, hint: Phrase.notRingingHint.text)
    }
    await endRing(id, as: .declined)
  }

  /// Ends the ring here; `.ignored` leaves other devices ringing.
  func endRing(
    _ id: String, as state: Storage.CallRecord.State, duration: Int64? = nil
  ) async {
    ringTimeouts.removeValue(forKey: id)?.cancel()
    let now = desk.time.wallTime
    let call = await desk.storing { store in
      try await store.calls.close(id, as: state, at: now, duration: duration)
    }
    if let call = call ?? nil { desk.changes.send(.call(call)) }
  }
}
