import Database
import Domain
import Storage
import Testing

@Suite("Messages of TextSecure that are stored together")
struct ArrivalBatchTests {
  /// What a chat of ours may see in a moment: dialogs, a group, notes, a message that is said twice, and
  /// lines of ours that were written while the clock was ahead.
  private var arrivals: [TextSecureArrival] {
    var arrivals = (0..<6).map { arrival("text \($0)", at: noon + [3, 1, 5, 5, 2, 4][$0]) }
    var carols = TextSecureArrival(
      number: carol, relay: "other", at: noon + 2,
      dialog: ChatRecord(
        chat: "textsecure:\(carol)", service: .textsecure, kind: .dialog, title: "Carol",
        peerId: carol),
      message: line("from carol", at: noon + 2), comesOnce: true)
    carols.provesRelay = true
    arrivals.insert(carols, at: 2)
    arrivals.append(arrival("plain", at: noon + 6, comesOnce: false))
    arrivals.append(arrival("plain", at: noon + 6, comesOnce: false))
    var unread = arrival("", at: noon + 7)
    unread.message?.kind = .system
    unread.message?.notes = [.sessionEnded(by: .named(name: "Bob"))]
    arrivals.append(unread)
    var held = arrival("", at: noon + 1, comesOnce: false)
    held.message?.kind = .held
    held.changed = (key(2), [1, 2, 3])
    arrivals.append(held)
    var inGroup = arrival("to all", at: noon + 3)
    inGroup.group = GroupEdit(id: sailors.id) { known in
      .accepted(
        sailors, lines: known == nil ? [.created(by: .you, title: "Sailors", members: [])] : [],
        showsMessage: true)
    }
    arrivals += [inGroup, inGroup]
    for index in arrivals.indices { arrivals[index].now = noon + 100 }
    return arrivals
  }

  private func prepared() async throws -> Store {
    let store = try Store.inMemory()
    try await store.trust(key(1))
    var early = draft("from a clock that was ahead")
    early.message?.at = noon + 1_000_000
    _ = try await store.outbox.add(early)
    return store
  }

  @Test("They leave the same as one after the other, and each chat is told once")
  func sameAsAlone() async throws {
    let (together, alone) = (try await prepared(), try await prepared())
    var step = TextSecureStep()
    step.arrivals = arrivals
    let news = try await together.secure.commit(step)
    var messages: [MessageRecord] = []
    for arrival in arrivals {
      messages += try await alone.secure.commit(TextSecureStep(arrival)).messages
    }
    #expect(news.messages == messages)
    #expect(news.chats.map(\.chat) == news.chats.map(\.chat).sorted())
    #expect(news.chats.count == 3)
    #expect(news.changedIdentities == [bob])
    let chats = try await together.chats.all()
    #expect(chats == (try await alone.chats.all()))
    #expect(Set(news.chats.map(\.chat)) == Set(chats.map(\.chat)))
    for chat in chats {
      #expect(news.chats.first { $0.chat == chat.chat } == chat)
      #expect(
        try await together.messages.latest(chat.chat, limit: 100)
          == (try await alone.messages.latest(chat.chat, limit: 100)))
    }
    #expect(try await together.secure.peers() == (try await alone.secure.peers()))
    #expect(try await together.contacts.all() == (try await alone.contacts.all()))
    // The next number goes on where the batch ended.
    let next = arrival("next", at: noon + 200)
    let (one, other) = (
      try await together.secure.commit(TextSecureStep(next)),
      try await alone.secure.commit(TextSecureStep(next))
    )
    #expect(one == other)
  }

  @Test("One that the store cannot take undoes them all, their session too")
  func atomicity() async throws {
    let store = try await prepared()
    var step = TextSecureStep()
    step.sessions = [TextSecureAddress(number: bob, device: 1): [1]]
    step.spentPreKeys = [1, 2]
    step.arrivals = arrivals
    step.arrivals.append(arrival("broken"))
    try await store.database.write {
      try $0.run(
        """
        CREATE TRIGGER refusal BEFORE INSERT ON message WHEN NEW.text = 'broken' BEGIN
          SELECT RAISE(ABORT, 'no room');
        END
        """)
    }
    let before = try await store.chats.all()
    await #expect(throws: DatabaseError.self) { try await store.secure.commit(step) }
    #expect(try await store.chats.all() == before)
    #expect(try await store.secure.session(TextSecureAddress(number: bob, device: 1)) == nil)
    #expect(try await store.messages.latest("textsecure:\(bob)", limit: 100).count == 1)
  }
}
