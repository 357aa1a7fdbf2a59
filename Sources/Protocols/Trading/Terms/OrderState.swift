import Domain

/// One order as far as it is known: a state machine that takes updates in any order, any number of
/// times, and moves only where an order can move.
///
/// `updatedAt` decides which of two updates is newer; a word that contradicts what is settled is
/// reported and not believed.
public struct OrderState: Sendable, Equatable, Codable {
  /// The server's id; nil until it has said one.
  public private(set) var orderId: String?
  /// Our own id; nil for an order that was not placed here.
  public private(set) var clientOrderId: String?
  /// Where it stands.
  public private(set) var status: OrderStatus
  /// How much of the bought asset has come in so far.
  public private(set) var filledOut: Amount?
  /// The transaction's hash, of no fixed length.
  public private(set) var txHash: String?
  /// Server milliseconds of the newest update that was believed.
  public private(set) var updatedAt: Int64?
  /// Why it ended as it did, in the server's words.
  public private(set) var reason: String?
  /// The least that a fill should bring in, from the quote and the slippage that were confirmed.
  public var minimumOut: Amount?

  /// An order of which this much is known.
  public init(
    orderId: String? = nil, clientOrderId: String? = nil, status: OrderStatus = .submitting,
    filledOut: Amount? = nil, txHash: String? = nil, updatedAt: Int64? = nil,
    minimumOut: Amount? = nil
  ) {
    self.orderId = orderId
    self.clientOrderId = clientOrderId
    self.status = status
    self.filledOut = filledOut
    self.txHash = txHash
    self.updatedAt = updatedAt
    self.minimumOut = minimumOut
  }

  /// Whether it was filled and the server has not said how much came in.
  public var lacksAmount: Bool { status == .filled && filledOut == nil }

  /// Whether it was filled and something about that has not been said.
  var lacksDetails: Bool { status == .filled && (filledOut == nil || txHash == nil) }

  /// Whether the order was filled with less than was confirmed.
  public var isFilledBelowMinimum: Bool {
    guard status == .filled, let filledOut, let minimumOut else { return false }
    return filledOut < minimumOut
  }

  /// The same order under these ids.
  func identified(orderId: String, clientOrderId: ClientOrderID?) -> OrderState {
    var state = self
    state.orderId = orderId
    state.clientOrderId = clientOrderId?.text ?? state.clientOrderId
    return state
  }

  /// The same order when nobody knows whether the server has it.
  var ofUnknownOutcome: OrderState {
    var state = self
    state.status = .unknown
    return state
  }

  /// What an update did.
  public enum Transition: Sendable, Equatable {
    /// Something a person can see is different now.
    case changed
    /// Nothing new.
    case duplicate
    /// Older than what is known; ignored.
    case stale
    /// The order was over and the update says it is not, which does happen: ask `order_status` and
    /// apply its answer with `confirmed`.
    case needsConfirmation
    /// The update contradicts what is settled.
    case anomaly(Anomaly)
  }

  /// How an update can contradict what is settled.
  public enum Anomaly: Sendable, Equatable {
    /// It belongs to another order; ignored.
    case otherOrder(String)
    /// It leaves a state that cannot be left, or goes backwards; ignored.
    case illegal(from: OrderStatus, to: OrderStatus)
    /// The filled amount shrank; the larger one is kept, the rest was applied.
    case fillShrank(from: Amount, to: Amount)

    /// What happened, in a sentence.
    public var message: String {
      switch self {
      case .otherOrder(let id): "The server answered about another order (\(id))."
      case .illegal(let from, let to): "The server moved a \(from) order to \(to); not believed."
      case .fillShrank(let from, let to): "The filled amount went down from \(from) to \(to)."
      }
    }
  }

  /// Takes one update. `confirmed` says that it answers a question asked because an earlier update
  /// returned `needsConfirmation`.
  public mutating func apply(_ update: OrderUpdate, confirmed: Bool = false) -> Transition {
    if let orderId, orderId != update.orderId { return .anomaly(.otherOrder(update.orderId)) }

    switch age(of: update) {
    case .older:
      return update.status == status ? fillIn(from: update) : .stale
    case .same:
      if update.status == status { return adopt(update) }
      if status.isTerminal, update.status.isTerminal {
        return .anomaly(.illegal(from: status, to: update.status))
      }
      return update.status.rank > status.rank ? adopt(update) : .stale
    case .newer:
      switch OrderState.step(from: status, to: update.status) {
      case .legal: return adopt(update)
      case .doubtful: return confirmed ? adopt(update) : .needsConfirmation
      case .illegal: return .anomaly(.illegal(from: status, to: update.status))
      }
    }
  }

  private enum Age { case older, same, newer }

  /// A swap's reply has no time and is the oldest word about an order; anything is newer than a
  /// state that only this side knows.
  private func age(of update: OrderUpdate) -> Age {
    switch (update.updatedAt, updatedAt) {
    case (nil, nil): orderId == nil ? .newer : .same
    case (nil, _?): .older
    case (_?, nil): .newer
    case (let theirs?, let ours?): theirs < ours ? .older : theirs == ours ? .same : .newer
    }
  }

  private enum Step { case legal, doubtful, illegal }

  private static func step(from old: OrderStatus, to new: OrderStatus) -> Step {
    if old == new { return .legal }
    return switch (old, new) {
    case (.submitting, _), (.unknown, _), (.lost, _): .legal
    case (.filled, _): .illegal
    case (.cancelled, .filled), (.failed, .filled), (.notSent, _), (.rejected, _): .doubtful
    case (.cancelled, _), (.failed, _): .illegal
    default: new.rank >= old.rank ? .legal : .illegal
    }
  }

  /// An older word about the state that it is in may still say what nothing has said so far.
  private mutating func fillIn(from update: OrderUpdate) -> Transition {
    let before = self
    filledOut = filledOut ?? update.filledOut
    txHash = txHash ?? update.txHash
    reason = reason ?? update.reason
    return self == before ? .stale : .changed
  }

  private mutating func adopt(_ update: OrderUpdate) -> Transition {
    let before = self
    orderId = update.orderId
    clientOrderId = clientOrderId ?? update.clientOrderId
    status = update.status
    txHash = update.txHash ?? txHash
    updatedAt = update.updatedAt ?? updatedAt
    reason = update.reason ?? (status == before.status ? reason : nil)
    if let old = before.filledOut, let new = update.filledOut, new < old {
      return .anomaly(.fillShrank(from: old, to: new))
    }
    filledOut = update.filledOut ?? filledOut
    var visible = self
    visible.updatedAt = before.updatedAt
    return visible == before ? .duplicate : .changed
  }
}
