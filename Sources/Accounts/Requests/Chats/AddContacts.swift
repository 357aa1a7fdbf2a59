import Domain
import Storage

/// Looks numbers up in the relay's directory and keeps those who are registered.
package struct AddContacts: DeskCall {
  package var numbers: [String]
  package var name: String?
  package var isDeed: Bool { true }

  /// - Parameters:
  ///   - numbers: with `+` and country code; spaces and dashes do no harm.
  ///   - name: what to call the person; nil for the number.
  package init(numbers: [String], name: String? = nil) {
    self.numbers = numbers
    self.name = name
  }

  /// Emits a line a number, in the order given.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ContactLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.online(.directory, as: (any Directory).self)
    for (contact, isRegistered) in try await account.addContacts(numbers, name: name) {
      await emit(
        ContactLine(
          service: contact.service, id: contact.id, name: contact.name, registered: isRegistered))
    }
  }
}
