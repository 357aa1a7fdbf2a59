import Domain
import Storage

/// The call log, with what the server has kept since, oldest first; watching, then every call as it rings and ends.
package struct ListCalls: DeskCall {
  package var watching: Bool
  /// Whether the signalling token and the TURN password are among the answer.
  package var revealing: Bool

  /// - Parameters:
  ///   - watching: leaves the log out and goes on with news until cancelled.
  ///   - revealing: includes the signalling token and the TURN password.
  package init(watching: Bool = false, revealing: Bool = false) {
    self.watching = watching
    self.revealing = revealing
  }

  /// Emits calls; a line that is down is thrown after the log.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (CallLine) async -> Void
  ) async throws(ConsoleError) {
    let news = desk.context.changes.listen { if case .call = $0 { true } else { false } }
    let service = try await desk.service(with: .calling)
    let problem = await desk.problem(reaching: service)
    if problem == nil, !watching {
      // Not every server keeps calls; then the log is what rang here.
      do throws(ConsoleError) {
        try await desk.open(service, as: (any Calling).self, else: .unsupported).refreshCalls()
      } catch {
        desk.context.log("calls: \(error.message)")
      }
    }
    if !watching {
      let log = try await desk.reading { store in try await store.calls.recent(limit: 1000) }
      for call in log.reversed() { await emit(CallLine(call, revealing: revealing)) }
    }
    if let problem { throw watching ? problem : problem.besideStored }
    guard watching else { return }
    var told = ToldLines()
    for await case .call(let call) in news {
      let line = CallLine(call, revealing: revealing)
      if told.isNews(line.conversationId, jsonText(of: line)) { await emit(line) }
    }
  }
}
