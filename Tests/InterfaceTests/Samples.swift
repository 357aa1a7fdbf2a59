import MaxService
import TextSecureService
import TradingService
@testable import ScreenState

/// States as the console publishes them, filled with what people really have.
enum Sample {
  /// 2026-11-21 12:44:07 UTC, a Saturday.
  static let now: Int64 = 1_795_265_047_000

  static func ago(minutes: Int64 = 0, seconds: Int64 = 0) -> Int64 {
    now - minutes * 60_000 - seconds * 1000
  }

  /// Everything set up, connected and in use.
  static var screen: ScreenState {
    var state = ScreenState(now: now, zone: .utc)
    state.status = status
    state.chats = chats
    state.conversation = conversation
    state.calls = calls
    state.balances = balances
    state.orders = orders
    state.hints = hints
    state.attention = 2
    return state
  }

  /// The first start: nothing is set up.
  static var empty: ScreenState {
    var state = ScreenState(now: now, zone: .utc)
    state.status.entries = [
      .init(service: .max, state: .notSetUp), .init(service: .trading, state: .notSetUp),
    ]
    state.status.markets = [.trading]
    state.hints = [Hint(key: "S", label: "sign in"), Hint(key: "?", label: "help")]
    return state
  }

  static var hints: [Hint] {
    [
      Hint(key: "Tab", label: "pane"), Hint(key: "↑↓", label: "move"),
      Hint(key: "Enter", label: "open"), Hint(key: "t", label: "trade"),
      Hint(key: "u", label: "ask again", isEnabled: false), Hint(key: "?", label: "help"),
      Hint(key: "q", label: "quit"),
    ]
  }

  static var status: StatusState {
    var status = StatusState()
    status.mode = .sandbox
    status.markets = [.trading]
    status.entries = [
      .init(service: .max, state: .online, account: "Ира", roundTrip: 41),
      .init(service: .textsecure, state: .online, account: "+14155550101"),
      .init(service: .trading, state: .online, roundTrip: 38, skew: 120),
    ]
    return status
  }

  static var chats: ChatListState {
    var chats = ChatListState()
    chats.freshness = .live(since: ago(seconds: 3))
    chats.rows = [
      .init(
        id: "max:1", service: .max, title: "Павел", preview: "и молока", lastAt: ago(),
        unread: 2, isOnline: true),
      .init(
        id: "max:2", service: .max, title: "Дача 2026", preview: "Мария: кто везёт мангал?",
        lastAt: ago(minutes: 34), unread: 128, isMuted: true),
      .init(
        id: "max:3", service: .max, title: "Мария", preview: "…", lastAt: ago(minutes: 50),
        isTyping: true),
      .init(
        id: "textsecure:+14155550100", service: .textsecure, title: "Alice",
        preview: "see you at six", lastAt: ago(minutes: 55), unread: 1, identity: .verified),
      .init(
        id: "textsecure:+14155550102", service: .textsecure, title: "Bob", preview: "?",
        lastAt: ago(minutes: 70), identity: .changed),
      .init(
        id: "textsecure:group:0a", service: .textsecure, title: "Book club",
        preview: "you: Chapter 3", lastAt: ago(minutes: 80)),
      .init(
        id: "max:4", service: .max, title: "Saved messages", preview: "📎 смета.xlsx",
        lastAt: ago(minutes: 1500)),
      .init(
        id: "max:5", service: .max, title: "👨‍👩‍👧 Семья и все-все-все родственники до седьмого колена",
        preview: "👍🏽 ну и прекрасно, увидимся в воскресенье у бабушки, если не будет дождя",
        lastAt: ago(minutes: 60 * 24 * 3), unread: 1),
      .init(
        id: "max:6", service: .max, title: "東京オフィス", preview: "会議は三時からです",
        lastAt: ago(minutes: 60 * 24 * 400), unread: 4321),
      .init(
        id: "max:7", service: .max, title: "evil\u{1b}[31m\u{202e}txt.exe\u{7}",
        preview: "line\nbreak\ttab\u{0}nul", lastAt: ago(minutes: 60 * 24 * 20)),
      .init(id: "max:8", service: .max, title: "", preview: ""),
    ]
    chats.selection = 0
    return chats
  }

  static var conversation: ConversationState {
    var chat = ConversationState(chat: "max:1", service: .max, title: "Павел")
    chat.subtitle = "online"
    chat.freshness = .live(since: ago(seconds: 3))
    chat.hasReachedBeginning = true
    chat.typing = "Павел"
    chat.lines = [
      .init(id: "0", sender: "Павел", at: ago(minutes: 1600), text: "До завтра"),
      .init(id: "1", sender: nil, at: ago(minutes: 5), text: "Павел changed the title"),
      .init(id: "2", sender: "Павел", at: ago(minutes: 4), text: "Ты где?"),
      .init(
        id: "3", sender: "Ира", isOwn: true, at: ago(minutes: 3),
        text: "Уже еду, буду через 20 минут", status: .sent),
      .init(
        id: "4", sender: "Павел", at: ago(minutes: 1), text: "Хорошо, жду",
        quote: "Уже еду, буду через 20 минут, если опять не встану в пробку на мосту",
        attachments: [.init(label: "смета.xlsx", bytes: 49_210)]),
      .init(
        id: "5", sender: "Ира", isOwn: true, at: ago(minutes: 1),
        text: "Это длинное сообщение, которое занимает больше одной строки, потому что люди пишут "
          + "так, как говорят, и 日本語も混ざる, а потом ещё https://example.org/"
          + String(repeating: "x", count: 60), isEdited: true, status: .queued),
      .init(id: "6", sender: "Павел", at: ago(), text: "", isDeleted: true),
      .init(
        id: "7", sender: "Ира", isOwn: true, at: ago(), text: "не ушло",
        status: .failed("the chat is closed for new messages")),
      .init(id: "8", sender: "Павел", at: ago(), text: "Возьми хлеба"),
      .init(id: "9", sender: "Павел", at: ago(), text: "и молока"),
    ]
    chat.firstUnread = 8
    chat.unread = 2
    chat.composer.closed = "MAX chats cannot be written to yet."
    return chat
  }

  static var calls: CallsState {
    var calls = CallsState()
    calls.freshness = .live(since: ago())
    calls.rows = [
      CallRow(id: "a", caller: "Павел", isVideo: false, at: ago(minutes: 13), outcome: .missed),
      CallRow(
        id: "b", caller: "Мария Константинопольская-Белозерская", isVideo: true,
        at: ago(minutes: 1300), outcome: .declined),
    ]
    calls.selection = 0
    return calls
  }

  static var balances: BalancesState {
    var balances = BalancesState()
    balances.freshness = .live(since: ago(minutes: 3))
    balances.rows = [
      .init(asset: "USDT", total: "1234567.23", locked: "0", available: "1234567.23"),
      .init(asset: "ETH", total: "2.6", locked: "0.4", available: "2.2", movement: .up),
      .init(
        asset: "BTC", total: "0.110000000000000001", locked: "0", available: "0.11",
        movement: .down),
      .init(asset: "DOGE", total: "0", locked: "0", available: "0"),
      .init(asset: "SOL", total: "1", locked: "3", available: "-2"),
    ]
    balances.selection = 0
    return balances
  }

  static var unknownOrder: OrderRow {
    OrderRow(
      id: "tercet-7f3a", from: "BTC", to: "ETH", amount: "0.01", status: "UNKNOWN",
      isUnknown: true, createdAt: ago(minutes: 12), updatedAt: ago(minutes: 12),
      reason: "The line broke before the answer came. Ask the server with u; do not swap again.")
  }

  static var orders: OrdersState {
    var orders = OrdersState()
    orders.freshness = .live(since: ago(seconds: 2))
    orders.open = 1
    orders.rows = [
      OrderRow(
        id: "tercet-1", from: "ETH", to: "USDT", amount: "0.10", status: "PROCESSING",
        isOpen: true, expectedOut: "216.37", createdAt: ago(seconds: 3), updatedAt: ago()),
      unknownOrder,
      OrderRow(
        id: "tercet-2", orderId: "88121", from: "ETH", to: "USDT", amount: "1.50",
        status: "FILLED", filledOut: "3245.67", expectedOut: "3246.10",
        txHash: "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640aa11bb22cc33dd44ee55ff66",
        createdAt: ago(minutes: 90), updatedAt: ago(minutes: 89)),
      OrderRow(
        id: "tercet-3", from: "SHIBAINU", to: "USDT", amount: "123456789.000001",
        status: "REJECTED", createdAt: ago(minutes: 3000), updatedAt: ago(minutes: 3000),
        reason: "slippage"),
    ]
    orders.selection = 1
    return orders
  }

  static var ring: RingState {
    RingState(
      call: CallRow(
        id: "c", caller: "Павел", isVideo: false, at: ago(seconds: 7), outcome: .ringing),
      service: "MAX",
      hints: [
        Hint(key: "d", label: "decline"), Hint(key: "m", label: "reply with a text"),
        Hint(key: "i", label: "ignore"), Hint(key: "c", label: "check the line"),
      ])
  }

  static var ticket: TicketState {
    var ticket = TicketState(mode: .sandbox)
    ticket.amount = FieldState(text: "1.5")
    ticket.from = FieldState(text: "ETH")
    ticket.to = FieldState(text: "USDT")
    ticket.available = "2.2"
    ticket.hints = [Hint(key: "Enter", label: "quote"), Hint(key: "Esc", label: "leave")]
    return ticket
  }

  static var review: TicketState {
    var ticket = ticket
    ticket.stage = .review
    ticket.quote = .init(
      expectedOut: "3245.67", price: "2163.78", minimumOut: "3235.93",
      route: "ETH → USDT  pool 0x88e6…5640", fee: "0.003", validUntil: 5600,
      receivedAt: -4400, before: "3246.10", change: "−0.01 %",
      warnings: ["The pool is shallow: this swap moves the price by 1.2 %."],
      afterFrom: "ETH 0.7", afterTo: "USDT 3346.90")
    ticket.hints = [
      Hint(key: "Shift-C", label: "commit"), Hint(key: "e", label: "edit"),
      Hint(key: "Esc", label: "leave"),
    ]
    return ticket
  }

  static var help: HelpState {
    HelpState(groups: [
      .init(
        title: "Everywhere",
        entries: [
          .init(keys: "?, F1", title: "Help"), .init(keys: "Ctrl-N", title: "Next that needs you"),
          .init(keys: "q", title: "Quit"),
          .init(keys: "H", title: "Halt trading", cli: "tercet halt"),
        ]),
      .init(
        title: "Trading",
        entries: [
          .init(keys: "t", title: "Swap", cli: "tercet swap ETH USDT 1.5"),
          .init(
            keys: "u", title: "Ask about the order", cli: "tercet order ID",
            disabledReason: "no order is selected"),
        ]),
    ])
  }

  static var wizard: WizardState {
    var wizard = WizardState(
      title: "Welcome to Tercet.",
      introduction: ["Which of these do you use? Space to choose, Enter to go on."],
      page: .services(
        [
          .init(
            service: .max, title: "MAX",
            explanation: "chats and incoming calls, sign in with your phone number",
            isChosen: true),
          .init(
            service: .trading, title: "TheOne",
            explanation: "balances, quotes and swaps, sign in with an API key", isChosen: false),
          .init(
            service: .textsecure, title: "TextSecure",
            explanation: "private messages through a relay you or a friend runs", isChosen: false),
        ], selection: 1), step: 1, steps: 4)
    wizard.note = "Everything is kept in ~/.local/share/tercet, readable by you alone."
    wizard.hints = [Hint(key: "Space", label: "choose"), Hint(key: "Enter", label: "go on")]
    return wizard
  }

  static var codePage: WizardState {
    var wizard = WizardState(
      title: "MAX: the code", introduction: ["Type the code that was sent to +7 900 000-00-00."],
      page: .form(
        inputs: [.init(label: "Code", field: FieldState(text: "12", style: .code(places: 6)))],
        selection: 0), step: 2, steps: 4)
    wizard.problem = "That code is wrong. 2 attempts are left."
    wizard.delivered = "The sandbox sent an SMS to +7 900 000-00-00: 123456"
    wizard.note = "A new code can be asked for in 24 s."
    wizard.hints = [Hint(key: "Enter", label: "check"), Hint(key: "Esc", label: "back")]
    return wizard
  }
}
