import Domain
import FoundationEssentials
import Testing

@testable import Trading

@Suite struct OrderStateTests {
  func update(
    _ status: OrderStatus, at time: Int64? = nil, filled: String? = nil, hash: String? = nil
  ) -> OrderUpdate {
    OrderUpdate(
      orderId: "o", status: status, filledOut: filled.flatMap(Amount.init(serverText:)),
      txHash: hash, updatedAt: time)
  }

  func state(_ status: OrderStatus, at time: Int64? = nil, filled: String? = nil) -> OrderState {
    OrderState(
      orderId: "o", clientOrderId: "c", status: status,
      filledOut: filled.flatMap(Amount.init(serverText:)), updatedAt: time)
  }

  /// Every pair of server states, the second one second newer.
  @Test func movesOnlyForward() {
    let forward: [OrderStatus: Set<OrderStatus>] = [
      .pending: [.pending, .processing, .partial, .filled, .failed, .cancelled],
      .processing: [.processing, .partial, .filled, .failed, .cancelled],
      .partial: [.partial, .filled, .failed, .cancelled],
      .filled: [.filled], .failed: [.failed], .cancelled: [.cancelled],
    ]
    for (from, legal) in forward {
      for to in forward.keys {
        var state = state(from, at: 1000)
        let transition = state.apply(update(to, at: 2000))
        if from == to {
          #expect(transition == .duplicate)
          #expect(state.updatedAt == 2000)
        } else if legal.contains(to) {
          #expect(transition == .changed, "\(from) to \(to)")
          #expect(state.status == to)
        } else if to == .filled {
          #expect(transition == .needsConfirmation, "\(from) to \(to)")
          #expect(state.status == from)
        } else {
          #expect(transition == .anomaly(.illegal(from: from, to: to)), "\(from) to \(to)")
          #expect(state.status == from)
        }
      }
    }
  }

  @Test func ignoresOlderNews() {
    var state = state(.processing, at: 2000)
    #expect(state.apply(update(.filled, at: 1999)) == .stale)
    #expect(state.apply(update(.filled)) == .stale, "a swap's reply is the oldest of all")
    #expect(state.status == .processing)
  }

  @Test func ordersNewsOfOneInstantByProgress() {
    var state = state(.processing, at: 2000)
    #expect(state.apply(update(.pending, at: 2000)) == .stale)
    #expect(state.apply(update(.partial, at: 2000, filled: "1")) == .changed)
    #expect(state.apply(update(.filled, at: 2000, filled: "2")) == .changed)
    #expect(state.apply(update(.filled, at: 2000, filled: "2", hash: "0xabc123...")) == .changed)
    #expect(state.apply(update(.filled, at: 2000, filled: "2")) == .duplicate)
    #expect(state.txHash == "0xabc123...", "missing fields take nothing away")
    #expect(
      state.apply(update(.cancelled, at: 2000))
        == .anomaly(.illegal(from: .filled, to: .cancelled)))
  }

  @Test func anOlderWordFillsInWhatNothingHasSaid() {
    var state = state(.filled, at: 2000)
    #expect(state.lacksAmount)
    #expect(state.apply(update(.filled, filled: "3", hash: "0xab")) == .changed)
    #expect(state.filledOut?.text == "3" && state.txHash == "0xab")
    #expect(state.updatedAt == 2000)
    #expect(state.apply(update(.filled, filled: "4")) == .stale)
    #expect(state.filledOut?.text == "3")
  }

  @Test func believesARevivalOnlyWhenConfirmed() {
    var state = state(.cancelled, at: 1000)
    #expect(state.apply(update(.filled, at: 2000)) == .needsConfirmation)
    #expect(state.apply(update(.filled, at: 2000), confirmed: true) == .changed)
    #expect(state.status == .filled)
    #expect(
      state.apply(update(.cancelled, at: 3000), confirmed: true)
        == .anomaly(.illegal(from: .filled, to: .cancelled)))
  }

  @Test func startsFromAnyLocalState() {
    for local in [OrderStatus.submitting, .unknown] {
      var order = OrderState(clientOrderId: "c", status: local)
      #expect(order.apply(update(.pending)) == .changed)
      #expect(order.orderId == "o")
      #expect(order.apply(update(.filled, at: 5)) == .changed)
    }
    var refused = OrderState(clientOrderId: "c", status: .rejected)
    #expect(refused.apply(update(.processing, at: 5)) == .needsConfirmation)
  }

  @Test func keepsTheLargerFill() {
    var state = state(.partial, at: 1000, filled: "2")
    let shrink = state.apply(update(.cancelled, at: 2000, filled: "1.5"))
    guard case .anomaly(.fillShrank) = shrink else {
      Issue.record("\(shrink)")
      return
    }
    #expect(state.status == .cancelled)
    #expect(state.filledOut?.text == "2")
  }

  @Test func refusesAnotherOrdersNews() {
    var state = state(.pending)
    let other = OrderUpdate(orderId: "p", status: .filled, updatedAt: 9)
    #expect(state.apply(other) == .anomaly(.otherOrder("p")))
    #expect(state.status == .pending)
  }

  @Test func wordsNotKnownStayOpen() {
    var state = state(.pending, at: 1)
    #expect(state.apply(update(OrderStatus(serverText: "Settling"), at: 2)) == .changed)
    #expect(state.status.text == "Settling")
    #expect(!state.status.isTerminal)
    #expect(state.apply(update(.filled, at: 3)) == .changed)
  }

  @Test func comparesTheFillWithTheMinimum() {
    var state = state(.pending, at: 1)
    state.minimumOut = Amount(serverText: "3235.93")
    _ = state.apply(update(.filled, at: 2, filled: "3235.9299"))
    #expect(state.isFilledBelowMinimum)
    state.minimumOut = Amount(serverText: "3235.9299")
    #expect(!state.isFilledBelowMinimum)
  }

  @Test(arguments: [
    ("filled", OrderStatus.filled), ("CANCELED", .cancelled), ("Partial_Filled", .partial),
    ("PARTIAL", .partial), ("Completed", .filled), ("SUCCESS", .filled), ("expired", .cancelled),
    ("REJECTED", .failed), ("SUBMITTING", .other("SERVER_SUBMITTING")),
    ("NOT_SENT", .other("SERVER_NOT_SENT")), ("Settling", .other("Settling")),
  ])
  func readsStatuses(text: String, expected: OrderStatus) {
    #expect(OrderStatus(serverText: text) == expected)
  }

  @Test func keepsEveryStatusInTheJournal() throws {
    let all: [OrderStatus] = [
      .submitting, .notSent, .rejected, .unknown, .pending, .processing, .partial, .filled,
      .failed, .cancelled, .other("Settling"),
    ]
    let json = try JSONEncoder().encode(all)
    #expect(try JSONDecoder().decode([OrderStatus].self, from: json) == all)
  }
}
