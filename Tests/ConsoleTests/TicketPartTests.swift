import Domain
import Phrases
import Storage
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import ScreenState
@testable import TradingService

/// Parts of what is held, as the amount of a swap.
@MainActor @Suite(.timeLimit(.minutes(10))) struct TicketPartTests {
  @Test("Parts of the balance are cut, never rounded up, and max leaves the reserve")
  func portions() async throws {
    try await HubFixture.run { fixture in
      let console = try await TicketTests.opened(fixture)
      try await console.model.context.hub.only(
        SetLimits(changes: ["reserve.ETH=0.000000000000000001"]))
      try await console.until("the reserve") { [model = console.model] _ in
        !model.status.limits.reserves.isEmpty
      }
      console.type("ETH")
      console.press(.tab)
      let most = "2.199999999999999999"
      for (keys, text, part) in [
        ("25%", "25%", "0.55"), ("33%", "33%", "0.726"), ("m", "100%", most),
        ("100%", "100%", most), ("0%", "0", nil), ("101%", "101", nil), ("ь", "100%", most),
        ("50%1", "1", nil), ("50%m", "100%", most),
      ] {
        console.press(.control("u"))
        console.type(keys)
        #expect(console.screen.ticket?.amount.text == text, "\(keys)")
        #expect(console.screen.ticket?.part == part, "\(keys)")
      }
      console.press(.backTab, .control("u"))
      console.type("XYZ")
      #expect(console.screen.ticket?.part == nil)
      console.press(.enter)
      #expect(console.screen.ticket?.problem?.contains("XYZ") == true)
      #expect(console.screen.ticket?.amount.text == "100%")
    }
  }

  @Test("A part stays one until From is chosen, whatever that was before; then it is an amount")
  func portionOfWhatIsChosen() async throws {
    try await HubFixture.run { fixture in
      let console = try await TicketTests.opened(fixture)
      // What is suggested is another asset than the one that is chosen at last.
      let suggested = try #require(console.screen.ticket?.from.placeholder)
      console.press(.tab)
      console.type("50%")
      let first = try #require(console.screen.ticket?.part)
      console.press(.backTab)
      console.type(suggested == "ETH" ? "btc" : "eth")
      let second = try #require(console.screen.ticket?.part)
      #expect(first != second)
      #expect(console.screen.ticket?.amount.text == "50%")
      console.press(.enter)
      try await console.until("the quote") { $0.ticket?.stage == .review }
      #expect(console.screen.ticket?.amount.text == second)
      console.press(.character("e"))
      #expect(console.screen.ticket?.amount.text == "50%")
    }
  }

  @Test("Enter in From goes on to the amount that is missing")
  func enterInFrom() async throws {
    try await HubFixture.run { fixture in
      let console = try await TicketTests.opened(fixture)
      console.press(.enter)
      #expect(console.screen.ticket?.stage == .editing(.amount))
      #expect(console.screen.ticket?.problem == nil)
      console.press(.enter)
      #expect(console.screen.ticket?.problem != nil)
    }
  }
}
