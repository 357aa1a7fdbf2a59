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
  package var ring: RingState?
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
    ring: RingState? = nil,
    dialog: DialogState? = nil,
    notices: [Notice] = [],
    focus: PaneID = .chats,
    hints: [Hint] = [],
    attention: Int = 0
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
}

/// One entry of the bottom line: `Tab pane`.
package struct Hint: Sendable, Equatable {
  /// `^N`, `Shift-C`: as short as it cannot be mistaken.
  package var key: String
  /// A word or two.
  package var label: String
  /// A disabled one is drawn dim: it says what could be done, were it not for something.
  package var isEnabled = true
  /// However narrow the terminal is, it is shown: it leads to all the others.
  package var isLasting = false

  package init(
    key: String,
    label: String,
    isEnabled: Bool = true,
    isLasting: Bool = false
  ) {
    self.key = key
    self.label = label
    self.isEnabled = isEnabled
    self.isLasting = isLasting
  }
}

/// A short message to the person at the keyboard, gone when acknowledged or expired.
package struct Notice: Sendable, Equatable, Identifiable {
  /// Counts up over a run.
  package var id: Int
  /// How much it matters.
  package var kind: NoticeKind
  /// What happened.
  package var text: String
  /// What to do about it, if anything.
  package var hint: String?

  package init(
    id: Int,
    kind: NoticeKind,
    text: String,
    hint: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.text = text
    self.hint = hint
  }
}

/// How fresh a pane's content is.
package enum Freshness: Sendable, Equatable {
  /// Nothing was ever loaded and nothing is set up: an empty state that says which key helps.
  case notSetUp
  /// The first content is on its way.
  case loading
  /// Live; the value is when it last changed (wall ms).
  case live(since: Int64)
  /// Kept from before; the line is down.
  case stale(since: Int64)
  /// Stopped until a person does something: the sentences say what happened and what to do.
  case failed(String)

  /// Nothing is wrong.
  package var isLive: Bool {
    if case .live = self { true } else { false }
  }
}
