import Dispatch
import Glibc
import Synchronization

/// What wakes the console from outside: bytes from the terminal and signals.
///
/// Sleeps in the kernel between them. Bytes are read on the main actor and handled there at once, as a
/// key is waited for; signals come by way of the stream.
@MainActor
final class TerminalEvents {
  enum Event: Sendable {
    case input([UInt8])
    /// The terminal is closed or gone.
    case hangUp
    case signal(Int32)
    /// A time that the loop arranged has come.
    case alarm(Timer)
  }

  enum Timer: Hashable, Sendable { case draw, tick, pause }

  /// Those that do not end the program.
  private nonisolated static let passing = [SIGWINCH, SIGCONT, SIGTSTP]

  let stream: AsyncStream<Event>
  /// Puts an event of the program's own among the others.
  let continuation: AsyncStream<Event>.Continuation
  private var signals: [Int32] = []
  private var sources: [any DispatchSourceProtocol] = []
  private let queue = DispatchQueue(label: "terminal")
  private let isOver = Flag()

  private final class Flag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
  }

  init() {
    let (stream, continuation) = AsyncStream<Event>.makeStream()
    (self.stream, self.continuation) = (stream, continuation)
    listen(for: Self.passing)
  }

  /// Ends come as events from now on. Until then they end the program at once, with the terminal put
  /// back: to listen for dozens of signals takes its time, and whoever has just started it waits for a
  /// picture.
  func listenForEnds() {
    guard signals == Self.passing else { return }
    listen(for: EndingSignals.requests.filter { !EndingSignals.isIgnored($0) })
  }

  private func listen(for numbers: [Int32]) {
    let news = numbers.map { Self.signalSource($0, continuation, queue, isOver) }
    signals += numbers
    sources += news
    for source in news { source.activate() }
  }

  /// Hands over what the terminal sends, from now on.
  func read(_ receive: @escaping (Event) -> Void) {
    MainLoop.watch(STDIN_FILENO) {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
      if count > 0 { return receive(.input(Array(bytes.prefix(count)))) }
      if count < 0, errno == EINTR || errno == EAGAIN { return }
      // Nothing although it was readable: the end. A closed terminal stays readable for ever.
      MainLoop.unwatch()
      receive(.hangUp)
    }
  }

  /// Leaves what is typed to somebody else, or takes it again.
  func holdInput(_ isHeld: Bool) { MainLoop.hold(isHeld) }

  /// Stops listening. Signals mean what they meant to begin with, except those that repeat of
  /// themselves: they would cut short what is still to be closed.
  func cancel() {
    isOver.raise()
    MainLoop.unwatch()
    for source in sources { source.cancel() }
    for number in signals
    where Self.passing.contains(number) || EndingSignals.impatient.contains(number) {
      signal(number, SIG_DFL)
    }
    continuation.finish()
  }

  private nonisolated static func signalSource(
    _ number: Int32, _ continuation: AsyncStream<Event>.Continuation, _ queue: DispatchQueue,
    _ isOver: Flag
  ) -> any DispatchSourceProtocol {
    // The source sees the signal all the same; its default would stop or end the program.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler {
      continuation.yield(.signal(number))
      if !passing.contains(number) { freeWriter(after: grace, on: queue, until: isOver) }
    }
    return source
  }

  /// How long whoever ends the program lets the terminal take what is being written.
  private nonisolated static let grace: DispatchTimeInterval = .milliseconds(700)

  /// If the program is not over by then, it may wait for a terminal that takes nothing: what it
  /// writes is discarded, as often as it begins to write.
  private nonisolated static func freeWriter(
    after delay: DispatchTimeInterval, on queue: DispatchQueue, until isOver: Flag
  ) {
    queue.asyncAfter(deadline: .now() + delay) {
      guard !isOver.isRaised else { return }
      TerminalOutput.discard()
      freeWriter(after: .milliseconds(20), on: queue, until: isOver)
    }
  }
}
