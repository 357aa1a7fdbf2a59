import Domain
import Storage

/// Each signed-in account and its connection, once it is settled or the timeout has passed.
package struct ShowStatus: DeskCall {
  /// All services of this version.
  package init() {}

  /// Emits a line a service, waiting for each to be online or stopped; throws after them what a person
  /// has to correct in the settings.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (StatusLine) async -> Void
  ) async throws(ConsoleError) {
    var problem: ConsoleError?
    for descriptor in desk.allServices {
      let (line, error) = try await line(of: descriptor.service, on: desk)
      await emit(line)
      if error?.kind == .usage { problem = problem ?? error }
    }
    if let problem { throw problem }
  }

  private func line(
    of service: Service, on desk: Desk
  ) async throws(ConsoleError) -> (StatusLine, ConsoleError?) {
    let link: ConnectionStatus
    do throws(ConsoleError) {
      link = try await desk.settledLink(of: service)
    } catch {
      guard error.kind == .credentials else { throw error }
      link = .init(service: service, state: .notSetUp)
    }
    let chats = try await desk.reading { store in try await store.chats.all(service) }
    let unsent = try await desk.reading { store in try await store.outbox.count(service) }
    var cause = link.cause
    if case .stopped(let error) = link.state { cause = error }
    let line = StatusLine(
      service: service, state: link.state.word, account: link.account, rttMs: link.roundTrip,
      skewMs: link.skew, unread: chats.reduce(0) { $0.plus($1.unread) }, outbox: unsent,
      codec: link.codec == "binary" ? link.codec : nil, dialect: link.dialect,
      reason: cause?.message)
    return (line, cause)
  }
}

extension ConnectionState {
  /// The lamp as the command line names it.
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
