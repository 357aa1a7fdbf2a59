import Domain
import Storage

/// Each signed-in account and its connection, once it is settled or the timeout has passed.
package struct ShowStatus: Request {
  /// All services of this version.
  package init() {}

  /// Emits an output for each service, waiting for each to be online or stopped; throws after them what a person
  /// has to correct in the settings.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (StatusOutput) async -> Void
  ) async throws(UserError) {
    var problem: UserError?
    for descriptor in hub.allServices {
      let (output, error) = try await output(of: descriptor.service, on: hub)
      await emit(output)
      if error?.kind == .usage { problem = problem ?? error }
    }
    if let problem { throw problem }
  }

  private func output(
    of service: Service, on hub: AccountHub
  ) async throws(UserError) -> (StatusOutput, UserError?) {
    let link: ConnectionStatus
    do throws(UserError) {
      link = try await hub.settledStatus(of: service)
    } catch {
      guard error.kind == .credentials else { throw error }
      link = .init(service: service, state: .notSetUp)
    }
    let chats = try await hub.withStore { store in try await store.chats.all(service) }
    let unsent = try await hub.withStore { store in try await store.outbox.count(service) }
    var cause = link.cause
    if case .stopped(let error) = link.state { cause = error }
    let output = StatusOutput(
      service: service, state: link.state.word, account: link.account, rttMs: link.roundTrip,
      skewMs: link.skew, unread: chats.reduce(0) { $0.plus($1.unread) }, outbox: unsent,
      codec: link.codec == "binary" ? link.codec : nil, dialect: link.dialect,
      reason: cause?.message)
    return (output, cause)
  }
}

extension ConnectionState {
  /// The state as the command line names it.
  package var word: String {
    switch self {
    case .notSetUp: "signed-out"
    case .connecting: "connecting"
    case .online: "online"
    case .waiting: "waiting"
    case .stopped: "stopped"
    }
  }
}
