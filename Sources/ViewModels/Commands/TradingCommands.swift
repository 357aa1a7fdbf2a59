import Phrases
import Storage

extension Command {
  package static let trade = Command(
    name: "swap.ticket", keys: [.character("t")], title: .commandTrade, hint: .hintTrade,
    places: [.everywhere], group: .groupTrading, cli: "tercet estimate, tercet swap",
    disabledReason: { $0.status.state(.exchange) == .notSetUp ? Phrase.noTradingAccount.text : nil }
  ) { $0.tradingActions.openTicket() }

  static let swapBalance = Command(
    name: "balances.swap", keys: [.enter], title: .commandSwapBalance, hint: .hintTrade,
    places: [.pane(.balances)], group: .groupTrading, cli: "tercet estimate, tercet swap",
    disabledReason: { Command.trade.disabledReason($0) }
  ) { $0.tradingActions.openTicket() }

  static let showOrder = Command(
    name: "order.details", keys: [.enter], title: .commandShowOrder, hint: .hintDetails,
    places: [.pane(.orders)], group: .groupTrading, cli: "tercet order ID",
    disabledReason: noOrder
  ) { $0.tradingActions.showSelectedOrder() }

  static let refreshOrder = Command(
    name: "order.refresh", keys: [.character("u")], title: .commandRefreshOrder,
    hint: .hintAskServer, places: [.pane(.orders), .dialog(.order)], group: .groupTrading,
    cli: "tercet order ID", disabledReason: noOrder
  ) { $0.exchange.orders.refreshSelected() }

  static let filterOrders = Command(
    name: "orders.filter", keys: [.character("f")], title: .commandFilterOrders,
    hint: .hintFilter, places: [.pane(.orders)], group: .groupTrading,
    cli: "tercet orders --open"
  ) { $0.exchange.orders.nextFilter() }

  static let copyTransaction = Command(
    name: "order.copy", keys: [.character("y")], title: .commandCopyHash, hint: .hintCopyHash,
    places: [.pane(.orders), .dialog(.order)], group: .groupTrading,
    disabledReason: { model in
      guard let order = model.exchange.orders.selected else { return Phrase.noOrderSelected.text }
      return order.txHash == nil ? Phrase.noTransaction.text : nil
    }
  ) { $0.tradingActions.copyTransaction() }

  static let exportOrders = Command(
    name: "orders.export", keys: [.character("e")], title: .commandExportOrders,
    hint: .hintExport, places: [.pane(.orders)], group: .groupTrading,
    cli: "tercet export orders"
  ) { $0.tradingActions.export() }

  static let priceAlert = Command(
    name: "price.alert", keys: [.character("p")], title: .commandPriceAlert,
    hint: .hintPriceAlert, places: [.pane(.balances), .pane(.orders)], group: .groupTrading,
    cli: "tercet alerts add"
  ) { $0.tradingActions.waitForPrice() }

  static let chart = Command(
    name: "price.chart", keys: [.character("c")], title: .commandChart, hint: .hintChart,
    places: [.pane(.balances), .pane(.orders)], group: .groupTrading,
    disabledReason: {
      $0.exchange.market.state.worth == nil ? Phrase.noPricesSeen.text : nil
    }
  ) { $0.tradingActions.showChart() }

  /// What keys do over a chart.
  static let chartDialog: [Command] = [
    Command(
      name: "chart.next", keys: [.right, .tab], title: .commandChartNext, hint: .hintChartNext,
      places: [.dialog(.chart)], group: .groupDialogs
    ) { $0.dialogs.chart?.move(by: 1) },
    Command(
      name: "chart.previous", keys: [.left, .backTab], title: .commandChartPrevious,
      places: [.dialog(.chart)], group: .groupDialogs
    ) { $0.dialogs.chart?.move(by: -1) },
  ]

  static let priceAlerts = Command(
    name: "price.alerts", keys: [.character("P")], title: .commandPriceAlerts,
    places: [.pane(.balances), .pane(.orders)], group: .groupTrading, cli: "tercet alerts"
  ) { $0.tradingActions.showAlerts() }

  static let valueAsset = Command(
    name: "balances.value", keys: [.character("v")], title: .commandValueAsset,
    hint: .hintValueAsset, places: [.pane(.balances)], group: .groupTrading,
    disabledReason: { $0.exchange.market.selectedAsset == nil ? Phrase.noBalances.text : nil }
  ) { model in
    let market = model.exchange.market
    if let asset = market.selectedAsset { market.worth.count(in: asset) }
  }

  package static let halt = Command(
    name: "trading.halt", keys: [.character("H"), .alt("h")], title: .commandHalt,
    hint: .hintHalt, places: [.pane(.balances), .pane(.orders), .byChord],
    group: .groupTrading, cli: "tercet halt, tercet resume"
  ) { $0.tradingActions.haltOrAskToResume() }

  static let signOutOfTrading = Command(
    name: "sign-out.trading", keys: [.character("L")], title: .commandSignOutTrading,
    places: [.pane(.balances), .pane(.orders)], group: .groupTrading,
    cli: "tercet logout trading",
    disabledReason: { $0.signIns.signOutDisabledReason($0.status.service(with: .exchange)) }
  ) { $0.signIns.askToSignOut($0.status.service(with: .exchange)) }

  private static let noOrder: @MainActor @Sendable (ConsoleModel) -> String? = {
    $0.exchange.orders.selected == nil ? Phrase.noOrderSelected.text : nil
  }
}
