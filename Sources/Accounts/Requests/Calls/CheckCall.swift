import Clocks
import Cryptography
import Domain
import Phrases
import Reachability
import Storage
import Transport

/// Tries the STUN and TURN servers of a call, without accepting it: could one talk from here?
package struct CheckCall: Request {
  /// The conversation id of the call.
  package var id: String

  /// - Parameter id: of a call that rings or stands in the log.
  package init(id: String) { self.id = id }

  /// Emits an output for each server, in the order of the call's configuration; they are tried all at once.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ServerCheckOutput) async -> Void
  ) async throws(UserError) {
    let stored = try await hub.withStore { store in try await store.calls.call(id) }
    guard let call = stored else { throw .noCall(id) }
    let urls = (call.stun.map { [$0] } ?? []) + call.turn
    guard !urls.isEmpty else { throw .noCallServers }
    let environment = hub.environment
    let probe = ReachabilityProbe(
      network: environment.network, time: environment.time, random: environment.random)
    let trials = urls.map { url in Task { await CheckCall.output(of: url, in: call, by: probe) } }
    await withTaskCancellationHandler {
      for trial in trials { await emit(await trial.value) }
    } onCancel: {
      for trial in trials { trial.cancel() }
    }
  }

  private static func output(
    of url: String, in call: Storage.CallRecord, by probe: ReachabilityProbe
  ) async -> ServerCheckOutput {
    do throws(ReachabilityError) {
      if url == call.stun {
        let report = try await probe.stun(url)
        return ServerCheckOutput(
          url: url, ok: true, rttMs: report.roundTrip.milliseconds,
          address: "\(report.publicAddress)")
      }
      let report = try await probe.turn(
        url, user: call.turnUser ?? "", password: call.turnPassword ?? Secret(""))
      return ServerCheckOutput(
        url: url, ok: true, rttMs: report.roundTrip.milliseconds,
        address: report.publicAddress.map { "\($0)" })
    } catch {
      return ServerCheckOutput(url: url, ok: false, error: error.message.withoutFullStop)
    }
  }
}

extension UserError {
  static func noCall(_ id: String) -> UserError {
    UserError(
      .failed, code: "no-call", Phrase.noSuchCall.with(id), hint: Phrase.noSuchCallHint.text)
  }

  fileprivate static let noCallServers = UserError(
    .failed, code: "no-servers", Phrase.noCallServers.text, hint: Phrase.noCallServersHint.text)
}
