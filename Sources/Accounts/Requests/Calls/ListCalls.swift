import Domain
import Storage

/// The call log, with what the server has kept since, oldest first; watching, then every call as it rings and ends.
package struct ListCalls: Request {
  package var watching: Bool
  /// Whether the signalling token and the TURN password are among the answer.
  package var revealing: Bool
  /// Watching, begins with the calls since this moment (wall ms); nil from now on.
  package var since: Int64?

  /// - Parameters:
  ///   - watching: leaves the log out and goes on with news until cancelled.
  ///   - revealing: includes the signalling token and the TURN password.
  package init(watching: Bool = false, revealing: Bool = false) {
    self.watching = watching
    self.revealing = revealing
  }

  package static func identity(of output: CallOutput) -> OutputIdentity? {
    OutputIdentity(subject: output.conversationId, revision: jsonText(of: output))
  }

  package func resumed(since moment: Int64) -> Self {
    var call = self
    call.since = moment
    return call
  }

  /// Emits calls; what keeps a service from being reached is thrown after the log.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (CallOutput) async -> Void
  ) async throws(UserError) {
    let news = hub.environment.changes.listen { if case .call = $0 { true } else { false } }
    let service = try await hub.service(with: .calling)
    let problem = await hub.problem(reaching: service)
    if problem == nil, !watching {
      // Not every server keeps calls; then the log is what rang here.
      do throws(UserError) {
        try await hub.open(service, as: (any Calling).self, else: .unsupported).refreshCalls()
      } catch {
        hub.environment.log("calls: \(error.message)")
      }
    }
    if !watching {
      let log = try await hub.withStore { store in try await store.calls.recent(limit: 1000) }
      for call in log.reversed() { await emit(CallOutput(call, revealing: revealing)) }
    }
    var told = DuplicateFilter()
    func isNew(_ output: CallOutput) -> Bool {
      guard let identity = ListCalls.identity(of: output) else { return true }
      return told.isNew(identity.subject, identity.revision)
    }
    if let since {
      let log = try await hub.withStore { store in try await store.calls.recent(limit: 1000) }
      for call in log.reversed() where call.at >= since {
        let output = CallOutput(call, revealing: revealing)
        if isNew(output) { await emit(output) }
      }
    }
    if let problem { throw watching ? problem : problem.besideStored }
    guard watching else { return }
    for await case .call(let call) in news {
      let output = CallOutput(call, revealing: revealing)
      if isNew(output) { await emit(output) }
    }
  }
}
