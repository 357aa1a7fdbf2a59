import Testing
import Transport

@testable import Trading

/// How a swap of unknown outcome is looked for, and what counts as an answer.
@Suite(.timeLimit(.minutes(1))) struct ReconciliationTests {
  @Test func staysUnknownWhenTheServerKnowsNothing() async throws {
    var fixture = try ClientFixture {
      $0.operation == "order_status" ? .error("Order not found") : .usual
    }
    await fixture.connect()
    let client = fixture.client
    let id = try fixture.request().clientOrderId
    async let result = client.reconcile(clientOrderId: id, orderId: "ord_7")
    await fixture.time.release(.seconds(15))
    await fixture.time.release(.seconds(15))
    guard case .unresolved(notFound: 3, _) = await result else {
      Issue.record("resolved")
      return
    }
    #expect(
      fixture.server.log.summaries.filter { $0.hasPrefix("order_status") }
        == Array(repeating: ["order_status ord_7", "order_status mine-1"], count: 3).flatMap { $0 })
    await fixture.end()
  }

  @Test func isFoundByOurOwnId() async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "order_status ord_7": .error("Order not found")
      case "order_status mine-1":
        .send([
          #"{"op":"order_status","data":{"orderId":"ord_8","status":"PROCESSING","updatedAt":5}}"#
        ])
      default: .usual
      }
    }
    await fixture.connect()
    let result = await fixture.client.reconcile(
      clientOrderId: try fixture.request().clientOrderId, orderId: "ord_7")
    guard case .found(let state) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(state.orderId == "ord_8")
    #expect(state.status == .processing)
    await fixture.server.log.until { $0.summaries.contains("subscribe orders:ord_8") }
    await fixture.end()
  }

  @Test func isNotFoundInAnAnswerAboutAnotherOrder() async throws {
    var fixture = try ClientFixture { message in
      switch message.summary {
      case "order_status ord_7": .send([ScriptedServer.order("ord_3", "FILLED", at: 5)])
      case "order_status mine-1": .error("Order not found")
      default: .usual
      }
    }
    await fixture.connect()
    let client = fixture.client
    let id = try fixture.request().clientOrderId
    async let result = client.reconcile(clientOrderId: id, orderId: "ord_7")
    await fixture.time.release(.seconds(15))
    await fixture.time.release(.seconds(15))
    guard case .unresolved(notFound: 0, _) = await result else {
      Issue.record("taken for ours")
      return
    }
    await fixture.end()
  }
}
