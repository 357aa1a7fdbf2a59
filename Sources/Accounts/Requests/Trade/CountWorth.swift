import Domain
import Storage

/// Counts what is held in another asset from now on.
package struct CountWorth: MarketCall {
  package var asset: String

  /// - Parameter asset: by the server's name.
  package init(asset: String) { self.asset = asset }

  package var isDeed: Bool { true }

  /// Emits nothing; prices in the asset follow as news.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    guard AssetName.isValid(asset) else { throw .badAsset(asset) }
    try await desk.reading { store in try await store.settings.set(.valueAsset, asset) }
    await desk.reconsiderPrices()
  }
}
