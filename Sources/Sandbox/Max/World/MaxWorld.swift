import Cryptography

/// Everyone and everything said, shared by all accounts. All times are wall-clock milliseconds.
struct MaxWorld: Sendable {
  private(set) var people: [Int64: Person] = [:]
  private(set) var conversations: [Conversation.Key: Conversation] = [:]
  private var lastMessageID: Int64 = 0
  /// Until when chats are silent, by account: ms, -1 for ever, 0 for not at all.
  var silences: [Int64: [Int64: Int64]] = [:] {
    didSet { changes.note(.silences, "", silences) }
  }
  /// By account and chat.
  var drafts: [Int64: [Int64: SavedDraft]] = [:] {
    didSet { changes.note(.drafts, "", drafts) }
  }
  /// What is to be kept.
  var changes = ChangeLog()

  // MARK: People

  mutating func add(_ person: Person) {
    people[person.id] = person
    changes.note(.person, "\(person.id)", person)
  }

  mutating func setPassword(_ password: String, of person: Int64) {
    people[person]?.password = password
  }

  func person(phone: Int64) -> Person? { people.values.first { $0.phone == phone } }

  // MARK: Conversations

  /// What `account` sees, by chat id.
  func conversations(of account: Int64) -> [Conversation] {
    conversations
      .filter { $0.value.readMarks[account] != nil }
      .map(\.value)
      .sorted { $0.id < $1.id }
  }

  /// The conversation that `account` takes part in under this chat id.
  func conversation(_ id: Int64, of account: Int64) throws(MaxRefusal) -> Conversation {
    let conversation = conversations[Conversation.Key(chat: id, of: account)]
    guard let conversation, conversation.readMarks[account] != nil else { throw .noChat }
    return conversation
  }

  /// The same with its archive told.
  mutating func wholeConversation(
    _ id: Int64, of account: Int64
  ) throws(MaxRefusal) -> Conversation {
    let key = try conversation(id, of: account).key(for: account)
    _ = change(key) { $0.unfold() }
    return try conversation(id, of: account)
  }

  mutating func add(_ conversation: Conversation) {
    let key = conversation.key(for: conversation.owner)
    conversations[key] = conversation
    conversations[key]?.tell(&changes)
  }

  /// Changes a conversation in place; does nothing if there is none.
  mutating func change<Value>(
    _ key: Conversation.Key, _ edit: (inout Conversation) -> Value
  ) -> Value? {
    guard var conversation = conversations[key] else { return nil }
    // Taken out for the while, so that its messages are not copied.
    conversations[key] = nil
    defer {
      conversation.tell(&changes)
      conversations[key] = conversation
    }
    return edit(&conversation)
  }

  /// The dialog of two people, opened if need be; its id is the XOR of theirs.
  mutating func dialog(_ one: Int64, _ other: Int64, at now: Int64) -> Conversation {
    let key = Conversation.Key(chat: one ^ other, of: one)
    if let conversation = conversations[key] { return conversation }
    let conversation = Conversation(
      id: one ^ other, kind: .dialog, owner: one, participants: [one, other], createdAt: now)
    add(conversation)
    return conversation
  }

  func haveDialog(_ one: Int64, _ other: Int64) -> Bool {
    conversations[Conversation.Key(chat: one ^ other, of: one)] != nil
  }

  // MARK: Messages

  /// Makes a message with an id of its own and puts it at the conversation's end.
  ///
  /// The id holds the time in its upper 48 bits, as the real ones do.
  mutating func post(
    _ text: String, from sender: Int64?, to key: Conversation.Key, at now: Int64,
    filling fill: (inout Message) -> Void = { _ in }
  ) -> Message? {
    guard let last = conversations[key]?.messages.last?.time else {
      return append(text, from: sender, to: key, at: now, fill)
    }
    return append(text, from: sender, to: key, at: max(now, last + 1), fill)
  }

  private mutating func append(
    _ text: String, from sender: Int64?, to key: Conversation.Key, at time: Int64,
    _ fill: (inout Message) -> Void
  ) -> Message? {
    lastMessageID += 1
    var message = Message(
      id: time << 16 | lastMessageID & 0xffff, time: time, sender: sender, text: text)
    fill(&message)
    return change(key) { conversation in
      conversation.append(message)
      return message
    }
  }
}

/// What someone has begun to write in a chat.
struct SavedDraft: Codable {
  let text: String
  let time: Int64
}

/// 19
