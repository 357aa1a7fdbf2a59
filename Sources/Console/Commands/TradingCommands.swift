import Storage

extension Command {
  static let trade = Command(
    name: "swap.ticket", keys: [.character("t")], title: .commandTrade, hint: .hintTrade,
    places: [.everywhere], group: .groupTrading, cli: "tercet estimate, tercet swap",
    disabledReason: { model in
      if model.status.isHalted { return Phrase.haltedPressH.text }
      return model.status.lamp(.trading) == .notSetUp ? Phrase.noTradingAccount.text : nil
    }
  ) { $0.openTicket() }

  static let showOrder = Command(
    name: "order.details", keys: [.enter], title: .commandShowOrder, hint: .hintDetails,
    places: [.pane(.orders)], group: .groupTrading, cli: "tercet order ID",
    disabledReason: { $0.market.selectedOrder == nil ? Phrase.noOrderSelected.text : nil }
  ) { $0.openSelectedOrder() }

  static let refreshOrder = Command(
    name: "order.refresh", keys: [.character("u")], title: .commandRefreshOrder,
    hint: .hintAskServer, places: [.pane(.orders), .dialog(.details)], group: .groupTrading,
    cli: "tercet order ID",
    disabledReason: { $0.market.selectedOrder == nil ? Phrase.noOrderSelected.text : nil }
  ) { $0.market.refreshSelected() }

  static let halt = Command(
    name: "trading.halt", keys: [.character("H")], title: .commandHalt, places: [.everywhere],
    group: .groupTrading, cli: "tercet halt, tercet resume"
  ) { $0.status.toggleHalt() }

  static let signOutOfTrading = Command(
    name: "sign-out.trading", keys: [.character("L")], title: .commandSignOutTrading,
    places: [.pane(.balances), .pane(.orders)], group: .groupTrading,
    cli: "tercet logout trading",
    disabledReason: { $0.signOuts.disabledReason(.trading) }
  ) { $0.signOuts.press(.trading) }
}
