import Clocks
import Cryptography
import Domain
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Trading

/// What the tracker of orders journals and tells, and in which order.
@Suite(.timeLimit(.minutes(10))) struct OrderTrackerTests {
  private final class Told: Sendable {
    private let statuses = Mutex<[OrderStatus]>([])
    var all: [OrderStatus] { statuses.withLock { $0 } }
    func take(_ event: TradingEvent) {
      if case .order(let state, _) = event { statuses.withLock { $0.append(state.status) } }
    }
  }

  private func tracker(_ journal: RecordingJournal, _ told: Told) -> OrderTracker {
    let time = ManualTime()
    let context = ConnectionContext(
      configuration: TradingConfiguration(),
      credentials: TradingCredentials(key: Secret("fake-key"), secret: Secret("fake-secret")),
      network: Network(), time: time, random: SeededRandom(seed: 1))
    return OrderTracker(
      context, journal: journal, meter: MeterReporter(time: time) { _ in }, emit: told.take)
  }

  @Test func tellsInTheOrderOfWhatHappenedHoweverSlowTheJournalIs() async {
    let (journal, told) = (RecordingJournal { 0 }, Told())
    let tracker = tracker(journal, told)
    let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    journal.beforeEach { event in
      guard case .updated(let state) = event, state.status == .processing else { return }
      arrival.finish()
      for await _ in gate {}
    }
    await tracker.follow(OrderState(orderId: "a", status: .pending))
    async let first: Void = tracker.receive(
      OrderUpdate(orderId: "a", status: .processing, updatedAt: 1), via: .status)
    for await _ in arrived {}
    async let second: Void = tracker.receive(
      OrderUpdate(orderId: "a", status: .filled, updatedAt: 2), via: .push)
    // Time enough for the second to overtake, if it can.
    for _ in 0..<100 { await Task.yield() }
    opening.finish()
    _ = await (first, second)
    #expect(told.all == [.processing, .filled])
    await tracker.stop()
  }

  @Test func callsAnOrderThatACrashLeftBehindUnknown() async throws {
    var fixture = try ClientFixture {
      $0.operation == "order_status" ? .error("Order not found") : .usual
    }
    let id = try fixture.request().clientOrderId
    let left = OpenOrder(
      clientOrderId: id, orderId: nil,
      state: OrderState(clientOrderId: id.text, status: .submitting))
    await fixture.connect(following: [left])
    #expect(fixture.server.log.summaries.contains("order_status mine-1"))
    let unknown = OrderState(clientOrderId: id.text, status: .unknown)
    #expect(fixture.journal.events == [.updated(unknown)])
    #expect(fixture.seen.contains(.order(unknown, via: .swap)))
    await fixture.end()
  }
}
