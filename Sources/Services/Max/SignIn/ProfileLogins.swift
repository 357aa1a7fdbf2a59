import Accounts
import Clocks
import OneMe
import Storage
import Transport

/// The logins of a profile, counted in its store: commands come and go, each with a login of its own,
/// and the server counts them all.
struct ProfileLogins: LoginBudget {
  private let environment: AccountEnvironment

  init(_ environment: AccountEnvironment) { self.environment = environment }

  func untilNext() async -> Duration? {
    await counted { store, now, window in
      try await store.untilLogin(at: now, limit: OneMeReconnectPolicy.loginLimit, window: window)
    }
  }

  func spend() async -> Duration? {
    await counted { store, now, window in
      try await store.spendLogin(at: now, limit: OneMeReconnectPolicy.loginLimit, window: window)
    }
  }

  /// A store that cannot count, on a full disk, keeps nobody out; that it cannot is said.
  private func counted(
    _ work: @Sendable (Store, _ now: Int64, _ window: Int64) async throws -> Int64?
  ) async -> Duration? {
    let now = environment.time.wallTime
    let wait = await environment.storing { store in
      try await work(store, now, OneMeReconnectPolicy.loginWindow.milliseconds)
    }
    return (wait ?? nil).map { .milliseconds($0) }
  }
}
