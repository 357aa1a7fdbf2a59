import Accounts
import Domain
import Storage

/// The models of the trading desk, which know of each other.
@MainActor
package struct TradingModels {
  let status: StatusModel
  let market: BalancesModel
  let orders: OrderListModel
  let safety: SafetyModel

  init(_ context: ModelContext, status: StatusModel) {
    self.status = status
    market = BalancesModel(context, status: status)
    orders = OrderListModel(context, status: status, places: market.places)
    safety = SafetyModel(context, status: status, orders: orders)
  }

  func load() async {
    await market.load()
    await orders.load()
  }
}

/// The person's rules as they are now, to say why a key does nothing.
@MainActor
struct SafetyModel {
  private let context: ModelContext
  private let status: StatusModel
  private let orders: OrderListModel

  init(_ context: ModelContext, status: StatusModel, orders: OrderListModel) {
    self.context = context
    self.status = status
    self.orders = orders
  }

  var rules: SwapRules {
    SwapRules(
      limits: status.limits, isHalted: status.isHalted,
      isDryRun: context.hub.settings.isDryRun, orders: orders.orders, now: context.now)
  }

  /// What forbids every swap.
  var obstacle: UserError? { status.obstacle }

  /// What "max" leaves of an asset.
  func reserve(of asset: String) -> Amount {
    status.limits.reserves[asset].flatMap { Amount(serverText: $0) } ?? .zero
  }
}
