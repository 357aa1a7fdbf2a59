import Domain
import Storage

/// Finds a person of MAX by name, number or id, and the dialog with them; there is one from then on,
/// though the server hears of it with the first message.
package struct OpenDialog: Request {
  package var person: String

  /// - Parameter person: a telephone number with its country code, a user id, or the name of a contact.
  package init(person: String) { self.person = person }

  /// Emits the dialog.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.dialogs, as: (any Dialogs).self)
    await emit(ChatOutput(try await account.dialog(with: person)))
  }
}
