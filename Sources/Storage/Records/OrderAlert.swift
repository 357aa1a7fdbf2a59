import Database

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
