import Domain
import Storage

/// Where each service is looked for: where this run was told, else where its login was made, else at
/// its own address, which TextSecure has not.
package struct ListServers: Request {
  /// All services of this version.
  package init() {}

  /// Emits a line a service that has an address; nothing is connected for it.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ServerOutput) async -> Void
  ) async throws(UserError) {
    let accounts = try await hub.withStore { store in try await store.accounts.all() }
    for descriptor in hub.allServices {
      let account = accounts.first { $0.service == descriptor.service }
      if let server = descriptor.server(account, hub.settings, hub.environment.random) {
        await emit(
          ServerOutput(
            service: descriptor.service, url: server.url, codec: server.codec,
            dialect: server.dialect))
      }
    }
  }
}
