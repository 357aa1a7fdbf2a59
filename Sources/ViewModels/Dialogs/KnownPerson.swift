import Domain
import Storage

/// Somebody, or a group, that can be written to: from the list of chats or from the contacts.
struct KnownPerson: Identifiable {
  let id: String
  let service: Service
  let name: String
  /// In international form, where it is known.
  let number: String?
  /// The person as the service names people; nil for a group.
  let person: String?
  /// The chat with them; nil where there is none yet.
  let chat: ChatID?
  let isGroup: Bool
  /// What the name is found by.
  let key: NameKey

  private init(
    _ id: String, _ service: Service, _ name: String, number: String?, person: String?,
    chat: ChatID?, isGroup: Bool = false
  ) {
    self.id = id
    self.service = service
    self.name = name
    self.number = number
    self.person = person
    self.chat = chat
    self.isGroup = isGroup
    key = NameKey(name, number: number)
  }

  /// All chats in their order, then whoever is known besides, by name.
  ///
  /// - Parameters:
  ///   - contacts: of the services that somebody is signed in to.
  ///   - owners: the ids of the owner at each service; nobody writes to themselves by these.
  static func all(
    _ chats: [ChatRecord], contacts: [ContactRecord], owners: [Service: Set<String>]
  ) -> [KnownPerson] {
    var numbers: [String: String] = [:]
    for contact in contacts { numbers[place(contact.service, contact.id)] = contact.phone }
    var met: Set<String> = []
    let written = chats.map { chat -> KnownPerson in
      let peer = chat.peerId.map { place(chat.service, $0) }
      if let peer { met.insert(peer) }
      let number = peer.flatMap { numbers[$0] }
      return KnownPerson(
        chat.chat.text, chat.service, chat.shownTitle, number: number, person: chat.peerId,
        chat: chat.chat, isGroup: chat.kind == .group)
    }
    var others: [KnownPerson] = []
    for contact in contacts {
      let id = place(contact.service, contact.id)
      guard !met.contains(id), owners[contact.service]?.contains(contact.id) != true else {
        continue
      }
      others.append(
        KnownPerson(
          id, contact.service, contact.name, number: contact.phone, person: contact.id, chat: nil))
    }
    return written + byName(others)
  }

  /// Those who are people, by name.
  static func contacts(among people: [KnownPerson]) -> [KnownPerson] {
    byName(people.filter { $0.person != nil })
  }

  private static func byName(_ people: [KnownPerson]) -> [KnownPerson] {
    people.map { ($0, folded: $0.name.lowercased()) }
      .sorted { ($0.folded, $0.0.id) < ($1.folded, $1.0.id) }.map(\.0)
  }

  private static func place(_ service: Service, _ id: String) -> String {
    "\(service.rawValue) \(id)"
  }
}

/// A telephone number as somebody types it, and what to call who has it.
struct TypedNumber: Equatable {
  /// `+` and digits, or digits alone.
  let number: String
  /// Nil where none was typed.
  let name: String?

  /// Nil for what is no number.
  init?(_ text: String) {
    let end = text.firstIndex { $0.isLetter } ?? text.endIndex
    let digits = text[..<end].phoneDigits
    let bare = digits.drop { $0 == "+" }
    guard bare.count >= TypedNumber.leastDigits, digits.count - bare.count <= 1,
      bare.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    number = digits
    let name = text[end...].trimmed
    self.name = name.isEmpty ? nil : name
  }

  /// Shorter ones are part of a name, or not finished.
  private static let leastDigits = 7
}
