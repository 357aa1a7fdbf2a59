import Axolotl
import Clocks
import Cryptography
import Domain
import MaxService
import Storage
import TextSecure
import TextSecureService
import TradingService

/// Writes a signed-in profile with the program's own store: what a console would have after years.
///
/// All names, numbers, tokens and keys are made up.
struct ProfileWriter {
  /// Messages of one transaction.
  private static let batch = 50_000
  /// Counts the changes of what is written.
  static let version = 1

  private let plan: ProfilePlan
  private let store: Store
  private let chats: ProfileChats
  private let words: Words
  /// The moment of the newest message, in wall-clock milliseconds.
  private let end: Int64
  private let step: Int64

  /// Makes the directory, in which there must not be a profile yet.
  init(_ plan: ProfilePlan) throws {
    self.plan = plan
    let profile = Profile(directory: plan.directory)
    try profile.prepare()
    store = try Store(profile)
    words = Words.shared
    chats = ProfileChats(plan.chats, words)
    end = SystemTime().wallTime - 60_000
    // Three years, or a message a minute.
    step = min(60_000, max(1, 94_608_000_000 / Int64(max(1, plan.messages))))
  }

  func run() async throws {
    guard try await store.accounts.all().isEmpty else { throw AlreadyThere() }
    // Half a gigabyte each for pages in memory and for the log: a page is written once or twice.
    try await store.database.write {
      try $0.run("PRAGMA cache_size = -500000; PRAGMA wal_autocheckpoint = 125000;")
    }
    try await writePeople()
    try await writeMessages()
    try await writeTrading()
    try await writeCalls()
    // Last: a profile that was not finished is nobody's.
    try await writeAccounts()
    if let first = chats.places.first {
      try await store.settings.set(.focusedChat, first.chat.chat.text)
    }
    try await store.emptyLog()
  }

  /// The directory holds a profile already.
  struct AlreadyThere: Error {}

  // MARK: People

  private func writePeople() async throws {
    try await store.chats.save(chats.places.map(\.chat))
    try await store.contacts.save(
      chats.people.map { person in
        let isNumber = person.id.hasPrefix("+")
        return ContactRecord(
          service: person.service, id: person.id, name: person.name,
          phone: isNumber ? person.id : nil, updatedAt: end)
      })
    let random = SeededRandom(seed: 4)
    let numbers = chats.people.filter { $0.service == .textsecure }.map(\.id)
    let identities = numbers.map { ($0, KeyPair(random: random).publicKey.serialized) }
    try await store.database.write { [groups = chats.groups] connection in
      for (number, identity) in identities { try connection.trust(identity, of: number) }
      for group in groups { try connection.save(group) }
    }
  }

  // MARK: Messages

  private func writeMessages() async throws {
    var chance = Chance(seed: 5)
    var numbers = MessageNumbers()
    var last: [Int: MessageRecord] = [:]
    for first in stride(from: 0, to: plan.messages, by: ProfileWriter.batch) {
      let batch = (first..<min(first + ProfileWriter.batch, plan.messages)).map { index in
        let place = place(of: index, &chance)
        let message = message(index, in: place, &numbers, &chance)
        last[place] = message
        return message
      }
      try await store.messages.save(batch)
    }
    let shown = last.map { place, message in
      var chat = chats.places[place].chat
      let isNamed = chat.kind == .group && !message.own
      chat.lastMessageAt = message.at
      chat.lastMessageId = message.id
      chat.lastMessage = ChatPreview(message, sender: isNamed ? message.senderName : nil)
      chat.unread = place % 5 == 2 ? place % 13 : 0
      chat.readMark = message.at - (chat.unread > 0 ? step : 0)
      return chat
    }
    try await store.chats.save(shown)
    let spent = numbers.local
    try await store.database.write {
      try $0.execute("UPDATE message_counter SET last = ?", [spent])
    }
  }

  /// Each chat has one message at least, most are in few chats, and the newest is in the first.
  private func place(of index: Int, _ chance: inout Chance) -> Int {
    if index == plan.messages - 1 { return 0 }
    return index < chats.places.count ? index : chance.rank(of: chats.places.count)
  }

  private func message(
    _ index: Int, in place: Int, _ numbers: inout MessageNumbers, _ chance: inout Chance
  ) -> MessageRecord {
    let place = chats.places[place]
    let isOwn = chance.index(of: 3) == 0
    let sender = isOwn ? nil : place.people[chance.index(of: place.people.count)]
    let at = end - Int64(plan.messages - 1 - index) * step
    let isMax = place.chat.service == .max
    let own = isMax ? "\(ProfileChats.maxOwner)" : ProfileChats.number
    return MessageRecord(
      chat: place.chat.chat, id: isMax ? numbers.server(at: at) : numbers.next(),
      senderId: sender?.id ?? own, senderName: sender?.name ?? ProfileWriter.ownName, at: at,
      text: words.text(20 + chance.index(of: 72), &chance), status: isOwn ? .sent : .received,
      own: isOwn, reactions: isMax ? [] : nil)
  }

  private static let ownName = "Ира"

  // MARK: Trading and calls

  private func writeTrading() async throws {
    let orders = ProfileOrders(plan.orders, until: end)
    try await store.balances.save(orders.balances)
    try await store.database.write { connection in
      for (order, line) in orders.all {
        try connection.save(order)
        try connection.append(line)
      }
    }
  }

  private func writeCalls() async throws {
    let callers = chats.people.filter { $0.service == .max }
    let calls = (0..<plan.calls).map { index in
      let caller = callers[index % callers.count]
      let at = end - Int64(plan.calls - index) * 3_600_000
      return CallRecord(
        service: .max, conversationId: "made-up-call-\(index)", callerId: caller.id,
        callerName: caller.name, kind: index % 4 == 0 ? .video : .audio, at: at,
        state: index % 3 == 0 ? .missed : .ended, duration: index % 3 == 0 ? nil : 61_000,
        endedAt: at + 70_000)
    }
    try await store.database.write { connection in
      for call in calls { try connection.save(call) }
    }
  }

  // MARK: Accounts

  private func writeAccounts() async throws {
    let random = SeededRandom(seed: 6)
    try await store.accounts.save(
      AccountRecord(
        service: .max, url: plan.maxURL, identifier: "+79990001122",
        userId: "\(ProfileChats.maxOwner)", displayName: ProfileWriter.ownName,
        secret: Secret("fake-token-of-a-made-up-profile"),
        deviceId: "550e8400-e29b-41d4-a716-446655440000",
        settings: AccountSettings(codec: "json", chatMarker: 0), syncMarker: end, createdAt: end))
    try await store.accounts.save(
      AccountRecord(
        service: .trading, url: plan.tradingURL, identifier: "fake_api_key",
        displayName: "fake…ey", secret: Secret("fake_api_secret"),
        settings: AccountSettings(dialect: "doc", keyOrder: "sorted"), createdAt: end + 1))
    let device = try LocalDevice(number: ProfileChats.number, random: random)
    try await store.secure.register(
      TextSecureDeviceRecord(
        number: ProfileChats.number, identity: device.identity.privateKey,
        registrationId: Int64(device.registrationID), signalingKey: device.signalingKey.bytes),
      AccountRecord(
        service: .textsecure, url: plan.textSecureURL, identifier: ProfileChats.number,
        displayName: ProfileChats.number, secret: Secret("fake-password"), createdAt: end + 2))
  }
}

/// Ids of messages, as their services count them.
private struct MessageNumbers {
  private var lastServer: Int64 = 0
  private(set) var local: Int64 = 0

  /// MAX counts the messages of each millisecond.
  mutating func server(at moment: Int64) -> String {
    lastServer = max(lastServer + 1, moment << 16)
    return String(lastServer)
  }

  mutating func next() -> String {
    local += 1
    let digits = String(local)
    return String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
  }
}
