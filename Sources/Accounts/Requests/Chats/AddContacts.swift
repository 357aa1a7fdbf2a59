import Domain
import Storage

/// Looks numbers up in the relay's directory and keeps those who are registered.
package struct AddContacts: Request {
  package var numbers: [String]
  package var name: String?
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - numbers: with `+` and country code; spaces and dashes do no harm.
  ///   - name: what to call the person; nil for the number.
  package init(numbers: [String], name: String? = nil) {
    self.numbers = numbers
    self.name = name
  }

  /// Emits a line a number, in the order given.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ContactOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.online(.directory, as: (any Directory).self)
    for (contact, isRegistered) in try await account.addContacts(numbers, name: name) {
      await emit(
        ContactOutput(
          service: contact.service, id: contact.id, name: contact.name, registered: isRegistered))
    }
  }
}
