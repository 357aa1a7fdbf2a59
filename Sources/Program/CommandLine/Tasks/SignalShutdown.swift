import Dispatch
import Glibc
import Interface
import Synchronization

/// Closes the accounts before a signal ends a command that holds them, so that nothing half-done and no
/// used key stays behind. Then the signal ends the process as usual: who sent it sees the exit status that
/// they expect.
struct SignalShutdown: Sendable {
  /// How long closing may take. What is not closed by then is left as after a crash, which loses nothing
  /// either.
  private static let longest: Duration = .seconds(2)

  private let ending = Ending()

  private final class Ending: Sendable {
    let hasBegun = Mutex(false)
  }

  /// - Parameter close: closes the accounts.
  init(_ close: @escaping @Sendable () async -> Void) {
    for number in EndingSignals.requests where !EndingSignals.isIgnored(number) {
      let source = DispatchSource.makeSignalSource(signal: number)
      // A source that nobody refers to is cancelled; its own handler keeps it, here for good.
      source.setEventHandler { [source, ending] in
        _ = source
        let isFirst = ending.hasBegun.withLock { hasBegun in
          defer { hasBegun = true }
          return !hasBegun
        }
        guard isFirst else {
          if EndingSignals.impatient.contains(number) { EndingSignals.end(by: number) }
          return
        }
        Task { await SignalShutdown.end(by: number, closing: close) }
      }
      source.activate()
    }
  }

  /// Closes, if that does not take too long, and ends the process by a signal.
  static func end(by number: Int32, closing close: @escaping @Sendable () async -> Void) async {
    Task {
      // Nothing cancels it: it returns when the time is over.
      try? await Task.sleep(for: SignalShutdown.longest)
      EndingSignals.end(by: number)
    }
    await close()
    EndingSignals.end(by: number)
  }

  /// Returns at once, unless a signal is ending the program: then it never returns, so that the caller
  /// does not end the program in another way.
  func holdIfBegun() async {
    guard ending.hasBegun.withLock({ $0 }) else { return }
    while true { try? await Task.sleep(for: .seconds(60)) }
  }
}

/// Tells when a server in the foreground has to stop: at SIGTERM, SIGINT or SIGHUP, or at the end of
/// input from a terminal.
struct StopSignal: Sendable {
  private let stream: AsyncStream<Void>

  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    self.stream = stream
    var sources: [any DispatchSourceProtocol] = [SIGTERM, SIGINT, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      // A source that nobody refers to is cancelled; its own handler keeps it, here for good.
      source.setEventHandler { [source] in
        _ = source
        continuation.yield()
      }
      return source
    }
    // A pipe or /dev/null as input means a script that sends a signal when it is done.
    if isatty(STDIN_FILENO) == 1 {
      let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO)
      source.setEventHandler { [source] in
        _ = source
        var byte: UInt8 = 0
        if read(STDIN_FILENO, &byte, 1) <= 0 { continuation.yield() }
      }
      sources.append(source)
    }
    for source in sources { source.activate() }
  }

  /// Returns when the server has to stop.
  func wait() async {
    for await _ in stream { return }
  }
}
