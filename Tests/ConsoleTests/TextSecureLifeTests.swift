import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Control
@testable import Storage
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct TextSecureLifeTests {
  @Test("A wrong code and a missing relay are told; another code works")
  func codes() async throws {
    try await RelayFixture.run { fixture in
      let ada = try fixture.stranger("Ada", "+14155550100")
      #expect(
        try await ada.hub.failure(of: SignIn.toTextSecure(number: ada.number)).code == "no-relay")
      #expect(
        try await ada.hub.failure(of: SignIn.toTextSecure(number: "Ada", url: fixture.relay.url))
          .code == "invalid-input")
      #expect(
        try await ada.hub.failure(of: EnterCode(service: .textsecure, code: "123456")).code
          == "no-sign-in")
      try await ada.hub.only(
        SignIn.toTextSecure(number: "+1 (415) 555-0100", url: fixture.relay.url))
      let first = try fixture.code(for: ada.number)
      let wrong = first == "111111" ? "222222" : "111111"
      #expect(
        try await ada.hub.failure(of: EnterCode(service: .textsecure, code: wrong)).code
          == "wrong-code")
      #expect(try await ada.store.accounts.all().isEmpty)
      try await ada.hub.only(
        SignIn.toTextSecure(number: ada.number, voice: true, url: fixture.relay.url))
      let second = try fixture.code(for: ada.number)
      let dashed = "\(second.prefix(3))-\(second.suffix(3))"
      #expect(try await ada.hub.only(EnterCode(service: .textsecure, code: dashed)).next == .done)
      #expect(
        try await ada.hub.failure(of: AddContacts(numbers: [ada.number])).code
          == "invalid-input")
    }
  }

  @Test("Signing out forgets keys, chats, outbox and files on their way")
  func signOut() async throws {
    try await RelayFixture.run { fixture in
      let front = try fixture.front()
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      try await ada.write("one", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      await front.setDown(true)
      let path = fixture.scratch.file("map.pdf")
      try Data("a map".utf8).write(to: URL(filePath: path))
      try await ada.write("two", to: bob.chat, attachments: [path])
      let identity = try #require(try await ada.store.secure.device()).identity
      try await ada.hub.only(SignOut(service: .textsecure))
      #expect(try await ada.store.accounts.all().isEmpty)
      #expect(try await ada.store.secure.device() == nil)
      #expect(try await ada.store.secure.peers().isEmpty)
      #expect(try await ada.store.chats.all().isEmpty)
      #expect(try await ada.store.contacts.all().isEmpty)
      #expect(try await ada.store.outbox.count(.textsecure) == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: ada.spool).isEmpty)
      #expect(
        try await ada.hub.failure(of: SendMessage(chat: bob.chat, text: "x")).code
          == "not-signed-in")
      #expect(
        try await ada.hub.failure(of: SignOut(service: .textsecure)).code == "not-signed-in")
      let state = try await ada.hub.lines(of: ShowStatus()).last { $0.service == .textsecure }
      #expect((state?.state, state?.outbox) == ("signed-out", 0))

      await front.setDown(false)
      try await ada.register()
      let fresh = try #require(try await ada.store.secure.device()).identity
      #expect(fresh != identity)
      try await ada.write("a new me", to: bob.chat)
      try await bob.line(in: ada.chat, "a held message") { $0.kind == .held }
    }
  }

  @Test("Registering again with the same number keeps identity, sessions and chats")
  func again() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("one", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      let before = try #require(try await ada.store.secure.device())
      let password = try #require(try await ada.store.accounts.account(.textsecure)).secret
      try await ada.register()
      let after = try #require(try await ada.store.secure.device())
      #expect(after.identity == before.identity)
      #expect(after.registrationId == before.registrationId)
      #expect(after.signalingKey != before.signalingKey)
      #expect(try await ada.store.accounts.account(.textsecure)?.secret != password)
      try await bob.write("two", to: ada.chat)
      try await ada.hears("two", in: bob.chat)
      try await ada.write("three", to: bob.chat)
      try await bob.hears("three", in: ada.chat)
      #expect(try await bob.identity(ada).state == .trusted)
      #expect(try await ada.texts(bob.chat) == ["one", "two", "three"])
    }
  }

  @Test("Another number on the same profile starts with nothing of the first")
  func otherNumber() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("one", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      let identity = try #require(try await ada.store.secure.device()).identity
      let number = "+14155550177"
      try await ada.hub.only(
        SignIn.toTextSecure(number: number, url: fixture.relay.url, replace: true))
      try await ada.hub.only(EnterCode(service: .textsecure, code: try fixture.code(for: number)))
      #expect(try await ada.store.secure.device()?.number == number)
      #expect(try await ada.store.secure.device()?.identity != identity)
      #expect(try await ada.store.chats.all().isEmpty)
      try await ada.write("guess who", to: bob.chat)
      try await bob.hears("guess who", in: TextSecureRecords.key(number))
    }
  }

  @Test("A relay that knows the account no more stops it, and what is written waits")
  func replaced() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      let usurper = try await fixture.person("Ada elsewhere", ada.number)
      let lamp = try await ada.hub.eventually("a stop") {
        for entry in await ada.hub.connections() where entry.service == .textsecure {
          if case .stopped(let error) = entry.state { return error }
        }
        return nil
      }
      #expect(lamp.kind == .credentials)
      #expect(lamp.hint.contains("egister again"))
      #expect(try await ada.write("waiting", to: bob.chat).status == "queued")
      #expect(try await ada.store.outbox.count(.textsecure) == 1)
      await usurper.close()
      try await ada.register()
      try await bob.hears("waiting", in: ada.chat)
    }
  }

  @Test("A command that is about to end gives its message the time to go out")
  func passing() async throws {
    try await RelayFixture.run { fixture in
      let front = try fixture.front()
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      try await ada.restart(isShortLived: true)
      #expect(try await ada.write("one", to: bob.chat).status == "sent")
      await front.setDown(true)
      try await ada.restart(isShortLived: true, timeout: .milliseconds(200))
      #expect(try await ada.write("two", to: bob.chat).status == "queued")
      let error = try await ada.hub.failure(
        of: SendMessage(chat: bob.chat, text: "three", waiting: true))
      #expect(error.kind == .noConnection)
      await front.setDown(false)
      try await ada.restart(isShortLived: true)
      #expect(try await ada.write("four", to: bob.chat).status == "sent")
      try await bob.hears("four", in: ada.chat)
      #expect(try await bob.texts(ada.chat) == ["one", "two", "three", "four"])
    }
  }

  @Test("Another process can do all of it over the control socket")
  func socket() async throws {
    try await RelayFixture.run { fixture in
      let bob = try await fixture.person("Bob", "+14155550101")
      _ = try await fixture.person("Carol", "+14155550109")
      let ada = try fixture.stranger("Ada", "+14155550100")
      let path = fixture.scratch.file("control.sock")
      let server = try ControlServer(path: path, hub: ada.hub, network: fixture.network)
      let client = ControlClient(path: path, network: fixture.network)
      func only<R: Request>(_ call: R) async throws -> R.Output {
        try #require(try await client.lines(of: call).last)
      }
      _ = try await only(SignIn.toTextSecure(number: ada.number, url: fixture.relay.url))
      let code = try fixture.code(for: ada.number)
      #expect(try await only(EnterCode(service: .textsecure, code: code)).next == .done)
      #expect(try await only(AddContacts(numbers: [bob.number])).registered == true)
      let path2 = fixture.scratch.file("a.txt")
      try Data("text".utf8).write(to: URL(filePath: path2))
      let sent = try await only(
        SendMessage(chat: bob.chat, text: "hi", attachments: [path2], waiting: true))
      #expect(sent.status == "sent")
      try await bob.write("", to: ada.chat, attachments: [path2])
      let heard = try await ada.line(in: bob.chat, "a file") { !$0.own }
      let saved = try await only(
        SaveAttachment(
          chat: bob.chat, message: heard.id, index: 0, directory: fixture.scratch.path))
      #expect(saved.path == fixture.scratch.file("text.txt"))
      #expect(try await only(ShowIdentities(number: bob.number)).state == .trusted)
      #expect(try await only(VerifyIdentity(number: bob.number)).state == .verified)
      let group = try await only(CreateGroup(name: "Two", members: [bob.number]))
      _ = try await only(RenameGroup(chat: group.chat, name: "Three"))
      _ = try await only(AddToGroup(chat: group.chat, members: ["+14155550109"]))
      #expect(try await only(ShowGroup(chat: group.chat)).title == "Three")
      _ = try await only(LeaveGroup(chat: group.chat))
      _ = try await only(EndSession(chat: bob.chat))
      #expect(
        try await client.failure(of: AcceptIdentity(number: bob.number)).code
          == "identity-unchanged")
      #expect(
        try await client.failure(of: RetryMessage(chat: bob.chat, id: "404")).code
          == "no-message")
      #expect(try await client.failure(of: OpenPush(payload: "x!")).code == "malformed")
      _ = try await only(SignOut(service: .textsecure))
      await server.stop()
    }
  }

  @Test("A full disk loses nothing that was stored, and says so")
  func fullDisk() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await bob.store.database.write {
        try $0.run(
          """
          CREATE TRIGGER full BEFORE INSERT ON message
            BEGIN SELECT RAISE(ABORT, 'full'); END;
          """)
      }
      let news = bob.hub.environment.changes.listen()
      try await ada.write("one", to: bob.chat)
      try await ada.sees("one", .sent, in: bob.chat)
      #expect(
        try await bob.hub.failure(of: SendMessage(chat: ada.chat, text: "x")).code == "storage")
      _ = try await eventually("a notice", in: news) { change in
        if case .notice(let notice) = change { notice } else { nil }
      }
      try await bob.store.database.write { try $0.run("DROP TRIGGER full") }
      await bob.hub.retryNow()
      try await bob.hears("one", in: ada.chat)
    }
  }
}
