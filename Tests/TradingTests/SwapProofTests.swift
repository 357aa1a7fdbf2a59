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
    #expect(outcome == .unknown(.refused(TradingRefusal(text: text), text: text)))
    #expect(fixture.server.log.count("swap") == 1)
    #expect(fixture.journal.intents.map(\.attempt) == [1])
    // The others are asked for after a pause or on the next connection.
    let refusal = TradingRefusal(text: text)
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

  private static let time = #"{"error":"Request timestamp outside allowed window"}"#

  /// A gateway that got no answer repeats the message later; the first copy was carried out.
  @Test(arguments: [(2001, false), (4000, false), (1900, true)])
  func isUnknownWhenTheWordsComeLate(milliseconds: Int, isProof: Bool) async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "swap": .silence
      case "order_status mine-1": .error("Order not found")
      default: .usual
      }
    }
    await fixture.connect()
    let outcome = try await fixture.swapping()
    let (log, time) = (fixture.server.log, fixture.time)
    await log.until { $0.count("swap") == 1 }
    time.advance(by: .milliseconds(milliseconds))
    let trade = try #require(log.messages.first { $0.operation == "swap" }).connection
    await log.send(SwapProofTests.time, over: trade)
    guard isProof else {
      guard case .unknown(.refused(.timestampOutsideWindow, _)) = await outcome.value else {
        Issue.record("taken for a proof")
        return
      }
      #expect(log.count("swap") == 1)
      await fixture.end()
      return
    }
    await fixture.time.release(.milliseconds(200))
    await log.until { $0.count("swap") == 2 }
    await fixture.end()
    _ = await outcome.value
  }

  /// An answer to something that was answered before shows that messages are repeated on their way:
  /// then the words may be about an older one.
  @Test(arguments: [
    [#"{"op":"order_status","data":{"orderId":"ord_8","status":"FILLED","updatedAt":5}}"#],
    [#"{"op":"swap","data":{"orderId":"ord_1","clientOrderId":"before","status":"PENDING"}}"#],
  ])
  func isUnknownWhereAnswersAreRepeated(before: [String]) async throws {
    var fixture = try ClientFixture { message in
      message.clientOrderId == "mine-1" ? .send(before + [SwapProofTests.time]) : .usual
    }
    await fixture.connect()
    guard case .accepted = try await fixture.swap("before") else {
      Issue.record("not accepted")
      return
    }
    guard case .unknown = try await fixture.swap() else {
      Issue.record("taken for a proof")
      return
    }
    #expect(fixture.server.log.messages.count { $0.clientOrderId == "mine-1" } == 1)
    await fixture.end()
  }

  /// The words were about something else, and the swap's own answer follows them.
  @Test func isNoProofWhenItsAnswerFollows() async throws {
    let own =
      #"{"op":"swap","data":{"orderId":"ord_1","clientOrderId":"mine-1","status":"FILLED"}}"#
    var fixture = try ClientFixture { $0.operation == "swap" ? .send([Self.time, own]) : .usual }
    await fixture.connect()
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .filled))
    #expect(fixture.server.log.count("swap") == 1)
    await fixture.end()
  }

  /// Of two answers to one message nobody knows which one counts.
  @Test func isUnknownWhenSaidTwice() async throws {
    var fixture = try ClientFixture {
      $0.operation == "swap" ? .send([Self.time, Self.time]) : .usual
    }
    await fixture.connect()
    guard case .unknown = try await fixture.swap() else {
      Issue.record("taken for a proof")
      return
    }
    #expect(fixture.server.log.count("swap") == 1)
    await fixture.end()
  }

  /// The server has the order that it says it refused.
  @Test func isNotWrittenAgainWhenTheServerHasIt() async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "swap": .send([SwapProofTests.time])
      case "order_status mine-1": .send([ScriptedServer.order("ord_1", "FILLED", at: 5)])
      default: .usual
      }
    }
    await fixture.connect()
    let outcome = try await fixture.swapping()
    await fixture.time.release(.milliseconds(200))
    #expect(await outcome.value == .accepted(orderId: "ord_1", status: .filled))
    #expect(fixture.server.log.count("swap") == 1)
    await fixture.end()
  }
}
