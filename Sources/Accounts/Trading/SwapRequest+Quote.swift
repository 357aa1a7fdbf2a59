import Domain
import Trading

extension SwapRequest {
  /// The swap that a quote was given for, with the price protection that was chosen.
  ///
  /// - Parameter slippageBps: 0 to 10,000.
  package init(
    accepting quote: Quote, slippageBps: Int, clientOrderId: ClientOrderID
  ) throws(ConsoleError) {
    let asked = quote.request
    do throws(TradingError) {
      try self.init(
        from: asked.from, to: asked.to, amount: asked.amount, slippageBps: slippageBps,
        clientOrderId: clientOrderId, filter: asked.filter)
    } catch {
      throw ConsoleError(error)
    }
  }
}
