import Synchronization

/// One sender, any number of listeners, each with its own bounded queue.
///
/// A listener that falls behind loses the oldest elements and not the newest: what is sent here are
/// news about stored state, which a listener can read again.
package final class Broadcast<Element: Sendable>: Sendable {
  private struct Listener {
    var isWanted: @Sendable (Element) -> Bool
    var continuation: AsyncStream<Element>.Continuation
  }

  private struct State {
    var listeners: [Int: Listener] = [:]
    var next = 0
    var isFinished = false
  }

  private let state = Mutex(State())
  private let capacity: Int

  init(capacity: Int = 4096) { self.capacity = capacity }

  /// A stream of everything sent from now on; it ends with `finish()`.
  package func listen() -> AsyncStream<Element> { subscribe().stream }

  /// A stream of what is wanted of that: nothing else takes its place in the queue.
  func listen(where isWanted: @escaping @Sendable (Element) -> Bool) -> AsyncStream<Element> {
    subscribe(where: isWanted).stream
  }

  private func subscribe(
    where isWanted: @escaping @Sendable (Element) -> Bool = { _ in true }
  ) -> (
    stream: AsyncStream<Element>, continuation: AsyncStream<Element>.Continuation
  ) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Element.self, bufferingPolicy: .bufferingNewest(capacity))
    let id: Int? = state.withLock { state in
      guard !state.isFinished else { return nil }
      state.next += 1
      state.listeners[state.next] = Listener(isWanted: isWanted, continuation: continuation)
      return state.next
    }
    guard let id else {
      continuation.finish()
      return (stream, continuation)
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
    }
    return (stream, continuation)
  }

  /// Everything that is sent while `work` runs, with what it returns.
  package func during<Result, Failure: Error>(
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws(Failure) -> Result
  ) async throws(Failure) -> (Result, [Element]) {
    let (stream, continuation) = subscribe()
    let result: Result
    do throws(Failure) {
      result = try await work()
    } catch {
      continuation.finish()
      throw error
    }
    continuation.finish()
    var elements: [Element] = []
    for await element in stream { elements.append(element) }
    return (result, elements)
  }

  package func send(_ element: Element) {
    for listener in state.withLock({ Array($0.listeners.values) })
    where listener.isWanted(element) { listener.continuation.yield(element) }
  }

  /// Ends every stream; later listeners get an empty one.
  func finish() {
    let listeners = state.withLock { state in
      state.isFinished = true
      defer { state.listeners = [:] }
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.continuation.finish() }
  }
}
