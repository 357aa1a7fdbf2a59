import Accounts
import Domain
import Storage
import TextSecure

extension TextSecureAccount: Directory {
  /// Looks numbers up in the relay's directory and keeps those who are there, with a dialog for each.
  ///
  /// - Parameter name: What the owner calls the person; nil for the number.
  /// - Returns: Each number, and whether it is registered.
  package func addContacts(
    _ numbers: [String], name: String?
  ) async throws(UserError) -> [(ContactRecord, isRegistered: Bool)] {
    let numbers = try numbers.map { text throws(UserError) in
      try PhoneNumberText.normalized(text)
    }
    guard !numbers.contains(number) else { throw .ownNumber }
    let found: [DirectoryEntry]
    do throws(TextSecureError) {
      found = try await api.lookUp(numbers)
    } catch {
      throw UserError(error)
    }
    let relays = Dictionary(found.map { ($0.number, $0.relay) }, uniquingKeysWith: { $1 })
    let now = environment.time.wallTime
    let contacts = numbers.map { number in
      ContactRecord(
        service: .textsecure, id: number, name: name ?? records.name(of: number), phone: number,
        updatedAt: now)
    }
    let registered = contacts.filter { relays[$0.id] != nil }
    for contact in registered { records.setName(contact.name, of: contact.id) }
    let dialogs = registered.map { records.dialog(with: $0.id) }
    let chats = await environment.storing { store in
      try await store.contacts.save(registered)
      try await store.secure.setRelays(registered.map { ($0.id, relays[$0.id] ?? nil) })
      return try await store.chats.introduce(dialogs)
    }
    if let chats { environment.changes.send(.chats(chats)) }
    return contacts.map { ($0, relays[$0.id] != nil) }
  }
}

extension TextSecureAccount: NumberLookup {
  package func person(withNumber text: String) async throws(UserError) -> ContactRecord? {
    let wanted = try PhoneNumberText.normalized(text)
    guard wanted != number else { throw .ownNumber }
    do throws(TextSecureError) {
      guard try await api.lookUp([wanted]).contains(where: { $0.number == wanted }) else {
        return nil
      }
    } catch {
      throw UserError(error)
    }
    return ContactRecord(
      service: .textsecure, id: wanted, name: records.name(of: wanted), phone: wanted,
      updatedAt: environment.time.wallTime)
  }
}

/// Telephone numbers as people type them.
enum PhoneNumberText {
  /// The number in the form that relays want; what people write between digits does no harm. Throws
  /// `invalid-input` unless it is `+` and 10 to 20 digits.
  static func normalized(_ text: String) throws(UserError) -> String {
    let number = text.phoneDigits
    do throws(TextSecureError) {
      try DeviceAddress.check(number)
      return number
    } catch {
      throw UserError(error)
    }
  }
}
