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
  let messengers: MessengerModels
  package let calls: CallLogModel
  package let exchange: TradingModels
  let panes: PaneFocus
  /// Whether all that is stored has been read, and not the first rows alone.
  package private(set) var isComplete = false
  /// Tells the person what happens.
  let attentionModel: AttentionModel
  /// How often the state of the whole screen was built, for tests.
  package private(set) var screensBuilt = 0

  /// - Parameters:
  ///   - guide: codes and keys to try the sandbox with; nil for the real servers.
  ///   - zone: whose clock times of day are shown by.
  package init(hub: AccountHub, guide: SandboxGuide? = nil, zone: LocalTime.Zone = .system) {
    let context = ModelContext(hub: hub, zone: zone)
    self.context = context
    dialogs = DialogModel(context, guide: guide)
    status = StatusModel(context)
    messengers = MessengerModels(context, status: status)
    calls = CallLogModel(context, status: status)
    exchange = TradingModels(context, status: status)
    panes = PaneFocus(context, conversation: messengers.conversation)
    attentionModel = AttentionModel(context, bell: calls.bell) { [panes] in
      panes.isTerminalFocused
    }
  }

  package var chats: ChatListModel { messengers.chats }
  package var conversation: ConversationModel { messengers.conversation }
  package var composer: ComposerModel { messengers.composer }
  /// What keys do, and what was pressed.
  package internal(set) var keys: KeyState {
    get { panes.keys }
    set { panes.keys = newValue }
  }

  /// Shows a failure that the console did not cause itself.
  package func tell(_ error: UserError) { context.notices.show(error) }

  /// Shows what is stored, then follows the news until the trading closes. All but the first rows is
  /// read, and accounts are connected, when the first picture is on the screen.
  ///
  /// - Parameter rows: that the screen has room for in one list.
  package func run(rows: Int = 100) async {
    let news = context.hub.environment.changes.listen()
    await showFirst(rows)
    dialogs.followGuide()
    context.hasContent.open()
    await context.program.firstPicture()
    await load()
    isComplete = true
    context.program.complete()
    context.onChange()
    context.attempt("connect") { [context] () throws(UserError) in
      try await context.hub.run(ConnectAccounts()) { _ in }
    }
    var records = 0
    for await change in news {
      await receive(change)
      // Keys have their turn, however much is waiting here.
      records += change.weight
      if records >= ConsoleModel.turn {
        records = 0
        await Task.yield()
      }
    }
  }

  /// So many records are taken in before a key has its turn: a fraction of a millisecond.
  private static let turn = 50

  /// Waits until there is something to show, so that no empty picture comes before it; for a slow
  /// store not longer than a second.
  package func waitForContent() async {
    await context.hasContent.wait(atMost: .seconds(1), time: context.time)
  }

  /// Shows the first rows of everything, by one read.
  private func showFirst(_ count: Int) async {
    let first = await context.hub.environment.storing {
      [ledger = context.hub.environment.ledger] store in
      try await store.firstRows(count, ledger: ledger)
    }
    guard let first else { return }
    status.show(
      first.accounts, isHalted: first.settings[.halt] != nil, limits: first.settings[.limits])
    messengers.trust.show(first.peers)
    chats.show(first.chats)
    calls.bell.show(isSilent: first.settings[.silence] != nil)
    calls.show(first.calls)
    exchange.market.show(first.balances)
    exchange.market.worth.count(inKnown: first.settings[.valueAsset] ?? AssetName.usualQuote)
    exchange.orders.show(first.orders)
    if first.accounts.isEmpty { signIns.openWizard() }
  }

  /// Reads what is stored.
  func load() async {
    await status.load()
    await messengers.load()
    await calls.load()
    await exchange.load()
  }

  /// Takes in what the accounts tell.
  func receive(_ change: AccountEvent) async {
    let wasRinging = calls.ringing?.id
    await takeIn(change)
    advanceTour()
    AttentionNews(self).receive(change)
    if let call = calls.ringing, call.id != wasRinging, let row = calls.row(of: call.id) {
      AttentionNews(self).tellRing(of: row, from: call.callerId)
    }
  }

  private func takeIn(_ change: AccountEvent) async {
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
      messengers.failures.receive(news, in: chat)
    case .arrivals(let news):
      for (chat, news) in Dictionary(grouping: news, by: \.chat) {
        chats.endTyping(in: chat)
        conversation.receive(news, in: chat)
        messengers.failures.receive(news, in: chat)
      }
    case .unfilled: break
    case .removed(let chat, let ids):
      conversation.remove(ids, from: chat)
      messengers.failures.forget(ids, in: chat)
    case .identity(let number, let chat, let state):
      messengers.trust.setState(state, of: chat)
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
      exchange.market.receive(balances)
    case .order(let order):
      exchange.orders.receive(order)
      dialogs.ticket?.apply(order)
    case .alert, .priceReached: break
    case .price(let point): exchange.market.worth.receive(point)
    case .limits(let limits): status.apply(limits)
    case .reloaded(let service):
      if conversation.record?.service == service {
        conversation.close()
        if panes.focused == .conversation { focus(.chats) }
      }
      await load()
    case .halted(let isHalted): status.apply(isHalted: isHalted)
    case .storeWorks: context.notices.forget(.store)
    case .notice(let text): context.notices.show(text)
    }
  }

  // MARK: The screen

  /// Everything the screen shows now. Asking for it changes nothing but what is kept ready for the next
  /// time.
  ///
  /// - Parameters:
  ///   - rows: of the terminal; of long lists, no more than it has room for is put together.
  ///   - shown: what was shown last, if this answers a key and everything is shown soon after: panes
  ///     that have not the keys stay as they are there.
  package func screen(rows: Int, answering shown: ScreenState? = nil) -> ScreenState {
    screensBuilt += 1
    let assembly = ScreenAssembly(self, rows: rows)
    return shown.map { assembly.state(answering: $0) } ?? assembly.state
  }

  /// The same with all rows, however many.
  package var screen: ScreenState { screen(rows: .max) }

  /// What the terminal's size left out of sight of the picture that was drawn last.
  package func see(_ sight: ScrollLimits) {
    context.scrollLimits = sight
    if sight.isEndInSight { conversation.seeEnd() }
  }

  /// What waits for the person, the most urgent first.
  package var attention: [Attention] { AttentionList(self).all }

  /// What the help shows of the keys where one is now.
  package var help: HelpState {
    let contents = HelpContents(self)
    return contents.state(of: HelpModel(context, from: contents.origin, over: nil))
  }

  // MARK: What keys do

  var messageActions: MessageActions { MessageActions(self) }
  var linkActions: LinkActions { LinkActions(self) }
  var chatActions: ChatActions { ChatActions(self) }
  var callActions: CallActions { CallActions(self) }
  var tradingActions: TradingActions { TradingActions(self) }
  var signIns: SignInActions { SignInActions(self) }
  var searchActions: SearchActions { SearchActions(self) }
  var ownKeys: OwnKeys { OwnKeys(self) }
  var atHand: AtHand { AtHand(self) }

  /// Handles one key press; false when nothing is bound to it here.
  @discardableResult
  package func press(_ key: Key) -> Bool {
    if key != .resize { noteSomebody() }
    defer {
      if key != .resize { attentionModel.noteKey() }
      advanceTour()
    }
    return KeyDispatch(self).press(key)
  }

  /// The terminal has got the focus or lost it; nil for one that does not tell.
  package func setTerminalFocused(_ isFocused: Bool?) { panes.setTerminalFocused(isFocused) }

  /// Handles a click on what stands there.
  package func click(_ target: ScreenTarget) {
    noteSomebody()
    MouseDispatch(self).click(target)
  }

  /// Handles a turn of the wheel over what stands there.
  ///
  /// - Parameter lines: negative is up.
  package func turnWheel(over target: ScreenTarget, by lines: Int) {
    noteSomebody()
    MouseDispatch(self).turn(target, by: lines)
  }

  /// Somebody sits there.
  private func noteSomebody() {
    guard context.hub.environment.audience.note(at: context.time.uptime) else { return }
    Task { [hub = context.hub] in await hub.reconsiderPrices() }
  }

  /// Gives the keys to a pane.
  func focus(_ pane: PaneID) { panes.move(to: pane) }

  /// Moves in what is open over the panes, else in the pane that has the keys.
  func move(_ step: Selection.Step) {
    if dialogs.scroll(step) { return }
    switch panes.focused {
    case .chats: chats.move(step)
    case .conversation: conversation.move(step)
    case .calls: calls.move(step)
    case .balances: exchange.market.move(step)
    case .orders: exchange.orders.move(step)
    }
  }

  /// Opens the settings.
  func showSettings() {
    let model = SettingsModel(
      context, bell: calls.bell, isRinging: { [weak calls] in calls?.ringing != nil },
      close: { [weak dialogs] in dialogs?.close() })
    let map = keys.map
    model.listKeys(map.own.count + map.problems.count { !$0.isRemark }) { [weak self] in
      self?.ownKeys.show()
    }
    dialogs.show(.settings(model))
  }

  package func redraw() {
    context.program.redraw()
    context.onChange()
  }

  package func quit() {
    composer.afterSending { [context] in context.program.quit() }
  }
}

/// What keys do, and what was pressed.
package struct KeyState {
  package internal(set) var map = KeyMap()
  /// Keys that were pressed and begin a sequence.
  var begun: [Key] = []
}

extension AccountEvent {
  /// How many records it brings.
  fileprivate var weight: Int {
    switch self {
    case .chats(let news): news.count
    case .messages(_, let news): news.count
    case .arrivals(let news): news.count
    case .presence(let news): news.count
    case .balances(let news): news.count
    case .callLog(let changed, let removed): changed.count + removed.count
    default: 1
    }
  }
}
