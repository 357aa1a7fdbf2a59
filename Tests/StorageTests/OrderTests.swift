import Database
import Domain
import Testing

@testable import Storage

@Suite("Orders and balances")
struct OrderTests {
  private let store: Store

  init() throws { store = try Store.inMemory() }

  @Test("Every field comes back, amounts digit for digit")
  func roundTrip() async throws {
    let full = OrderRecord(
      clientOrderId: "tercet-1", orderId: "32588", status: .filled, from: "ETH", to: "USDT",
      amount: "123456789012345678901234.123456789012345678", slippageBps: 50,
      filter: ["binance", "gate"], expectedOut: "3245.670", price: "2163.78",
      filledOut: "3245.6700", txHash: "0xabc123", reason: "none", createdAt: noon,
      updatedAt: noon + 9)
    let bare = order("tercet-2", at: noon + 1)
    try await store.orders.record(full, [intent("tercet-1")])
    try await store.orders.record(bare, [])
    #expect(try await store.orders.recent(limit: 10) == [bare, full])
    #expect(try await store.orders.order("tercet-1") == full)
    #expect(try await store.orders.order("32588") == full)
    #expect(try await store.orders.order("unknown") == nil)
  }

  @Test("The id chosen here goes before a server's id that looks the same")
  func ambiguity() async throws {
    var other = order("b", at: noon + 9)
    other.orderId = "a"
    try await store.orders.record(order("a"), [])
    try await store.orders.record(other, [])
    #expect(try await store.orders.order("a")?.clientOrderId == "a")
  }

  @Test(
    "An order is open until a final word, an unknown word included",
    arguments: [
      ("SUBMITTING", true), ("UNKNOWN", true), ("PENDING", true), ("PARTIAL", true),
      ("SOMETHING_NEW", true), ("FILLED", false), ("FAILED", false), ("CANCELLED", false),
      ("REJECTED", false), ("NOT_SENT", false),
    ])
  func openness(status: String, isOpen: Bool) async throws {
    let record = order("a", status: OrderStatus(storedText: status))
    try await store.orders.record(record, [])
    #expect(record.isOpen == isOpen)
    #expect(try await store.orders.open() == (isOpen ? [record] : []))
  }

  @Test("An order and its journal lines are kept together or not at all")
  func atomicity() async throws {
    try await store.orders.record(order("a"), [intent("a")])
    try await store.database.write { connection in
      try connection.run(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN NEW.body = 'no'
          BEGIN SELECT RAISE(ABORT, 'refused'); END;
        """)
    }
    await #expect(throws: DatabaseError.self) {
      try await store.orders.record(
        order("a", status: .pending),
        [
          JournalEntry(at: noon, clientOrderId: "a", kind: .reply, body: "yes"),
          JournalEntry(at: noon, clientOrderId: "a", kind: .reply, body: "no"),
        ])
    }
    #expect(try await store.orders.order("a")?.status == .submitting)
    #expect(try await store.journal.verify() == .whole(count: 1))
  }

  @Test("A snapshot of balances replaces all, a change only what it names")
  func balances() async throws {
    func balance(_ asset: String, _ total: String) -> BalanceRecord {
      BalanceRecord(asset: asset, total: total, locked: "0.00", at: noon)
    }
    try await store.balances.save([balance("USDT", "100.00"), balance("ETH", "1")])
    try await store.balances.save([balance("USDT", "100")])
    #expect(try await store.balances.all() == [balance("ETH", "1"), balance("USDT", "100")])
    try await store.balances.replaceAll([balance("BTC", "0.5")])
    #expect(try await store.balances.all() == [balance("BTC", "0.5")])
  }
}
