import Domain
import Synchronization

/// The durable record of everything that moves money, kept by a higher layer.
///
/// A swap leaves this machine only after `willSend` has returned, so that no crash can hide one. An
/// intent without a later `ended` is an order of unknown outcome: give it to `start(following:)`.
public protocol SwapJournal: Sendable {
  /// Must return only when `intent` is on disk. If it throws, the swap is not sent.
  func willSend(_ intent: SwapIntent) async throws

  /// Keeps what happened afterwards. If it throws, the client warns and goes on: the server's state
  /// can be asked for again.
  func record(_ event: SwapEvent) async throws
}

/// A swap about to be written.
public struct SwapIntent: Sendable, Equatable, Codable {
  /// What is about to be asked for.
  public let request: SwapRequest
  /// What was quoted for it.
  public let expectedOut: Amount
  /// The least that should come in: `expectedOut` less the slippage, rounded down.
  public let minimumOut: Amount
  /// 1, or 2 when the server refused the first writing for its timestamp.
  public let attempt: Int
  /// Wall-clock milliseconds since 1970 of this machine.
  public let preparedAt: Int64
}

/// What became of a swap.
public enum SwapEvent: Sendable, Equatable {
  case ended(ClientOrderID, SwapOutcome<TradingError>)
  /// The server answered a swap that nobody here waits for any more: the order exists.
  case stray(OrderUpdate)
  /// An update about an order of this account.
  case updated(OrderState)
  /// The server has said again and again that it knows no such order; what to do. The order stays
  /// UNKNOWN.
  case lost(ClientOrderID, advice: String)
}

/// An order that was open when the program last ran.
public struct OpenOrder: Sendable, Equatable {
  /// Our own id; nil for an order that was not placed here.
  public var clientOrderId: ClientOrderID?
  /// Nil while the outcome of the swap is unknown.
  public var orderId: String?
  /// What was last known of it.
  public var state: OrderState

  /// An order to take up again.
  public init(clientOrderId: ClientOrderID?, orderId: String?, state: OrderState) {
    self.clientOrderId = clientOrderId
    self.orderId = orderId
    self.state = state
  }
}

/// Keeps what happened to orders and then tells it, one thing after the other: however long the journal
/// takes, nothing overtakes what happened before it.
final class OrderEventWriter: Sendable {
  private let journal: any SwapJournal
  private let emit: @Sendable (TradingEvent) -> Void
  /// Ends when everything that happened so far is in the journal and told.
  private let newest = Mutex<Task<Void, Never>?>(nil)

  init(_ journal: any SwapJournal, emit: @escaping @Sendable (TradingEvent) -> Void) {
    self.journal = journal
    self.emit = emit
  }

  /// Takes its turn at once; the task ends when `event` is in the journal and `events` are told.
  func record(_ event: SwapEvent, thenTell events: [TradingEvent]) -> Task<Void, Never> {
    newest.withLock { newest in
      let task = Task { [newest, journal, emit] in
        await newest?.value
        do { try await journal.record(event) } catch { emit(.warning(.journal("\(error)"))) }
        for event in events { emit(event) }
      }
      newest = task
      return task
    }
  }

  /// Waits until everything that happened so far is in the journal.
  func finish() async { await newest.withLock { $0 }?.value }
}
