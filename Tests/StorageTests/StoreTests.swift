import Database
import FoundationEssentials
import Storage
import TestSupport
import Testing

@Suite("The store as a file")
struct StoreTests {
  private let scratch: ScratchDirectory
  private let profile: Profile

  init() throws {
    scratch = try ScratchDirectory()
    profile = Profile(directory: scratch.path)
  }

  @Test("An intent is in the files before anything can be sent")
  func survival() async throws {
    let store = try Store(profile)
    try await store.orders.record(order("a"), [intent("a")])
    try await store.receive(message("1"), in: dialog)
    // As after kill -9: the files as they lie, with nobody having closed them.
    let after = Profile(directory: scratch.file("after"))
    try after.prepare()
    for name in ["tercet.db", "tercet.db-wal"] {
      try FileManager.default.copyItem(
        atPath: scratch.file(name), toPath: "\(after.directory)/\(name)")
    }
    let survivor = try Store(after)
    try await survivor.check()
    #expect(try await survivor.orders.open() == [order("a")])
    #expect(try await survivor.journal.verify() == .whole(count: 1))
    #expect(try await survivor.messages.latest(dialog.chat, limit: 10) == [message("1")])
    #expect(try await survivor.chats.chat(dialog.chat)?.unread == 1)
  }

  @Test("What was deleted is not left in the file")
  func erasure() async throws {
    do {
      let store = try Store(profile)
      try await store.receive(message("1", "an unmistakable phrase"), in: dialog)
    }
    #expect(try Data(contentsOf: URL(filePath: profile.databasePath)).contains("unmistakable"))
    do {
      let store = try Store(profile)
      try await store.messages.delete(dialog.chat, ["1"])
    }
    #expect(try !Data(contentsOf: URL(filePath: profile.databasePath)).contains("unmistakable"))
  }

  @Test("Ten thousand messages of one sync are all there when the file is opened again")
  func manyMessages() async throws {
    let messages = (0..<10_000).map { message("\($0 + 100_000)", at: noon + Int64($0)) }
    try await Store(profile).applySync(.max, chats: [ChatDescription(dialog)], messages: messages)
    let page = try await Store(profile).messages.latest(dialog.chat, limit: 20_000)
    #expect(page == messages)
  }
}

extension Data {
  fileprivate func contains(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: bytes) }
  }
}
