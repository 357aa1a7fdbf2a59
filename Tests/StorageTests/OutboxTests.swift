import Database
import Domain
import Testing

@testable import Storage

@Suite("The outbox")
struct OutboxTests {
  private let store: Store
  private let changed = SendFailure.identityChanged(of: .named(name: "Bob"))

  init() throws { store = try Store.inMemory() }

  @discardableResult
  private func add(
    _ text: String, to receivers: [String] = [bob], in chat: ChatRecord = secureDialog
  ) async throws -> Int64 {
    _ = try await store.outbox.add(draft(text, to: receivers, in: chat))
    return try await store.database.read {
      try $0.first("SELECT max(id) AS id FROM outbox") { try $0.get("id") } ?? 0
    }
  }

  private func shown(
    _ text: String, in chat: ChatRecord = secureDialog
  ) async throws -> MessageRecord {
    let all = try await store.messages.latest(chat.chat, limit: 1000)
    return try #require(all.first { $0.text == text })
  }

  @Test("What is written stands in its chat, queued, and is told of")
  func adding() async throws {
    let added = try #require(try await store.outbox.add(draft("hello")))
    let shown = try #require(added.message)
    #expect(shown.status == .queued)
    #expect(added.news.messages == [shown])
    #expect(added.news.chats.map(\.lastMessage) == ["hello"])
    #expect(added.news.chats.map(\.unread) == [0])
    #expect(try await store.messages.message(shown.chat, shown.id) == shown)
    let waiting = try #require(try await store.outbox.next(.textsecure, for: bob))
    #expect(
      waiting
        == OutboxRecord(
          id: waiting.id, service: .textsecure, chat: shown.chat, messageId: shown.id,
          body: "hello", createdAt: noon))
    #expect(try await store.outbox.message(waiting.id) == waiting)
    #expect(try await store.outbox.receivers(.textsecure) == [bob])
    #expect(try await store.outbox.receivers(.max).isEmpty)
    #expect(try await store.outbox.count(.textsecure) == 1)
    #expect(try await store.outbox.bodies(.textsecure) == ["hello"])
  }

  @Test("Messages of one moment keep their order, for each receiver and on the screen")
  func order() async throws {
    let texts = (0..<120).map { "message \($0)" }
    for text in texts { try await add(text, to: [bob, carol]) }
    #expect(try await store.messages.latest(secureDialog.chat, limit: 200).map(\.text) == texts)
    for text in texts {
      let next = try #require(try await store.outbox.next(.textsecure, for: bob))
      #expect(next.body == text)
      _ = try await store.outbox.arrived(next.id, at: bob)
    }
    #expect(try await store.outbox.next(.textsecure, for: bob) == nil)
    #expect(try await store.outbox.next(.textsecure, for: carol)?.body == texts[0])
  }

  @Test("It counts as sent once everybody has it")
  func sent() async throws {
    let id = try await add("hi", to: [bob, carol])
    let first = try await store.outbox.arrived(id, at: bob)
    #expect(first.messages.map(\.status) == [.queued])
    let second = try await store.outbox.arrived(id, at: carol)
    #expect(second.messages.map(\.status) == [.sent])
    #expect(try await store.outbox.count(.textsecure) == 0)
    #expect(try await store.outbox.arrived(id, at: carol).messages.isEmpty)
  }

  @Test("Without a receiver it is sent at once")
  func nobody() async throws {
    let added = try await store.outbox.add(draft("alone", to: []))
    #expect(added?.news.messages.last?.status == .sent)
    #expect(try await store.outbox.count(.textsecure) == 0)
  }

  @Test("One of several receivers who fails: queued while another waits, then failed")
  func someFail() async throws {
    let id = try await add("hi", to: [bob, carol])
    let first = try await store.outbox.failed(id, at: bob, .unregistered)
    #expect(first.messages.map(\.status) == [.queued])
    #expect(first.messages.map(\.failure) == [nil])
    let second = try await store.outbox.arrived(id, at: carol)
    #expect(second.messages.map(\.status) == [.failed])
    #expect(second.messages.map(\.failure) == [.unregistered])
    #expect(try await store.outbox.receivers(.textsecure).isEmpty)

    let again = try await store.outbox.retry(
      secureDialog.chat, try #require(second.messages.first?.id))
    #expect(again.messages.map(\.status) == [.queued])
    #expect(again.messages.map(\.failure) == [nil])
    #expect(try await store.outbox.receivers(.textsecure) == [bob])
    #expect(try await store.outbox.arrived(id, at: bob).messages.map(\.status) == [.sent])
  }

  @Test("A message that failed does not hold up those after it, and goes first when tried again")
  func retryKeepsItsPlace() async throws {
    let first = try await add("one")
    try await add("two")
    _ = try await store.outbox.failed(first, at: bob, .unexplained)
    #expect(try await store.outbox.next(.textsecure, for: bob)?.body == "two")
    _ = try await store.outbox.retry(secureDialog.chat, try await shown("one").id)
    #expect(try await store.outbox.next(.textsecure, for: bob)?.body == "one")
    #expect(try await store.outbox.retry(secureDialog.chat, "404").messages.isEmpty)
  }

  @Test("What is held back waits for the key to be accepted, and only for that receiver")
  func holding() async throws {
    try await store.trust(key(1))
    try await add("one", to: [bob])
    try await add("two", to: [bob, carol])
    try await store.secure.suspect(key(2), of: bob)
    let held = try await store.outbox.hold(bob, changed)
    #expect(held.messages.map(\.status) == [.queued, .queued])
    #expect(held.messages.map(\.failure) == [changed, nil])
    #expect(try await store.outbox.receivers(.textsecure) == [carol])
    let second = try #require(try await store.outbox.next(.textsecure, for: carol))
    let rest = try await store.outbox.arrived(second.id, at: carol)
    #expect(rest.messages.map(\.failure) == [changed])

    var step = TextSecureStep()
    step.identities = [bob: key(2)]
    let released = try await store.secure.commit(step)
    #expect(released.messages.map(\.text) == ["one", "two"])
    #expect(released.messages.map(\.failure) == [nil, nil])
    #expect(try await store.outbox.next(.textsecure, for: bob)?.body == "one")
  }

  @Test("Nothing is held back for a key that was accepted at the same moment")
  func holdingTooLate() async throws {
    try await store.trust(key(1))
    try await add("one")
    try await store.secure.suspect(key(2), of: bob)
    try await store.trust(key(2))
    #expect(try await store.outbox.hold(bob, changed).messages.isEmpty)
    #expect(try await store.outbox.receivers(.textsecure) == [bob])
  }

  @Test("The known key alone, seen again, lets nothing go that waits for a decision")
  func knownKey() async throws {
    try await store.trust(key(1))
    try await add("one")
    try await store.secure.suspect(key(2), of: bob)
    _ = try await store.outbox.hold(bob, changed)
    try await store.trust(key(1))
    #expect(try await store.outbox.receivers(.textsecure).isEmpty)
    #expect(try await store.secure.peer(bob)?.changedIdentity == key(2))
  }

  @Test("What was sealed stays until it is dropped, has arrived, or its sessions end")
  func sealed() async throws {
    let id = try await add("one", to: [bob, carol])
    func seal(_ bytes: [UInt8]?) async throws {
      var step = TextSecureStep()
      step.sealed = [bob, carol].map { .init(outboxId: id, receiver: $0, bytes: bytes) }
      _ = try await store.secure.commit(step)
    }
    try await seal([1, 2, 3])
    #expect(try await store.secure.sealed(id, for: bob) == [1, 2, 3])
    _ = try await store.outbox.failed(id, at: bob, .unexplained)
    _ = try await store.outbox.retry(secureDialog.chat, try await shown("one").id)
    #expect(try await store.secure.sealed(id, for: bob) == [1, 2, 3])
    var ending = TextSecureStep()
    ending.endedNumbers = [bob]
    _ = try await store.secure.commit(ending)
    #expect(try await store.secure.sealed(id, for: bob) == nil)
    #expect(try await store.secure.sealed(id, for: carol) == [1, 2, 3])
    try await seal(nil)
    #expect(try await store.secure.sealed(id, for: carol) == nil)
    try await seal([4])
    _ = try await store.outbox.arrived(id, at: carol)
    #expect(try await store.secure.sealed(id, for: carol) == nil)
  }

  @Test("Another body takes the place of the first")
  func body() async throws {
    let id = try await add("one")
    try await store.outbox.setBody("uploaded", of: id)
    #expect(try await store.outbox.next(.textsecure, for: bob)?.body == "uploaded")
  }

  @Test("A deleted line does not come back when its message is sent")
  func tombstone() async throws {
    let id = try await add("one")
    let line = try await shown("one")
    try await store.messages.delete(line.chat, [line.id])
    _ = try await store.outbox.arrived(id, at: bob)
    #expect(try await store.messages.message(line.chat, line.id)?.status == .deleted)
  }

  @Test("A group changed by somebody else in between is not overwritten")
  func conflict() async throws {
    var renamed = sailors
    renamed.name = "Pirates"
    let creation = GroupUpdate(from: nil, to: sailors)
    #expect(
      try await store.outbox.add(draft("made", in: sailorsChat, group: creation)) != nil)
    var theirs = sailors
    theirs.members.append("+14155550109")
    let decided = theirs
    var other = arrival(nil)
    other.group = GroupEdit(id: sailors.id) { _ in
      .accepted(decided, lines: [], showsMessage: false)
    }
    _ = try await store.secure.commit(TextSecureStep(other))
    let late = GroupUpdate(from: sailors, to: renamed)
    #expect(try await store.outbox.add(draft("renamed", in: sailorsChat, group: late)) == nil)
    #expect(try await store.groups.group(sailors.id) == theirs)
    #expect(try await store.outbox.count(.textsecure) == 1)
    renamed.members = theirs.members
    let current = GroupUpdate(from: theirs, to: renamed)
    #expect(try await store.outbox.add(draft("again", in: sailorsChat, group: current)) != nil)
    #expect(try await store.chats.chat(sailorsChat.chat)?.title == "Pirates")
  }

  @Test("Somebody who is no longer registered leaves the group, and nothing of it waits for them")
  func departure() async throws {
    let made = draft(
      "made", to: [bob, carol], in: sailorsChat, group: .init(from: nil, to: sailors))
    _ = try await store.outbox.add(made)
    let id = try await add("ahoy", to: [bob, carol], in: sailorsChat)
    try await add("private")
    _ = try await store.outbox.arrived(id, at: carol)
    let note = line("Bob is gone", in: sailorsChat, kind: .system)
    let news = try await store.outbox.remove(bob, from: sailors.id, line: note)
    #expect(news.messages.map(\.text) == ["Bob is gone", "made", "ahoy"])
    #expect(news.messages.map(\.status) == [.received, .queued, .sent])
    #expect(news.chats.map(\.lastMessage) == ["Bob is gone"])
    #expect(news.chats.map(\.unread) == [0])
    #expect(try await store.groups.group(sailors.id)?.members == ["+14155550100", carol])
    #expect(try await store.outbox.next(.textsecure, for: bob)?.body == "private")
    let again = try await store.outbox.remove(bob, from: sailors.id, line: note)
    #expect(again == ChatNews())
    #expect(try await store.messages.latest(sailorsChat.chat, limit: 9).count == 3)
  }

  @Test("Forgetting TextSecure leaves nothing of it, and MAX alone")
  func forgetting() async throws {
    try await store.receive(message("1"), in: dialog)
    try await add("one")
    try await store.trust(key(1))
    _ = try await store.secure.commit(TextSecureStep(arrival("hi")))
    try await store.forget(.textsecure, with: [.messages, .keys])
    #expect(try await store.outbox.count(.textsecure) == 0)
    #expect(try await store.secure.peers().isEmpty)
    #expect(try await store.contacts.all(.textsecure).isEmpty)
    #expect(try await store.chats.all().map(\.chat) == [dialog.chat])
    let left = try await store.database.read {
      try $0.first("SELECT count(*) AS count FROM dispatch") { try $0.get("count") as Int }
    }
    #expect(left == 0)
  }
}
