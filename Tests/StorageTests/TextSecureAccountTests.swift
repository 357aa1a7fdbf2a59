import Cryptography
import Database
import TestSupport
import Testing

@testable import Storage

@Suite("Keys, sessions and trust")
struct TextSecureAccountTests {
  private let store: Store
  private let device = TextSecureDeviceRecord(
    number: "+14155550100", identity: SecretBytes([UInt8](repeating: 7, count: 32)),
    registrationId: 16380, signalingKey: SecretBytes([UInt8](repeating: 8, count: 52)))
  private let account = AccountRecord(
    service: .textsecure, url: "http://127.0.0.1:1", identifier: "+14155550100",
    secret: Secret("fake"), createdAt: noon)
  private let phone = TextSecureAddress(number: bob, device: 1)
  private let tablet = TextSecureAddress(number: bob, device: 2)

  init() throws { store = try Store.inMemory() }

  /// A step that touches everything there is.
  private var full: TextSecureStep {
    var step = TextSecureStep(arrival("hello"))
    step.identities = [bob: key(1)]
    step.sessions = [phone: [1], tablet: [2]]
    step.newPreKeys = [
      PreKeyRecord(id: 0xFF_FFFF, privateKey: SecretBytes(key(9))),
      PreKeyRecord(id: 4, privateKey: SecretBytes(key(4))),
    ]
    step.nextPreKeyId = 104
    return step
  }

  @Test("An installation and all that a step brings come back as they were")
  func roundTrip() async throws {
    #expect(try await store.secure.device() == nil)
    #expect(try await store.secure.nextPreKeyId() == nil)
    try await store.secure.register(device, account)
    #expect(try await store.secure.device() == device)
    #expect(try await store.accounts.account(.textsecure) == account)
    #expect(try await store.secure.nextPreKeyId() == nil)

    let news = try await store.secure.commit(full)
    #expect(news.messages.map(\.text) == ["hello"])
    #expect(news.chats.map(\.unread) == [1])
    #expect(try await store.secure.session(phone) == [1])
    #expect(try await store.secure.devices(of: bob) == [1, 2])
    #expect(try await store.secure.devices(of: carol).isEmpty)
    #expect(try await store.secure.preKey(4)?.privateKey == SecretBytes(key(4)))
    #expect(try await store.secure.nextPreKeyId() == 104)
    #expect(try await store.secure.peer(bob)?.identity == key(1))
    #expect(try await store.contacts.contact(.textsecure, bob)?.name == "Bob")
  }

  @Test("What ends goes before what comes, and a spent prekey is gone")
  func ending() async throws {
    _ = try await store.secure.commit(full)
    var step = TextSecureStep()
    step.unsealedNumbers = [bob]
    step.spentPreKeys = [4]
    step.sessions = [phone: [3]]
    _ = try await store.secure.commit(step)
    #expect(try await store.secure.devices(of: bob) == [1, 2])
    #expect(try await store.secure.session(phone) == [3])
    #expect(try await store.secure.preKey(4) == nil)
    #expect(try await store.secure.preKey(0xFF_FFFF) != nil)
    var end = TextSecureStep()
    end.endedNumbers = [bob]
    end.sessions = [tablet: [4]]
    _ = try await store.secure.commit(end)
    #expect(try await store.secure.devices(of: bob) == [2])
  }

  @Test("A step that fails leaves nothing of itself")
  func atomicity() async throws {
    try await store.database.write { connection in
      try connection.run(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON message
          BEGIN SELECT RAISE(ABORT, 'refused'); END;
        """)
    }
    await #expect(throws: DatabaseError.constraint("refused")) {
      _ = try await store.secure.commit(full)
    }
    #expect(try await store.secure.devices(of: bob).isEmpty)
    #expect(try await store.secure.preKey(4) == nil)
    #expect(try await store.secure.peers().isEmpty)
    #expect(try await store.chats.all().isEmpty)
    await #expect(throws: DatabaseError.constraint("refused")) {
      _ = try await store.outbox.add(draft("hi"))
    }
    #expect(try await store.outbox.count(.textsecure) == 0)
  }

  @Test("The same identity goes on with its sessions; another starts with nothing")
  func registeringAgain() async throws {
    try await store.secure.register(device, account)
    _ = try await store.secure.commit(full)
    _ = try await store.outbox.add(draft("waiting"))
    var again = device
    again.signalingKey = SecretBytes([UInt8](repeating: 1, count: 52))
    try await store.secure.register(again, account)
    #expect(try await store.secure.device() == again)
    #expect(try await store.secure.session(phone) == [1])
    #expect(try await store.secure.nextPreKeyId() == 104)

    var step = TextSecureStep()
    step.sealed = [.init(outboxId: 1, receiver: bob, bytes: [1])]
    _ = try await store.secure.commit(step)
    var other = device
    other.identity = SecretBytes([UInt8](repeating: 2, count: 32))
    try await store.secure.register(other, account)
    #expect(try await store.secure.device() == other)
    #expect(try await store.secure.devices(of: bob).isEmpty)
    #expect(try await store.secure.preKey(4) == nil)
    #expect(try await store.secure.peers().isEmpty)
    #expect(try await store.secure.nextPreKeyId() == nil)
    #expect(try await store.secure.sealed(1, for: bob) == nil)
    #expect(try await store.standing("waiting") == .queued)
  }

  @Test("A mark of comparison lasts until another key comes")
  func verifying() async throws {
    try await store.secure.verify(bob)
    #expect(try await store.secure.peer(bob) == nil)
    try await store.trust(key(1))
    try await store.secure.verify(bob)
    try await store.trust(key(1))
    #expect(try await store.secure.peer(bob)?.isVerified == true)
    try await store.secure.suspect(key(1), of: bob)
    #expect(try await store.secure.peer(bob)?.isVerified == true)
    try await store.secure.suspect(key(2), of: bob)
    #expect(
      try await store.secure.peer(bob)
        == PeerRecord(
          number: bob, relay: nil, identity: key(1), isVerified: false,
          changedIdentity: key(2)))
    try await store.secure.verify(bob)
    #expect(try await store.secure.peer(bob)?.isVerified == false)
    try await store.trust(key(2))
    #expect(
      try await store.secure.peer(bob)
        == PeerRecord(
          number: bob, relay: nil, identity: key(2), isVerified: false, changedIdentity: nil))
  }

  @Test("The relay of a number is the one that its last message came through, if that was proved")
  func relays() async throws {
    func came(through relay: String?, proved: Bool = true) async throws -> String? {
      var coming = arrival("hi")
      (coming.relay, coming.provesRelay) = (relay, proved)
      _ = try await store.secure.commit(TextSecureStep(coming))
      return try await store.secure.peer(bob)?.relay
    }
    #expect(try await came(through: "evil", proved: false) == nil)
    #expect(try await came(through: "other") == "other")
    #expect(try await came(through: "evil", proved: false) == "other")
    #expect(try await came(through: nil, proved: false) == "other")
    #expect(try await came(through: nil) == nil)
  }

  @Test("What started a session is remembered when the session is gone, until the keys are")
  func startingKeys() async throws {
    try await store.secure.register(device, account)
    let start = StartingKey(number: bob, identity: key(1), baseKey: key(2))
    var step = full
    step.startingKeys = [start, start]
    _ = try await store.secure.commit(step)
    var end = TextSecureStep()
    end.endedNumbers = [bob]
    end.startingKeys = [start]
    _ = try await store.secure.commit(end)
    #expect(try await store.secure.remembers(start))
    for other in [
      StartingKey(number: carol, identity: key(1), baseKey: key(2)),
      StartingKey(number: bob, identity: key(2), baseKey: key(2)),
      StartingKey(number: bob, identity: key(1), baseKey: key(1)),
    ] {
      #expect(try await !store.secure.remembers(other))
    }
    try await store.forget(.textsecure, with: [.messages, .keys])
    #expect(try await !store.secure.remembers(start))
  }

  @Test("A last-resort key that is replaced is kept for a while")
  func lastResort() async throws {
    try await store.secure.register(device, account)
    _ = try await store.secure.commit(full)
    #expect(try await store.secure.lastResortMadeAt() == nil)
    for month in 1...8 as ClosedRange<UInt8> {
      var step = TextSecureStep()
      step.newLastResort = .init(privateKey: SecretBytes(key(100 + month)), madeAt: Int64(month))
      _ = try await store.secure.commit(step)
      #expect(
        try await store.secure.preKey(0xFF_FFFF)?.privateKey == SecretBytes(key(100 + month)))
      #expect(try await store.secure.lastResortMadeAt() == Int64(month))
    }
    #expect(
      try await store.secure.retiredLastResortKeys()
        == [107, 106, 105, 104, 103, 102].map { SecretBytes(key($0)) })
  }

  @Test("A relay that never has enough of our prekeys does not fill the store")
  func preKeysAreBounded() async throws {
    try await store.secure.register(device, account)
    // Ids go round in the middle of it.
    let around: Int64 = 0xFF_FFFF
    var next = around - 550
    for _ in 0..<25 {
      var step = TextSecureStep()
      step.newPreKeys = (0..<100).map {
        PreKeyRecord(id: (next + $0) % around, privateKey: SecretBytes(key(1)))
      }
      next = (next + 100) % around
      step.nextPreKeyId = next
      _ = try await store.secure.commit(step)
      #expect(try await store.secure.preKey((next + around - 1) % around) != nil)
    }
    let count = try await store.database.read { connection in
      try connection.first("SELECT count(*) AS count FROM prekey") { try $0.get("count") as Int }
    }
    #expect(count == 1000)
    #expect(try await store.secure.preKey((next + around - 1000) % around) != nil)
    #expect(try await store.secure.preKey((next + around - 1001) % around) == nil)
  }

  @Test(
    "Messages under new keys are kept up to a bound; one line says so, and all wait for a decision")
  func heldAreBounded() async throws {
    func hold(_ number: String, _ count: Int) async throws {
      try await store.trust(key(1), of: number)
      let dialog = ChatRecord(
        chat: "textsecure:\(number)", service: .textsecure, kind: .dialog, title: number)
      for index in 0..<count {
        var held = TextSecureArrival(
          number: number, relay: nil, at: noon + Int64(index), dialog: dialog,
          message: line("held", at: noon + Int64(index), in: dialog, kind: .held))
        held.changed = (key(2), Array("\(number) \(index)".utf8))
        _ = try await store.secure.commit(TextSecureStep(held))
      }
    }
    try await hold(bob, 130)
    #expect(try await store.secure.heldEnvelopes(of: bob).count == 100)
    let lines = try await store.messages.latest(secureDialog.chat, limit: 999)
    #expect(lines.count == 101)
    #expect(lines.last?.notes == [.heldFull(by: .named(name: bob))])
    #expect(lines.last?.kind == .unreadable)
    #expect(try await store.secure.peer(bob)?.changedIdentity == key(2))
    for number in 1...6 { try await hold("+1415555020\(number)", 90) }
    let all = try await store.database.read { connection in
      try connection.first("SELECT count(*) AS count FROM held_signal") {
        try $0.get("count") as Int
      }
    }
    #expect(all == 500)
  }

  @Test("Messages under a new key are kept once each, in order, and count as unread once")
  func held() async throws {
    try await store.trust(key(1))
    func hold(_ signal: [UInt8], at: Int64) async throws -> ChatNews {
      var held = arrival("A message under a new key", at: at, comesOnce: false)
      held.message?.kind = .held
      held.changed = (key(2), signal)
      return try await store.secure.commit(TextSecureStep(held))
    }
    #expect(try await hold([1], at: noon).changedIdentities == [bob])
    #expect(try await hold([2], at: noon + 1).messages.count == 1)
    #expect(try await hold([1], at: noon) == ChatNews())
    #expect(try await store.chats.chat(secureDialog.chat)?.unread == 2)
    let signals = try await store.secure.heldEnvelopes(of: bob)
    #expect(signals.map(\.signal) == [[1], [2]])

    _ = try await store.secure.commit(TextSecureStep(arrival("read", at: noon)))
    let news = try await store.secure.dropHeldEnvelope(try #require(signals.first))
    #expect(news.chats.map(\.unread) == [2])
    #expect(try await store.messages.latest(secureDialog.chat, limit: 9).count == 2)
    let last = try await store.secure.dropHeldEnvelope(try #require(signals.last))
    #expect(last.chats.map(\.unread) == [1])
    #expect(last.chats.map(\.lastMessage) == ["read"])
    #expect(try await store.secure.heldEnvelopes(of: bob).isEmpty)
  }

  @Test("A held line that was seen takes nothing from what is unread")
  func heldAndSeen() async throws {
    try await store.trust(key(1))
    var held = arrival("held", comesOnce: false)
    held.changed = (key(2), [1])
    _ = try await store.secure.commit(TextSecureStep(held))
    try await store.chats.markRead(secureDialog.chat, upTo: noon)
    _ = try await store.secure.commit(TextSecureStep(arrival("read")))
    let signal = try #require(try await store.secure.heldEnvelopes(of: bob).first)
    #expect(try await store.secure.dropHeldEnvelope(signal).chats.map(\.unread) == [1])
  }

  @Test("What no ratchet protects is shown once, however often it comes")
  func duplicates() async throws {
    for _ in 0..<3 {
      _ = try await store.secure.commit(TextSecureStep(arrival("plain", comesOnce: false)))
    }
    _ = try await store.secure.commit(TextSecureStep(arrival("other", comesOnce: false)))
    _ = try await store.secure.commit(
      TextSecureStep(arrival("plain", at: noon + 1, comesOnce: false)))
    let texts = try await store.messages.latest(secureDialog.chat, limit: 9).map(\.text)
    #expect(texts == ["plain", "other", "plain"])
    #expect(try await store.chats.chat(secureDialog.chat)?.unread == 3)
    for wait in 0..<3 as Range<Int64> {
      var undated = arrival("when?", at: noon + wait, comesOnce: false)
      undated.isUndated = true
      _ = try await store.secure.commit(TextSecureStep(undated))
    }
    #expect(try await store.messages.latest(secureDialog.chat, limit: 9).count == 4)
    for _ in 0..<2 { _ = try await store.secure.commit(TextSecureStep(arrival("same"))) }
    let all = try await store.messages.latest(secureDialog.chat, limit: 9).map(\.text)
    #expect(all.filter { $0 == "same" }.count == 2, "the ratchet lets nothing through twice")
  }

  @Test("What a group's message does is decided on the group as it is stored")
  func groupEdits() async throws {
    func commit(_ text: String?, _ verdict: GroupEdit.Verdict) async throws -> ChatNews {
      var coming = arrival(text)
      coming.group = GroupEdit(id: sailors.id) { _ in verdict }
      return try await store.secure.commit(TextSecureStep(coming))
    }
    let refused = try await commit("let me in", .refused(.unknownGroup(by: .named(name: "Bob"))))
    #expect(
      refused.messages.map(\.shownText) == [
        "Bob wrote to a group that you are not in:", "let me in",
      ])
    #expect(Set(refused.messages.map(\.chat)) == [secureDialog.chat])
    #expect(try await store.groups.group(sailors.id) == nil)
    #expect(try await commit("psst", .ignored) == ChatNews())

    let made = try await commit(
      nil,
      .accepted(
        sailors, lines: [.created(by: .named(name: "Bob"), title: "Sailors", members: [])],
        showsMessage: false))
    #expect(made.messages.map(\.chat) == [sailorsChat.chat])
    #expect(made.chats.map(\.title) == ["Sailors"])
    #expect(made.chats.map(\.unread) == [0], "a line of the system is not unread")
    var renamed = sailors
    renamed.name = "Pirates"
    renamed.avatar = [1]
    renamed.isActive = false
    let said = try await commit(
      "arr",
      .accepted(
        renamed, lines: [.renamed(by: .named(name: "Bob"), title: "Pirates")], showsMessage: true))
    #expect(said.messages.map(\.shownText) == ["Bob renamed the group to Pirates", "arr"])
    #expect(said.chats.map(\.title) == ["Pirates"])
    #expect(said.chats.map(\.unread) == [1])
    #expect(try await store.groups.group(sailors.id) == renamed)
  }
}
