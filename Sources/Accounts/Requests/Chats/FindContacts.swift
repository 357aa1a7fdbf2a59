import Domain
import Storage

/// Everybody that a messenger has introduced, by name.
package struct ListContacts: Request {
  /// Everybody.
  package init() {}

  /// Emits an output for each person; what keeps a service from being reached is thrown after them.
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

  /// Emits an output for each number, in the order given.
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

/// Asks every messenger that somebody is signed in to who has a telephone number.
package struct FindNumber: Request {
  package var number: String

  /// - Parameter number: with `+` and country code; spaces and dashes do no harm.
  package init(number: String) { self.number = number }

  /// Emits an output for each messenger that has answered; `registered` tells whether it knows the
  /// number. What keeps one from answering is thrown after them.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ContactOutput) async -> Void
  ) async throws(UserError) {
    var problem: UserError?
    let signedIn = try await hub.withStore { store in try await store.accounts.all() }
    let services = hub.services(with: .messaging)
    let asked = services.filter { service in signedIn.contains { $0.service == service } }
    if asked.isEmpty, let first = services.first { throw .notSignedIn(first) }
    for service in asked {
      do throws(UserError) {
        guard let account = try await hub.online(service) as? any NumberLookup else { continue }
        let person = try await account.person(withNumber: number)
        await emit(
          ContactOutput(
            service: service, id: person?.id ?? number, name: person?.name ?? number,
            registered: person != nil))
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
  }
}

/// Opens the chat with a person whom a service knows; there is one from then on.
package struct OpenChatWith: Request {
  package var service: Service
  package var id: String
  package var name: String?
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - id: as the service names people.
  ///   - name: what to call the person, where the owner chooses names; nil for what is known.
  package init(service: Service, id: String, name: String? = nil) {
    (self.service, self.id, self.name) = (service, id, name)
  }

  /// Emits the chat.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(service)
    if let account = account as? any Dialogs {
      return await emit(ChatOutput(try await account.dialog(withId: id)))
    }
    guard let directory = try await hub.online(service) as? any Directory else {
      throw .unsupported
    }
    let added = try await directory.addContacts([id], name: name).first
    guard let added, added.isRegistered else { throw .noPerson(id) }
    let chat = ChatID(added.0.service, added.0.id)
    guard let known = try await hub.withStore({ store in try await store.chats.chat(chat) }) else {
      throw .noChat(chat)
    }
    await emit(ChatOutput(known))
  }
}
