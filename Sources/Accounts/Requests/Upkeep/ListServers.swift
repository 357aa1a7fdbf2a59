import Domain
import OneMe
import Storage
import TextSecure
import Trading

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
    func remembered(_ service: Service) -> String? {
      accounts.first { $0.service == service }?.url
    }
    let max = desk.messengerConfiguration(of: accounts.first { $0.service == .max })
    await emit(ServerLine(service: .max, url: max.url, codec: max.isBinary ? "binary" : "json"))
    let trading = desk.settings.tradingURL ?? remembered(.trading) ?? TradingConfiguration().url
    await emit(ServerLine(service: .trading, url: trading))
    if let relay = desk.settings.textsecureURL ?? remembered(.textsecure) {
      await emit(ServerLine(service: .textsecure, url: RelayConfiguration(url: relay).url))
    }
  }
}
