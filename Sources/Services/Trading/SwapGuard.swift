import Accounts
import Domain
import FoundationEssentials
import Storage
import Trading

/// Lets swaps through that the person's rules allow, and remembers those on their way, so that two
/// at once cannot pass a cap together.
actor SwapGuard {
  private struct Passage {
    var asset: String
    var amount: Amount
  }

  private let environment: AccountEnvironment
  private let isDryRun: Bool
  /// By client order id; those that the store may not show yet.
  private var passages: [String: Passage] = [:]

  /// - Parameter isDryRun: whether this run sends nothing.
  init(_ environment: AccountEnvironment, isDryRun: Bool) {
    self.environment = environment
    self.isDryRun = isDryRun
  }

  /// Notes the swap as on its way, and the decision in the journal; throws when a rule forbids it.
  ///
  /// - Parameter isPaper: whether money is none, and judged where it is spent.
  func admit(
    _ request: SwapRequest, quote: Quote, isPaper: Bool = false
  ) async throws(UserError) {
    let orders: [OrderRecord]
    let limits: SwapLimits
    let isHalted: Bool
    let balances: [BalanceRecord]
    let id = request.clientOrderId.text
    do {
      let since = environment.time.wallTime - SwapRules.day
      orders = try await environment.ledger.orders.recentAndOpen(since: since)
      limits = try await environment.ledger.settings.limits()
      let isHaltKept = try await environment.ledger.settings.value(.halt) != nil
      isHalted = isHaltKept || environment.haltSwitch.isOn
      balances = isPaper ? [] : try await environment.ledger.balances.all()
    } catch {
      // Rules that cannot be read forbid everything: the safe side.
      throw UserError(storing: error)
    }
    var rules = SwapRules(
      limits: limits, isHalted: isHalted, isDryRun: isDryRun, orders: orders,
      now: environment.time.wallTime)
    for balance in balances {
      rules.holdings[balance.asset.uppercased()] = Amount(serverText: balance.total)
    }
    let known = Set(orders.map(\.clientOrderId))
    for (id, passage) in passages where !known.contains(id) {
      rules.count(passage.amount, of: passage.asset)
    }
    let objection = rules.objection(
      from: request.from, to: request.to, amount: request.amount,
      slippageBps: request.slippageBps)
    // Noted in the same breath as it was judged.
    if objection == nil { passages[id] = Passage(asset: request.from, amount: request.amount) }
    let words =
      "\(request.amount.text) \(request.from) → \(request.to) for \(quote.expectedOut.text) "
      + "at \(request.slippageBps) bps"
    let verdict = objection.map { "refused: \($0.message)" } ?? "confirmed"
    do {
      try await environment.ledger.journal.append([
        JournalEntry(
          at: environment.time.wallTime, clientOrderId: id, kind: .decision,
          body: "\(verdict): \(words)")
      ])
    } catch {
      passages[id] = nil
      throw UserError(storing: error)
    }
    if let objection { throw objection }
  }

  /// The swap did not happen: it counts no more.
  func forget(_ id: ClientOrderID) { passages[id.text] = nil }
}
