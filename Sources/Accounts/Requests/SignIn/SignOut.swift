import Domain
import Storage

/// Ends the session of a service and forgets what it sent; orders and their journal stay.
package struct SignOut: Request {
  package var service: Service
  package var hasEffects: Bool { true }

  /// - Parameter service: one that somebody is signed in to.
  package init(service: Service) { self.service = service }

  /// Emits one empty line. The server is told if it can be reached; it is forgotten here anyway.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    try await hub.logOut(service)
    await emit(NoOutput())
  }
}
