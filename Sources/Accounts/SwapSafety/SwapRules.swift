import Domain
import Phrases
import Storage
import Synchronization

/// Everything that may forbid a swap before it is sent: the one place where that is decided.
///
/// The ticket asks it to say why a key does nothing; the account asks it again, with what is on
/// disk then, before a swap leaves.
package struct SwapRules: Sendable {
  /// How long an order counts towards a day's cap, in milliseconds.
  package static let day: Int64 = 86_400_000

  package var limits = SwapLimits()
  package var isHalted = false
  /// Whether this run sends nothing, or none ever does.
  package var isDryRun = false
  /// What the last 24 hours' orders have paid or may have paid, by asset.
  package private(set) var spent: [String: Amount] = [:]
  /// Orders whose outcome nobody knows.
  package private(set) var unknown: [OrderRecord] = []
  /// All that is held of an asset, where that is known: more cannot be paid. A server's own refusal
  /// proves nothing, so what it would certainly refuse is better not sent.
  package var holdings: [String: Amount] = [:]

  /// - Parameters:
  ///   - orders: all of the last 24 hours, and every open one.
  ///   - now: wall ms.
  package init(
    limits: SwapLimits, isHalted: Bool, isDryRun: Bool, orders: [OrderRecord], now: Int64
  ) {
    self.limits = limits
    self.isHalted = isHalted
    self.isDryRun = isDryRun || limits.isDryRun
    unknown = orders.filter(\.isUnknown)
    for order in orders where order.createdAt > now - SwapRules.day && order.mayHavePaid {
      guard let amount = Amount(serverText: order.amount) else { continue }
      count(amount, of: order.from)
    }
  }

  /// Counts a swap that is on its way and not in the orders yet.
  package mutating func count(_ amount: Amount, of asset: String) {
    let asset = asset.uppercased()
    spent[asset] = (spent[asset] ?? .zero) + amount
  }

  /// Why this swap must not leave; nil when nothing speaks against it.
  package func objection(
    from: String, to: String, amount: Amount, slippageBps: Int
  ) -> UserError? {
    if isHalted { return .halted }
    if isDryRun { return .dryRun }
    // Limits are kept by names in capitals; the server may take others for the same asset.
    let (from, to) = (from.uppercased(), to.uppercased())
    if let assets = limits.assets {
      for asset in [from, to] where !assets.contains(asset) {
        return .rule("asset-not-allowed", Phrase.assetNotAllowed.with(asset))
      }
    }
    if let most = limits.maximumSlippageBps, slippageBps > most {
      return .rule("over-slippage", Phrase.overSlippage.with(Self.percent(most)))
    }
    if let cap = limits.perOrder[from].flatMap(Amount.init(serverText:)), amount > cap {
      return .rule("over-order-cap", Phrase.overOrderCap.with(Amount.grouped(cap.text), from))
    }
    if let cap = limits.perDay[from].flatMap(Amount.init(serverText:)) {
      let paid = spent[from] ?? .zero
      if paid + amount > cap {
        return .rule(
          "over-day-cap", Phrase.overDayCap.with(Amount.grouped(cap.text), from, paid.shown))
      }
    }
    if let held = holdings[from], amount > held {
      return .rule(
        "over-balance", Phrase.overBalance.with(held.shown), Phrase.lowerTheAmount.text)
    }
    if let order = unknown.first(where: {
      $0.from.uppercased() == from && $0.to.uppercased() == to
    }) {
      return .rule(
        "unknown-pending", Phrase.unknownPending.with(order.clientOrderId),
        Phrase.unknownPendingHint.text)
    }
    return nil
  }

  /// `1.00 %` for 100.
  package static func percent(_ bps: Int) -> String {
    Phrase.percent.with("\(bps / 100).\(String(100 + bps % 100).dropFirst())")
  }
}

extension OrderRecord {
  /// Whether its amount was paid, is about to be, or may have been.
  package var mayHavePaid: Bool {
    switch status {
    case .rejected, .notSent, .failed, .cancelled: filledOut != nil
    default: true
    }
  }
}

extension UserError {
  /// Nothing is sent, whatever is asked for.
  package static var dryRun: UserError {
    rule("dry-run", Phrase.dryRun.text, Phrase.dryRunHint.text)
  }

  fileprivate static func rule(_ code: String, _ message: String, _ hint: String? = nil) -> Self {
    UserError(.refused, code: code, message, hint: hint ?? Phrase.limitsHint.text)
  }
}

/// The kill switch as this process knows it, whatever the disk takes: what was halted here stays so
/// until it is resumed here.
package final class HaltSwitch: Sendable {
  private let state = Mutex(false)

  /// Whether no swap leaves.
  package var isOn: Bool { state.withLock { $0 } }

  package func turn(on isOn: Bool) { state.withLock { $0 = isOn } }
}
