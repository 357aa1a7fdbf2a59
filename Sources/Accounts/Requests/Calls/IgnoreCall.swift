import Domain

/// Stops the ring of a call here; the owner's other devices ring on.
package struct IgnoreCall: DeskCall {
  package var isDeed: Bool { true }

  /// The conversation id of the call.
  package var id: String

  /// - Parameter id: of a call that rings.
  package init(id: String) { self.id = id }

  /// Emits one empty line.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    await (try await desk.open(.calling, as: (any Calling).self)).ignoreCall(id)
    await emit(NoLine())
  }
}

/// Asks the server which calls it has kept since it was asked last.
package struct RefreshCalls: DeskCall {
  package init() {}

  /// Emits one empty line; calls that came of it are told as news.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.online(.calling, as: (any Calling).self).refreshCalls()
    await emit(NoLine())
  }
}
