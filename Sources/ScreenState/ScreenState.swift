import Domain

/// Everything the screen shows at one moment: the view models' work, and the panes' only input.
package struct ScreenState: Sendable, Equatable {
  /// Wall-clock milliseconds of this frame; times of day and ages are computed from it.
  package var now: Int64
  /// The same moment in milliseconds of a clock that nobody sets; countdowns are computed from it.
  package var uptime: Int64 = 0
  /// Whose clock times of day are shown by.
  package var zone: LocalTime.Zone
  /// The first line.
  package var status = StatusState()
  /// The list of chats.
  package var chats = ChatListState()
  /// The open chat; nil when none is.
  package var conversation: ConversationState?
  /// The call log.
  package var calls = CallsState()
  /// What the trading account holds.
  package var balances = BalancesState()
  /// Swaps placed from here.
  package var orders = OrdersState()
  /// A ringing call: a banner above everything else.
  package var ring: RingingCallState?
  /// At most one dialog lies over the panes; the wizard takes the whole screen.
  package var dialog: DialogState?
  /// Short messages, oldest first.
  package var notices: [Notice] = []
  /// The pane that keys go to.
  package var focus: PaneID = .chats
  /// What the bottom line offers, in order of importance.
  package var hints: [Hint] = []
  /// How many things need an answer: orders of unknown outcome, changed identities, messages that
  /// did not go, unread chats.
  package var attention = 0
  /// When a part of it goes though nothing happens, in ms of `uptime`: a notice, a typing mark, the
  /// flash of a number. Nil where nothing does. Countdowns and ages are not meant: whoever draws them
  /// knows when they change.
  package var nextExpiry: Int64?

  package init(
    now: Int64,
    uptime: Int64 = 0,
    zone: LocalTime.Zone,
    status: StatusState = StatusState(),
    chats: ChatListState = ChatListState(),
    conversation: ConversationState? = nil,
    calls: CallsState = CallsState(),
    balances: BalancesState = BalancesState(),
    orders: OrdersState = OrdersState(),
    ring: RingingCallState? = nil,
    dialog: DialogState? = nil,
    notices: [Notice] = [],
    focus: PaneID = .chats,
    hints: [Hint] = [],
    attention: Int = 0,
    nextExpiry: Int64? = nil
  ) {
    self.now = now
    self.uptime = uptime
    self.zone = zone
    self.status = status
    self.chats = chats
    self.conversation = conversation
    self.calls = calls
    self.balances = balances
    self.orders = orders
    self.ring = ring
    self.dialog = dialog
    self.notices = notices
    self.focus = focus
    self.hints = hints
    self.attention = attention
    self.nextExpiry = nextExpiry
  }
}

/// The panes, in the order in which Tab visits them.
package enum PaneID: String, Sendable, CaseIterable {
  /// Always there, each in its view of a narrow terminal.
  case chats, conversation, balances, orders, calls
}

/// What lies over the panes.
package enum DialogState: Sendable, Equatable {
  /// Signing in; it takes the whole screen.
  case wizard(WizardState)
  /// A swap being written, reviewed or sent.
  case ticket(TicketState)
  /// All keys.
  case help(HelpState)
  /// Everything about one order.
  case order(OrderRow)
  /// Everything about one call.
  case call(CallRow)
  /// Something to fill in.
  case form(FormState)
  /// Fingerprints: one's own, and a contact's beside it.
  case identity(FingerprintsState)
  /// Who is in a group.
  case group(GroupState)
  /// Looking for messages.
  case search(SearchState)
  /// Looking for something to do.
  case palette(PaletteState)
  /// Something to choose.
  case choice(ChoiceState)
  /// Whether the servers of a call can be reached.
  case line(LineCheckState)
  /// Where the MAX account is signed in.
  case devices(DevicesState)
  /// What can be set in the console.
  case settings(SettingsState)
  /// Whom to write to.
  case people(PeopleState)
  /// A picture of a message.
  case picture(PictureState)
  /// How a price went.
  case chart(ChartState)
}

extension DialogState {
  /// The keys that a dialog names itself; nil where they are those of commands.
  package var hints: [Hint]? {
    switch self {
    case .wizard(let state): state.hints
    case .ticket(let state): state.hints
    case .form(let state): state.hints
    case .identity(let state): state.hints
    case .group(let state): state.hints
    case .search(let state): state.hints
    case .palette(let state): state.hints
    case .choice(let state): state.hints
    case .line(let state): state.hints
    case .devices(let state): state.hints
    case .settings(let state): state.hints
    case .people(let state): state.hints
    case .picture(let state): state.hints
    case .chart(let state): state.hints
    case .help, .order, .call: nil
    }
  }
}
