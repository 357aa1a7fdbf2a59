import MaxService
import Phrases
import Storage
import Testing
import TextSecureService
import TradingService

@testable import Accounts
@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

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

@MainActor @Suite struct ScreenGoldenTests {
  private let classic = [Size(columns: 80, rows: 24)]
  private let both = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

  @Test func everythingInUse() async throws {
    try expect(try await Scene.inUse().screen, "in-use")
  }

  @Test(arguments: PaneID.allCases) func eachView(_ pane: PaneID) async throws {
    let scene = try await Scene.inUse()
    scene.model.focus(pane)
    try expect(scene.screen, "focus-\(pane.rawValue)", sizes: classic)
  }

  @Test func nothingSetUp() async throws {
    try expect(try await Scene().screen, "empty", sizes: both)
  }

  @Test func firstContentOnItsWay() async throws {
    let scene = try await Scene()
    scene.set(
      .init(service: .max, state: .connecting), .init(service: .trading, state: .connecting))
    try expect(scene.screen, "loading", sizes: both)
  }

  @Test func linesDown() async throws {
    let scene = try await Scene.inUse(isSandbox: false)
    scene.set(
      .init(service: .max, state: .waiting(until: 4200), account: "Ира"),
      .init(service: .textsecure, state: .waiting(until: 9000), account: "+14155550101"),
      .init(
        service: .trading,
        state: .stopped(
          UserError(.credentials, code: "key-revoked", "The key was revoked", hint: "Press S"))))
    await scene.show(.balances([]))
    try expect(scene.screen, "offline", sizes: both)
  }

  @Test func aCallRingsOverEverything() async throws {
    let scene = try await Scene.inUse()
    await scene.show(.call(Sample.ringing))
    try expect(scene.screen, "ring", sizes: both)
    var long = Sample.ringing
    long.callerName = String(repeating: "Константин Константинопольский ", count: 4)
    long.kind = .video
    await scene.show(.call(long))
    var state = scene.screen
    state.dialog = .ticket(Sample.review)
    try expect(state, "ring-over-ticket", sizes: classic)
  }

  @Test func ticketIsFilledIn() async throws {
    let scene = try await Scene.inUse()
    scene.model.focus(.balances)
    await scene.press(.down, .character("t"), .tab)
    await scene.type("50%")
    try expect(scene.screen, "ticket-part", sizes: sizes + [Size(columns: 40, rows: 12)])
    await scene.press(.tab, .tab, .control("u"))
    await scene.type("101")
    await scene.press(.enter)
    try expect(scene.screen, "ticket", sizes: both)
  }

  @Test func ticketIsReviewed() async throws {
    var state = try await Scene.inUse().screen
    state.dialog = .ticket(Sample.review)
    try expect(state, "ticket-review", sizes: sizes + [Size(columns: 40, rows: 12)])
  }

  @Test func quoteIsAboutToEnd() async throws {
    var state = try await Scene.inUse().screen
    var ticket = Sample.review
    ticket.mode = .live
    ticket.quote?.validUntil = 1500
    ticket.commitDisabled = "The quote ends in less than 2 s; a new one is on its way."
    ticket.hints[0].isEnabled = false
    state.dialog = .ticket(ticket)
    try expect(state, "ticket-ending", sizes: classic)
  }

  @Test func aChangedQuoteIsAgreedToAnew() async throws {
    var state = try await Scene.inUse().screen
    state.status.mode = .paper
    var ticket = Sample.review
    ticket.mode = .paper
    ticket.slippageBps = 600
    ticket.slippage.text = "6.00"
    ticket.question = Phrase.quoteChanged.with("3 245.67 USDT")
    state.dialog = .ticket(ticket)
    try expect(state, "ticket-changed")
  }

  @Test func balancesAreWatched() async throws {
    let scene = try await Scene.inUse()
    for (asset, prices) in [
      ("ETH", ["2100", "2110", "2112", "2120", "2140", "2141", "2160", "2163.78"]),
      ("BTC", ["64300", "64230", "64110", "64105", "64180", "64150", "64200", "64210"]),
    ] {
      for (index, price) in prices.enumerated() {
        await scene.show(
          .price(
            PricePoint(
              sell: asset, buy: "USDT", at: Sample.ago(minutes: 10 - Int64(index)), price: price)))
      }
    }
    let online = ConnectionStatus(
      service: .trading, state: .online, roundTrip: 38, skew: 120,
      meter: .init(messagesPerSecond: 3, subscriptions: 2, reconnects: 0))
    scene.set(online)
    await scene.show(
      .balances(
        Sample.balances.map { balance in
          var balance = balance
          balance.at = Sample.ago(seconds: 5)
          return balance
        }))
    scene.model.focus(.balances)
    try expect(scene.screen, "desk-watched", sizes: sizes + [Size(columns: 40, rows: 12)])
    await scene.show(
      .balances(
        Sample.balances.map { balance in
          var balance = balance
          balance.at = Sample.ago(seconds: 30)
          return balance
        }))
    scene.model.focus(.orders)
    await scene.press(.character("f"), .character("f"))
    try expect(scene.screen, "desk-filtered", sizes: classic)
  }

  @Test func nobodyKnowsTheOutcome() async throws {
    var state = try await Scene.inUse().screen
    var ticket = Sample.review
    ticket.stage = .finished(
      status: "UNKNOWN",
      text: "The line broke before the answer came. Do not repeat the swap: press u to ask.",
      isGood: false)
    ticket.hints = [Hint(key: "u", label: "ask"), Hint(key: "Esc", label: "leave")]
    state.dialog = .ticket(ticket)
    try expect(state, "ticket-unknown", sizes: classic)
  }

  @Test func detailsOfAnOrderAndACall() async throws {
    let scene = try await Scene.inUse()
    func expectOrder(_ id: String, _ name: String) async throws {
      scene.model.exchange.orders.select(id)
      scene.model.focus(.orders)
      await scene.press(.enter)
      try expect(scene.screen, name, sizes: classic)
      await scene.press(.escape)
    }
    try await expectOrder("tercet-2", "order")
    try await expectOrder("tercet-7f3a", "order-unknown")
    var poor = Sample.orders[2]
    (poor.expectedOut, poor.slippageBps) = ("3285.1", 50)
    await scene.show(.order(poor))
    try await expectOrder("tercet-2", "order-below-minimum")
    scene.model.focus(.calls)
    await scene.press(.enter)
    try expect(scene.screen, "call", sizes: classic)
  }

  @Test func helpListsCommands() async throws {
    let scene = try await Scene.inUse()
    await scene.press(.character("?"))
    try expect(scene.screen, "help", sizes: both)
    await scene.press(.pageDown)
    try expect(scene.screen, "help-cut", sizes: [Size(columns: 60, rows: 12)])
  }

  @Test func wizardPages() async throws {
    let scene = try await Scene()
    await scene.press(.character("S"), .down, .character(" "))
    try expect(scene.screen, "wizard-services", sizes: both)
    var state = scene.screen
    state.dialog = .wizard(Sample.codePage)
    try expect(state, "wizard-code", sizes: classic)
  }

  @Test func theWizardSaysWhoIsSignedIn() async throws {
    let scene = try await Scene.inUse()
    scene.set(.init(service: .trading, state: .online, account: "sand…ey", roundTrip: 38))
    await scene.press(.character("S"))
    try expect(scene.screen, "wizard-signed-in", sizes: classic)
  }

  /// In the place of the rule above the keys: at most one row of the panes is given up, none covered.
  @Test(arguments: ["Swap filled: 3 245.67 USDT", String(repeating: "a long notice ", count: 40)])
  func noticesCoverNothing(_ words: String) async throws {
    let scene = try await Scene.inUse()
    scene.model.focus(.conversation)
    await scene.type("a draft")
    for size in sizes + [Size(columns: 40, rows: 12)] {
      scene.model.context.notices.show(NoticeText(.success, words))
      let text = ScreenLayout(scene.screen).canvas(size).text
      #expect(text.contains("a draft") && text.contains("и молока"), "\(text)")
      #expect(text.contains(words.prefix(20)), "\(text)")
      _ = scene.model.context.notices.dismiss()
    }
  }

  @Test func noticesStandAboveTheKeys() async throws {
    let scene = try await Scene.inUse()
    scene.model.context.notices.show(NoticeText(.success, "Swap filled: 3245.67 USDT"))
    scene.model.context.notices.show(
      NoticeText(
        .failure, "MAX cannot be reached",
        hint: "Check the network and the address; `tercet doctor` tells more than this line can "
          + "hold, and it goes on for so long that it is cut after the second row of the notice"))
    try expect(scene.screen, "notices", sizes: both)
    scene.model.context.notices.show(NoticeText(.info, "Counted in USDT from now on."))
    try expect(scene.screen, "notice", sizes: sizes + [Size(columns: 40, rows: 12)])
  }

  @Test func smallTerminals() async throws {
    var state = try await Scene.inUse().screen
    try expect(state, "small", sizes: [Size(columns: 40, rows: 10)])
    try expect(state, "too-small", sizes: [Size(columns: 39, rows: 10)])
    state.dialog = .ticket(Sample.review)
    try expect(state, "small-ticket", sizes: [Size(columns: 44, rows: 12)])
  }

  @Test func noSizeBreaksThePicture() async throws {
    let scene = try await Scene.inUse()
    await scene.press(.character("?"))
    let help = scene.screen.dialog
    await scene.press(.escape)
    scene.model.focus(.orders)
    await scene.press(.enter)
    let order = scene.screen.dialog
    await scene.show(.call(Sample.ringing))
    scene.model.context.notices.show(NoticeText(.info, "x"))
    var state = scene.screen
    let dialogs: [DialogState?] = [
      nil, .ticket(Sample.review), help, .wizard(Sample.codePage), order,
      .wizard(Sample.scanPage), .line(Sample.line), .devices(Sample.devices),
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
