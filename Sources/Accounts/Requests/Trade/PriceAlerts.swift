import Domain
import Phrases
import Storage

/// One price that is waited for, of `tercet alerts`.
package struct PriceAlertOutput: Codable, Sendable, Equatable {
  /// What `tercet alerts remove` takes.
  package var id: Int
  /// The asset.
  package var from: String
  /// In what its price is counted.
  package var to: String
  /// `above` or `below`.
  package var direction: String
  /// Exact decimal text.
  package var price: String
  /// When it was made.
  package var at: Int64
  /// When the price was reached; null while it is waited for.
  @OrNull package var toldAt: Int64?

  package init(_ alert: PriceAlert) {
    id = alert.id
    from = alert.sell
    to = alert.buy
    direction = alert.direction.rawValue
    price = alert.price
    at = alert.createdAt
    toldAt = alert.toldAt
  }
}

/// The prices that are waited for, and those that were.
package struct ListPriceAlerts: Request {
  /// All of them.
  package init() {}

  /// Emits each in the order of their making.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (PriceAlertOutput) async -> Void
  ) async throws(UserError) {
    for alert in try await hub.withStore({ store in try await store.prices.alerts() }) {
      await emit(PriceAlertOutput(alert))
    }
  }
}

/// Waits for a price from now on, while a console runs.
package struct AddPriceAlert: Request {
  package var from: String
  package var to: String
  package var direction: String
  package var price: String
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - direction: `above` or `below`.
  ///   - price: how much of `to` for one of `from`, as typed.
  package init(from: String, to: String, direction: String, price: String) {
    self.from = from
    self.to = to
    self.direction = direction
    self.price = price
  }

  /// Emits what is waited for; throws `.usage` for what is no price.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (PriceAlertOutput) async -> Void
  ) async throws(UserError) {
    // Names and price are judged as those of a swap are.
    let question = try EstimateSwap(from: from, to: to, amount: price).request()
    guard let direction = PriceAlert.Direction(rawValue: direction) else {
      throw UserError(
        .usage, code: "invalid-input", Phrase.badDirection.with(direction),
        hint: Phrase.badDirectionHint.text)
    }
    let now = hub.environment.time.wallTime
    let alert = try await hub.withStore { store in
      try await store.prices.add(
        sell: question.from, buy: question.to, direction, price: price, at: now)
    }
    await hub.reconsiderPrices()
    await emit(PriceAlertOutput(alert))
  }
}

/// Waits for a price no more.
package struct RemovePriceAlert: Request {
  package var id: Int
  package var hasEffects: Bool { true }

  /// - Parameter id: as `tercet alerts` shows it.
  package init(id: Int) { self.id = id }

  /// Throws `no-alert` when there is none.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    guard try await hub.withStore({ store in try await store.prices.remove(alert: id) }) else {
      throw UserError(
        .failed, code: "no-alert", Phrase.noSuchAlert.with(String(id)),
        hint: Phrase.noSuchAlertHint.text)
    }
  }
}
