import Database

/// An event of an order that a person is told of, once.
public struct OrderAlert: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
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
  public var clientOrderId: String
  /// What happened.
  public var kind: Kind
  /// When it was recorded, in wall-clock milliseconds.
  public var at: Int64

  /// An event.
  public init(clientOrderId: String, kind: Kind, at: Int64) {
    self.clientOrderId = clientOrderId
    self.kind = kind
    self.at = at
  }
}
