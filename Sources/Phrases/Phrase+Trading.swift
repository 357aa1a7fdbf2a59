extension Phrase {
  // Ticket.
  package static let swap: Phrase = "SWAP"
  package static let pay: Phrase = "Pay"
  package static let receive: Phrase = "Receive"
  package static let atLeast: Phrase = "At least"
  package static let route: Phrase = "Route"
  package static let quote: Phrase = "Quote"
  package static let after: Phrase = "After"
  package static let slippage: Phrase = "Slippage"
  package static let from: Phrase = "From"
  package static let to: Phrase = "To"
  package static let ofAvailable: Phrase = "of {} available"
  package static let partOf: Phrase = "= {} of {}"
  package static let atPrice: Phrase = "at {}"
  package static let atTime: Phrase = Phrase("at {}", context: "time")
  package static let filterOpen: Phrase = Phrase("open", context: "orders")
  package static let fee: Phrase = "fee {} (asset not named)"
  package static let goodFor: Phrase = "good for {}"
  package static let quoteExpired: Phrase = "expired"
  package static let before: Phrase = "before: {}"
  package static let nothingIsSent: Phrase = "nothing is sent until you press Shift-C"
  package static let quoting: Phrase = "Asking for a quote…"
  package static let sending: Phrase = "Sending the swap…"
  package static let percent: Phrase = "{} %"
  package static let network: Phrase = "Network"
  package static let venues: Phrase = "Venues"
  package static let anyNetwork: Phrase = "any"
  package static let allVenues: Phrase = "all, or names with commas"
  package static let quoteAge: Phrase = "{} s old"
  package static let portions: Phrase = "25% 50% 75%, m for all"
  package static let slippagePresets: Phrase = "Space: 0.1 0.3 0.5 1"
  package static let slippageHigh: Phrase =
    "More than 1 % of slippage: the price may be worse by that much."
  package static let slippageExtreme: Phrase =
    "More than 5 % of slippage: hardly any protection against a bad price."
  package static let noPortion: Phrase = "There is nothing to take a part of."

  // The ticket's reasons and ends.
  package static let typeAmount: Phrase = "how much"
  package static let noQuote: Phrase = "Ask for a quote first"
  package static let noBalanceData: Phrase = "The balance of {} is not known"
  package static let overBalance: Phrase = "More than the {} available"
  package static let nothingAvailable: Phrase = "No {} is available"
  package static let quoteStale: Phrase = "The quote has run out: press r for a new one"
  package static let readFirst: Phrase =
    "Read the quote first: Shift-C works once it has stood for a moment"
  package static let noQuoteYet: Phrase =
    "There is no quote yet: Shift-C works when you have read it"
  package static let quoteChanged: Phrase =
    "The quote has changed: Shift-C agrees to {}, once more sends it"
  package static let agreed: Phrase = "Agreed. Shift-C once more sends the swap."
  package static let sameSwapAgain: Phrase =
    "The same swap was sent {} s ago: C once more sends it again"
  package static let dryRun: Phrase = "This is a dry run: no swap is sent"
  package static let dryRunHint: Phrase =
    "Start without --dry-run, remove it from the settings, or lift it by `tercet limits --set dry-run=off`"
  package static let assetNotAllowed: Phrase = "{} is not among the assets you allow"
  package static let overSlippage: Phrase = "More than the {} of slippage you allow"
  package static let overOrderCap: Phrase = "More than the {} {} you allow an order"
  package static let overDayCap: Phrase =
    "More than the {} {} you allow in 24 hours, of which {} are paid"
  package static let limitsHint: Phrase = "See `tercet limits`; --set changes them"
  package static let unknownPending: Phrase = "The outcome of order {} is unknown"
  package static let unknownPendingHint: Phrase =
    "Ask the server: u in the orders, or `tercet order`"
  package static let badAsset: Phrase = "“{}” is no name of an asset"
  package static let badAssetHint: Phrase =
    "Latin letters, digits and _ . : - only; letters of other alphabets may look the same"
  package static let badLimit: Phrase = "`{}` is no limit"
  package static let badLimitHint: Phrase =
    "order.ASSET=N day.ASSET=N reserve.ASSET=N assets=A,B slippage-bps=N dry-run=on|off"
  package static let received: Phrase = "received {}"
  package static let orderPlaced: Phrase = "Order {} is placed."
  package static let unknownAdvice: Phrase =
    "Do not repeat it: the orders pane will tell, u asks again."
  package static let lowerTheAmount: Phrase = "Swap less"
  package static let mayBeCarriedOut: Phrase =
    "{}. It may have been carried out all the same: the server is being asked for it."
  package static let badSlippage: Phrase = "The slippage is not a percentage"
  package static let badSlippageHint: Phrase = "Write it like 0.30, at most 100"
  package static let orderFilledNotice: Phrase = "Filled: {}, received {}"
  package static let orderEndedNotice: Phrase = "{} ended {}"
  package static let orderBelowNotice: Phrase =
    "Filled with less than was confirmed: {}, received {}"
  package static let orderAmountUnknown: Phrase =
    "{} is filled; how much it brought is not known yet"
  package static let orderBelowHint: Phrase = "At least {} was confirmed"
  package static let orderUnknownNotice: Phrase = "Nobody knows what became of {}"
  package static let orderLostNotice: Phrase = "The server does not know {}"
  package static let notSent: Phrase = "not sent"

  // Order details.
  package static let order: Phrase = "ORDER"
  package static let orderId: Phrase = "Order"
  package static let clientOrderId: Phrase = "Client id"
  package static let orderStatus: Phrase = "Status"
  package static let orderAmount: Phrase = "Amount"
  package static let orderExpected: Phrase = "Expected"
  package static let orderFilled: Phrase = "Received"
  package static let orderTransaction: Phrase = "Transaction"
  package static let orderCreated: Phrase = "Placed"
  package static let orderUpdated: Phrase = "Updated"
  package static let orderReason: Phrase = "Note"
  package static let swapSent: Phrase = "The swap WAS sent, do not repeat it: {}"
  package static let swapUnknownUnprinted: Phrase =
    "The swap was PERHAPS executed, do not repeat it: {}"
  package static let swapNotExecuted: Phrase = "The swap was not executed: {}"

  package static let stateSubmitting: Phrase = "SUBMITTING"
  package static let stateNotSent: Phrase = "NOT SENT"
  package static let stateRejected: Phrase = "REJECTED"
  package static let stateUnknown: Phrase = "UNKNOWN"
  package static let stateLost: Phrase = "LOST"
  package static let statePending: Phrase = "PENDING"
  package static let stateProcessing: Phrase = "PROCESSING"
  package static let statePartial: Phrase = "PARTIAL"
  package static let stateFilled: Phrase = "FILLED"
  package static let stateFailed: Phrase = "FAILED"
  package static let stateCancelled: Phrase = "CANCELLED"
}
