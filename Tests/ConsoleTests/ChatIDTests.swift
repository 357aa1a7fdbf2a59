import Cryptography
import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import Storage

@Suite("Names of chats, and what may be written there", .timeLimit(.minutes(2)))
struct ChatIDTests {
  @Test(
    "One form, however it was written",
    arguments: [
      ("textsecure:+1 415 555-0003", "textsecure:+14155550003"),
      (" TextSecure: +1 (415) 555.0003 ", "textsecure:+14155550003"),
      ("textsecure:+1\u{a0}415\u{2011}555\u{2212}0003", "textsecure:+14155550003"),
      ("textsecure:\u{202a}+1 415 555 0003\u{202c}", "textsecure:+14155550003"),
      ("textsecure:\u{ff0b}\u{ff11}4155550003", "textsecure:+14155550003"),
      ("textsecure:+1415555000x", "textsecure:+1415555000x"),
      ("textsecure:GROUP:0A0B", "textsecure:group:0a0b"),
      ("MAX:121058319", "max:121058319"), ("max:-5", "max:-5"),
      ("max:+7 999 123-45-67", "max:+79991234567"),
      ("nonsense", nil), ("", nil), ("other:+1 2", "other:+1 2"),
    ])
  func normal(_ written: String, _ name: String?) throws {
    #expect(ChatID(written)?.text == name)
  }

  @Test("A call from another process is treated like one of our own")
  func overTheSocket() throws {
    let json = #"{"chat":"textsecure:+1 415 555-0003","text":"x","attachments":[],"waiting":false}"#
    let sent = try JSONDecoder().decode(SendMessage.self, from: Data(json.utf8))
    #expect(sent.chat == "textsecure:+14155550003")
    let again = try JSONDecoder().decode(SendMessage.self, from: try JSONEncoder().encode(sent))
    #expect(again.chat == sent.chat)
    for text in [#"{"limit":5,"watching":true}"#, #"{"chat":null,"limit":5,"watching":true}"#] {
      let read = try JSONDecoder().decode(ReadMessages.self, from: Data(text.utf8))
      #expect(read.chat == nil)
    }
    let all = try JSONEncoder().encode(ReadMessages(chat: nil))
    #expect(try JSONDecoder().decode(ReadMessages.self, from: all).chat == nil)
    let forward = ForwardMessage(chat: "MAX:1", id: "2", to: "MAX: 3")
    #expect([forward.chat, forward.target] == ["max:1", "max:3"])
  }

  @Test("A number with blanks makes no second chat")
  func phantom() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await ada.write("one", to: "textsecure:+1 415 555-0101")
      try await ada.write("two", to: bob.chat)
      try await bob.hears("one", in: ada.chat)
      try await bob.hears("two", in: ada.chat)
      #expect(try await ada.store.chats.all().map(\.chat) == [bob.chat])
      let read = try await ada.hub.lines(of: ReadMessages(chat: "textsecure:+1 (415) 555 0101"))
      #expect(read.map(\.text) == ["one", "two"])
      let found = try await ada.hub.lines(
        of: SearchMessages(words: "one", chat: "TEXTSECURE:+1-415-555-0101"))
      #expect(found.count == 1)
      try await ada.hub.only(MuteChat(chat: "textsecure:+1 415 555 0101", isMuted: true))
      #expect(try await ada.store.chats.chat(bob.chat)?.muted == true)
      try await ada.hub.only(MarkRead(chat: "textsecure:+1 415 555 0101"))
      try await ada.hub.only(EndSession(chat: "textsecure:+1 415 555 0101"))
      #expect(try await ada.store.chats.all().count == 1)
    }
  }

  @Test("A group takes nobody whom the directory does not know, and asks for them first")
  func unknownMembers() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      let nobody = "+14155550188"
      let error = try await ada.hub.failure(
        of: CreateGroup(name: "Sailors", members: [bob.number, "+1 415 555-0188"]))
      #expect(error.code == "not-registered" && error.message.contains(nobody))
      #expect(try await ada.store.chats.all().map(\.chat) == [bob.chat])
      let chat = try await ada.hub.only(CreateGroup(name: "Sailors", members: [bob.number])).chat
      #expect(
        try await ada.hub.failure(of: AddToGroup(chat: chat, members: [nobody])).code
          == "not-registered")
      #expect(try await ada.hub.only(ShowGroup(chat: chat)).members.count == 2)
    }
  }

  private static let blanks = ["   ", "\n\t ", "\u{200b}\u{feff}", "\u{2800}", "\u{3164}", ""]

  @Test("A message of nothing visible is refused; with a file it is the file alone")
  func blank() async throws {
    for text in Self.blanks { #expect(text.isBlank) }
    for text in ["a", " . ", "👍", "\u{200b}я"] { #expect(!text.isBlank) }
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      try await fixture.signInToTextSecure(hub, "+14155550101")
      let sent = try await hub.only(SendMessage(chat: chat, text: "words", waiting: true))
      for text in Self.blanks {
        for chat in [chat, "textsecure:+14155550102"] {
          #expect(
            try await hub.failure(of: SendMessage(chat: chat, text: text)).code
              == "invalid-input")
        }
        #expect(
          try await hub.failure(of: EditMessage(chat: chat, id: sent.id, text: text)).code
            == "invalid-input")
      }
      #expect(try await fixture.store.outbox.count(.max) == 0)
      #expect(try await fixture.store.chats.chat("textsecure:+14155550102") == nil)
    }
  }

  @Test("An empty password stays here")
  func emptyPassword() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let error = try await hub.failure(of: EnterPassword(service: .max, password: Secret("")))
      #expect(error.code == "invalid-input")
    }
  }
}
