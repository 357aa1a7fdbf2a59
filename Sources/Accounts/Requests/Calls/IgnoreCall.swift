import Domain

/// Stops the ring of a call here; the owner's other devices ring on.
package struct IgnoreCall: Request {
  package var hasEffects: Bool { true }

  /// The conversation id of the call.
  package var id: String

  /// - Parameter id: of a call that rings.
  package init(id: String) { self.id = id }

  /// Emits one empty line.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    await (try await hub.open(.calling, as: (any Calling).self)).ignoreCall(id)
    await emit(NoOutput())
  }
}

/// Asks the server which calls it has kept since it was asked last.
package struct RefreshCalls: Request {
  package init() {}

  /// Emits one empty line; calls that came of it are told as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    try await hub.online(.calling, as: (any Calling).self).refreshCalls()
    await emit(NoOutput())
  }
}
