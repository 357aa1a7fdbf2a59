import Synchronization

/// Where the network thread puts what a connection receives, and where its reader waits for it.
final class MessageBuffer: Sendable {
  private struct State {
    var messages = FIFO<WebSocketMessage>()
    var bytes = 0
    var isPaused = false
    var closure: WebSocketClosure?
    var readers: [Promise<WebSocketMessage?>] = []
    var observers: [CheckedContinuation<WebSocketClosure, Never>] = []
    var roundTrip: Duration?
  }

  private let state = Mutex(State())
  private let limits: WebSocketLimits

  init(limits: WebSocketLimits) { self.limits = limits }

  var roundTrip: Duration? { state.withLock { $0.roundTrip } }

  func setRoundTrip(_ duration: Duration) { state.withLock { $0.roundTrip = duration } }

  /// Hands a message to a waiting reader or keeps it. Returns whether the buffer is now full: then
  /// `next` will ask for more in time.
  func deliver(_ message: WebSocketMessage) -> Bool {
    state.withLock { state in
      while !state.readers.isEmpty {
        if state.readers.removeFirst().complete(.success(message)) { return false }
      }
      state.messages.append(message)
      state.bytes += message.byteCount
      // Once full it stays so until its reader has been heard: the connection waits for that.
      state.isPaused =
        state.isPaused || state.messages.count >= limits.incomingMessages
        || state.bytes > limits.messageBytes
      return state.isPaused
    }
  }

  /// Ends it: readers get what is left and then nil.
  func finish(_ closure: WebSocketClosure) {
    let (readers, observers) = state.withLock { state in
      guard state.closure == nil else {
        return ([Promise<WebSocketMessage?>](), [CheckedContinuation<WebSocketClosure, Never>]())
      }
      state.closure = closure
      defer {
        state.readers = []
        state.observers = []
      }
      return (state.readers, state.observers)
    }
    for reader in readers { reader.complete(.success(nil)) }
    for observer in observers { observer.resume(returning: closure) }
  }

  /// The next message; nil after the end or when the task is cancelled. `drained` is called when a
  /// full buffer has become half empty.
  func next(drained: () -> Void) async -> WebSocketMessage? {
    enum Step { case message(WebSocketMessage, drained: Bool), ended, wait }
    let waiter = Promise<WebSocketMessage?>()
    let step = state.withLock { state -> Step in
      if let (message, drained) = take(from: &state) { return .message(message, drained: drained) }
      if state.closure != nil { return .ended }
      state.readers.append(waiter)
      return .wait
    }
    switch step {
    case .ended: return nil
    case .message(let message, let isDrained):
      if isDrained { drained() }
      return message
    case .wait:
      do throws(TransportError) {
        return try await waiter.value { [self] in
          state.withLock { $0.readers.removeAll { $0 === waiter } }
        }
      } catch {
        // The only error is the task's own cancellation, which ends a sequence as the end does.
        return nil
      }
    }
  }

  /// The next message and all that have arrived behind it, at most `limit`; none after the end or when
  /// the task is cancelled. `drained` is called when a full buffer has become half empty.
  func nextBatch(limit: Int, drained: () -> Void) async -> [WebSocketMessage] {
    guard let first = await next(drained: drained) else { return [] }
    let (batch, isDrained) = state.withLock { state in
      var batch = [first]
      var isDrained = false
      while batch.count < limit, let (message, drained) = take(from: &state) {
        batch.append(message)
        isDrained = isDrained || drained
      }
      return (batch, isDrained)
    }
    if isDrained { drained() }
    return batch
  }

  /// The first message that waits, and whether a full buffer has become half empty.
  private func take(from state: inout State) -> (WebSocketMessage, drained: Bool)? {
    guard let message = state.messages.popFirst() else { return nil }
    state.bytes -= message.byteCount
    let isDrained =
      state.isPaused && state.messages.count <= limits.incomingMessages / 2
      && state.bytes <= limits.messageBytes / 2
    if isDrained { state.isPaused = false }
    return (message, isDrained)
  }

  /// How the connection ended; nil while it has not.
  var ended: WebSocketClosure? { state.withLock { $0.closure } }

  /// How the connection ended; waits until it has.
  var closure: WebSocketClosure {
    get async {
      await withCheckedContinuation { continuation in
        let closure = state.withLock { state in
          if state.closure == nil { state.observers.append(continuation) }
          return state.closure
        }
        if let closure { continuation.resume(returning: closure) }
      }
    }
  }
}

extension WebSocketMessage {
  /// Its size without headers.
  public var byteCount: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .binary(let bytes): bytes.count
    }
  }
}

/// First in, first out, without moving the rest at each removal.
struct FIFO<Element> {
  private var storage: [Element?] = []
  private var head = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Element? { isEmpty ? nil : storage[head] }

  mutating func append(_ element: Element) { storage.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = storage[head]
    storage[head] = nil
    head += 1
    if head == storage.count || head > 1024 {
      storage.removeFirst(head)
      head = 0
    }
    return element
  }

  mutating func removeAll(where matches: (Element) -> Bool) {
    storage = storage.dropFirst(head).filter { $0.map { !matches($0) } ?? false }
    head = 0
  }
}
