import Synchronization

/// What is on its way from one task to another, weighed in bytes: events from a connection to its reader,
/// frames to the connection.
///
/// Whoever fills it asks whether it is heavy before it reads on: messages of several megabytes each
/// must not pile up in memory while their reader writes them to the disk.
final class EventQueue<Element: Sendable>: Sendable {
  /// Beyond this reading pauses: a few messages of the largest size that people send.
  private static var restBytes: Int { 2 << 20 }
  private static var restCount: Int { 1024 }
  /// Beyond this the connection is given up. Between the two it is read on for an answer that somebody
  /// waits for, which may stand behind a burst of many thousand messages.
  private static var limitBytes: Int { 24 << 20 }
  static var limitCount: Int { 32_768 }

  /// How many a reader is given at once: it stores them in one transaction, whose own cost of a few
  /// milliseconds is a twentieth of what so many messages cost, while as many again may come in.
  static var batchCount: Int { 512 }

  /// An element and the bytes that it came in.
  typealias Entry = (value: Element, bytes: Int)
  /// Nothing passes through it: it opens by ending.
  private typealias Gate = AsyncStream<Never>

  private struct State {
    var elements: [Entry] = []
    /// Those before it are taken.
    var head = 0
    var bytes = 0
    var isFinished = false
    /// Counts what may have changed for a writer that rests.
    var turn = 0
    var readers: [Gate.Continuation] = []
    var writers: [Gate.Continuation] = []

    var count: Int { elements.count - head }
    var isHeavy: Bool { bytes > EventQueue.restBytes || count > EventQueue.restCount }

    /// The first element, if there is one.
    mutating func popFirst() -> Entry? {
      guard count > 0 else { return nil }
      let first = elements[head]
      drop(1, bytes: first.bytes)
      return first
    }

    /// The first elements, no more than `limit` and, unless there is but one, than make a queue heavy.
    mutating func popBatch(atMost limit: Int) -> [Entry] {
      var end = head
      var taken = 0
      while end < elements.count, end - head < limit {
        let next = elements[end].bytes
        if end > head, taken + next > EventQueue.restBytes { break }
        taken += next
        end += 1
      }
      let batch = Array(elements[head..<end])
      drop(batch.count, bytes: taken)
      return batch
    }

    private mutating func drop(_ number: Int, bytes dropped: Int) {
      head += number
      bytes -= dropped
      guard head > 256 || count == 0 else { return }
      elements.removeFirst(head)
      head = 0
    }

    mutating func takeReaders() -> [Gate.Continuation] {
      defer { readers = [] }
      return readers
    }

    mutating func takeWriters() -> [Gate.Continuation] {
      turn += 1
      defer { writers = [] }
      return writers
    }
  }

  private let state = Mutex(State())

  /// The elements, for a reader to whom their weight means nothing.
  var stream: AsyncStream<Element> {
    AsyncStream(unfolding: { [self] in await next()?.value })
  }

  /// False for an element that is too much; after the end it is dropped.
  func push(_ element: Element, bytes: Int = 0) -> Bool {
    let readers: [Gate.Continuation]? = state.withLock { state in
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
  func next() async -> Entry? {
    repeat {
      if let first = pop({ $0.popFirst() }) { return first }
    } while await isFilled()
    return nil
  }

  /// What has arrived, in order, each with its weight: at most `limit`, and no more bytes than make a
  /// queue heavy, unless the first alone has more. Waits for one; empty after the end, or when the task
  /// is cancelled.
  func nextBatch(atMost limit: Int = EventQueue.batchCount) async -> [Entry] {
    repeat {
      let batch = pop { $0.popBatch(atMost: limit) }
      if !batch.isEmpty { return batch }
    } while await isFilled()
    return []
  }

  /// Takes elements out, and lets writers go on where that makes the queue light.
  private func pop<Taken>(_ take: (inout State) -> Taken) -> Taken where Taken: Sendable {
    let (taken, writers) = state.withLock { state in
      (take(&state), state.writers.isEmpty || state.isHeavy ? [] : state.takeWriters())
    }
    for writer in writers { writer.finish() }
    return taken
  }

  /// Waits for an element; false after the end, or when the task is cancelled.
  private func isFilled() async -> Bool {
    let gate = state.withLock { state -> Gate? in
      guard state.count == 0, !state.isFinished else { return nil }
      let (gate, waiter) = Gate.makeStream()
      state.readers.append(waiter)
      return gate
    }
    guard let gate else { return state.withLock { $0.count > 0 } && !Task.isCancelled }
    for await _ in gate {}
    return !Task.isCancelled
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
    let gate = state.withLock { state -> Gate? in
      guard state.turn == turn, state.isHeavy, !state.isFinished else { return nil }
      let (gate, waiter) = Gate.makeStream()
      state.writers.append(waiter)
      return gate
    }
    guard let gate else { return }
    for await _ in gate {}
  }

  /// Lets a writer that rests look again.
  func wakeWriters() {
    for writer in state.withLock({ $0.takeWriters() }) { writer.finish() }
  }
}
