import Database
import Domain

/// An event of an order that a person is told of, once.
package struct OrderAlert: Sendable, Equatable {
  /// What happened.
  package enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
    /// All of it was exchanged.
    case filled
    /// It brought in less than was confirmed.
    case belowMinimum = "below-minimum"
    /// It ended without being filled, or was refused.
    case failed
    /// It was sent, and nobody knows what became of it.
    case unknown
    /// The server says again and again that it has no such order.
    case lost
  }

  /// The order it happened to.
  package var clientOrderId: String
  /// What happened.
  package var kind: Kind
  /// When it was recorded, in wall-clock milliseconds.
  package var at: Int64

  /// An event.
  package init(clientOrderId: String, kind: Kind, at: Int64) {
    self.clientOrderId = clientOrderId
    self.kind = kind
    self.at = at
  }
}

extension OrderRecord {
  /// Whether it was sent and nobody knows what became of it.
  package var isUnknown: Bool { status == .unknown }

  /// Whether the server says again and again that it has no such order.
  package var isLost: Bool { status == .lost }

  /// Whether it was filled and nobody knows with how much.
  package var lacksAmount: Bool { status == .filled && filledOut == nil }

  /// The least that was confirmed.
  package var minimumOut: Amount? {
    expectedOut.flatMap(Amount.init(serverText:))?.reduced(byBasisPoints: slippageBps)
  }

  /// Whether it was filled with less than was confirmed.
  package var isBelowMinimum: Bool {
    guard status == .filled, let minimumOut,
      let received = filledOut.flatMap(Amount.init(serverText:))
    else { return false }
    return received < minimumOut
  }

  /// What is to be told of the order as it is now, if nobody was told before.
  package func alerts(at now: Int64) -> [OrderAlert] {
    let kind: OrderAlert.Kind? =
      switch status {
      case .filled: isBelowMinimum ? .belowMinimum : .filled
      case .failed, .cancelled, .rejected: .failed
      case .unknown: .unknown
      case .lost: .lost
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
