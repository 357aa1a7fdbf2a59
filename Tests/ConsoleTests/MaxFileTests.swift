import Cryptography
import FoundationEssentials
import OneMe
import Sandbox
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import Storage

@Suite(.timeLimit(.minutes(10))) struct MaxFileTests {
  @Test(
    "A file that came is saved under its own name, twice under two", arguments: ["json", "binary"])
  func save(codec: String) async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let hub = fixture.hub(codec: codec)
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      _ = try await hub.lines(of: ReadMessages(chat: chat, limit: 20))
      let message = try #require(
        try await fixture.store.messages.latest(chat, limit: 20).last { !$0.attachments.isEmpty })
      let call = SaveAttachment(
        chat: chat, message: message.id, index: 0, directory: scratch.path)
      let saved = try #require(try await hub.lines(of: call).last)
      #expect(saved.path == scratch.file("смета.xlsx"))
      #expect(saved.bytesDone == 48_213)
      #expect(try Data(contentsOf: URL(filePath: scratch.file("смета.xlsx"))).count == 48_213)
      let stored = try await fixture.store.messages.message(chat, message.id)
      #expect(stored?.attachments.first?.path == scratch.file("смета.xlsx"))
      let again = try #require(try await hub.lines(of: call).last)
      #expect(again.path == scratch.file("смета-2.xlsx"))
      #expect(try scratch.names(in: "").sorted() == ["смета-2.xlsx", "смета.xlsx"])
      let missing = SaveAttachment(
        chat: chat, message: message.id, index: 1, directory: scratch.path)
      #expect(try await hub.failure(of: missing).code == "no-attachment")
      let nowhere = SaveAttachment(
        chat: chat, message: message.id, index: 0, directory: scratch.file("nowhere"))
      _ = try await hub.failure(of: nowhere)
    }
  }

  @Test("Pictures, voices and clips get a name; names that lie are made safe; the rest has no file")
  func kinds() async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try #require(
        try await hub.lines(of: ListChats()).first { $0.title.hasPrefix("👩‍🚀") }
      ).chat
      _ = try await hub.lines(of: ReadMessages(chat: chat, limit: 100))
      let messages = try await fixture.store.messages.latest(chat, limit: 100)
      let carrying = messages.filter { !$0.attachments.isEmpty }
      #expect(
        carrying.allSatisfy { $0.kind == .system || !$0.attachments[0].shownName.isEmpty })
      var saved: [String] = []
      for message in carrying where message.attachments[0].source != nil {
        // The made-up file says that it has 3 GB.
        let call = SaveAttachment(
          chat: chat, message: message.id, index: 0, directory: scratch.path)
        let path = try #require(try await hub.lines(of: call).last?.path)
        saved.append(String(path.split(separator: "/").last ?? ""))
        let id = message.id
        let kind = message.attachments[0].type
        switch kind {
        case "photo", "sticker", "audio": #expect(saved.last == "\(kind)-\(id).png")
        case "video": #expect(saved.last == "video-\(id)")
        default: #expect(saved.last == "_fdp.отчёт_.exe")
        }
      }
      #expect(saved.count == 6)
      let others = carrying.filter { $0.attachments[0].source == nil }
      #expect(others.count >= 10)
      for message in others.prefix(1) {
        let call = SaveAttachment(
          chat: chat, message: message.id, index: 0, directory: scratch.path)
        #expect(try await hub.failure(of: call).code == "no-attachment")
      }
    }
  }

  @Test("A file that was passed on can be saved")
  func forwarded() async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      _ = try await hub.lines(of: ReadMessages(chat: chat, limit: 20))
      let original = try #require(
        try await fixture.store.messages.latest(chat, limit: 20).last { !$0.attachments.isEmpty })
      try await hub.only(ForwardMessage(chat: chat, id: original.id, to: "max:0"))
      try await fixture.untilSent(hub)
      let passed = try #require(try await fixture.store.messages.latest("max:0", limit: 1).last)
      let call = SaveAttachment(
        chat: "max:0", message: passed.id, index: 0, directory: scratch.path)
      #expect(try await hub.lines(of: call).last?.path == scratch.file("смета.xlsx"))
    }
  }

  @Test func references() throws {
    let source = MediaSource(id: 5, token: Secret("t"), url: nil)
    let file = OneMe.Attachment.file(name: "a", size: 1, source: source)
    let reference = try #require(MediaReference(file))
    let text = try #require(reference.text)
    #expect(MediaReference(text: text) == reference)
    #expect(reference.attachment == .file(name: "", size: nil, source: source))
    #expect(MediaReference(.file(name: "a", size: 1)) == nil)
    #expect(MediaReference(.photo(url: nil, width: 1, height: 1)) == nil)
    #expect(MediaReference(.poll(question: "?", answers: [])) == nil)
    #expect(MediaReference(text: "CgI=") == nil)
  }

  @Test(
    "The first bytes tell what a file is",
    arguments: [
      ([0xff, 0xd8, 0xff, 0xe0], ".jpg"), (Array("GIF89a".utf8), ".gif"),
      (Array("RIFF....WEBP".utf8), ".webp"), (Array("....ftypisom".utf8), ".mp4"),
      (Array("OggS".utf8), ".ogg"), ([], ""), ([1, 2, 3], ""),
    ] as [([UInt8], String)])
  func signatures(_ start: [UInt8], _ suffix: String) {
    #expect(FileSignature.suffix(of: start) == suffix)
  }
}
