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

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    status = console.status
    exchange = console.exchange
  }

  func showSelectedOrder() { dialogs.show(exchange.orders.selected.map { .order($0.id) }) }

  /// Opens it while trading is halted, too: what is typed next is meant for it.
  func openTicket() {
    dialogs.show(.ticket(TicketModel(context, exchange: exchange)))
    guard status.isHalted else { return }
    context.notices.show(NoticeText(.info, Phrase.haltedPressH.text), on: .halt)
  }

  func export() {
    dialogs.show(.form(.exportOrders(context) { [dialogs] in dialogs.close() }))
  }

  func waitForPrice() {
    let (from, to) = exchange.market.suggestedPair
    let form = FormModel.priceAlert(context, from: from, to: to) { [context, dialogs] in
      context.notices.show(NoticeText(.success, Phrase.alertKept.text))
      dialogs.close()
    }
    dialogs.show(.form(form))
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
