import Accounts
import Domain
import Phrases
import ScreenState

/// What can be done with orders, prices and the kill switch.
@MainActor
struct TradingActions {
  private let context: ModelContext
  private let dialogs: DialogModel
  private let status: StatusModel
  private let exchange: TradingModels
  private let attention: AttentionModel
  private let panes: PaneFocus

  init(_ console: ConsoleModel) {
    panes = console.panes
    context = console.context
    dialogs = console.dialogs
    status = console.status
    exchange = console.exchange
    attention = console.attentionModel
  }

  func showSelectedOrder() { dialogs.show(exchange.orders.selected.map { .order($0.id) }) }

  /// Opens it while trading is halted, too: what is typed next is meant for it.
  ///
  /// - Parameters:
  ///   - amount: that is filled in, with what it is paid in and what for; empty for what the ticket
  ///     suggests.
  func openTicket(amount: String = "", from: String = "", to: String = "") {
    let ticket = TicketModel(context, exchange: exchange)
    ticket.quoteEnds = { [attention] in attention.tell(.endingQuote($0), isAtIt: true) }
    ticket.fill(amount: amount, from: from, to: to)
    dialogs.show(.ticket(ticket))
    guard status.isHalted else { return }
    context.notices.show(NoticeText(.info, Phrase.haltedPressH.text), on: .halt)
  }

  func export() {
    dialogs.show(.form(.exportOrders(context) { [dialogs] in dialogs.close() }))
  }

  func waitForPrice() {
    let (from, to) = exchange.market.suggestedPair
    waitForPrice(from: from, to: to)
  }

  func waitForPrice(from: String, to: String, isAbove: Bool = true, price: String = "") {
    let prices = AskedPrices(context, market: exchange.market)
    let form = FormModel.priceAlert(context, from: from, to: to, prices: prices) {
      [context, dialogs] in
      context.notices.show(NoticeText(.success, Phrase.alertKept.text))
      dialogs.close()
    }
    if !price.isEmpty {
      form.set(2, FieldState(text: isAbove ? "above" : "below", style: form.inputs[2].field.style))
      form.set(3, FieldState(text: price))
    }
    dialogs.show(.form(form))
  }

  /// The price of the selected asset, or of what the selected order paid with.
  func showChart() {
    let isAmongOrders = panes.focused == .orders
    let asset =
      isAmongOrders ? exchange.orders.selected?.from : exchange.market.selectedAsset
    dialogs.show(.chart(ChartModel(context, exchange: exchange, asset: asset)))
  }

  /// The prices that are waited for, each of which can be waited for no more.
  func showAlerts() {
    context.attempt("alerts") { [self] () throws(UserError) in
      let alerts = try await context.hub.lines(of: ListPriceAlerts())
      dialogs.show(.choice(alertChoice(among: alerts)))
    }
  }

  private func alertChoice(among alerts: [PriceAlertOutput]) -> ChoiceModel {
    let new = "new"
    let today = LocalTime(milliseconds: context.now, zone: context.zone)
    let options = alerts.map { alert in
      let reached = alert.toldAt.map {
        Phrase.alertReached.with(
          LocalTime(milliseconds: $0, zone: context.zone).short(today: today))
      }
      let price = exchange.market.worth.price(of: alert.from).flatMap { price in
        alert.to == exchange.market.worth.asset
          ? Phrase.priceIsNow.with(Amount.grouped(price.shortText)) : nil
      }
      return ChoiceState.Option(
        id: String(alert.id), label: alert.words, note: reached ?? price ?? "")
    }
    let model = ChoiceModel(
      context,
      .init(
        title: Phrase.priceAlerts.text,
        introduction: alerts.isEmpty ? Phrase.noAlerts.text : Phrase.alertsIntroduction.text),
      options + [.init(id: new, label: Phrase.newAlert.text)], style: .list)
    model.choose = { [weak model] choice in
      guard choice != new, let id = Int(choice), let alert = alerts.first(where: { $0.id == id })
      else { return waitForPrice() }
      model?.perform(.removingAlert) { [context] () throws(UserError) in
        try await context.hub.run(RemovePriceAlert(id: id)) { _ in }
      } then: {
        context.notices.show(NoticeText(.success, Phrase.alertRemoved.with(alert.words)))
        showAlerts()
      }
    }
    return model
  }

  func copyTransaction() {
    guard let hash = exchange.orders.selected?.txHash else { return }
    context.program.copy(harmless(hash))
    context.notices.show(NoticeText(.success, Phrase.copied.text))
  }

  /// Halting is done at once; resuming asks.
  func haltOrAskToResume() {
    guard status.isHalted else { return status.setHalt(true) }
    dialogs.ask(
      .init(title: Phrase.resumeTitle.text, introduction: Phrase.resumeLoses.text),
      no: .stayHalted, yes: .resumeNow
    ) { [weak dialogs, status] _ in
      dialogs?.close()
      status.setHalt(false)
    }
  }
}
