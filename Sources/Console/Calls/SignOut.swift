import Storage

/// Ends the session of a service and forgets what it sent; orders and their journal stay.
public struct SignOut: DeskCall {
  var service: Service

  /// - Parameter service: one that somebody is signed in to.
  public init(service: Service) { self.service = service }

  /// Emits one empty line. The server is told if it can be reached; it is forgotten here anyway.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.logOut(service)
    await emit(NoLine())
  }
}
