import Accounts
import Domain
import OneMe
import Storage

extension MaxAccount: Dialogs {
  /// The dialog with a person, made if there is none.
  ///
  /// - Parameter person: a telephone number, a user id, or a contact's name.
  package func dialog(with person: String) async throws(UserError) -> ChatRecord {
    try await dialog(withUser: try await userId(of: person))
  }

  package func dialog(withId id: String) async throws(UserError) -> ChatRecord {
    guard let user = Int64(id) else { throw .noPerson(id) }
    return try await dialog(withUser: user)
  }

  /// The dialog with a person of this id, whether or not anybody has introduced them.
  private func dialog(withUser id: Int64) async throws(UserError) -> ChatRecord {
    let records = records
    guard let own = records.ownId, id != own else { throw .noPerson(String(id)) }
    // A dialog's id is the exclusive or of the two user ids.
    let key = MaxRecords.key(own ^ id)
    let title = records.names[id] ?? ""
    return try await inbox.open(
      ChatRecord(chat: key, service: .max, kind: .dialog, title: title, peerId: String(id)))
  }

  /// The key of the chat that is meant: itself, or the dialog with a person whose id stands in a
  /// chat's place, as the list of contacts shows it, or whose number does.
  func chatKey(_ key: ChatID) async throws(UserError) -> ChatID {
    let name = key.name
    if MaxRecords.chatId(key) != nil, !name.hasPrefix("+") {
      let known = await environment.storing { store in try await store.chats.chat(key) } ?? nil
      guard known == nil else { return key }
      guard let id = Int64(name), id > 0, inbox.people.name(of: id) != nil, id != inbox.people.ownId
      else {
        throw .noChat(key)
      }
    } else if !name.hasPrefix("+") {
      throw .noChat(key)
    }
    return try await dialog(with: name).chat
  }

  private func userId(of person: String) async throws(UserError) -> Int64 {
    let word = person.trimmed
    if word.hasPrefix("+") { return try await userId(ofNumber: word) }
    if let id = Int64(word), id > 0 {
      if inbox.people.name(of: id) == nil {
        // Who is asked for by a person is asked for again.
        inbox.people.forgetLookup(of: [id])
        await inbox.learnNames([id])
      }
      guard inbox.people.name(of: id) != nil else { throw .noPerson(word) }
      return id
    }
    let named = records.names.filter { $0.value.lowercased() == word.lowercased() }
    guard let only = named.keys.first, named.count == 1 else { throw .noPerson(word) }
    return only
  }

  private func userId(ofNumber number: String) async throws(UserError) -> Int64 {
    guard let contact = try await contact(withNumber: number) else { throw .noPerson(number) }
    return contact.id
  }

  /// Who has a number; whoever has it is known from then on.
  private func contact(withNumber number: String) async throws(UserError) -> Contact? {
    let phone: PhoneNumber
    do throws(OneMeError) { phone = try PhoneNumber(number) } catch { throw UserError(error) }
    let contact = try await asking { client throws(OneMeError) -> Contact? in
      try await client.contact(phone: phone)
    }
    if let contact { await inbox.save([contact]) }
    return contact
  }
}

extension MaxAccount: NumberLookup {
  package func person(withNumber number: String) async throws(UserError) -> ContactRecord? {
    guard let contact = try await contact(withNumber: number) else { return nil }
    guard contact.id != inbox.people.ownId else { throw .ownNumber }
    return records.contact(contact, at: environment.time.wallTime)
  }
}
