import Domain

/// Connects every account that is signed in; what keeps one from that is told as news.
package struct ConnectAccounts: Request {
  package init() {}

  /// Emits nothing; how the connections are doing follows as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    await hub.openAll()
  }
}

/// Has connections that wait for their next attempt make it now.
package struct RetryConnections: Request {
  package init() {}

  /// Emits nothing; how the connections are doing follows as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    await hub.retryNow()
  }
}
