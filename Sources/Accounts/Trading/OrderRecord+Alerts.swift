import Storage
import Trading

extension OrderRecord {
  /// The word for an order that the server does not know, asked again and again: it is followed
  /// further, but nothing waits for it.
  package static let lostStatus = "LOST"

  /// Whether it was sent and nobody knows what became of it.
  package var isUnknown: Bool { status == OrderStatus.unknown.text }

  /// Whether the server says again and again that it has no such order.
  package var isLost: Bool { status == OrderRecord.lostStatus }

  /// Whether it was filled and nobody knows with how much.
  var lacksAmount: Bool { status == OrderStatus.filled.text && filledOut == nil }

  /// The least that was confirmed.
  package var minimumOut: Amount? {
    expectedOut.flatMap(Amount.init(serverText:))?.reduced(byBasisPoints: slippageBps)
  }

  /// Whether it was filled with less than was confirmed.
  package var isBelowMinimum: Bool {
    guard status == OrderStatus.filled.text, let minimumOut,
      let received = filledOut.flatMap(Amount.init(serverText:))
    else { return false }
    return received < minimumOut
  }

  /// What is to be told of the order as it is now, if nobody was told before.
  package func alerts(at now: Int64) -> [OrderAlert] {
    let kind: OrderAlert.Kind? =
      switch OrderStatus(storedText: status) {
      case .filled: isBelowMinimum ? .belowMinimum : .filled
      case .failed, .cancelled, .rejected: .failed
      case .unknown: .unknown
      case .other(OrderRecord.lostStatus): .lost
      default: nil
      }
    return kind.map { [OrderAlert(clientOrderId: clientOrderId, kind: $0, at: now)] } ?? []
  }

  /// What was received more (or, with a minus, less) than expected, in percent.
  package var slippageText: String? {
    guard let expected = expectedOut.flatMap(Amount.init(serverText:)),
      let received = filledOut.flatMap(Amount.init(serverText:))
    else { return nil }
    return Amount.percentChange(from: expected, to: received)
  }
}

extension DeskContext {
  /// Tells an order that was stored, and what of it is news to everybody.
  package func tell(_ order: OrderRecord, _ alerts: [OrderAlert]) {
    changes.send(.order(order))
    for alert in alerts { changes.send(.alert(alert, order)) }
  }
}
