import Cryptography

/// Who lives in the sandbox and what they have said so far. Everyone is invented.
struct Population: Sendable {
  static let ira: Int64 = 54_321_001
  static let pavel: Int64 = 67_890_022
  static let maria: Int64 = 70_011_033
  /// Calls, but is in nobody's contacts.
  static let stranger: Int64 = 99_000_111
  /// Takes no messages from anybody.
  static let hermit: Int64 = 99_000_222
  static let news: Int64 = -71_000_000_000_001

  private static let minute: Int64 = 60_000
  private static let day: Int64 = 86_400_000

  /// The wall-clock time at which the sandbox started; everything older is counted back from it.
  let now: Int64
  let seed: UInt64

  init(seed: UInt64, now: Int64) {
    self.seed = seed
    self.now = now
  }

  /// The world as Ира's account finds it.
  func world() -> MaxWorld {
    var world = MaxWorld()
    for person in Population.people { world.add(person) }
    for group in Population.groups { found(group, in: &world) }
    furnish(Population.ira, in: &world)
    return world
  }

  /// Calls of the last days: one missed, one taken, one with a picture that Ира declined, and one of
  /// hers that nobody took.
  func calls() -> [Call] {
    func call(
      _ number: Int, _ caller: Int64, _ callee: Int64, isVideo: Bool = false, hoursAgo: Int64,
      talk: Int64 = 0, _ hangup: String
    ) -> Call {
      let start = now - hoursAgo * 60 * Population.minute
      return Call(
        id: "00000000-0000-4000-8000-00000000000\(number)", caller: caller, callee: callee,
        isVideo: isVideo, startedAt: start,
        acceptedAt: talk > 0 ? start + 4000 : nil, hangup: hangup,
        endedAt: start + 4000 + talk * 1000)
    }
    return [
      call(1, Population.pavel, Population.ira, hoursAgo: 70, "MISSED"),
      call(2, Population.maria, Population.ira, hoursAgo: 49, talk: 312, "HUNGUP"),
      call(3, Population.stranger, Population.ira, isVideo: true, hoursAgo: 26, "REJECTED"),
      call(4, Population.ira, Population.pavel, hoursAgo: 25, "CANCELED"),
    ]
  }

  /// The account of a telephone number; a number nobody has becomes a guest's.
  func account(phone: Int64, in world: inout MaxWorld) -> Int64 {
    let person =
      world.person(phone: phone)
      ?? Person(
        id: phone + 1_000_000_000_000, firstName: "Гость", lastName: "\(phone % 10_000)",
        phone: phone)
    world.add(person)
    furnish(person.id, in: &world)
    return person.id
  }

  /// Who is in the groups that are for all.
  private static var everybody: [Int64] { people.filter { !$0.isReserved }.map(\.id) }

  /// Everyone an account knows.
  func contacts(of account: Int64) -> [Int64] {
    Population.everybody.filter { $0 != account && $0 != Population.stranger }
  }

  // MARK: Furnishing

  /// Gives an account its dialogs and groups, once.
  private func furnish(_ account: Int64, in world: inout MaxWorld) {
    guard world.conversations[.init(chat: 0, of: account)] == nil else { return }
    let chance = SeededRandom(seed: seed &+ UInt64(account))
    var saved = Conversation(
      id: 0, kind: .dialog, owner: account, participants: [account],
      createdAt: now - 400 * Population.day)
    saved.title = nil
    world.add(saved)
    tell(
      Population.notes, by: [account], to: .init(chat: 0, of: account), endingAgo: 190, chance,
      in: &world)

    for group in Population.groups { join(group, account, in: &world) }
    for (index, contact) in contacts(of: account).enumerated() {
      let key = Conversation.Key(chat: account ^ contact, of: account)
      guard world.conversations[key] == nil else { continue }
      _ = world.dialog(account, contact, at: now - 400 * Population.day)
      if contact == Population.pavel {
        tellOfPavel(account, key, chance, in: &world)
      } else {
        let count = 1 + chance.below(12)
        let lines = (0..<count).map { _ in chance.pick(Population.remarks) }
        tell(
          lines, by: [contact, account], to: key, endingAgo: Int64(30 + index * 47), chance,
          in: &world)
        let unread = index % 9 == 4 ? 1 : 0
        read(key, by: account, leaving: unread, in: &world)
      }
    }
  }

  /// A long history that ends with two unread messages.
  private func tellOfPavel(
    _ account: Int64, _ key: Conversation.Key, _ chance: some RandomSource,
    in world: inout MaxWorld
  ) {
    let lines = (0..<350).map { _ in chance.pick(Population.remarks) }
    tell(
      lines, by: [Population.pavel, account], to: key, endingAgo: 1500, chance, in: &world)
    func say(_ text: String, _ sender: Int64, ago: Int64) -> Message? {
      world.post(text, from: sender, to: key, at: now - ago * Population.minute)
    }
    _ = say("Ты где?", Population.pavel, ago: 9)
    let answer = say("Уже еду, буду через 20 минут", account, ago: 8)
    _ = world.post(
      "Хорошо, жду. Смета: https://example.org/s", from: Population.pavel, to: key,
      at: now - 6 * Population.minute
    ) { message in
      message.link = answer.map {
        Message.Link(type: "REPLY", chatId: key.id, message: $0.quoted)
      }
      message.attaches = [.file(id: 900_100_200, name: "смета.xlsx", size: 48_213)]
      message.elements = [
        .init(type: "STRONG", length: 6),
        .init(type: "LINK", from: 20, length: 21, attributes: .init(url: "https://example.org/s")),
      ]
      message.reactions = [account: "👍"]
    }
    _ = say("Возьми хлеба", Population.pavel, ago: 2)
    _ = say("и молока", Population.pavel, ago: 1)
    read(key, by: account, leaving: 2, in: &world)
  }

  private func found(_ group: Group, in world: inout MaxWorld) {
    let members = group.members.isEmpty ? Population.everybody : group.members
    world.add(
      Conversation(
        id: group.id, kind: group.kind, owner: members[0], title: group.title,
        description: group.description, participants: members,
        createdAt: now - 300 * Population.day))
    let chance = SeededRandom(seed: seed &+ UInt64(bitPattern: group.id))
    let key = Conversation.Key(chat: group.id, of: members[0])
    if group.archive > 0 {
      let step = 30 * Population.minute
      let start = now - (group.age + 10_000) * Population.minute - Int64(group.archive) * step
      let archive = GeneratedHistory(
        count: group.archive, start: start, step: step, senders: members, seed: seed)
      _ = world.change(key) { $0.remember(archive) }
    }
    let lines = (0..<group.count).map { _ in chance.pick(Population.remarks) }
    let authors: [Int64?] = group.kind == .channel ? [nil] : members
    tell(lines, by: authors, to: key, endingAgo: group.age + 100, chance, in: &world)
    for (index, curiosity) in Population.rareMessages(of: group.id).enumerated() {
      let time = now - (group.age + 95) * Population.minute + Int64(index) * 1000
      _ = world.post(curiosity.text, from: members[0], to: key, at: time) {
        $0.attaches = curiosity.attaches
        $0.elements = curiosity.elements
      }
    }
    let unread = Array(Population.remarks.prefix(group.unread))
    tell(unread, by: [Population.pavel], to: key, endingAgo: group.age, chance, in: &world)
    for member in members { read(key, by: member, leaving: group.unread, in: &world) }
  }

  private func join(_ group: Group, _ account: Int64, in world: inout MaxWorld) {
    let key = Conversation.Key(chat: group.id, of: account)
    guard let conversation = world.conversations[key], conversation.readMarks[account] == nil
    else { return }
    _ = world.change(key) { $0.join(account, at: $0.createdAt) }
    read(key, by: account, leaving: group.unread, in: &world)
  }

  /// Writes `lines` in turn by random authors, the last one `endingAgo` minutes before the start.
  private func tell(
    _ lines: [String], by authors: [Int64?], to key: Conversation.Key, endingAgo: Int64,
    _ chance: some RandomSource, in world: inout MaxWorld
  ) {
    let gaps = lines.map { _ in Int64(1 + chance.below(90)) * Population.minute }
    var time = now - endingAgo * Population.minute - gaps.reduce(0, +)
    for (line, gap) in zip(lines, gaps) {
      time += gap
      _ = world.post(line, from: chance.pick(authors), to: key, at: time)
    }
  }

  /// Marks everything read but the last `count` messages.
  private func read(
    _ key: Conversation.Key, by account: Int64, leaving count: Int, in world: inout MaxWorld
  ) {
    _ = world.change(key) { conversation in
      let read = conversation.messages.dropLast(count).last
      conversation.mark(
        read?.time ?? conversation.createdAt, by: account, at: conversation.lastEventTime)
    }
  }
}
