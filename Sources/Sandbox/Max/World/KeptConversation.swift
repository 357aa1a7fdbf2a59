/// A conversation without its messages, as it is kept; these are kept one by one.
struct KeptConversation: Codable {
  let id: Int64
  let kind: Conversation.Kind
  let owner: Int64
  let title: String?
  let description: String?
  let createdAt: Int64
  let readMarks: [Int64: Int64]
  let modifiedAt: Int64

  init(_ conversation: Conversation) {
    id = conversation.id
    kind = conversation.kind
    owner = conversation.owner
    title = conversation.title
    description = conversation.description
    createdAt = conversation.createdAt
    readMarks = conversation.readMarks
    modifiedAt = conversation.modifiedAt
  }

  var conversation: Conversation {
    Conversation(
      id: id, kind: kind, owner: owner, title: title, description: description,
      participants: [], createdAt: createdAt)
  }
}

/// What is kept under the name of a message.
struct MessageKey {
  let conversation: Conversation.Key
  let message: Int64

  init(_ conversation: Conversation.Key, _ message: Int64) {
    (self.conversation, self.message) = (conversation, message)
  }

  init?(_ text: String) {
    let numbers = text.split(separator: " ").compactMap { Int64($0) }
    guard numbers.count == 3 else { return nil }
    self.init(.init(chat: numbers[0], of: numbers[1]), numbers[2])
  }

  var text: String { "\(conversation.id) \(conversation.owner ?? 0) \(message)" }
}

extension MaxWorld {
  /// Lets what was kept happen again, on top of what everybody has from the start.
  mutating func restore(_ kept: KeptWorld) {
    for var person in kept.values(.person, as: Person.self) {
      // Whether one is asked for belongs to the scenario.
      person.password = people[person.id]?.password
      add(person)
    }
    for record in kept.values(.conversation, as: KeptConversation.self) {
      let key = record.conversation.key(for: record.owner)
      if conversations[key] == nil { add(record.conversation) }
      _ = change(key) { $0.restore(record) }
    }
    var messages: [Conversation.Key: [Int64: Message?]] = [:]
    for record in kept[.message] {
      guard let key = MessageKey(record.key) else { continue }
      messages[key.conversation, default: [:]][key.message] = .some(
        record.decoded(as: Message.self))
    }
    for (key, changed) in messages { _ = change(key) { $0.restore(changed) } }
    silences = kept.values(.silences, as: [Int64: [Int64: Int64]].self).first ?? silences
    drafts = kept.values(.drafts, as: [Int64: [Int64: SavedDraft]].self).first ?? drafts
  }
}
