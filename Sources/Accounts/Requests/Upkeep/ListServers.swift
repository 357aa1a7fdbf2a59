import Domain
import Storage

/// Where each service is looked for: where this run was told, else where its login was made, else at
/// its own address, which TextSecure has not.
package struct ListServers: DeskCall {
  /// All services of this version.
  package init() {}

  /// Emits a line a service that has an address; nothing is connected for it.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ServerLine) async -> Void
  ) async throws(ConsoleError) {
    let accounts = try await desk.reading { store in try await store.accounts.all() }
    for descriptor in desk.allServices {
      let account = accounts.first { $0.service == descriptor.service }
      if let server = descriptor.server(account, desk.settings, desk.context.random) {
        await emit(
          ServerLine(
            service: descriptor.service, url: server.url, codec: server.codec,
            dialect: server.dialect))
      }
    }
  }
}
