import Phrases

/// Where an order stands: the server's words (seed 001, Order Status) and the states before and
/// beside them that only this side knows.
public enum OrderStatus: Sendable, Hashable {
  /// Journalled here, no answer yet.
  case submitting
  /// Never left this machine.
  case notSent
  /// Definitely refused by the server; nothing was executed.
  case rejected
  /// It may or may not have reached the server. Not an error and never to be sent again blindly.
  case unknown
  /// Asked again and again, the server has no such order: it is followed further, and nothing waits for
  /// it.
  case lost

  case pending
  case processing
  /// Partly filled (the vendor's own clients know it; the seed does not).
  case partial
  case filled
  case failed
  case cancelled
  /// A word of the server that is not known here, shown as it came; the order counts as open.
  case other(String)

  /// Reads the server's word, regardless of case, with the synonyms seen in the field.
  public init(serverText: String) {
    self =
      switch serverText.uppercased() {
      case "PENDING": .pending
      case "PROCESSING": .processing
      case "PARTIAL", "PARTIAL_FILLED", "PARTIALLY_FILLED": .partial
      case "FILLED", "COMPLETED", "COMPLETE", "SUCCESS", "SUCCEEDED", "EXECUTED", "DONE": .filled
      case "FAILED", "FAIL", "FAILURE", "ERROR", "REJECTED", "REFUSED": .failed
      case "CANCELLED", "CANCELED", "EXPIRED": .cancelled
      // Words for what only this side knows: from over there they mean something else.
      case "SUBMITTING", "NOT_SENT", "UNKNOWN", "LOST": .other("SERVER_\(serverText.uppercased())")
      default: .other(String(serverText.prefix(64)))
      }
  }

  /// The server's word for an end that is shown as FAILED or CANCELLED and says more than that.
  package static func unusualEnd(_ serverText: String) -> String? {
    let word = serverText.uppercased()
    return ["EXPIRED", "REJECTED", "REFUSED", "ERROR"].contains(word) ? word : nil
  }

  /// The word in upper case: `FILLED`, `NOT_SENT`; an unknown one as the server wrote it.
  public var text: String {
    switch self {
    case .submitting: "SUBMITTING"
    case .notSent: "NOT_SENT"
    case .rejected: "REJECTED"
    case .unknown: "UNKNOWN"
    case .lost: "LOST"
    case .pending: "PENDING"
    case .processing: "PROCESSING"
    case .partial: "PARTIAL"
    case .filled: "FILLED"
    case .failed: "FAILED"
    case .cancelled: "CANCELLED"
    case .other(let text): text
    }
  }

  /// The states after which nothing more is expected to happen.
  package static let terminal: Set<OrderStatus> = [
    .filled, .failed, .cancelled, .notSent, .rejected,
  ]

  /// Whether nothing more is expected to happen.
  public var isTerminal: Bool { OrderStatus.terminal.contains(self) }

  /// Progress, for telling apart updates of the same instant: PENDING 0, PROCESSING and words not
  /// known 1, PARTIAL 2, terminal 3, states before the server's −1.
  public var rank: Int {
    switch self {
    case .submitting, .unknown, .lost: -1
    case .pending: 0
    case .processing, .other: 1
    case .partial: 2
    case .filled, .failed, .cancelled, .notSent, .rejected: 3
    }
  }
}

extension OrderStatus {
  /// Reads what `text` gives: our own words besides the server's.
  public init(storedText text: String) {
    self =
      switch text {
      case "SUBMITTING": .submitting
      case "NOT_SENT": .notSent
      case "REJECTED": .rejected
      case "UNKNOWN": .unknown
      case "LOST": .lost
      default: OrderStatus(serverText: text)
      }
  }
}

extension OrderStatus {
  /// The state in the language in use; an unknown one as the server wrote it.
  package var word: String {
    switch self {
    case .submitting: Phrase.stateSubmitting.text
    case .notSent: Phrase.stateNotSent.text
    case .rejected: Phrase.stateRejected.text
    case .unknown: Phrase.stateUnknown.text
    case .lost: Phrase.stateLost.text
    case .pending: Phrase.statePending.text
    case .processing: Phrase.stateProcessing.text
    case .partial: Phrase.statePartial.text
    case .filled: Phrase.stateFilled.text
    case .failed: Phrase.stateFailed.text
    case .cancelled: Phrase.stateCancelled.text
    case .other(let text): text
    }
  }
}

extension OrderStatus: Codable, CustomStringConvertible {
  public var description: String { text }

  public init(from decoder: any Decoder) throws {
    self.init(storedText: try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What the server says about one order, in a push, an `order_status` reply or a swap's reply
/// (seed 001, Order Status).
public struct OrderUpdate: Sendable, Equatable, Codable {
  /// The server's id: opaque text.
  public var orderId: String
  /// Our own id, where the server repeats it.
  public var clientOrderId: String?
  /// Where it stands.
  public var status: OrderStatus
  /// How much of the bought asset has come in so far.
  public var filledOut: Amount?
  /// The transaction's hash, of no fixed length.
  public var txHash: String?
  /// Server milliseconds since 1970; a swap's reply has none.
  public var updatedAt: Int64?
  /// Why it ended as it did, in the server's words.
  public var reason: String?

  /// An update with these fields.
  public init(
    orderId: String, clientOrderId: String? = nil, status: OrderStatus, filledOut: Amount? = nil,
    txHash: String? = nil, updatedAt: Int64? = nil, reason: String? = nil
  ) {
    self.orderId = orderId
    self.clientOrderId = clientOrderId
    self.status = status
    self.filledOut = filledOut
    self.txHash = txHash
    self.updatedAt = updatedAt
    self.reason = reason
  }
}
