import Domain
import Storage

/// Counts what is held in another asset from now on.
package struct CountWorth: TradingRequest {
  package var asset: String

  /// - Parameter asset: by the server's name.
  package init(asset: String) { self.asset = asset }

  package var hasEffects: Bool { true }

  /// Emits nothing; prices in the asset follow as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    guard AssetName.isValid(asset) else { throw .badAsset(asset) }
    try await hub.withStore { store in try await store.settings.set(.valueAsset, asset) }
    await hub.reconsiderPrices()
  }
}
