import Domain
import Testing
import Transport

@testable import Trading

@Suite(.timeLimit(.minutes(10))) struct ConnectionTests {
  @Test func catchesUpBeforeItTrades() async throws {
    var fixture = try ClientFixture()
    let open = OpenOrder(
      clientOrderId: nil, orderId: "ord_5", state: OrderState(status: .pending))
    await fixture.connect(following: [open])
    let log = fixture.server.log
    let sequence = [
      "auth", "balances", "subscribe balances", "subscribe orders:ord_5", "order_status ord_5",
    ]
    let places = try sequence.map { try #require(log.summaries.firstIndex(of: $0)) }
    #expect(places == places.sorted())
    for connection in 0..<log.connections {
      let first = log.messages.first { $0.connection == connection }
      #expect(first?.operation ?? "auth" == "auth")
    }
    #expect(fixture.seen.first == .state(.connecting))
    #expect(
      fixture.seen.contains {
        if case .balances(let update) = $0 { return update.isSnapshot }
        return false
      })
    await fixture.end()
  }

  @Test func keepsToOneQuestionAConnection() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    let client = fixture.client
    // The answers carry no number: only their order tells whose they are.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for n in 0..<40 {
        group.addTask {
          let update = try await client.orderStatus(id: "ord_\(n)")
          #expect(update.orderId == "ord_\(n)")
        }
      }
      try await group.waitForAll()
    }
    await fixture.end()
  }

  @Test func mergesPushedBalances() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    await fixture.server.log.push(
      #"{"ch":"balances","data":[{"asset":"BTC","total":"0.11","locked":"0"}]}"#)
    let event = await fixture.skip {
      if case .balances(let update) = $0 { return !update.isSnapshot }
      return false
    }
    guard case .balances(let update)? = event else { return }
    #expect(update.balances.map(\.asset) == ["BTC", "ETH"])
    await fixture.end()
  }

  @Test func returnsAfterALostConnection() async throws {
    var fixture = try ClientFixture()
    let open = OpenOrder(
      clientOrderId: nil, orderId: "ord_5", state: OrderState(status: .pending))
    await fixture.connect(following: [open])
    await fixture.server.log.hangUp(0)
    await fixture.passPause()
    await fixture.skip { $0 == .state(.connecting) }
    await fixture.skip { $0 == .state(.online) }
    let again = fixture.server.log.messages.filter { $0.connection == 3 }.map(\.summary)
    #expect(again == ["auth", "balances", "subscribe balances", "subscribe orders:ord_5"])
    #expect(fixture.server.log.count("order_status") == 2)
    await fixture.end()
  }

  @Test(arguments: ["Invalid API key", "Invalid signature"])
  func stopsWhenTheKeyIsWrong(text: String) async throws {
    var fixture = try ClientFixture { _ in .error(text) }
    await fixture.client.start()
    await fixture.skip { $0 == .state(.stopped(.refused(TradingRefusal(text: text), text: text))) }
    #expect(fixture.server.log.connections == 1)
    #expect(fixture.server.log.summaries == ["auth"])
    await fixture.end()
  }

  @Test(arguments: [401, 403, 404])
  func stopsWhenTheUpgradeIsRefused(status: Int) async throws {
    var fixture = try ClientFixture(upgradeStatus: status)
    await fixture.client.start()
    await fixture.skip {
      $0 == .state(.stopped(.upgradeRefused(status: status, retryAfter: nil)))
    }
    #expect(fixture.server.log.refusedUpgrades == 1)
    await fixture.end()
  }

  /// A proxy that restarts answers so, and a login with this key has worked before.
  @Test(arguments: [401, 403, 404])
  func takesARefusedUpgradeForPassingAfterALogin(status: Int) async throws {
    var fixture = try ClientFixture(upgradeStatus: status, hasWorked: true)
    await fixture.client.start()
    for attempt in 1...3 {
      await fixture.passPause()
      await fixture.server.log.until { $0.refusedUpgrades == attempt + 1 }
    }
    guard case .state(.waiting(let pause, let error))? = fixture.seen.last else {
      Issue.record("not waiting")
      return
    }
    #expect(pause >= .seconds(5), "slowly")
    #expect(error == .upgradeRefused(status: status, retryAfter: nil))
    await fixture.end()
  }

  @Test func takesBeingTurnedAwayForPassingAfterALogin() async throws {
    var fixture = try ClientFixture(hasWorked: true) { _ in .hangUp(code: 1008) }
    await fixture.client.start()
    for _ in 0..<5 { await fixture.passPause() }
    await fixture.server.log.until { $0.connections == 6 }
    await fixture.end()
  }

  @Test func aRefusedKeyEndsTheAttemptsEvenAfterALogin() async throws {
    var fixture = try ClientFixture(hasWorked: true) { _ in .error("Invalid API key") }
    await fixture.client.start()
    await fixture.skip {
      $0 == .state(.stopped(.refused(.invalidAPIKey, text: "Invalid API key")))
    }
    // Somebody may want it tried all the same.
    await fixture.client.start()
    await fixture.server.log.until { $0.count("auth") == 2 }
    await fixture.end()
  }

  @Test func asksAgainToFollowTheBalances() async throws {
    var fixture = try ClientFixture { message in
      message.summary == "subscribe balances" && message.ordinal < 2
        ? .error("Internal error") : .usual
    }
    await fixture.connect()
    for count in 2...3 {
      await fixture.time.release(.seconds(60))
      await fixture.server.log.until { log in
        log.summaries.count { $0 == "subscribe balances" } == count
      }
    }
    await fixture.server.log.until { $0.count("balances") == 3 }
    await fixture.end()
  }

  @Test func triesAgainWhenTheServerIsBusy() async throws {
    var fixture = try ClientFixture(upgradeStatus: 503)
    await fixture.client.start()
    for _ in 0..<3 { await fixture.passPause() }
    await fixture.server.log.until { $0.refusedUpgrades == 4 }
    await fixture.end()
  }

  @Test func stopsWhenItIsTurnedAwayAgainAndAgain() async throws {
    var fixture = try ClientFixture { _ in .hangUp(code: 1008) }
    await fixture.client.start()
    for _ in 0..<2 { await fixture.passPause() }
    await fixture.skip { $0 == .state(.stopped(.turnedAway)) }
    #expect(fixture.server.log.connections == 3)
    await fixture.end()
  }

  @Test func waitsTenSecondsForAuthentication() async throws {
    var fixture = try ClientFixture { _ in .silence }
    await fixture.client.start()
    await fixture.server.log.until { $0.count("auth") == 1 }
    await fixture.time.release(.seconds(10))
    await fixture.skip {
      if case .state(.waiting(_, .noReply(operation: "auth", _))) = $0 { return true }
      return false
    }
    await fixture.end()
  }

  @Test func keepsAnIdleConnectionAlive() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    await fixture.server.log.until { $0.count("auth") == 3 }
    for _ in 0..<3 { await fixture.time.release(ClientFixture.idle) }
    await fixture.server.log.until { log in
      Set(log.messages.filter { $0.operation == "balances" }.map(\.connection)).count == 3
    }
    await fixture.end()
  }

  @Test func watchesOrdersBeyondTheChannelsByAsking() async throws {
    var fixture = try ClientFixture()
    let open = (100..<160).map {
      OpenOrder(clientOrderId: nil, orderId: "o\($0)", state: OrderState(status: .pending))
    }
    let time = fixture.time
    // One at a time, 130 messages take longer than the burst of the rate limit allows at once.
    let pacer = Task {
      while !Task.isCancelled { await time.release(within: .zero..<(.milliseconds(23))) }
    }
    await fixture.connect(following: open)
    pacer.cancel()
    let log = fixture.server.log
    #expect(log.summaries.count { $0.hasPrefix("subscribe orders:") } == 49)
    #expect(Set(log.messages.filter { $0.operation == "order_status" }.map(\.id)).count == 60)
    await time.release(.seconds(1))
    await fixture.skip {
      if case .meter(let meter) = $0 {
        return meter.subscriptions == 49 && meter.polledOrders == 11
      }
      return false
    }
    // Those that have a channel, which says nothing, are asked about, too.
    @Sendable func asked(_ log: ScriptedServer.Log) -> Int {
      log.messages.count { $0.operation == "order_status" && $0.id ?? "" >= "o149" }
    }
    let before = asked(log)
    let moving = Task {
      while !Task.isCancelled { await time.release(within: .zero..<(.seconds(6))) }
    }
    await log.until { asked($0) > before }
    moving.cancel()
    await fixture.end()
  }

  @Test func survivesNoise() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    let log = fixture.server.log
    for noise in ["", "{}", "[[[", #"{"ch":"orders:x","data":{"orderId":"y","status":"FILLED"}}"#] {
      await log.push(noise)
    }
    await log.push(#"{"error":"Something else"}"#)
    await log.push(#"{"op":"estimate","data":{"expectedOut":"1"}}"#)
    await fixture.skip { $0 == .warning(.strayReply("estimate")) }
    #expect(fixture.seen.contains(.warning(.serverError("Something else"))))
    let noises = fixture.seen.count {
      if case .warning(.unreadable) = $0 { return true }
      return false
    }
    #expect(noises == 1)
    #expect(try await fixture.client.balances().count == 1, "and the connection goes on")
    await fixture.end()
  }

  @Test func learnsTheOrderOfKeysFromARefusedEstimate() async throws {
    var fixture = try ClientFixture { message in
      message.operation == "estimate" && message.text.contains(#""data":{"amount""#)
        ? .error("Invalid signature") : .usual
    }
    await fixture.connect()
    #expect(try await fixture.quote().expectedOut.text == "3245.67")
    await fixture.skip {
      $0 == .dialect(SpokenDialect(dialect: .doc, keyOrder: .documented))
    }
    _ = try await fixture.quote()
    #expect(fixture.server.log.count("estimate") == 3)
    await fixture.end()
  }

  @Test func startsAgainAfterStop() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    await fixture.client.stop()
    await fixture.skip { $0 == .state(.off) }
    await #expect(throws: TradingError.stopped) { try await fixture.client.balances() }
    await fixture.connect()
    #expect(try await fixture.client.balances().count == 1)
    await fixture.end()
  }

  @Test func comesOnlineBesideAnOrderWhoseStatusCannotBeRead() async throws {
    var fixture = try ClientFixture {
      $0.operation == "order_status" ? .send([#"{"op":"order_status","data":null}"#]) : .usual
    }
    let lost = OpenOrder(
      clientOrderId: try fixture.request().clientOrderId, orderId: nil,
      state: OrderState(clientOrderId: "mine-1", status: .unknown))
    await fixture.connect(following: [lost])
    #expect(
      fixture.seen.contains {
        if case .warning(.unreadable) = $0 { return true }
        return false
      })
    await fixture.end()
  }

  @Test func comesOnlineAndSaysSoWhenTheBalancesCannotBeRead() async throws {
    var fixture = try ClientFixture {
      $0.operation == "balances" ? .send([#"{"op":"balances","data":7}"#]) : .usual
    }
    await fixture.connect()
    #expect(
      fixture.seen.contains {
        if case .warning(.unreadable) = $0 { return true }
        return false
      })
    await fixture.end()
  }

  @Test func triesAtOnceWhenAskedTo() async throws {
    var fixture = try ClientFixture()
    await fixture.connect()
    await fixture.server.log.hangUp(0)
    await fixture.skip {
      if case .state(.waiting) = $0 { return true }
      return false
    }
    await fixture.client.retryNow()
    await fixture.skip { $0 == .state(.online) }
    await fixture.end()
  }

  @Test func slowsDownWhenTheServerCountsTooMany() async throws {
    var fixture = try ClientFixture {
      $0.operation == "estimate" && $0.ordinal == 0 ? .error("Rate limit exceeded") : .usual
    }
    await fixture.connect()
    await #expect(throws: TradingError.refused(.rateLimited, text: "Rate limit exceeded")) {
      try await fixture.quote()
    }
    let client = fixture.client
    let question = try QuoteRequest(from: "ETH", to: "USDT", amount: Amount(userText: "1.5"))
    async let quote = client.estimate(question)
    await fixture.time.release(.seconds(2))
    #expect(try await quote.expectedOut.text == "3245.67")
    await fixture.end()
  }
}
