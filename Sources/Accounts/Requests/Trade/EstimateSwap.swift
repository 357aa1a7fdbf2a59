import Domain
import Phrases

/// A price for a swap; nothing is committed.
package struct EstimateSwap: TradingRequest {
  package var from: String
  package var to: String
  /// As typed: validated here, never rounded.
  package var amount: String
  package var network: String?
  package var filter: [String]

  /// Nothing is checked before the call runs: a script gets the refusal, not a trap.
  package init(
    from: String, to: String, amount: String, network: String? = nil, filter: [String] = []
  ) {
    self.from = from
    self.to = to
    self.amount = amount
    self.network = network
    self.filter = filter
  }

  /// Emits the quote; throws `.usage` for what is no request before anything is sent.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (QuoteOutput) async -> Void
  ) async throws(UserError) {
    await emit(QuoteOutput(try await quote(on: hub)))
  }

  /// What the server answers to them.
  func quote(on hub: AccountHub) async throws(UserError) -> Quote {
    let request = try request()
    return try await hub.online(.exchange, as: (any Exchange).self).estimate(request)
  }

  /// The request these words make, or what is wrong with them.
  package func request() throws(UserError) -> QuoteRequest {
    let exact: Amount
    do throws(AmountRefusal) {
      exact = try Amount(userText: amount)
    } catch {
      throw UserError(
        .usage, code: "invalid-amount", Phrase.badAmount.with(amount), hint: error.message)
    }
    for name in [from, to] where !AssetName.isValid(name) { throw .badAsset(name) }
    return try QuoteRequest(
      from: from.uppercased(), to: to.uppercased(), amount: exact, network: network,
      filter: filter)
  }
}

/// A price for a swap that a person is about to confirm: the whole quote, which `PlaceSwap` takes back.
package struct HoldQuote: TradingRequest {
  package var estimate: EstimateSwap

  package init(_ estimate: EstimateSwap) { self.estimate = estimate }

  /// Emits the quote; throws as `EstimateSwap` does.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (HeldQuote) async -> Void
  ) async throws(UserError) {
    await emit(HeldQuote(try await estimate.quote(on: hub)))
  }
}
