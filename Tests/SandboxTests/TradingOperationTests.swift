import Sandbox
import Testing
import Transport

@Suite struct TradingOperationTests {
  private static let swap =
    #"{"from":"ETH","to":"USDT","amount":"1.5","slippage_bps":30,"clientOrderId":"c-1"}"#

  @Test func estimatesAsTheDocumentDoes() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    let reply = try await line.perform(
      "estimate",
      #"{"from":"ETH","to":"USDT","amount":"1.5","network":"ETH","filter":["binance","gate"]}"#)
    #expect(reply.op == "estimate")
    #expect(reply.data.price == "2163.78")
    #expect(reply.data.expectedOut == "3245.67")
    #expect(reply.data.fee == "0.003")
    #expect(reply.data.expiresAt == .integer(fixture.time.wallTime + 10_000))
    let step = reply.data.route[0]
    #expect(step.keys == ["from_asset", "to_asset", "amount_in", "amount_out", "pool"])
    #expect(step.amount_in == "1.5")
    #expect(step.amount_out == "3245.67")
  }

  @Test func aRouteBetweenTwoCoinsGoesThroughMoney() async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    let reply = try await line.perform("estimate", #"{"from":"BTC","to":"ETH","amount":"0.1"}"#)
    let route = reply.data.route.items
    #expect(route.map(\.from_asset) == ["BTC", "USDT"])
    #expect(route.map(\.to_asset) == ["USDT", "ETH"])
    #expect(route[0].amount_out == route[1].amount_in)
    #expect(route[1].amount_out == reply.data.expectedOut)
  }

  @Test func theSignatureCoversTheBytesAsSent() async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    let odd =
      #"{ "to":"USDT" , "amount":"1.5",  "from":"\u0045TH", "note":"\"}{,\\", "n":[{}, 1e3]}"#
    #expect(try await line.perform("estimate", odd).data.expectedOut == "3245.67")
    let compact = #"{"from":"ETH","to":"USDT","amount":"1.5"}"#
    let spaced = #"{"from":"ETH", "to":"USDT","amount":"1.5"}"#
    #expect(
      try await line.ask(line.frame("estimate", spaced, signed: compact)).error
        == "Invalid signature")
    #expect(
      try await line.ask(line.frame("balances", "{}", signed: "")).error == "Invalid signature")
  }

  @Test(arguments: [
    (#"{"from":"ETH","to":"USDT"}"#, "Invalid request: amount: required"),
    (#"{"from":"ETH","to":"USDT","amount":1.5}"#, "Invalid request: amount: expected String"),
    (#"{"from":"ETH","to":"USDT","amount":"1,5"}"#, "not a plain decimal"),
    (#"{"from":"ETH","to":"USDT","amount":"1e3"}"#, "not a plain decimal"),
    (#"{"from":"ETH","to":"USDT","amount":"-1"}"#, "not a plain decimal"),
    (#"{"from":"ETH","to":"USDT","amount":"0"}"#, "Invalid request: amount"),
    (#"{"from":"ETH","to":"ETH","amount":"1"}"#, "unsupported asset ETH"),
    (#"{"from":"ETH","to":"DOGE","amount":"1"}"#, "unsupported asset DOGE"),
  ])
  func refusesABadEstimate(data: String, error: String) async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    let reply = try await line.perform("estimate", data)
    #expect(reply.keys == ["error"])
    #expect(reply.error.string?.contains(error) == true)
  }

  @Test func aSwapLocksThenFillsAndTellsItsFollowers() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    let watcher = try await RawTradingConnection(fixture)
    _ = try await watcher.ask(#"{"op":"subscribe","ch":"balances"}"#)

    let reply = try await line.perform("swap", TradingOperationTests.swap)
    #expect(reply.op == "swap")
    #expect(reply.data.status == "PENDING")
    let id = try #require(reply.data.orderId.string)
    #expect(id.hasPrefix("ord_"))
    let locked = try await watcher.line.json()
    #expect(locked.ch == "balances")
    #expect(locked.op == .null)
    #expect(
      locked.data[1] == .object(["asset": "ETH", "total": "2.6", "locked": "1.9"]))

    _ = try await watcher.ask(#"{"op":"subscribe","ch":"orders:\#(id)"}"#)
    await fixture.pass(.seconds(1))
    let processing = try await watcher.line.json()
    #expect(processing.ch == .text("orders:\(id)"))
    #expect(processing.data.status == "PROCESSING")
    #expect(processing.data.filledOut == .null)
    await fixture.pass(.seconds(2))
    let filled = try await watcher.line.json()
    #expect(filled.data.status == "FILLED")
    #expect(filled.data.filledOut == "3245.67")
    #expect(filled.data.txHash.string?.count == 66)
    #expect(filled.data.updatedAt == .integer(fixture.time.wallTime))
    let settled = try await watcher.line.json()
    #expect(settled.data[0].total == "3346.9")
    #expect(settled.data[1] == .object(["asset": "ETH", "total": "1.1", "locked": "0.4"]))

    let byID = try await line.perform("order_status", #"{"id":"\#(id)"}"#)
    #expect(byID.data == filled.data)
    #expect(try await line.perform("order_status", #"{"id":"c-1"}"#).data == filled.data)
  }

  @Test func aClientOrderIDExecutesOnce() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    let first = try await line.perform("swap", TradingOperationTests.swap)
    let second = try await line.perform("swap", TradingOperationTests.swap)
    #expect(first.data.orderId == second.data.orderId)
    let balances = try await line.perform("balances", "{}")
    #expect(balances.data.balances[1].locked == "1.9")
    let duplicate = try await fixture.event { event in
      if case .duplicateOrder(_, let name) = event { name } else { nil }
    }
    #expect(duplicate == "c-1")
  }

  @Test func whatIsLockedCannotBeSpent() async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    let reply = try await line.perform(
      "swap", #"{"from":"ETH","to":"USDT","amount":"2.21","slippage_bps":30}"#)
    #expect(reply.error == "Insufficient balance")
    #expect(
      try await line.perform("swap", #"{"from":"SOL","to":"USDT","amount":"1"}"#).error
        == "Insufficient balance")
  }

  @Test func balancesHaveTheDocumentsShape() async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    let reply = try await line.perform("balances", "{}")
    #expect(reply.op == "balances")
    #expect(
      reply.data.balances.items == [
        .object(["asset": "USDT", "total": "101.23", "locked": "0"]),
        .object(["asset": "ETH", "total": "2.6", "locked": "0.4"]),
        .object(["asset": "BTC", "total": "0.11", "locked": "0"]),
      ])
  }

  @Test func unknownThingsAreNamed() async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    #expect(
      try await line.perform("cancel", "{}") == .object(["error": "Unknown operation: cancel"]))
    #expect(
      try await line.perform("order_status", #"{"id":"ord_0"}"#).error == "Order not found")
  }

  @Test func channelsAreAnsweredAsDocumented() async throws {
    let line = try await RawTradingConnection(SandboxFixture())
    // An order nobody has heard of may be followed: the document's own example does.
    for channel in ["balances", "orders:ord_123456"] {
      for operation in ["subscribe", "unsubscribe"] {
        let reply = try await line.ask(#"{"op":"\#(operation)","ch":"\#(channel)"}"#)
        #expect(
          reply
            == .object([
              "op": .text(operation), "ch": .text(channel),
              "data": .object(["status": .text(operation + "d")]),
            ]))
      }
    }
    for channel in ["\"trades\"", "\"orders:\"", "\"orders:a b\"", "7", "null"] {
      #expect(
        try await line.ask(#"{"op":"subscribe","ch":\#(channel)}"#)
          == .object(["error": "Invalid channel format"]))
    }
  }

  @Test func aConnectionFollowsFiftyChannels() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawTradingConnection(fixture)
    for number in 0..<50 {
      let reply = try await line.ask(#"{"op":"subscribe","ch":"orders:o\#(number)"}"#)
      #expect(reply.data.status == "subscribed")
    }
    #expect(
      try await line.ask(#"{"op":"subscribe","ch":"balances"}"#).error
        == "Maximum subscriptions exceeded")
    // One that is followed already costs nothing.
    #expect(
      try await line.ask(#"{"op":"subscribe","ch":"orders:o7"}"#).data.status == "subscribed")
    _ = try await line.ask(#"{"op":"unsubscribe","ch":"orders:o7"}"#)
    #expect(
      try await line.ask(#"{"op":"subscribe","ch":"balances"}"#).data.status == "subscribed")
  }
}
