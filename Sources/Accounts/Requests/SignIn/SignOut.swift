import Domain
import Storage

/// Ends the session of a service and forgets what it sent; orders and their journal stay.
package struct SignOut: DeskCall {
  package var service: Service
  package var isDeed: Bool { true }

  /// - Parameter service: one that somebody is signed in to.
  package init(service: Service) { self.service = service }

  /// Emits one empty line. The server is told if it can be reached; it is forgotten here anyway.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.logOut(service)
    await emit(NoLine())
  }
}
