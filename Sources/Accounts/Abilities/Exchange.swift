import Domain
import Storage

/// An account with balances, on which assets are swapped.
package protocol Exchange: Account {
  /// What the server says now.
  func balances() async throws(UserError) -> [Balance]

  /// Assets of which the server's newest amounts could not be read.
  var unreadable: Set<String> { get async }

  /// A price for a swap; a newer question replaces one that still waits.
  func estimate(_ request: QuoteRequest) async throws(UserError) -> Quote

  /// Looks again at which prices are to be asked for: something is held or waited for now that was not.
  func reconsiderPrices() async

  /// Sends a swap that a person or script has confirmed, unless a rule of the person forbids it.
  func swap(
    _ request: SwapRequest, quote: Quote
  ) async throws(UserError) -> SwapOutcome<UserError>

  /// Asks the server about an order and stores what it says.
  ///
  /// - Parameter thoroughly: whether to ask, over half a minute, until it is certain that the server
  ///   does not know the order.
  func refresh(_ order: OrderRecord, thoroughly: Bool) async throws(UserError)
}
