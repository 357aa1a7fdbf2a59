import Dispatch
import Glibc
import Synchronization

/// A command that holds the accounts and is told to end by SIGTERM, SIGINT or SIGHUP closes them first,
/// so that nothing half-done and no used key stays behind. Then the signal has its way: whoever sent it
/// sees the status that they expect.
struct OrderlyEnd: Sendable {
  /// What has not been closed by then is left as after a crash, which loses nothing either.
  private static let patience: Duration = .seconds(2)

  private let ending = Ending()

  private final class Ending: Sendable {
    let hasBegun = Mutex(false)
  }

  /// - Parameter close: closes the accounts.
  init(_ close: @escaping @Sendable () async -> Void) {
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // Whoever started us with a signal ignored, as nohup does, meant it.
      guard !OrderlyEnd.isIgnored(number) else { continue }
      let source = DispatchSource.makeSignalSource(signal: number)
      // A source that nobody refers to is cancelled; its own handler keeps it, here for good.
      source.setEventHandler { [source, ending] in
        _ = source
        let isFirst = ending.hasBegun.withLock { hasBegun in
          defer { hasBegun = true }
          return !hasBegun
        }
        guard isFirst else { return OrderlyEnd.give(way: number) }
        Task {
          await close()
          OrderlyEnd.give(way: number)
        }
        Task {
          // Nothing cancels it: it returns when the time is over.
          try? await Task.sleep(for: OrderlyEnd.patience)
          OrderlyEnd.give(way: number)
        }
      }
      source.activate()
    }
  }

  /// Returns at once unless the program is being ended by a signal; then it never does.
  func standAside() async {
    guard ending.hasBegun.withLock({ $0 }) else { return }
    while true { try? await Task.sleep(for: .seconds(60)) }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var current = sigaction()
    sigaction(number, nil, &current)
    // SIG_IGN is the address 1, which no function has.
    return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Ends the process as the signal would have.
  private static func give(way number: Int32) {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
  }
}
