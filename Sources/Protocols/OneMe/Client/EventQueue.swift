import Synchronization

/// Events on their way from a connection to its reader, weighed by the bytes that they came in.
///
/// Whoever fills it asks whether it is heavy before it reads on: messages of several megabytes each
/// must not pile up in memory while their reader writes them to the disk.
final class EventQueue<Element: Sendable>: Sendable {
  /// Beyond this reading pauses: a few messages of the largest size that people send.
  private static var restBytes: Int { 2 << 20 }
  private static var restCount: Int { 1024 }
  /// Beyond this the connection is given up. Between the two it is read on for an answer that the
  /// reader itself waits for.
  private static var limitBytes: Int { 24 << 20 }
  private static var limitCount: Int { 4096 }

  private struct State {
    var elements: [(value: Element, bytes: Int)] = []
    /// Those before it are taken.
    var head = 0
    var bytes = 0
    var isFinished = false
    /// Counts what may have changed for a writer that rests.
    var turn = 0
    var readers: [AsyncStream<Never>.Continuation] = []
    var writers: [AsyncStream<Never>.Continuation] = []

    var count: Int { elements.count - head }
    var isHeavy: Bool { bytes > EventQueue.restBytes || count > EventQueue.restCount }

    mutating func takeReaders() -> [AsyncStream<Never>.Continuation] {
      defer { readers = [] }
      return readers
    }

    mutating func takeWriters() -> [AsyncStream<Never>.Continuation] {
      turn += 1
      defer { writers = [] }
      return writers
    }
  }

  /// What a reader finds.
  private enum Step {
    case element((value: Element, bytes: Int))
    case end, wait
  }

  private let state = Mutex(State())

  /// The elements, for a reader to whom their weight means nothing.
  var stream: AsyncStream<Element> {
    AsyncStream(unfolding: { [self] in await next()?.value })
  }

  /// False for an element that is too much; after the end it is dropped.
  func push(_ element: Element, bytes: Int = 0) -> Bool {
    let readers: [AsyncStream<Never>.Continuation]? = state.withLock { state in
      guard !state.isFinished else { return [] }
      guard state.bytes + bytes <= Self.limitBytes || state.count == 0,
        state.count < Self.limitCount
      else { return nil }
      state.elements.append((element, bytes))
      state.bytes += bytes
      return state.takeReaders()
    }
    for reader in readers ?? [] { reader.finish() }
    return readers != nil
  }

  /// The next element and its weight; nil after the end, or when the task is cancelled.
  func next() async -> (value: Element, bytes: Int)? {
    while !Task.isCancelled {
      let (gate, waiter) = AsyncStream.makeStream(of: Never.self)
      let (step, writers) = state.withLock { state in
        guard state.count > 0 else {
          if state.isFinished { return (Step.end, [AsyncStream<Never>.Continuation]()) }
          state.readers.append(waiter)
          return (.wait, [])
        }
        let element = state.elements[state.head]
        state.head += 1
        state.bytes -= element.bytes
        if state.head > 256 || state.count == 0 {
          state.elements.removeFirst(state.head)
          state.head = 0
        }
        return (.element(element), state.isHeavy ? [] : state.takeWriters())
      }
      for writer in writers { writer.finish() }
      switch step {
      case .element(let element): return element
      case .end: return nil
      case .wait: for await _ in gate {}
      }
    }
    return nil
  }

  /// Nothing follows what is in it.
  func finish() {
    let waiting = state.withLock { state in
      state.isFinished = true
      return state.takeReaders() + state.takeWriters()
    }
    for one in waiting { one.finish() }
  }

  /// The turn that a writer has to rest for, if the queue is heavy.
  var heavyTurn: Int? {
    state.withLock { $0.isHeavy && !$0.isFinished ? $0.turn : nil }
  }

  /// Returns when the queue is light again, when it is ended, or when somebody wakes its writers;
  /// at once if that has happened since `turn`.
  func rest(since turn: Int) async {
    let (gate, waiter) = AsyncStream.makeStream(of: Never.self)
    let hasToWait = state.withLock { state in
      guard state.turn == turn, state.isHeavy, !state.isFinished else { return false }
      state.writers.append(waiter)
      return true
    }
    guard hasToWait else { return }
    for await _ in gate {}
  }

  /// Lets a writer that rests look again.
  func wakeWriters() {
    for writer in state.withLock({ $0.takeWriters() }) { writer.finish() }
  }
}
