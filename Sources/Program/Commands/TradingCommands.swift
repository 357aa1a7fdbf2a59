import Accounts
import Domain
import Phrases
import Storage
import Synchronization
import Trading

extension Subcommand {
  static let balances = Subcommand(
    path: ["balances"], summary: "what the trading account holds",
    options: [.flag("watch", "go on with every change")]
  ) { invocation throws(UserError) in
    try await invocation.balances()
  }

  static let estimate = Subcommand(
    path: ["estimate"], operands: "FROM TO AMOUNT", operandCount: 3...3,
    summary: "a price for a swap; nothing is sent",
    options: [
      .value("network", "N", "the network to look at"),
      .value("filter", "a,b", "only these venues"),
    ]
  ) { invocation throws(UserError) in
    try await invocation.print(invocation.estimate()) { invocation.words(for: $0) }
  }

  static let swap = Subcommand(
    path: ["swap"], operands: "FROM TO AMOUNT", operandCount: 3...3,
    summary: "execute a swap: shows the quote, asks, then sends it once",
    options: [
      .value("slippage-bps", "N", "how far below the quote is acceptable, in 1/100 of a percent"),
      .value("filter", "a,b", "only these venues"),
      .value("client-order-id", "ID", "our name for the order (default: a random one)"),
      .flag("yes", "do not ask"),
      .flag("wait", "wait until the order has ended"),
    ]
  ) { invocation throws(UserError) in
    try await invocation.swap()
  }

  static let orders = Subcommand(
    path: ["orders"], summary: "swaps placed from here, newest first",
    options: [
      .flag("open", "only those that have not ended"), .flag("watch", "go on with every change"),
    ]
  ) { invocation throws(UserError) in
    let request = ListOrders(
      openOnly: invocation.arguments.has("open"), watching: invocation.arguments.has("watch"))
    try await invocation.print(request) { invocation.words(for: $0) }
  }

  static let ordersVerify = Subcommand(
    path: ["orders", "verify"], summary: "prove that the journal of swaps is whole"
  ) { invocation throws(UserError) in
    try await invocation.print(VerifyJournal()) { line in
      line.whole ? "the journal is whole: \(line.rows) rows" : "the journal is broken"
    }
  }

  static let order = Subcommand(
    path: ["order"], operands: "ID", operandCount: 1...1,
    summary: "one order by either of its ids, as the server has it",
    options: [.flag("watch", "go on until it has ended")]
  ) { invocation throws(UserError) in
    let request = ShowOrder(
      id: invocation.arguments.operands[0], watching: invocation.arguments.has("watch"))
    try await invocation.print(request) { invocation.words(for: $0) }
  }

  static let halt = Subcommand(
    path: ["halt"], summary: "kill switch: no new orders, kept over restarts"
  ) { invocation throws(UserError) in
    try await invocation.print(SetHalt(isHalted: true)) { _ in "trading is halted" }
  }

  static let resume = Subcommand(
    path: ["resume"], summary: "lift the halt"
  ) { invocation throws(UserError) in
    try await invocation.print(SetHalt(isHalted: false)) { _ in "trading goes on" }
  }
}

extension Invocation {
  fileprivate func estimate() -> EstimateSwap {
    EstimateSwap(
      from: arguments.operands[0], to: arguments.operands[1],
      amount: arguments.operands[2], network: arguments["network"],
      filter: arguments["filter"]?.split(separator: ",").map(String.init) ?? [])
  }

  fileprivate func swap() async throws(UserError) {
    guard let bps = try arguments.integer("slippage-bps", in: 0...10_000) else {
      throw .usage("--slippage-bps is needed: it is a swap's only protection against the price")
    }
    let estimate = estimate()
    try await withAccounts { accounts throws(UserError) in
      guard let quote = try await accounts.lines(of: estimate).first else { return }
      output.remark(words(for: quote))
      if settings.isOn("dry-run") {
        return output.line(quote, "dry run: nothing was sent")
      }
      guard arguments.has("yes") || prompt.confirm("Swap with \(bps) bps of slippage?") else {
        throw UserError(
          .refused, code: "not-confirmed", "Nothing was sent", hint: "Answer y, or give --yes")
      }
      let id = arguments["client-order-id"] ?? PlaceSwap.newOrderId(from: random)
      let request = PlaceSwap(
        estimate, slippageBps: bps, clientOrderId: id, confirmedOut: quote.expectedOut,
        waiting: arguments.has("wait"))
      let telling = Mutex((isTold: false, isOver: false))
      do throws(UserError) {
        try await accounts.run(request) { line in
          telling.withLock { telling in
            // A request that was given up may still have something to say: it is told of below.
            guard !telling.isOver else { return }
            telling.isTold = true
            output.line(line, words(for: line), done: line.done)
          }
        }
      } catch {
        guard error.isOutcomeOpen(after: try settings.timeout()) else { throw error }
        // The process that was to send it is gone, or has no answer yet: perhaps it was sent.
        let line = SwapOutput.unknown(id)
        telling.withLock { telling in
          telling.isOver = true
          if !telling.isTold { output.line(line, words(for: line), done: line.done) }
        }
        throw .outcomeUnknown(id, error.message)
      }
    }
  }

  private func words(for swap: SwapOutput) -> String {
    let parts = [
      swap.clientOrderId, swap.status, swap.orderId,
      swap.filledOut.map(Amount.grouped), swap.txHash,
    ]
    return parts.compactMap(\.self).map { harmless($0) }.joined(separator: "  ")
  }

  fileprivate func words(for quote: QuoteOutput) -> String {
    let price = quote.price.map { " at \(Amount.grouped($0))" } ?? ""
    let fee = quote.fee.map { ", " + Phrase.fee.with(Amount.grouped($0)) } ?? ""
    let doubts = (quote.warnings ?? []).map { "; \($0)" }.joined()
    return harmless(
      "pay \(Amount.grouped(quote.amount)) \(visibleCode(quote.from)), "
        + "receive about \(Amount.grouped(quote.expectedOut)) \(visibleCode(quote.to))\(price)\(fee)\(doubts)"
    )
  }

  fileprivate func balances() async throws(UserError) {
    let isWatching = arguments.has("watch")
    let output = output
    // Assets that were complained of and have not been readable since.
    let told = Mutex(Set<String>())
    try await withAccounts(serving: isWatching, pace: isWatching ? .endless : .command) {
      accounts throws(UserError) in
      try await accounts.run(ListBalances(watching: isWatching)) { line in
        let isNews = told.withLock { told in
          guard line.unreadable == true else {
            told.remove(line.asset)
            return false
          }
          return told.insert(line.asset).inserted
        }
        if isWatching, isNews { output.failure(.unreadableBalances([line.asset])) }
        if !line.total.isEmpty { output.line(line, words(for: line)) }
      }
    }
  }

  func words(for balance: BalanceOutput) -> String {
    harmless(
      "\(visibleCode(balance.asset))  \(Amount.grouped(balance.total))"
        + "  locked \(Amount.grouped(balance.locked))"
        + "  available \(Amount.grouped(balance.available))"
        + (balance.unreadable == true ? "  (older: the newest amounts cannot be read)" : ""))
  }

  func words(for order: OrderOutput) -> String {
    let time = LocalTime(milliseconds: order.at)
    let filled = order.filledOut.map { "  received \(Amount.grouped($0))" } ?? ""
    let hash = order.txHash.map { "  \($0)" } ?? ""
    let reason = order.reason.map { "  (\($0))" } ?? ""
    return harmless(
      "\(time.date) \(time.clock)  \(order.clientOrderId)  \(Amount.grouped(order.amount)) "
        + "\(visibleCode(order.from)) → \(visibleCode(order.to))  \(order.status)\(filled)\(hash)\(reason)"
    )
  }
}

extension SwapOutput {
  /// What it means where it cannot be printed.
  fileprivate var done: Phrase {
    switch status {
    case OrderStatus.rejected.text, OrderStatus.notSent.text: .swapNotExecuted
    case OrderStatus.unknown.text, OrderStatus.lost.text: .swapUnknownUnprinted
    default: .swapSent
    }
  }
}
