/// A dialog, group, channel or someone's saved messages.
struct Conversation: Sendable {
  enum Kind: String, Sendable, Codable {
    case dialog = "DIALOG", group = "CHAT", channel = "CHANNEL"
  }

  /// Which conversation: every account has saved messages of its own, all with chat id 0.
  struct Key: Sendable, Hashable {
    let id: Int64
    let owner: Int64?

    /// The conversation that `account` means by a chat id.
    init(chat id: Int64, of account: Int64) {
      self.id = id
      owner = id == 0 ? account : nil
    }
  }

  /// Messages kept; older ones are forgotten.
  private static let capacity = 20_000

  let id: Int64
  let kind: Kind
  let owner: Int64
  var title: String?
  var description: String?
  let createdAt: Int64
  /// Up to which time each participant has read, in wall-clock milliseconds.
  var readMarks: [Int64: Int64]
  /// Oldest first; ids and times rise alike.
  private(set) var messages: [Message] = []
  /// What came before `messages` and is not told yet.
  private(set) var archive: GeneratedHistory?
  private(set) var modifiedAt: Int64
  /// Messages that came, changed or went since this was last looked at.
  private var touched: Set<Int64> = []
  /// Those that were forgotten because there were too many.
  private var forgotten: [Int64] = []

  init(
    id: Int64, kind: Kind, owner: Int64, title: String? = nil, description: String? = nil,
    participants: [Int64], createdAt: Int64
  ) {
    self.id = id
    self.kind = kind
    self.owner = owner
    self.title = title
    self.description = description
    self.createdAt = createdAt
    modifiedAt = createdAt
    readMarks = Dictionary(participants.map { ($0, createdAt) }) { first, _ in first }
  }

  func key(for account: Int64) -> Key { Key(chat: id, of: account) }

  /// Gives an empty conversation a past.
  mutating func remember(_ archive: GeneratedHistory) { self.archive = archive }

  /// Tells the archive, so that `messages` is everything.
  mutating func unfold() {
    guard let archive else { return }
    self.archive = nil
    messages.insert(contentsOf: (0..<archive.count).map(archive.message), at: 0)
  }

  /// How many there are, told or not.
  var messagesCount: Int { messages.count + (archive?.count ?? 0) }

  var lastEventTime: Int64 { messages.last?.time ?? createdAt }

  mutating func append(_ message: Message) {
    if messages.count == Conversation.capacity {
      forgotten += messages.prefix(1000).map(\.id)
      messages.removeFirst(1000)
    }
    messages.append(message)
    touched.insert(message.id)
    modifiedAt = max(modifiedAt, message.time)
    if let sender = message.sender, readMarks[sender] != nil { readMarks[sender] = message.time }
  }

  /// Changes the message `id`; nil if there is none.
  mutating func change(
    _ id: Int64, at now: Int64, _ edit: (inout Message) -> Void
  ) -> Message? {
    guard let index = index(of: id) else { return nil }
    edit(&messages[index])
    touched.insert(id)
    modifiedAt = now
    let message = messages[index]
    if message.isRemoved { messages.remove(at: index) }
    return message
  }

  /// Notes what has changed, messages one by one.
  mutating func tell(_ changes: inout ChangeLog) {
    let key = key(for: owner)
    changes.note(.conversation, "\(key.id) \(key.owner ?? 0)", KeptConversation(self))
    for id in touched.sorted() {
      let name = MessageKey(key, id).text
      // One that went is remembered as gone: it may be of those that were there from the start.
      guard let message = message(id) else {
        changes.note(.message, name, bytes: [])
        continue
      }
      changes.note(.message, name, message)
    }
    for id in forgotten { changes.note(.message, MessageKey(key, id).text, bytes: nil) }
    (touched, forgotten) = ([], [])
  }

  mutating func restore(_ kept: KeptConversation) {
    (title, description) = (kept.title, kept.description)
    (readMarks, modifiedAt) = (kept.readMarks, kept.modifiedAt)
  }

  /// Puts messages in their places; nil stands for one that went.
  mutating func restore(_ changed: [Int64: Message?]) {
    if let first = messages.first?.id, changed.keys.contains(where: { $0 < first }) { unfold() }
    messages.removeAll { changed[$0.id] != nil }
    messages += changed.values.compactMap { $0 }
    messages.sort { $0.id < $1.id }
    messages.removeFirst(max(0, messages.count - Conversation.capacity))
  }

  func message(_ id: Int64) -> Message? { index(of: id).map { messages[$0] } }

  private func index(of id: Int64) -> Int? {
    let index = firstIndex { $0.id >= id }
    return index < messages.count && messages[index].id == id ? index : nil
  }

  /// The first message for which `isLater` holds, as it does for all after it.
  private func firstIndex(where isLater: (Message) -> Bool) -> Int {
    var range = 0..<messages.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        isLater(messages[middle])
        ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }

  mutating func mark(_ time: Int64, by account: Int64, at now: Int64) {
    readMarks[account] = time
    modifiedAt = now
  }

  /// Lets `account` in, with everything up to `time` read.
  mutating func join(_ account: Int64, at time: Int64) { readMarks[account] = time }

  /// Messages of others since the account's mark.
  func unread(for account: Int64) -> Int {
    let mark = readMarks[account] ?? 0
    return messages.reversed().prefix { $0.time > mark }
      .count { $0.sender != account && !$0.hiddenFrom.contains(account) }
  }

  /// Up to `backward` messages not newer than `time` and up to `forward` newer ones that `account`
  /// has not deleted, oldest first.
  func page(from time: Int64, backward: Int, forward: Int, for account: Int64) -> [Message] {
    let split = firstIndex { $0.time > time }
    let isShown = { (message: Message) in !message.hiddenFrom.contains(account) }
    let earlier = Array(messages[..<split].reversed().lazy.filter(isShown).prefix(backward))
    let later = Array(messages[split...].lazy.filter(isShown).prefix(forward))
    return earlier.reversed() + later
  }
}

/// A chat as the protocol writes it (OneMe notes §4.1), seen by one account.
struct ChatObject: Encodable {
  let id: Int64
  let type: String
  let status = "ACTIVE"
  let owner: Int64
  let title: String?
  let description: String?
  let access: String?
  let participants: [String: Int64]
  let participantsCount: Int
  let lastMessage: Message.Object?
  let lastEventTime: Int64
  let newMessages: Int
  let created: Int64
  let joinTime: Int64
  let modified: Int64
  let messagesCount: Int

  init(_ conversation: Conversation, for account: Int64) {
    id = conversation.id
    type = conversation.kind.rawValue
    owner = conversation.owner
    title = conversation.title
    description = conversation.description
    access = conversation.kind == .dialog ? nil : "PRIVATE"
    participants = Dictionary(
      uniqueKeysWithValues: conversation.readMarks.map { ("\($0.key)", $0.value) })
    participantsCount = conversation.readMarks.count
    lastMessage = conversation.messages.last { !$0.hiddenFrom.contains(account) }?
      .object(for: account)
    lastEventTime = conversation.lastEventTime
    newMessages = conversation.unread(for: account)
    created = conversation.createdAt
    joinTime = conversation.createdAt
    modified = conversation.modifiedAt
    messagesCount = conversation.messagesCount
  }

  enum CodingKeys: CodingKey {
    case id, type, status, owner, title, description, access, participants, participantsCount
    case lastMessage, lastEventTime, newMessages, created, joinTime, modified, messagesCount
  }
}
