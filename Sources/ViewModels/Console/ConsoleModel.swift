import Accounts
import Domain
import Phrases
import ScreenState

/// The console as a whole: the view models, which one has the keys, and what lies over them.
@MainActor
package final class ConsoleModel {
  /// What all models share.
  package let context: ModelContext
  /// What lies over the panes.
  package let dialogs: DialogModel
  package let status: StatusModel
  package let chats: ChatListModel
  package let conversation: ConversationModel
  package let composer: ComposerModel
  package let trust: TrustModel
  let failures: FailedMessagesModel
  package let calls: CallLogModel
  package let exchange: TradingModels
  private(set) var focusedPane: PaneID = .chats
  /// How often the state of the whole screen was built, for tests.
  package internal(set) var screensBuilt = 0

  /// - Parameters:
  ///   - guide: codes and keys to try the sandbox with; nil for the real servers.
  ///   - zone: whose clock times of day are shown by.
  package init(hub: AccountHub, guide: SandboxGuide? = nil, zone: LocalTime.Zone = .system) {
    let context = ModelContext(hub: hub, zone: zone)
    self.context = context
    dialogs = DialogModel(context, guide: guide)
    status = StatusModel(context)
    trust = TrustModel(context)
    failures = FailedMessagesModel(context)
    chats = ChatListModel(context, status: status, trust: trust)
    conversation = ConversationModel(context, chats: chats, status: status)
    composer = ComposerModel(context, conversation: conversation)
    calls = CallLogModel(context, status: status)
    self.exchange = TradingModels(context, status: status)
  }

  /// Shows a failure that the console did not cause itself.
  package func tell(_ error: UserError) { context.notices.show(error) }

  /// Shows what is stored, then follows the news until the trading closes. Accounts are connected
  /// after the first content is on the screen.
  package func run() async {
    let news = context.hub.environment.changes.listen()
    await load()
    dialogs.followGuide()
    let accounts = await context.hub.environment.storing { store in try await store.accounts.all() }
    if accounts?.isEmpty ?? false { openWizard() }
    context.hasContent.open()
    context.attempt("connect") { [context] () throws(UserError) in
      try await context.hub.run(ConnectAccounts()) { _ in }
    }
    for await change in news { await receive(change) }
  }

  /// Waits until there is something to show, so that no empty picture comes before it; for a slow
  /// store not longer than a second.
  package func waitForContent() async {
    await context.hasContent.wait(atMost: .seconds(1), time: context.time)
  }

  /// Reads what is stored.
  func load() async {
    await status.load()
    await trust.load()
    await chats.load()
    await failures.load()
    await composer.load()
    await calls.load()
    await exchange.load()
  }

  /// Takes in what the accounts tell.
  func receive(_ change: AccountEvent) async {
    switch change {
    case .connection(let link):
      let wasOnline = status.state(link.service) == .online
      status.apply(link)
      if !wasOnline, link.state == .online { conversation.lineIsBack(link.service) }
    case .chats(let news):
      chats.update(news)
      conversation.receive(news)
    case .messages(let chat, let news):
      chats.endTyping(in: chat)
      conversation.receive(news, in: chat)
      failures.receive(news, in: chat)
    case .arrivals(let news):
      for (chat, news) in Dictionary(grouping: news, by: \.chat) {
        chats.endTyping(in: chat)
        conversation.receive(news, in: chat)
        failures.receive(news, in: chat)
      }
    case .unfilled: break
    case .removed(let chat, let ids):
      conversation.remove(ids, from: chat)
      failures.forget(ids, in: chat)
    case .identity(let number, let chat, let state):
      trust.setState(state, of: chat)
      if dialogs.fingerprints?.number == number { dialogs.fingerprints?.load() }
    case .transfer(let chat, let message, let done, let total):
      conversation.show(.init(done: done, total: total), of: message, in: chat)
    case .typing(let chat, let name, let until):
      chats.showTyping(in: chat, by: name, until: until)
    case .draft(let draft): composer.receive(draft)
    case .presence(let news): chats.showPresence(news)
    case .call(let call): calls.receive(call)
    case .callLog(let changed, let removed): calls.apply(changed: changed, removed: removed)
    case .balances(let balances):
      market.receive(balances)
    case .order(let order):
      exchange.orders.receive(order)
      ticket?.apply(order)
    case .alert(let alert, let order): exchange.alerts.tell(alert, of: order)
    case .price(let point): market.worth.receive(point)
    case .priceReached(let alert, let price): exchange.alerts.tell(alert, price: price)
    case .limits(let limits): status.apply(limits)
    case .reloaded(let service):
      if conversation.record?.service == service {
        conversation.close()
        if focusedPane == .conversation { focus(.chats) }
      }
      await load()
    case .halted(let isHalted): status.apply(isHalted: isHalted)
    case .notice(let text): context.notices.show(text)
    }
  }

  package var dialog: DialogModel.Dialog? { dialogs.shown }
  var ticket: TicketModel? { dialogs.ticket }
  var market: BalancesModel { exchange.market }

  // MARK: What commands do

  func focus(_ pane: PaneID) {
    focusedPane = pane
    conversation.setAmongMessages(false)
    conversation.setFocused(pane == .conversation)
    context.onChange()
  }

  /// The pane that is looked at as if it had the keys; nil for the one that has them.
  @TaskLocal private static var supposedPane: PaneID?

  /// The pane that commands act in.
  var paneAtHand: PaneID { Self.supposedPane ?? focusedPane }

  /// Looks at something as if the pane that a command works in had the keys.
  func inPlace<Result>(of command: Command, _ look: () -> Result) -> Result {
    if command.worksEverywhere || command.panes.contains(focusedPane) { return look() }
    let pane = PaneID.allCases.first(where: command.panes.contains)
    return Self.$supposedPane.withValue(pane, operation: look)
  }

  func moveFocus(by step: Int) {
    let panes = PaneID.allCases.filter { $0 != .conversation || conversation.chat != nil }
    let index = panes.firstIndex(of: focusedPane) ?? 0
    focus(panes[(index + step + panes.count) % panes.count])
  }

  func move(_ step: Selection.Step) {
    if dialogs.scroll(step) { return }
    switch focusedPane {
    case .chats: chats.move(step)
    case .conversation: conversation.move(step)
    case .calls: calls.move(step)
    case .balances: market.move(step)
    case .orders: exchange.orders.move(step)
    }
  }

  func openSelectedChat() {
    guard let chat = chats.selected else { return }
    chats.select(chat.chat)
    conversation.open(chat)
    focus(.conversation)
  }

  func openSelectedCall() { dialogs.show(calls.selected.map { .call($0.id) }) }
  func openSelectedOrder() { dialogs.show(exchange.orders.selected.map { .order($0.id) }) }
  func openHelp() { dialogs.show(.help(scroll: 0)) }
  /// Opens it while trading is halted, too: what is typed next is meant for it.
  func openTicket() {
    dialogs.show(.ticket(TicketModel(context, exchange: exchange)))
    if status.isHalted { context.notices.show(NoticeText(.info, Phrase.haltedPressH.text)) }
  }
  func exportOrders() {
    dialogs.show(.form(.exportOrders(context) { [dialogs] in dialogs.show(nil) }))
  }
  func waitForPrice() {
    let (from, to) = market.suggestedPair
    let form = FormModel.priceAlert(context, from: from, to: to) { [context, dialogs] in
      context.notices.show(NoticeText(.success, Phrase.alertKept.text))
      dialogs.show(nil)
    }
    dialogs.show(.form(form))
  }
  func copyTransaction() {
    guard let hash = exchange.orders.selected?.txHash else { return }
    context.program.copy(harmless(hash))
    context.notices.show(NoticeText(.success, Phrase.copied.text))
  }
  func openWizard() { dialogs.showWizard { [status] in status.account(of: $0) } }
  func closeDialog() { dialogs.show(nil) }

  func retryConnections() {
    context.attempt("retry") { [context] () throws(UserError) in
      try await context.hub.run(RetryConnections()) { _ in }
    }
  }

  package func redraw() {
    context.program.redraw()
    context.onChange()
  }

  package func quit() {
    composer.afterSending { [context] in context.program.quit() }
  }
}
