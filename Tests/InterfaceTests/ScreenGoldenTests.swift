import MaxService
import Phrases
import Testing
import TradingService

@testable import Domain
@testable import Interface
@testable import ScreenState

/// The sizes that matter: the classic terminal, a large window, a whole monitor.
private let sizes = [
  Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
]

private func expect(_ state: ScreenState, _ name: String, sizes: [Size] = sizes) throws {
  for size in sizes {
    try Golden.expect(
      ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
  }
}

@Suite struct ScreenGoldenTests {
  private let classic = [Size(columns: 80, rows: 24)]
  private let both = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

  @Test func everythingInUse() throws {
    try expect(Sample.screen, "in-use")
  }

  @Test(arguments: PaneID.allCases) func eachView(_ pane: PaneID) throws {
    var state = Sample.screen
    state.focus = pane
    try expect(state, "focus-\(pane.rawValue)", sizes: classic)
  }

  @Test func nothingSetUp() throws {
    try expect(Sample.empty, "empty", sizes: both)
  }

  @Test func firstContentOnItsWay() throws {
    var state = Sample.empty
    state.status.entries = [
      .init(service: .max, state: .connecting), .init(service: .trading, state: .connecting),
    ]
    state.chats.freshness = .loading
    state.balances.freshness = .loading
    state.orders.freshness = .loading
    state.calls.freshness = .loading
    try expect(state, "loading", sizes: both)
  }

  @Test func linesDown() throws {
    var state = Sample.screen
    let since = Sample.ago(minutes: 14)
    state.status.entries[0].state = .waiting(until: 4200)
    state.status.entries[2].state = .stopped(
      ConsoleError(.credentials, code: "key-revoked", "The key was revoked", hint: "Press S"))
    state.status.mode = .live
    state.chats.freshness = .stale(since: since)
    state.conversation?.freshness = .stale(since: since)
    state.balances.freshness = .stale(since: since)
    state.orders.freshness = .failed("The server refused the key: it was revoked. Press S.")
    state.calls.freshness = .stale(since: since)
    state.balances.rows = []
    state.balances.freshness = .failed("The server refused the key: it was revoked. Press S.")
    try expect(state, "offline", sizes: both)
  }

  @Test func aCallRingsOverEverything() throws {
    var state = Sample.screen
    state.ring = Sample.ring
    try expect(state, "ring", sizes: both)
    state.ring?.call.caller = String(repeating: "Константин Константинопольский ", count: 4)
    state.ring?.call.isVideo = true
    state.dialog = .ticket(Sample.review)
    try expect(state, "ring-over-ticket", sizes: classic)
  }

  @Test func ticketIsFilledIn() throws {
    var state = Sample.screen
    var ticket = Sample.ticket
    ticket.stage = .editing(.slippage)
    ticket.problem = "You have 2.2 ETH available."
    state.dialog = .ticket(ticket)
    try expect(state, "ticket", sizes: both)
  }

  @Test func ticketIsReviewed() throws {
    var state = Sample.screen
    state.dialog = .ticket(Sample.review)
    try expect(state, "ticket-review", sizes: both)
  }

  @Test func quoteIsAboutToEnd() throws {
    var state = Sample.screen
    var ticket = Sample.review
    ticket.mode = .live
    ticket.quote?.validUntil = 1500
    ticket.commitDisabled = "The quote ends in less than 2 s; a new one is on its way."
    ticket.hints[0].isEnabled = false
    state.dialog = .ticket(ticket)
    try expect(state, "ticket-ending", sizes: classic)
  }

  @Test func aChangedQuoteIsAgreedToAnew() throws {
    var state = Sample.screen
    state.status.mode = .paper
    var ticket = Sample.review
    ticket.mode = .paper
    ticket.slippageBps = 600
    ticket.slippage.text = "6.00"
    ticket.question = Phrase.quoteChanged.with("3 245.67 USDT")
    state.dialog = .ticket(ticket)
    try expect(state, "ticket-changed")
  }

  @Test func balancesAreWatched() throws {
    var state = Sample.screen
    state.status.mode = .dryRun
    state.status.entries[2].meter = .init(messagesPerSecond: 3, subscriptions: 2, reconnects: 0)
    state.balances.rows[1].before = "2.5"
    state.balances.rows[1].worth = "5625.82"
    state.balances.rows[1].trend = [0, 1, 1, 2, 4, 4, 6, 7]
    state.balances.rows[2].worth = "7063.14"
    state.balances.rows[2].trend = [7, 3, 0, 0, 2, 1, 3, 3]
    state.balances.worth = .init(
      asset: "USDT", total: "1247256.19", change: "+112.3", trend: [0, 1, 1, 2, 4, 4, 6, 7])
    state.balances.freshness = .live(since: Sample.ago(seconds: 5))
    state.focus = .balances
    try expect(state, "desk-watched")
    state.balances.freshness = .live(since: Sample.ago(seconds: 30))
    state.balances.worth?.isWhole = false
    state.balances.worth?.change = "−3.01"
    state.orders.rows = []
    state.orders.filter = .failed
    try expect(state, "desk-filtered", sizes: classic)
  }

  @Test func nobodyKnowsTheOutcome() throws {
    var state = Sample.screen
    var ticket = Sample.review
    ticket.stage = .finished(
      status: "UNKNOWN",
      text: "The line broke before the answer came. Do not repeat the swap: press u to ask.",
      isGood: false)
    ticket.hints = [Hint(key: "u", label: "ask"), Hint(key: "Esc", label: "leave")]
    state.dialog = .ticket(ticket)
    try expect(state, "ticket-unknown", sizes: classic)
  }

  @Test func detailsOfAnOrderAndACall() throws {
    var state = Sample.screen
    state.dialog = .order(Sample.orders.rows[2])
    try expect(state, "order", sizes: classic)
    state.dialog = .order(Sample.unknownOrder)
    try expect(state, "order-unknown", sizes: classic)
    var poor = Sample.orders.rows[2]
    poor.minimumOut = "3300"
    poor.slippage = "−1.20 %"
    poor.isBelowMinimum = true
    poor.result = "−41.3 USDT"
    state.dialog = .order(poor)
    try expect(state, "order-below-minimum", sizes: classic)
    state.dialog = .call(
      CallRow(
        id: "c", caller: "Павел", isVideo: true, at: Sample.ago(minutes: 5), outcome: .missed,
        signaling: "wss://videowebrtc.example.org", stun: "stun:videostun.example.org:19302",
        turn: ["turn:turn1.example.org:19302", "turn:turn2.example.org:19302"]))
    try expect(state, "call", sizes: classic)
  }

  @Test func helpListsCommands() throws {
    var state = Sample.screen
    state.dialog = .help(Sample.help)
    try expect(state, "help", sizes: both)
    let small = [Size(columns: 60, rows: 12)]
    try expect(state, "help-cut", sizes: small)
  }

  @Test func wizardPages() throws {
    var state = Sample.empty
    state.dialog = .wizard(Sample.wizard)
    try expect(state, "wizard-services", sizes: both)
    state.dialog = .wizard(Sample.codePage)
    try expect(state, "wizard-code", sizes: classic)
  }

  @Test func noticesLieOverTheFootOfThePanes() throws {
    var state = Sample.screen
    state.notices = [
      Notice(id: 1, kind: .success, text: "Swap filled: 3245.67 USDT"),
      Notice(
        id: 2, kind: .failure, text: "MAX cannot be reached",
        hint: "Check the network and the address; `tercet doctor` tells more than this line can "
          + "hold, and it goes on for so long that it is cut after the second row of the notice"),
    ]
    try expect(state, "notices", sizes: both)
  }

  @Test func smallTerminals() throws {
    try expect(Sample.screen, "small", sizes: [Size(columns: 40, rows: 10)])
    try expect(Sample.screen, "too-small", sizes: [Size(columns: 39, rows: 10)])
    var state = Sample.screen
    state.dialog = .ticket(Sample.review)
    try expect(state, "small-ticket", sizes: [Size(columns: 44, rows: 12)])
  }

  @Test func noSizeBreaksThePicture() {
    var state = Sample.screen
    state.ring = Sample.ring
    state.notices = [Notice(id: 1, kind: .info, text: "x")]
    let dialogs: [DialogState?] = [
      nil, .ticket(Sample.review), .help(Sample.help), .wizard(Sample.codePage),
      .order(Sample.unknownOrder), .wizard(Sample.scanPage), .line(Sample.line),
      .devices(Sample.devices),
    ]
    for columns in [0, 1, 39, 40, 41, 57, 80, 109, 110, 111, 300] {
      for rows in [0, 1, 9, 10, 11, 13, 24, 100] {
        for dialog in dialogs {
          state.dialog = dialog
          let canvas = ScreenLayout(state).canvas(Size(columns: columns, rows: rows))
          #expect(canvas.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }
}
