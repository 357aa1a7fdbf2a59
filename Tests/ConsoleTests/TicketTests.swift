import Sandbox
import Storage
import TestSupport
import Testing

@testable import Console

@MainActor @Suite(.timeLimit(.minutes(1))) struct TicketTests {
  /// A console with balances on the screen, and the ticket open.
  private func opened(_ bench: Bench) async throws -> ModelBench {
    let desk = bench.desk()
    try await bench.signInToTrading(desk)
    let console = ModelBench(bench, desk: desk)
    try await console.until("balances") {
      $0.lamp(.trading) == .online && $0.balances.rows.count == 3
    }
    console.press(.character("t"))
    #expect(console.screen.ticket?.stage == .editing(.amount))
    return console
  }

  /// Fills the ticket and waits for its quote.
  private func review(_ console: ModelBench, amount: String = "0.1") async throws {
    console.type(amount)
    console.press(.tab)
    console.type("eth")
    console.press(.tab)
    console.type("usdt")
    console.press(.enter)
    try await console.until("the quote") { $0.ticket?.stage == .review }
  }

  private func quoted(_ body: (Bench, ModelBench) async throws -> Void) async throws {
    try await Bench.run { bench in
      let console = try await opened(bench)
      try await review(console)
      try await body(bench, console)
    }
  }

  @Test("From fields to a filled order")
  func swap() async throws {
    try await quoted { bench, console in
      let ticket = try #require(console.screen.ticket)
      let quote = try #require(ticket.quote)
      #expect(ticket.mode == .sandbox)
      #expect(ticket.available == "2.2")
      #expect(quote.expectedOut == "216.378")
      #expect(quote.minimumOut == "215.728866")
      #expect(quote.validUntil > console.screen.now)
      #expect(quote.afterFrom == "ETH 2.1")
      #expect(quote.afterTo == "USDT 317.608")

      #expect(ticket.commitDisabled == Phrase.readFirst.text)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review, "a key already on its way must not commit")
      bench.time.advance(by: .milliseconds(400))
      #expect(console.screen.ticket?.commitDisabled == nil)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .sending)
      console.press(.escape, .character("C"), .enter)
      try await console.until("PENDING") { Self.status($0) == "PENDING" }
      bench.time.advance(by: .seconds(1))
      try await console.until("PROCESSING") { Self.status($0) == "PROCESSING" }
      bench.time.advance(by: .seconds(2))
      let end = try await console.eventually("FILLED") { screen in
        Self.status(screen) == "FILLED" ? screen.ticket?.stage : nil
      }
      #expect(end == .finished(status: "FILLED", text: "received 216.378 USDT", isGood: true))
      #expect(console.screen.orders.rows.map(\.status) == ["FILLED"])
      #expect(console.screen.notices.contains { $0.kind == .success })
      #expect(bench.tape.requests("swap") == 1)
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
    try await quoted { bench, console in
      bench.time.advance(by: .seconds(1))
      console.press(key)
      await console.model.context.desk.context.busy.untilIdle()
      #expect(console.screen.ticket?.stage == .review)
      #expect(bench.tape.requests("swap") == 0)
    }
  }

  @Test("A quote that has run out cannot be committed, and says so")
  func expired() async throws {
    try await quoted { bench, console in
      bench.time.advance(by: .seconds(11))
      #expect(console.screen.ticket?.commitDisabled == Phrase.quoteStale.text)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review)
      #expect(console.screen.notices.last?.text == Phrase.quoteStale.text)
      console.press(.character("r"))
      try await console.until("a new quote") {
        $0.ticket?.stage == .review && $0.ticket?.commitDisabled == Phrase.readFirst.text
      }
      #expect(console.screen.ticket?.quote?.change == nil, "the price is the same")
      #expect(bench.tape.requests("swap") == 0)
    }
  }

  @Test("Escape leaves without sending, e goes back to the fields")
  func leaving() async throws {
    try await quoted { bench, console in
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
      #expect(bench.tape.requests("swap") == 0)
    }
  }

  @Test("Fields that make no swap are explained, and nothing is asked")
  func badFields() async throws {
    try await Bench.run { bench in
      let console = try await opened(bench)
      for (amount, slippage) in [
        ("", "0.30"), ("1,5", "0.30"), ("1", "101"), ("1", "x"), ("1", ""),
      ] {
        console.press(.control("u"))
        console.type(amount)
        console.press(.tab, .control("u"))
        console.type("ETH")
        console.press(.tab, .control("u"))
        console.type("USDT")
        console.press(.tab, .control("u"))
        console.type(slippage)
        console.press(.enter)
        #expect(console.screen.ticket?.problem?.isEmpty == false, "\(amount) \(slippage)")
        #expect(console.screen.ticket?.problem?.contains("..") == false)
        console.press(.tab)
      }
      #expect(bench.tape.requests("estimate") == 0)
    }
  }

  @Test("More than there is cannot be committed")
  func overBalance() async throws {
    try await Bench.run { bench in
      let console = try await opened(bench)
      try await review(console, amount: "2.3")
      bench.time.advance(by: .seconds(1))
      #expect(console.screen.ticket?.commitDisabled == Phrase.overBalance.with("2.2"))
    }
  }

  @Test("The halt switch reaches an open ticket, and resuming lifts it")
  func halt() async throws {
    try await quoted { bench, console in
      bench.time.advance(by: .seconds(1))
      try await console.model.context.desk.only(SetHalt(isHalted: true))
      try await console.until("the word") { $0.status.mode == .halted }
      #expect(console.screen.ticket?.commitDisabled == Phrase.halted.text)
      console.press(.character("C"))
      #expect(console.screen.ticket?.stage == .review)
      console.press(.escape, .character("t"))
      #expect(console.screen.ticket == nil)
      console.press(.character("H"))
      try await console.until("the switch off") { $0.status.mode == .sandbox }
      #expect(bench.tape.requests("swap") == 0)
    }
  }
}
