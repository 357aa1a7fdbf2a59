import Phrases
import Sandbox
import Storage
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import ScreenState
@testable import TradingService

/// The ticket while its question is on its way, or cannot be asked.
@MainActor @Suite(.timeLimit(.minutes(2))) struct TicketLineTests {
  @Test("The fields can be had back while a price is asked for")
  func editWhileQuoting() async throws {
    try await HubFixture.run { fixture in
      let console = try await TicketTests.opened(fixture)
      try await TicketTests.review(console)
      console.press(.character("r"))
      #expect(console.screen.ticket?.stage == .quoting)
      console.press(.character("e"))
      #expect(console.screen.ticket?.stage == .editing(.amount))
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(console.screen.ticket?.stage == .editing(.amount), "a late answer changes nothing")
    }
  }

  @Test("A lost line is named with its cause")
  func lineIsDown() async throws {
    try await HubFixture.run { fixture in
      let console = try await TicketTests.opened(fixture)
      await fixture.sandbox.stop()
      try await console.until("the line waits") {
        if case .waiting? = $0.lamp(.trading) { true } else { false }
      }
      console.press(.tab)
      console.type("0.1")
      console.press(.enter)
      let problem = try #require(console.screen.ticket?.problem)
      #expect(problem.hasPrefix(Phrase.noConnectionTo.with("TheOne") + ": "))
      #expect(console.screen.ticket?.stage == .editing(.amount))
    }
  }
}
