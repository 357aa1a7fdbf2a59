import Dispatch
import Interface
import Synchronization

/// A command that holds the accounts and is told to end by a signal closes them first, so that nothing
/// half-done and no used key stays behind. Then the signal has its way: whoever sent it sees the status
/// that they expect.
struct OrderlyEnd: Sendable {
  /// What has not been closed by then is left as after a crash, which loses nothing either.
  private static let patience: Duration = .seconds(2)

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
        Task { await OrderlyEnd.end(by: number, closing: close) }
      }
      source.activate()
    }
  }

  /// Closes, if that takes no longer than our patience, and ends the process by a signal.
  static func end(by number: Int32, closing close: @escaping @Sendable () async -> Void) async {
    Task {
      // Nothing cancels it: it returns when the time is over.
      try? await Task.sleep(for: OrderlyEnd.patience)
      EndingSignals.end(by: number)
    }
    await close()
    EndingSignals.end(by: number)
  }

  /// Returns at once unless the program is being ended by a signal; then it never does.
  func standAside() async {
    guard ending.hasBegun.withLock({ $0 }) else { return }
    while true { try? await Task.sleep(for: .seconds(60)) }
  }
}
