import Domain
import Storage

/// What a made-up trading account holds, and what it has swapped so far.
struct ProfileOrders {
  let balances: [BalanceRecord]
  /// Each with its line of the journal, the oldest first.
  let all: [(OrderRecord, JournalEntry)]

  init(_ count: Int, until end: Int64) {
    let held = [
      ("USDT", "10250.75", "120"), ("BTC", "0.3145", "0"), ("ETH", "4.81", "0.4"),
      ("SOL", "61.5", "0"), ("TON", "1830", "0"), ("USDC", "402.11", "0"), ("BNB", "2.05", "0"),
      ("ADA", "5000", "0"),
    ]
    balances = held.map { BalanceRecord(asset: $0.0, total: $0.1, locked: $0.2, at: end) }
    all = (0..<count).map { index in
      let at = end - Int64(count - index) * 600_000
      let sold = held[index % held.count].0
      let bought = held[(index + 1) % held.count].0
      let isFilled = index % 5 != 0
      let order = OrderRecord(
        clientOrderId: "made-up-\(index)", orderId: "fake-\(index)",
        status: isFilled ? .filled : .cancelled, from: sold, to: bought,
        amount: "\(1 + index % 9).\(index % 10)", slippageBps: 50,
        expectedOut: "\(10 + index % 70)", filledOut: isFilled ? "\(10 + index % 70)" : nil,
        createdAt: at, updatedAt: at + 4_000)
      let line = JournalEntry(
        at: at, clientOrderId: order.clientOrderId, kind: .push,
        body: "made-up: \(order.status.text)")
      return (order, line)
    }
  }
}
