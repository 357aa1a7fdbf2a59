/// Everything the screen shows at one moment: the view models' work, and the panes' only input.
public struct ScreenState: Sendable, Equatable {
  /// Wall-clock milliseconds of this frame; times of day and ages are computed from it.
  public var now: Int64
  /// The same moment in milliseconds of a clock that nobody sets; countdowns are computed from it.
  public var uptime: Int64 = 0
  /// Whose clock times of day are shown by.
  public var zone: LocalTime.Zone
  /// The first line.
  public var status = StatusState()
  /// The list of chats.
  public var chats = ChatListState()
  /// The open chat; nil when none is.
  public var conversation: ConversationState?
  /// The call log.
  public var calls = CallsState()
  /// What the trading account holds.
  public var balances = BalancesState()
  /// Swaps placed from here.
  public var orders = OrdersState()
  /// A ringing call: a banner above everything else.
  public var ring: RingState?
  /// At most one dialog lies over the panes; the wizard takes the whole screen.
  public var dialog: DialogState?
  /// Short messages, oldest first.
  public var notices: [Notice] = []
  /// The pane that keys go to.
  public var focus: PaneID = .chats
  /// What the bottom line offers, in order of importance.
  public var hints: [Hint] = []
  /// How many things need an answer: orders of unknown outcome, changed identities, messages that
  /// did not go, unread chats.
  public var attention = 0
}

/// The panes, in the order in which Tab visits them.
public enum PaneID: String, Sendable, CaseIterable {
  /// Always there, each in its view of a narrow terminal.
  case chats, conversation, balances, orders, calls
}

/// What lies over the panes.
public enum DialogState: Sendable, Equatable {
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
public struct Hint: Sendable, Equatable {
  /// `^N`, `Shift-C`: as short as it cannot be mistaken.
  public var key: String
  /// A word or two.
  public var label: String
  /// A disabled one is drawn dim: it says what could be done, were it not for something.
  public var isEnabled = true
  /// However narrow the terminal is, it is shown: it leads to all the others.
  public var isLasting = false
}

/// A short message to the person at the keyboard, gone when acknowledged or expired.
public struct Notice: Sendable, Equatable, Identifiable {
  /// How much it matters, which is also how long it stays.
  public enum Kind: Sendable {
    /// Something to know.
    case info
    /// Something that was waited for came out well.
    case success
    /// Something to look at before going on.
    case warning
    /// Something that was asked for did not happen.
    case failure
  }

  /// Counts up over a run.
  public var id: Int
  /// How much it matters.
  public var kind: Kind
  /// What happened.
  public var text: String
  /// What to do about it, if anything.
  public var hint: String?
}

/// How fresh a pane's content is.
public enum Freshness: Sendable, Equatable {
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
  public var isLive: Bool {
    if case .live = self { true } else { false }
  }
}
