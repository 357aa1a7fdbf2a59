import Clocks
import Domain

/// A quote as a person saw and confirmed it, in the form in which it travels: amounts as exact text,
/// spans of time in whole milliseconds, rounded so that it ends no later than it did.
///
/// The account checks a swap against it: what was asked, how much it promised, and how long it holds.
/// Its moment is one of the machine's uptime clock, which all processes of a machine share.
package struct HeldQuote: Sendable, Equatable, Codable {
  /// The quote that is held.
  package let quote: Quote

  package init(_ quote: Quote) { self.quote = quote }

  private enum Key: String, CodingKey {
    case request, route, price, expectedOut, fee, expiresAt, receivedAt
    case receivedUptimeMs, lifetimeMs, warnings
  }

  /// Refuses what no server's answer can have become: a request that none would understand, an output
  /// that is not above zero, a life beyond the longest one.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    func refuse(_ key: Key) -> DecodingError {
      .dataCorruptedError(forKey: key, in: fields, debugDescription: "no quote has that")
    }
    let asked = try fields.decode(QuoteRequest.self, forKey: .request)
    let expectedOut = try fields.decode(Amount.self, forKey: .expectedOut)
    guard expectedOut.isPositive else { throw refuse(.expectedOut) }
    let received = try fields.decode(Int64.self, forKey: .receivedUptimeMs)
    let life = try fields.decode(Int64.self, forKey: .lifetimeMs)
    guard received >= 0 else { throw refuse(.receivedUptimeMs) }
    guard (0...Quote.longestLifetime.milliseconds).contains(life) else {
      throw refuse(.lifetimeMs)
    }
    quote = Quote(
      // Built anew, since only that checks it.
      request: try QuoteRequest(
        from: asked.from, to: asked.to, amount: asked.amount, network: asked.network,
        filter: asked.filter),
      route: try fields.decode([Quote.Step].self, forKey: .route),
      price: try fields.decodeIfPresent(Amount.self, forKey: .price), expectedOut: expectedOut,
      fee: try fields.decodeIfPresent(Amount.self, forKey: .fee),
      expiresAt: try fields.decodeIfPresent(Int64.self, forKey: .expiresAt),
      receivedAt: try fields.decode(Int64.self, forKey: .receivedAt),
      receivedUptime: .milliseconds(received), lifetime: .milliseconds(life),
      warnings: try fields.decode([Quote.Warning].self, forKey: .warnings))
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(quote.request, forKey: .request)
    try fields.encode(quote.route, forKey: .route)
    try fields.encodeIfPresent(quote.price, forKey: .price)
    try fields.encode(quote.expectedOut, forKey: .expectedOut)
    try fields.encodeIfPresent(quote.fee, forKey: .fee)
    try fields.encodeIfPresent(quote.expiresAt, forKey: .expiresAt)
    try fields.encode(quote.receivedAt, forKey: .receivedAt)
    try fields.encode(quote.receivedUptime.milliseconds, forKey: .receivedUptimeMs)
    try fields.encode(quote.lifetime.milliseconds, forKey: .lifetimeMs)
    try fields.encode(quote.warnings, forKey: .warnings)
  }
}
