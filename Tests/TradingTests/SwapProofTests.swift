import Testing
import Transport

@testable import Trading

/// What counts as proof that a swap was not carried out.
@Suite(.timeLimit(.minutes(10))) struct SwapProofTests {
  /// Whatever repeats a message on its way makes the server refuse the second one: for its nonce, for
  /// the balance that the first one took, for the rate. None of that says what became of the first.
  @Test(arguments: [
    "Nonce has already been used or is expired", "Invalid signature", "Invalid API key",
    "Not authenticated", "Unknown operation: swap", "Invalid channel format",
    "Insufficient balance", "Rate limit exceeded", "Invalid request: amount", "No route found",
    "Order not found", "Internal error", "Request timestamp outside allowed window of order ord_1",
  ])
  func isUnknownAfterEveryWordOfRefusal(text: String) async throws {
    var fixture = try ClientFixture { $0.operation == "swap" ? .error(text) : .usual }
    await fixture.connect()
    let outcome = try await fixture.swap()
    #expect(outcome == .unknown(.refused(Refusal(text: text), text: text)))
    #expect(fixture.server.log.count("swap") == 1)
    #expect(fixture.journal.intents.map(\.attempt) == [1])
    // The others are asked for after a pause or on the next connection.
    let refusal = Refusal(text: text)
    if ![.notAuthenticated, .timestampOutsideWindow, .rateLimited].contains(refusal) {
      await fixture.server.log.until { $0.summaries.contains("order_status mine-1") }
    }
    await fixture.end()
  }

  /// The words that prove that nothing was done prove nothing beside something that was.
  @Test(arguments: [
    [#"{"op":"swap","error":"TIME","data":{"orderId":"ord_1","status":"FILLED"}}"#],
    [#"{"error":"TIME","orderId":"ord_1"}"#],
    [
      #"{"ch":"orders:ord_1","data":{"orderId":"ord_1","clientOrderId":"mine-1","status":"FILLED"}}"#,
      #"{"error":"TIME"}"#,
    ],
  ])
  func isUnknownWhenTheErrorIsNotAlone(frames: [String]) async throws {
    let words = "Request timestamp outside allowed window"
    let said = frames.map { $0.replacing("TIME", with: words) }
    var fixture = try ClientFixture { $0.operation == "swap" ? .send(said) : .usual }
    await fixture.connect()
    guard case .unknown = try await fixture.swap() else {
      Issue.record("taken for a proof")
      return
    }
    #expect(fixture.server.log.count("swap") == 1)
    await fixture.end()
  }
}
