import Domain
import Storage

/// Finds a person of MAX by name, number or id, and the dialog with them; there is one from then on,
/// though the server hears of it with the first message.
package struct OpenDialog: DeskCall {
  package var person: String

  /// - Parameter person: a telephone number with its country code, a user id, or the name of a contact.
  package init(person: String) { self.person = person }

  /// Emits the dialog.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ChatLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.dialogs, as: (any Dialogs).self)
    await emit(ChatLine(try await account.dialog(with: person)))
  }
}
