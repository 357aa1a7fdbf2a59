import Domain
import FoundationEssentials
import Phrases
import Storage

/// What a person allows to be swapped from here, whoever asks: the console, a command, a script.
///
/// Kept over restarts. Amounts are exact decimal text, caps are counted in the asset that is paid
/// with, so that no price is needed to keep them.
package struct SwapLimits: Sendable, Equatable, Codable {
  /// The most of an asset that one order may pay, by asset.
  package var perOrder: [String: String] = [:]
  /// The most of an asset that all orders of 24 hours may pay, by asset.
  package var perDay: [String: String] = [:]
  /// What the ticket's "max" leaves of an asset, by asset: the fees of its network are paid with it.
  package var reserves: [String: String] = [:]
  /// The only assets that may be paid or received; nil allows all.
  package var assets: [String]?
  /// The most slippage, in 1/100 of a percent; nil allows any.
  package var maximumSlippageBps: Int?
  /// Whether everything works but the sending.
  package var isDryRun = false

  /// Nothing is limited.
  package init() {}

  /// Changes one limit: `order.ETH=1.5`, `day.ETH=10`, `reserve.ETH=0.05`, `assets=ETH,USDT`,
  /// `slippage-bps=100`, `dry-run=on`. Nothing after the `=` lifts it.
  package mutating func set(_ change: String) throws(UserError) {
    let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .badLimit(change) }
    let words = parts[0].split(separator: ".", maxSplits: 1).map(\.trimmed)
    let value = parts[1].trimmed
    switch (words.first, words.dropFirst().first) {
    case ("order", let asset?): try SwapLimits.set(&perOrder, asset, value, change)
    case ("day", let asset?): try SwapLimits.set(&perDay, asset, value, change)
    case ("reserve", let asset?): try SwapLimits.set(&reserves, asset, value, change)
    case ("assets", nil):
      let names = value.split(separator: ",").map(\.trimmed)
      for name in names where !AssetName.isValid(name) { throw .badAsset(name) }
      assets = names.isEmpty ? nil : names.map { $0.uppercased() }
    case ("slippage-bps", nil):
      guard value.isEmpty || Int(value).map({ (0...10_000).contains($0) }) == true else {
        throw .badLimit(change)
      }
      maximumSlippageBps = Int(value)
    case ("dry-run", nil):
      guard ["on", "off", ""].contains(value) else { throw .badLimit(change) }
      isDryRun = value == "on"
    default: throw .badLimit(change)
    }
  }

  private static func set(
    _ amounts: inout [String: String], _ asset: String, _ value: String, _ change: String
  ) throws(UserError) {
    if value.isEmpty {
      // Whatever its name: it may have been set before names were looked at.
      amounts[asset.uppercased()] = nil
    } else {
      // Before its letters become capitals: some of other alphabets become Latin ones then.
      guard AssetName.isValid(asset) else { throw .badAsset(asset) }
      do throws(AmountRefusal) {
        amounts[asset.uppercased()] = try Amount(userText: value).text
      } catch {
        throw UserError(
          .usage, code: "invalid-amount", Phrase.badAmount.with(value), hint: error.message)
      }
    }
  }
}

extension UserError {
  /// A name that no asset can have.
  static func badAsset(_ name: String) -> UserError {
    UserError(
      .usage, code: "invalid-input", Phrase.badAsset.with(String(name.prefix(40))),
      hint: Phrase.badAssetHint.text)
  }

  fileprivate static func badLimit(_ change: String) -> UserError {
    UserError(
      .usage, code: "invalid-limit", Phrase.badLimit.with(change), hint: Phrase.badLimitHint.text)
  }
}

extension SettingRepository {
  /// The limits that were set; none when nobody has.
  package func limits() async throws -> SwapLimits {
    try SwapLimits(stored: try await value(.limits))
  }
}

extension SwapLimits {
  /// As they are remembered; nil for none.
  package init(stored text: String?) throws {
    guard let text else {
      self.init()
      return
    }
    self = try JSONDecoder().decode(SwapLimits.self, from: Data(text.utf8))
  }
}
