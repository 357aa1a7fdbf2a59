import Accounts
import Domain
import Transport

/// Sees to it that keys which were used up cannot be read from the disk for long: the store's log keeps
/// what was written there before until it is emptied.
///
/// A step of a session calls `note()`. Two seconds after the last one the log is emptied; while
/// messages come and go without a rest, once in half a minute.
actor UsedKeyEraser {
  private static let rest: Duration = .seconds(2)
  private static let limit: Duration = .seconds(30)

  private let environment: AccountEnvironment
  private var lastUse: Duration = .zero
  private var pending: Task<Void, Never>?

  init(_ environment: AccountEnvironment) { self.environment = environment }

  /// A session has moved on, or may have before this run.
  func note() {
    lastUse = environment.time.uptime
    guard pending == nil else { return }
    pending = Task { await self.erase() }
  }

  /// Ends the wait; whoever closes the store empties its log.
  func stop() async {
    pending?.cancel()
    await pending?.value
  }

  private func erase() async {
    let end = environment.time.uptime + UsedKeyEraser.limit
    while true {
      let pause = min(lastUse + UsedKeyEraser.rest, end) - environment.time.uptime
      guard pause > .zero else { break }
      do { try await environment.time.sleep(for: pause) } catch { break }
    }
    pending = nil
    guard !Task.isCancelled else { return }
    await environment.emptyLogs()
  }
}
