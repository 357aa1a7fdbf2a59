import Domain
import Storage

/// An account that finds people by their telephone numbers in its server's directory.
package protocol Directory: Account {
  /// The owner's own number.
  nonisolated var number: String { get }

  /// Looks numbers up and keeps those who are there, with a dialog for each.
  ///
  /// - Parameters:
  ///   - numbers: as people write them; throws `invalid-input` for what is none, or the owner's own.
  ///   - name: what the owner calls the person; nil for the number.
  /// - Returns: each number, and whether it is registered.
  func addContacts(
    _ numbers: [String], name: String?
  ) async throws(UserError) -> [(ContactRecord, isRegistered: Bool)]
}

/// An account that opens a dialog with a person who may never have been written with.
package protocol Dialogs: Account {
  /// - Parameter person: a telephone number with its country code, an id of the service, or the name
  ///   of a contact.
  func dialog(with person: String) async throws(UserError) -> ChatRecord

  /// The dialog with somebody of whom the service has told the id; throws `no-person` for what is none.
  func dialog(withId id: String) async throws(UserError) -> ChatRecord
}

/// An account with groups that the owner makes and leaves.
package protocol Groups: Messaging {
  /// - Parameters:
  ///   - name: 1 to 100 characters.
  ///   - members: telephone numbers, the owner's aside.
  func createGroup(_ name: String, members: [String]) async throws(UserError) -> ChatRecord
  func renameGroup(_ chat: ChatID, _ name: String) async throws(UserError)
  func addToGroup(_ chat: ChatID, _ members: [String]) async throws(UserError)
  func leaveGroup(_ chat: ChatID) async throws(UserError)
}

/// An account that can say who has a telephone number. Nothing of it becomes a chat.
package protocol NumberLookup: Account {
  /// - Parameter number: as people write it; throws `invalid-input` for what is none, or the owner's
  ///   own.
  /// - Returns: who has it at this service; nil if nobody has.
  func person(withNumber number: String) async throws(UserError) -> ContactRecord?
}
