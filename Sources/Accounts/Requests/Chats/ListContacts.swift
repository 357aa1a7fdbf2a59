import Domain
import Storage

/// Everybody that a messenger has introduced, by name.
package struct ListContacts: Request {
  /// Everybody.
  package init() {}

  /// Emits a line a person; a line that is down is thrown after them.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ContactOutput) async -> Void
  ) async throws(UserError) {
    let problem = try await hub.problemReachingMessengers()
    let contacts = try await hub.withStore { store in try await store.contacts.all() }
    for contact in contacts.sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }) {
      await emit(
        ContactOutput(
          service: contact.service, id: contact.id, name: contact.name, registered: true))
    }
    if let problem { throw problem.besideStored }
  }
}
