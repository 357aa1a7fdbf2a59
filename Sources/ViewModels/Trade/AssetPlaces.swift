import Domain

/// With how many digits after the point amounts of an asset are shown: as many as one of them has needed
/// so far, so that they do not jump while they change, and no fewer than each needs itself.
@MainActor
final class AssetPlaces {
  private var seen: [String: Int] = [:]
  /// Rises when amounts that were shown already need more.
  private(set) var version = 0

  /// One amount of eighteen digits does not give them to all others.
  private static let most = 8
  /// A server that invents assets fills no memory.
  private static let mostAssets = 4096

  func see(_ amount: String, of asset: String) {
    guard let places = Amount.shownPlaces(of: amount) else { return }
    let known = seen[asset]
    guard places > known ?? 0, known != nil || seen.count < Self.mostAssets else { return }
    let kept = min(places, Self.most)
    guard kept > known ?? 0 else { return }
    seen[asset] = kept
    version += 1
  }

  /// How many an asset has so far.
  subscript(asset: String) -> Int { seen[asset] ?? 0 }

  /// An amount's text, not grouped.
  func text(_ amount: String, of asset: String) -> String {
    Amount.padded(amount, places: self[asset])
  }
}
