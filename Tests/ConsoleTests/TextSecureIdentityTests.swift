import Storage
import TestSupport
import Testing
import TextSecure
import Transport

@testable import Accounts
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct TextSecureIdentityTests {
  @Test("A new identity is held, shown and accepted, and what was held goes on both ways")
  func change() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("hello", to: bob.chat)
      try await bob.hears("hello", in: ada.chat)
      #expect(try await ada.hub.only(VerifyIdentity(number: bob.number)).state == .verified)
      let before = try await ada.identity(bob)
      let own = try await bob.hub.only(ShowIdentities(number: bob.number))
      #expect(own.state == .own)
      #expect(own.fingerprint == before.fingerprint)

      await bob.close()
      let again = try await fixture.person("Bob again", bob.number)
      try await again.add(ada)
      try await ada.write("still there?", to: bob.chat)
      let held = try await ada.line(in: bob.chat, "a reason") {
        $0.text == "still there?" && $0.failure != nil
      }
      #expect(held.status == .queued)
      #expect(held.failure?.sentences == "The identity key of Bob has changed")
      try await ada.write("hello?", to: bob.chat)
      try await ada.line(in: bob.chat, "a reason") { $0.text == "hello?" && $0.failure != nil }

      try await again.write("new telephone", to: ada.chat)
      try await again.write("really", to: ada.chat)
      try await again.sees("really", .sent, in: ada.chat)
      _ = try await ada.hub.eventually("two held messages") {
        try await ada.lines(bob.chat).count { $0.kind == .held } == 2 ? true : nil
      }
      #expect(try await again.texts(ada.chat) == ["new telephone", "really"])
      #expect(try await ada.store.chats.chat(bob.chat)?.unread == 2)

      let changed = try await ada.identity(bob)
      let fresh = try await again.hub.only(ShowIdentities(number: bob.number))
      #expect(changed.state == .changed)
      #expect(changed.fingerprint == before.fingerprint)
      #expect(changed.newFingerprint == fresh.fingerprint)
      #expect(changed.newShareText == fresh.shareText)
      #expect(
        try await ada.hub.failure(of: VerifyIdentity(number: bob.number)).code
          == "identity-changed")

      // Nothing of it is lost when the program ends in between.
      try await ada.restart()
      let accepted = try await ada.hub.only(AcceptIdentity(number: bob.number))
      #expect(accepted.state == .trusted)
      #expect(accepted.fingerprint == fresh.fingerprint)
      #expect(accepted.newFingerprint == nil)
      try await again.hears("still there?", in: ada.chat)
      try await again.hears("hello?", in: ada.chat)
      try await ada.sees("hello?", .sent, in: bob.chat)
      #expect(
        try await ada.texts(bob.chat).filter { $0 != "hello" }
          == ["still there?", "hello?", "new telephone", "really"])
      #expect(try await ada.lines(bob.chat).allSatisfy { $0.kind != .held })
      let chat = try await ada.store.chats.chat(bob.chat)
      #expect(chat?.unread == 2)
      #expect(chat?.lastMessage == "really")
      #expect(
        try await ada.hub.failure(of: AcceptIdentity(number: bob.number)).code
          == "identity-unchanged")
      try await ada.write("good", to: bob.chat)
      try await again.hears("good", in: ada.chat)
    }
  }

  @Test("A decision that a crash cut off after its first half is carried on at the next start")
  func crashBetween() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("hello", to: bob.chat)
      try await bob.hears("hello", in: ada.chat)
      await bob.close()
      let again = try await fixture.person("Bob again", bob.number)
      try await again.write("me", to: ada.chat)
      try await ada.line(in: bob.chat, "a held message") { $0.kind == .held }
      try await ada.write("you?", to: bob.chat)
      try await ada.line(in: bob.chat, "a reason") { $0.failure != nil }
      await ada.close()
      let key = try #require(try await ada.store.secure.peer(bob.number)?.changedIdentity)
      var step = TextSecureStep()
      step.identities = [bob.number: key]
      step.endedNumbers = [bob.number]
      _ = try await ada.store.secure.commit(step)
      try await ada.restart()
      await ada.hub.openAll()
      try await again.hears("you?", in: ada.chat)
      try await ada.hears("me", in: bob.chat)
      _ = try await ada.hub.eventually("no held line") {
        try await ada.lines(bob.chat).contains { $0.kind == .held } ? nil : true
      }
    }
  }

  @Test("Nobody's identity is known before the first message")
  func unknown() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      let stranger = "+14155550199"
      for code in [
        try await ada.hub.failure(of: ShowIdentities(number: stranger)).code,
        try await ada.hub.failure(of: ShowIdentities(number: bob.number)).code,
        try await ada.hub.failure(of: VerifyIdentity(number: stranger)).code,
        try await ada.hub.failure(of: VerifyIdentity(number: bob.number)).code,
        try await ada.hub.failure(of: AcceptIdentity(number: stranger)).code,
      ] {
        #expect(code == "no-identity")
      }
      #expect(try await ada.hub.lines(of: ShowIdentities()).map(\.state) == [.own])
    }
  }

  @Test("Either side may end the session; the next message starts another")
  func endOfSession() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("one", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      try await bob.write("two", to: ada.chat)
      try await ada.hears("two", in: bob.chat)
      try await ada.hub.only(EndSession(chat: bob.chat))
      let line = try await bob.line(in: ada.chat, "the end") { $0.kind == .system }
      #expect(line.shownText.hasPrefix("Ada ended the secure session"))
      try await ada.line(in: bob.chat, "the end") { $0.kind == .system && $0.status == .sent }
      #expect(try await ada.hub.openSecure().held.book.devices(of: bob.number).isEmpty)
      #expect(try await bob.hub.openSecure().held.book.devices(of: ada.number).isEmpty)
      try await bob.write("three", to: ada.chat)
      try await ada.hears("three", in: bob.chat)
      try await bob.hub.only(EndSession(chat: ada.chat))
      try await ada.line(in: bob.chat, "the end") {
        $0.shownText.hasPrefix("Bob ended the secure session")
      }
      try await ada.write("four", to: bob.chat)
      try await bob.hears("four", in: ada.chat)
      #expect(try await ada.identity(bob).state == .trusted)
      #expect(
        try await ada.hub.failure(of: EndSession(chat: "textsecure:group:00")).code
          == "no-chat")
    }
  }

  @Test("A message that cannot be read says so, and a new session mends it")
  func unreadable() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("one", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      try await bob.write("two", to: ada.chat)
      try await ada.hears("two", in: bob.chat)
      // As after a store was brought back from a copy of long ago.
      await bob.close()
      try await bob.restart()
      var step = TextSecureStep()
      step.endedNumbers = [ada.number]
      _ = try await bob.store.secure.commit(step)
      await bob.hub.openAll()
      try await ada.write("lost", to: bob.chat)
      let line = try await bob.line(in: ada.chat, "a flaw") { $0.kind == .unreadable }
      #expect(line.shownText.hasPrefix("A message could not be read: "))
      #expect(line.shownText.hasSuffix("Press E to start a new session."))
      try await bob.hub.only(EndSession(chat: ada.chat))
      try await ada.line(in: bob.chat, "the end") { $0.shownText.hasPrefix("Bob ended") }
      try await ada.write("found", to: bob.chat)
      try await bob.hears("found", in: ada.chat)
    }
  }
}
