extension Phrase {
  // Ticket.
  public static let swap: Phrase = "SWAP"
  public static let pay: Phrase = "Pay"
  public static let receive: Phrase = "Receive"
  public static let atLeast: Phrase = "At least"
  public static let route: Phrase = "Route"
  public static let quote: Phrase = "Quote"
  public static let after: Phrase = "After"
  public static let slippage: Phrase = "Slippage"
  public static let from: Phrase = "From"
  public static let to: Phrase = "To"
  public static let ofAvailable: Phrase = "of {} available"
  public static let atPrice: Phrase = "at {}"
  public static let fee: Phrase = "fee {} (unit not stated)"
  public static let goodFor: Phrase = "good for {}"
  public static let quoteExpired: Phrase = "expired"
  public static let before: Phrase = "before: {}"
  public static let nothingIsSent: Phrase = "nothing is sent until you commit"
  public static let quoting: Phrase = "Asking for a quote…"
  public static let sending: Phrase = "Sending the swap…"
  public static let percent: Phrase = "{} %"
  public static let network: Phrase = "Network"
  public static let venues: Phrase = "Venues"
  public static let anyNetwork: Phrase = "any"
  public static let allVenues: Phrase = "all, or names with commas"
  public static let quoteAge: Phrase = "{} s old"
  public static let portions: Phrase = "25% 50% 75%, m max"
  public static let slippagePresets: Phrase = "Space: 0.1 0.3 0.5 1"
  public static let slippageHigh: Phrase =
    "More than 1 % of slippage: the price may be worse by that much."
  public static let slippageExtreme: Phrase =
    "More than 5 % of slippage: hardly any protection against a bad price."
  public static let noPortion: Phrase = "There is nothing to take a part of."

  // The ticket's reasons and ends.
  public static let typeAmount: Phrase = "how much"
  public static let noQuote: Phrase = "Ask for a quote first"
  public static let noBalanceData: Phrase = "The balance of {} is not known"
  public static let overBalance: Phrase = "More than the {} available"
  public static let nothingAvailable: Phrase = "No {} is available"
  public static let quoteStale: Phrase = "The quote has run out: press r for a new one"
  public static let readFirst: Phrase =
    "Read the quote first: Shift-C works once it has stood for a moment"
  public static let noQuoteYet: Phrase =
    "There is no quote yet: Shift-C works when you have read it"
  public static let quoteChanged: Phrase = "The quote has changed: C once more agrees to {}"
  public static let sameSwapAgain: Phrase =
    "The same swap was sent {} s ago: C once more sends it again"
  public static let dryRun: Phrase = "This is a dry run: no swap is sent"
  public static let dryRunHint: Phrase =
    "Start without --dry-run, or lift it with `tercet limits --set dry-run=off`"
  public static let assetNotAllowed: Phrase = "{} is not among the assets you allow"
  public static let overSlippage: Phrase = "More than the {} of slippage you allow"
  public static let overOrderCap: Phrase = "More than the {} {} you allow an order"
  public static let overDayCap: Phrase =
    "More than the {} {} you allow in 24 hours, of which {} are paid"
  public static let limitsHint: Phrase = "See `tercet limits`; --set changes them"
  public static let unknownPending: Phrase = "The outcome of order {} is unknown"
  public static let unknownPendingHint: Phrase =
    "Ask the server: u in the orders, or `tercet order`"
  public static let badAsset: Phrase = "“{}” is no name of an asset"
  public static let badAssetHint: Phrase =
    "Latin letters, digits and _ . : - only; letters of other alphabets may look the same"
  public static let badLimit: Phrase = "`{}` is no limit"
  public static let badLimitHint: Phrase =
    "order.ASSET=N day.ASSET=N reserve.ASSET=N assets=A,B slippage-bps=N dry-run=on|off"
  public static let received: Phrase = "received {}"
  public static let orderPlaced: Phrase = "Order {} is placed."
  public static let unknownAdvice: Phrase =
    "Do not repeat it: the orders pane will tell, u asks again."
  public static let lowerTheAmount: Phrase = "Swap less"
  public static let mayBeCarriedOut: Phrase =
    "{}. It may have been carried out all the same: the server is being asked for it."
  public static let badSlippage: Phrase = "The slippage is not a percentage"
  public static let badSlippageHint: Phrase = "Write it like 0.30, at most 100"
  public static let orderFilledNotice: Phrase = "Filled: {}, received {}"
  public static let orderEndedNotice: Phrase = "{} ended {}"
  public static let orderBelowNotice: Phrase =
    "Filled with less than was confirmed: {}, received {}"
  static let orderAmountUnknown: Phrase = "{} is filled; how much it brought is not known yet"
  public static let orderBelowHint: Phrase = "At least {} was confirmed"
  public static let orderUnknownNotice: Phrase = "Nobody knows what became of {}"
  public static let orderLostNotice: Phrase = "The server does not know {}"
  public static let notSent: Phrase = "not sent"
}
