import Domain
import Storage

/// Everybody that a messenger has introduced, by name.
package struct ListContacts: DeskCall {
  /// Everybody.
  package init() {}

  /// Emits a line a person; a line that is down is thrown after them.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ContactLine) async -> Void
  ) async throws(ConsoleError) {
    let problem = try await desk.problemReachingMessengers()
    let contacts = try await desk.reading { store in try await store.contacts.all() }
    for contact in contacts.sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }) {
      await emit(
        ContactLine(
          service: contact.service, id: contact.id, name: contact.name, registered: true))
    }
    if let problem { throw problem.besideStored }
  }
}
