import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import ScreenState
@testable import TradingService

@MainActor @Suite(.timeLimit(.minutes(10))) struct TicketTests {
  /// A console with balances on the screen, and the ticket open.
  static func opened(_ fixture: HubFixture) async throws -> ConsoleFixture {
    let hub = fixture.hub()
    try await fixture.signInToTrading(hub)
    let console = ConsoleFixture(fixture, hub: hub)
    try await console.until("balances") {
      $0.lamp(.trading) == .online && $0.balances.rows.count == 3
    }
    console.press(.character("t"))
    #expect(console.screen.ticket?.stage == .editing(.from))
    return console
  }

  /// Fills the ticket and waits for its quote.
  static func review(_ console: ConsoleFixture, amount: String = "0.1") async throws {
    console.type("eth")
    console.press(.tab)
    console.type(amount)
    console.press(.tab)
    console.type("usdt")
    console.press(.enter)
    try await console.until("the quote") { $0.ticket?.stage == .review }
  }

  private func quoted(_ body: (HubFixture, ConsoleFixture) async throws -> Void) async throws {
    try await HubFixture.run { fixture in
      let console = try await Self.opened(fixture)
      try await Self.review(console)
      try await body(fixture, console)
    }
  }

  @Test("From fields to a filled order")
  func swap() async throws {
    try await quoted { fixture, console in
      let ticket = try #require(console.screen.ticket)
      let quote = try #require(ticket.quote)
      #expect(ticket.mode == .sandbox)
      #expect(ticket.available == "2.2")
      #expect(quote.expectedOut == "216.378")
      #expect(quote.minimumOut == "215.728866")
      #expect(quote.validUntil > console.screen.uptime)
      #expect(quote.afterFrom == "ETH 2.1")
      #expect(quote.afterTo == "USDT 317.608")

      #expect(ticket.commitDisabled == Phrase.readFirst.text)
      @MainActor func isOffered() -> Bool? {
        console.screen.ticket?.hints.first { $0.label == Phrase.hintCommit.text }?.isEnabled
      }
      #expect(isOffered() == false)
      console.press(.character("C"))
      #expect(console.screen.notices.last?.text == Phrase.readFirst.text)
      #expect(console.screen.ticket?.stage == .review, "a key already on its way must not commit")
      fixture.time.advance(by: .milliseconds(400))
      #expect(console.screen.ticket?.commitDisabled == nil)
      #expect(isOffered() == true)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .sending)
      console.press(.escape, .character("C"), .enter)
      try await console.until("PENDING") { Self.status($0) == "PENDING" }
      fixture.time.advance(by: .seconds(1))
      try await console.until("PROCESSING") { Self.status($0) == "PROCESSING" }
      fixture.time.advance(by: .seconds(2))
      let end = try await console.eventually("FILLED") { screen in
        Self.status(screen) == "FILLED" ? screen.ticket?.stage : nil
      }
      #expect(end == .finished(status: "FILLED", text: "received 216.378 USDT", isGood: true))
      #expect(console.screen.orders.rows.map(\.status) == ["FILLED"])
      #expect(console.screen.notices.contains { $0.kind == .success })
      #expect(fixture.tape.requests("swap") == 1)
      console.press(.enter)
      #expect(console.screen.dialog == nil)
    }
  }

  private static func status(_ screen: ScreenState) -> String? {
    if case .finished(let status, _, _)? = screen.ticket?.stage { status } else { nil }
  }

  @Test(
    "Nothing but the commit key commits",
    arguments: [
      Key.enter, .character(" "), .character("c"), .character("t"), .character("y"), .tab,
      .paste("C"), .control("c"), .click(column: 1, row: 1), .alt("C"),
    ])
  func otherKeys(_ key: Key) async throws {
    try await quoted { fixture, console in
      fixture.time.advance(by: .seconds(1))
      console.press(key)
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(console.screen.ticket?.stage == .review)
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test("A quote that has run out cannot be committed, and says so")
  func expired() async throws {
    try await quoted { fixture, console in
      fixture.time.advance(by: .seconds(11))
      #expect(console.screen.ticket?.commitDisabled == Phrase.quoteStale.text)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review)
      #expect(console.screen.notices.last?.text == Phrase.quoteStale.text)
      try await console.until("a new quote, which nobody asked for") {
        $0.ticket?.stage == .review && $0.ticket?.commitDisabled == nil
      }
      #expect(console.screen.ticket?.quote?.change == nil, "the price is the same")
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test("Escape leaves without sending, e goes back to the fields")
  func leaving() async throws {
    try await quoted { fixture, console in
      console.press(.character("e"))
      #expect(console.screen.ticket?.stage == .editing(.amount))
      #expect(console.screen.ticket?.amount.text == "0.1")
      console.press(.control("u"))
      console.type("0.2")
      console.press(.enter)
      try await console.until("the quote") { $0.ticket?.stage == .review }
      #expect(console.screen.ticket?.quote?.before == nil, "another amount is another question")
      console.press(.escape)
      #expect(console.screen.dialog == nil)
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test("Fields that make no swap are explained, and nothing is asked")
  func badFields() async throws {
    try await HubFixture.run { fixture in
      let console = try await Self.opened(fixture)
      // Signing in asks for a price, too, to find out how the server wants to be asked.
      let asked = fixture.tape.requests("estimate")
      for (amount, slippage) in [
        ("", "0.30"), ("1,5", "0.30"), ("1", "101"), ("1", "x"), ("1", ""),
      ] {
        console.press(.control("u"))
        console.type("ETH")
        console.press(.tab, .control("u"))
        console.type(amount)
        console.press(.tab, .control("u"))
        console.type("USDT")
        console.press(.tab, .control("u"))
        console.type(slippage)
        console.press(.enter)
        #expect(console.screen.ticket?.problem?.isEmpty == false, "\(amount) \(slippage)")
        #expect(console.screen.ticket?.problem?.contains("..") == false)
        console.press(.tab, .tab, .tab)
      }
      #expect(fixture.tape.requests("estimate") == asked)
    }
  }

  @Test("More than there is cannot be committed")
  func overBalance() async throws {
    try await HubFixture.run { fixture in
      let console = try await Self.opened(fixture)
      try await Self.review(console, amount: "2.3")
      fixture.time.advance(by: .seconds(1))
      #expect(console.screen.ticket?.commitDisabled == Phrase.overBalance.with("2.2"))
    }
  }

  @Test("Where less than nothing is available, the words are about that and not about a number")
  func nothingAvailable() async throws {
    try await HubFixture.run { fixture in
      let console = try await Self.opened(fixture)
      fixture.time.advance(by: .seconds(1))
      console.model.context.hub.environment.changes.send(
        .balances([BalanceRecord(asset: "ETH", total: "1", locked: "2", at: fixture.time.wallTime)])
      )
      try await console.until("the balance") { $0.balances.rows.count == 1 }
      try await Self.review(console)
      fixture.time.advance(by: .seconds(1))
      #expect(console.screen.ticket?.commitDisabled == Phrase.nothingAvailable.with("ETH"))
    }
  }

  @Test("A swap that a full disk keeps from being journalled was not sent, and says so")
  func fullDisk() async throws {
    try await quoted { fixture, console in
      fixture.time.advance(by: .seconds(1))
      try await fixture.store.refuseEntries(true)
      console.press(.character("C"))
      let end = try await console.eventually("an end") { screen in
        if case .finished(let status, let text, false)? = screen.ticket?.stage {
          (status, text)
        } else {
          nil
        }
      }
      try await fixture.store.refuseEntries(false)
      #expect(end.0 == "NOT SENT" && !end.1.isEmpty)
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test("Space goes through the slippages, and a generous one is a warning")
  func slippage() async throws {
    try await HubFixture.run { fixture in
      let console = try await Self.opened(fixture)
      console.press(.tab, .tab, .tab)
      for text in ["0.50", "1.00", "0.10", "0.30"] {
        console.press(.character(" "))
        #expect(console.screen.ticket?.slippage.text == text)
      }
      console.press(.control("u"))
      console.type("5.01")
      #expect(console.screen.ticket?.slippageBps == 501)
      #expect(console.screen.ticket?.commitDisabled == AmountRefusal.empty.message)
    }
  }

  @Test("Network and venues go into the question for a price, venues into the swap")
  func filters() async throws {
    try await HubFixture.run { fixture in
      let console = try await Self.opened(fixture)
      console.press(.tab)
      console.type("0.1")
      console.press(.tab, .tab, .tab)
      console.type("polygon")
      console.press(.tab)
      console.type("binance, gate")
      console.press(.enter)
      try await console.until("the quote") { $0.ticket?.stage == .review }
      #expect(console.screen.ticket?.quote?.warnings.contains { $0.contains("polygon") } == true)
      fixture.time.advance(by: .milliseconds(400))
      console.press(.character("C"))
      try await console.until("the order") { $0.orders.rows.count == 1 }
      #expect(try await fixture.store.orders.recent(limit: 1).first?.filter == ["binance", "gate"])
    }
  }

  @Test("A key held down never commits: it has to rest first")
  func heldKey() async throws {
    try await quoted { fixture, console in
      for _ in 0..<40 {
        fixture.time.advance(by: .milliseconds(30))
        console.press(.character("C"))
      }
      #expect(console.screen.ticket?.stage == .review)
      fixture.time.advance(by: .milliseconds(400))
      let reason = console.screen.ticket?.commitDisabled
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .sending, "\(reason ?? "nothing against it")")
    }
  }

  @Test("The same swap within ten seconds is asked about once more")
  func repetition() async throws {
    try await quoted { fixture, console in
      fixture.time.advance(by: .milliseconds(400))
      console.press(.character("C"))
      try await console.until("the end") { Self.status($0) == "PENDING" }
      console.press(.enter, .character("t"))
      try await Self.review(console)
      fixture.time.advance(by: .milliseconds(400))
      #expect(console.screen.ticket?.question?.hasPrefix("The same swap was sent") == true)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review)
      #expect(console.screen.ticket?.question == nil)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review, "too early: that may be the same press")
      fixture.time.advance(by: .milliseconds(400))
      console.press(.character("C"))
      try await console.until("the second order") { Self.status($0) == "PENDING" }
      #expect(fixture.tape.requests("swap") == 2)
    }
  }

  @Test("A quote that has changed shows how, and is agreed to anew")
  func changedQuote() async throws {
    try await HubFixture.run { fixture in
      let stub = try MarketStub(
        network: fixture.network, balances: #"[{"asset":"ETH","total":"2","locked":"0"}]"#)
      stub.set(output: "200")
      let hub = fixture.hub { $0[.trading].url = stub.url }
      try await fixture.signInToTrading(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("balances") {
        $0.lamp(.trading) == .online && $0.balances.rows.count == 1
      }
      console.press(.character("t"))
      try await Self.review(console)
      fixture.time.advance(by: .milliseconds(400))
      #expect(console.screen.ticket?.question == nil)
      stub.set(output: "199")
      await fixture.time.release(.milliseconds(3000))
      try await console.until("the new quote") { $0.ticket?.quote?.expectedOut == "199" }
      let quote = try #require(console.screen.ticket?.quote)
      #expect((quote.before, quote.change) == ("200", "−0.50 %"))
      #expect(console.screen.ticket?.commitDisabled == Phrase.readFirst.text)
      fixture.time.advance(by: .milliseconds(400))
      #expect(console.screen.ticket?.question == Phrase.quoteChanged.with("199 USDT"))
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review)
      fixture.time.advance(by: .milliseconds(400))
      #expect(console.screen.ticket?.question == nil)
      console.press(.character("C"))
      try await console.until("the fill") { $0.orders.rows.first?.status == "FILLED" }
      await hub.close()
      await stub.stop()
    }
  }

  @Test("Every rule of the person's is a written reason, also while typing")
  func reasons() async throws {
    try await quoted { fixture, console in
      let hub = console.model.context.hub
      fixture.time.advance(by: .milliseconds(400))
      for (change, lift) in [
        ("order.ETH=0.05", "order.ETH="), ("day.ETH=0.05", "day.ETH="), ("assets=BTC", "assets="),
        ("slippage-bps=10", "slippage-bps="), ("dry-run=on", "dry-run="),
      ] {
        try await hub.only(SetLimits(changes: [change]))
        try await console.until(change) { $0.ticket?.commitDisabled != nil }
        console.press(.character("C"))
        #expect(console.screen.ticket?.stage == .review, "\(change)")
        try await hub.only(SetLimits(changes: [lift]))
        try await console.until(lift) { $0.ticket?.commitDisabled == nil }
      }
      let unknown = OrderRecord(
        clientOrderId: "u", status: .unknown, from: "ETH", to: "USDT", amount: "9",
        slippageBps: 1, createdAt: 1)
      hub.environment.changes.send(.order(unknown))
      try await console.until("the unknown one") {
        $0.ticket?.commitDisabled == Phrase.unknownPending.with("u")
      }
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test("The halt switch reaches an open ticket, and resuming lifts it")
  func halt() async throws {
    try await quoted { fixture, console in
      fixture.time.advance(by: .seconds(1))
      try await console.model.context.hub.only(SetHalt(isHalted: true))
      try await console.until("the word") { $0.status.isHalted }
      #expect(console.screen.ticket?.commitDisabled == Phrase.halted.text)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review)
      // What is typed after it goes into the ticket, and nowhere else.
      console.press(.escape, .character("t"), .character("0"))
      #expect(console.screen.ticket?.from.text == "0")
      #expect(console.screen.notices.last?.text == Phrase.haltedPressH.text)
      console.press(.escape)
      console.press(.alt("h"))
      #expect(console.screen.question?.title == Phrase.resumeTitle.text)
      console.press(.enter)
      #expect(console.screen.question == nil && console.screen.status.isHalted)
      console.press(.character("3"), .character("H"), .down, .enter)
      try await console.until("the switch off") { !$0.status.isHalted }
      #expect(console.screen.status.mode == .sandbox)
      #expect(fixture.tape.requests("swap") == 0)
    }
  }
}
