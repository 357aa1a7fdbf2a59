import OneMe
import Storage
import TextSecure
import Trading

/// Where each service is looked for: where this run was told, else where its login was made, else at
/// its own address, which TextSecure has not.
public struct ListServers: DeskCall {
  /// All services of this version.
  public init() {}

  /// Emits a line a service that has an address; nothing is connected for it.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (ServerLine) async -> Void
  ) async throws(ConsoleError) {
    let accounts = try await desk.reading { store in try await store.accounts.all() }
    func remembered(_ service: Service) -> String? {
      accounts.first { $0.service == service }?.url
    }
    let max = desk.messengerConfiguration(of: accounts.first { $0.service == .max })
    await emit(ServerLine(service: .max, url: max.url, codec: max.isBinary ? "binary" : "json"))
    let trading = desk.settings.tradingURL ?? remembered(.trading) ?? TradingConfiguration().url
    let dialect = accounts.first { $0.service == .trading }?.settings.dialect
    await emit(
      ServerLine(service: .trading, url: trading, dialect: dialect ?? Dialect.doc.rawValue))
    if let relay = desk.settings.textsecureURL ?? remembered(.textsecure) {
      await emit(ServerLine(service: .textsecure, url: RelayConfiguration(url: relay).url))
    }
  }
}
