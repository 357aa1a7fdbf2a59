import Domain
import Testing
import Transport

@testable import Trading

/// What becomes of a swap under each failure: written at most once, journalled before its first byte,
/// and never called failed on a guess.
@Suite(.timeLimit(.minutes(10))) struct SwapTests {
  @Test func isJournalledBeforeItLeaves() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    let outcome = try await fixture.swap()
    #expect(outcome == .accepted(orderId: "ord_1", status: .pending))
    #expect(fixture.journal.swapsSeenAtIntents == [0])
    let intent = try #require(fixture.journal.intents.first)
    #expect(intent.attempt == 1)
    #expect(intent.minimumOut.plainText == "3235.93299")
    #expect(fixture.journal.events.contains(.ended(intent.request.clientOrderId, outcome)))
    await fixture.end()
  }

  @Test func isFollowedToItsEnd() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    _ = try await fixture.swap()
    await fixture.skip(to: .pending)
    await fixture.skip(to: .processing)
    let log = fixture.server.log
    let subscribe = try #require(log.summaries.firstIndex(of: "subscribe orders:ord_1"))
    let ask = try #require(log.summaries.firstIndex(of: "order_status ord_1"))
    #expect(subscribe < ask, "asked after subscribing, or an update could be missed")
    await log.push(ScriptedServer.push("ord_1", "FILLED", at: 2000, filled: "3000"))
    await fixture.skip(to: .filled)
    let filled = try #require(Amount(serverText: "3000"))
    let minimum = try #require(Amount(serverText: "3235.93299"))
    await fixture.skip {
      $0 == .warning(.filledBelowMinimum(orderId: "ord_1", filled: filled, minimum: minimum))
    }
    await log.until { $0.summaries.contains("unsubscribe orders:ord_1") }
    await fixture.end()
  }

  @Test func doesNotLeaveWhenTheJournalFails() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    let quote = try await fixture.quote()
    fixture.journal.fill()
    let outcome = await fixture.client.swap(try fixture.request(), quote: quote)
    #expect(outcome == .notSent(.journal("Full()")))
    #expect(fixture.server.log.count("swap") == 0)
    await fixture.end()
  }

  @Test func doesNotLeaveWithoutAValidQuote() async throws {
    var fixture = try ClientFixture()
    let early = try fixture.request()
    await fixture.connect()
    let quote = try await fixture.quote()
    let other = try SwapRequest(
      from: "ETH", to: "USDT", amount: try Amount(userText: "2"), slippageBps: 30,
      clientOrderId: early.clientOrderId)
    #expect(await fixture.client.swap(other, quote: quote) == .notSent(.staleQuote))
    fixture.time.advance(by: .seconds(6))
    #expect(await fixture.client.swap(early, quote: quote) == .notSent(.staleQuote))
    await fixture.client.stop()
    #expect(await fixture.client.swap(early, quote: quote) == .notSent(.notReady))
    #expect(fixture.server.log.count("swap") == 0)
    #expect(fixture.journal.intents.isEmpty)
    await fixture.end()
  }

  @Test func neverUsesAnIdTwice() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    _ = try await fixture.swap("same")
    let again = try await fixture.swap("same")
    #expect(again == .notSent(.alreadySent(try fixture.request("same").clientOrderId)))
    #expect(fixture.server.log.count("swap") == 1)
    await fixture.end()
  }

  @Test(arguments: [
    ScriptedServer.Action.error("Internal error"), .hangUp(code: 1011),
    .send([#"{"op":"swap","data":{"status":"PENDING"}}"#]),
  ])
  func isUnknownWithoutADefiniteAnswer(action: ScriptedServer.Action) async throws {
    var fixture = try ClientFixture { $0.operation == "swap" ? action : .usual }
    await fixture.connect()
    let outcome = try await fixture.swap()
    guard case .unknown(let error) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(error.isOutcomeUnknown)
    #expect(fixture.server.log.count("swap") == 1)
    let id = try fixture.request().clientOrderId
    #expect(fixture.journal.events.contains(.ended(id, outcome)))
    await fixture.end()
  }

  @Test func isUnknownWhenTheAnswerIsAboutAnotherSwap() async throws {
    var fixture = try ClientFixture { message in
      message.operation == "swap"
        ? .send([
          #"{"op":"swap","data":{"orderId":"ord_2","clientOrderId":"other","status":"PENDING"}}"#
        ]) : .usual
    }
    await fixture.connect()
    guard case .unknown(.unreadable(operation: "swap", _)) = try await fixture.swap() else {
      Issue.record("another order's reply was taken for this one's")
      return
    }
    await fixture.end()
  }

  @Test func isNotSentOnAConnectionThatHasNotCaughtUp() async throws {
    var fixture = try ClientFixture { message in
      message.operation == "balances" && message.ordinal > 0 ? .silence : .usual
    }
    let open = OpenOrder(
      clientOrderId: nil, orderId: "ord_5", state: OrderState(status: .pending))
    await fixture.connect(following: [open])
    let (log, time) = (fixture.server.log, fixture.time)
    let trade = try #require(log.messages.first { $0.operation == "order_status" }).connection
    fixture.journal.beforeEach { event in
      guard event == nil else { return }
      await log.hangUp(trade)
      await time.release(within: ClientFixture.firstBackoff)
      await log.until { $0.count("balances") == 2 }
    }
    #expect(try await fixture.swap() == .notSent(.notReady))
    #expect(log.count("swap") == 0)
    await fixture.end()
  }

  @Test func isLookedForAfterTheConnectionBroke() async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "swap": .hangUp(code: 1011)
      case "order_status mine-1":
        .send([
          #"{"op":"order_status","data":{"orderId":"ord_9","clientOrderId":"mine-1","status":"FILLED","filledOut":"3245","updatedAt":5}}"#
        ])
      default: .usual
      }
    }
    await fixture.connect()
    guard case .unknown(.lost(operation: "swap", _)) = try await fixture.swap() else {
      Issue.record("not lost")
      return
    }
    await fixture.passPause()
    await fixture.skip(to: .filled)
    await fixture.skip { $0 == .state(.online) }
    #expect(fixture.server.log.count("swap") == 1, "looked for, not sent again")
    await fixture.end()
  }

  @Test func givesUpTheConnectionThatDoesNotAnswer() async throws {
    var fixture = try ClientFixture { $0.operation == "swap" ? .silence : .usual }
    await fixture.connect()
    let outcome = try await fixture.swapping()
    await fixture.server.log.until { $0.count("swap") == 1 }
    await fixture.time.release(ClientFixture.reply)
    let late = TradingError.noReply(operation: "swap", after: ClientFixture.reply)
    #expect(await outcome.value == .unknown(late))
    await fixture.server.log.until { $0.ended == 1 }
    await fixture.passPause()
    await fixture.skip { $0 == .state(.online) }
    let log = fixture.server.log
    #expect(log.connections == 4)
    #expect(log.count("swap") == 1)
    let tradeConnections = Set(log.messages.filter { $0.operation == "swap" }.map(\.connection))
    #expect(log.messages.last { $0.operation == "order_status" }.map(\.connection) == 3)
    #expect(!tradeConnections.contains(3))
    await fixture.end()
  }

  @Test func isWrittenNoThirdTime() async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "swap": .error("Request timestamp outside allowed window")
      case "order_status mine-1": .error("Order not found")
      default: .usual
      }
    }
    await fixture.connect()
    let outcome = try await fixture.swapping()
    await fixture.time.release(.milliseconds(200))
    guard case .rejected(.refused(.timestampOutsideWindow, _)) = await outcome.value else {
      Issue.record("not rejected")
      return
    }
    let swaps = fixture.server.log.messages.filter { $0.operation == "swap" }
    #expect(swaps.count == 2)
    #expect(Set(swaps.compactMap(\.nonce)).count == 2)
    #expect(fixture.journal.intents.map(\.attempt) == [1, 2])
    await fixture.end()
  }

  @Test func isSignedAgainOnANewConnectionAfterATimeRefusal() async throws {
    var fixture = try ClientFixture { message in
      switch (message.summary, message.ordinal) {
      case ("swap", 0): .error("Request timestamp outside allowed window")
      case ("order_status mine-1", _): .error("Order not found")
      default: .usual
      }
    }
    await fixture.connect()
    let outcome = try await fixture.swapping()
    await fixture.time.release(.milliseconds(200))
    #expect(await outcome.value == .accepted(orderId: "ord_1", status: .pending))
    let swaps = fixture.server.log.messages.filter { $0.operation == "swap" }
    #expect(swaps.count == 2)
    #expect(Set(swaps.map(\.connection)).count == 2)
    await fixture.end()
  }

  @Test func mayBeOvertakenByItsOwnUpdate() async throws {
    var fixture = try ClientFixture { message in
      message.operation == "swap"
        ? .push(
          ScriptedServer.push("ord_1", "FILLED", at: 2000, filled: "3245.67"),
          then: [message.usualAnswer]) : .usual
    }
    await fixture.connect()
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .pending))
    await fixture.skip(to: .filled)
    await fixture.end()
  }

  @Test func isKeptWithTheAmountsOfItsAnswer() async throws {
    var fixture = try ClientFixture { message in
      message.operation == "swap"
        ? .send([
          #"{"op":"swap","data":{"orderId":"ord_1","status":"FILLED","filledOut":"3245.67","txHash":"0xab"}}"#
        ]) : .usual
    }
    await fixture.connect()
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .filled))
    let kept = fixture.journal.events.compactMap { event in
      if case .updated(let state) = event { return state }
      return nil as OrderState?
    }
    #expect(kept.first?.filledOut?.text == "3245.67")
    #expect(kept.first?.txHash == "0xab")
    #expect(kept.first?.clientOrderId == "mine-1")
    await fixture.end()
  }

  @Test func isAskedForUntilItsAmountIsKnown() async throws {
    var fixture = try ClientFixture { message in
      switch message.operation {
      case "swap": .send([#"{"op":"swap","data":{"orderId":"ord_1","status":"COMPLETED"}}"#])
      case "order_status":
        .send([
          ScriptedServer.order(
            "ord_1", "FILLED", at: 2000, filled: message.ordinal < 2 ? "" : "3245.67")
        ])
      default: .usual
      }
    }
    await fixture.connect()
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .filled))
    let (log, time) = (fixture.server.log, fixture.time)
    await log.until { $0.count("order_status") == 1 }
    let pacer = Task {
      while !Task.isCancelled { await time.release(within: .seconds(1)..<(.seconds(6))) }
    }
    await log.until { $0.count("order_status") >= 3 }
    await fixture.skip { event in
      if case .order(let state, _) = event { return state.filledOut?.text == "3245.67" }
      return false
    }
    pacer.cancel()
    await fixture.end()
  }

  @Test func alarmsWhenAnsweredTwice() async throws {
    var fixture = try ClientFixture { message in
      message.operation == "swap"
        ? .send([
          message.usualAnswer, #"{"op":"swap","data":{"orderId":"ord_2","status":"PENDING"}}"#,
        ])
        : .usual
    }
    await fixture.connect()
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .pending))
    await fixture.skip { $0 == .warning(.straySwap(orderId: "ord_2")) }
    await fixture.server.log.until { $0.summaries.contains("order_status ord_2") }
    #expect(
      fixture.journal.events.contains(.stray(OrderUpdate(orderId: "ord_2", status: .pending))))
    await fixture.end()
  }

  @Test func isNotSetBackByALateAnswer() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    _ = try await fixture.swap()
    await fixture.skip(to: .processing)
    let log = fixture.server.log
    let trade = try #require(log.messages.first { $0.operation == "swap" }).connection
    await log.push(ScriptedServer.push("ord_1", "FILLED", at: 2000, filled: "3245.67"))
    await fixture.skip(to: .filled)
    await log.send(#"{"op":"swap","data":{"orderId":"ord_1","status":"PENDING"}}"#, over: trade)
    await fixture.skip { $0 == .warning(.straySwap(orderId: "ord_1")) }
    _ = try await fixture.client.orderStatus(id: "ord_1")
    await fixture.client.stop()
    await fixture.skip { $0 == .state(.off) }
    let statuses = fixture.seen.compactMap { event in
      if case .order(let state, _) = event { return state.status }
      return nil as OrderStatus?
    }
    #expect(statuses == [.pending, .processing, .filled])
    await fixture.end()
  }

  @Test func keepsWhatWasConfirmedWhenItsAnswerIsLate() async throws {
    var fixture = try ClientFixture {
      $0.operation == "swap" || $0.operation == "order_status" ? .silence : .usual
    }
    await fixture.connect()
    let log = fixture.server.log
    let outcome = try await fixture.swapping()
    await log.until { $0.count("swap") == 1 }
    let answer =
      #"{"op":"swap","data":{"orderId":"ord_1","clientOrderId":"mine-1","status":"PENDING"}}"#
    let trade = try #require(log.messages.first { $0.operation == "swap" }).connection
    fixture.journal.beforeEach { event in
      // The outcome is being kept while the late answer comes in over another connection.
      if case .ended = event { await log.push(answer) }
    }
    await log.hangUp(trade)
    guard case .unknown = await outcome.value else {
      Issue.record("not unknown")
      return
    }
    await fixture.skip(to: .pending)
    let updated = fixture.journal.events.compactMap { event in
      if case .updated(let state) = event { return state }
      return nil as OrderState?
    }
    #expect(updated.first?.orderId == "ord_1")
    #expect(updated.first?.clientOrderId == "mine-1")
    await fixture.end()
  }

  @Test func isKnownAgainWhenItsLateAnswerDidNotSayWhoseItWas() async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "swap": .silence
      case "order_status mine-1":
        .send([ScriptedServer.order("ord_1", "FILLED", at: 2000, filled: "3245.67")])
      case "order_status ord_1": .send([ScriptedServer.order("ord_1", "FILLED", at: 2000)])
      default: .usual
      }
    }
    await fixture.connect()
    let log = fixture.server.log
    let outcome = try await fixture.swapping()
    await log.until { $0.count("swap") == 1 }
    await log.push(#"{"op":"swap","data":{"orderId":"ord_1","status":"PENDING"}}"#)
    await fixture.skip(to: .pending)
    await fixture.time.release(ClientFixture.reply)
    guard case .unknown = await outcome.value else {
      Issue.record("not unknown")
      return
    }
    await fixture.passPause()
    await fixture.skip { event in
      if case .order(let state, _) = event {
        return state.clientOrderId == "mine-1" && state.status == .filled
      }
      return false
    }
    let kept = fixture.journal.events.compactMap { event in
      if case .updated(let state) = event { return state }
      return nil as OrderState?
    }
    #expect(kept.last?.clientOrderId == "mine-1")
    #expect(kept.last?.minimumOut != nil)
    await fixture.end()
  }
}
