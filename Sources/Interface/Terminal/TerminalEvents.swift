import Dispatch
import Glibc

/// What wakes the console from outside: bytes from the terminal and signals.
///
/// Sleeps in the kernel between them. Reading happens off the main actor; what arrives is handed
/// over in order.
@MainActor
final class TerminalEvents {
  enum Event: Sendable {
    case input([UInt8])
    /// The terminal is closed or gone.
    case hangUp
    case signal(Int32)
    /// A time that the loop arranged has come.
    case alarm(Alarm)
  }

  enum Alarm: Hashable, Sendable { case draw, tick, pause }

  private static let signals = [SIGWINCH, SIGCONT, SIGTSTP, SIGHUP, SIGTERM, SIGINT]

  let stream: AsyncStream<Event>
  /// Puts an event of the program's own among the others.
  let continuation: AsyncStream<Event>.Continuation
  private let sources: [any DispatchSourceProtocol]

  init() {
    let (stream, continuation) = AsyncStream<Event>.makeStream()
    let queue = DispatchQueue(label: "terminal")
    sources =
      [Self.input(continuation, queue)]
      + Self.signals.map { Self.signalSource($0, continuation, queue) }
    (self.stream, self.continuation) = (stream, continuation)
    for source in sources { source.activate() }
  }

  /// Stops listening; signals mean what they meant to begin with.
  func cancel() {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
    continuation.finish()
  }

  private nonisolated static func input(
    _ continuation: AsyncStream<Event>.Continuation, _ queue: DispatchQueue
  ) -> any DispatchSourceProtocol {
    let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
    source.setEventHandler {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(STDIN_FILENO, &bytes, bytes.count)
      if count > 0 {
        continuation.yield(.input(Array(bytes.prefix(count))))
        return
      }
      if count < 0, errno == EINTR || errno == EAGAIN { return }
      // Nothing although it was readable: the end. A closed terminal stays readable for ever.
      source.cancel()
      continuation.yield(.hangUp)
    }
    return source
  }

  private nonisolated static func signalSource(
    _ number: Int32, _ continuation: AsyncStream<Event>.Continuation, _ queue: DispatchQueue
  ) -> any DispatchSourceProtocol {
    // The source sees the signal all the same; its default would stop or end the program.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler { continuation.yield(.signal(number)) }
    return source
  }
}
