import Database
import TestSupport
import Testing

@testable import Storage

@Suite("A store from before TextSecure")
struct TextSecureMigrationTests {
  @Test("It keeps what it has, and can be written to in the new ways")
  func migration() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    try await profile.makeEarlierStore(2) { connection in
      try connection.run(
        """
        INSERT INTO chat VALUES
          ('max:1', 'max', 'dialog', 'Ada', '7', 2, 0, 1000, 'm1', 'hello', NULL);
        INSERT INTO message VALUES
          ('max:1', 'm1', '7', 'Ada', 1000, 'hello', 'received', NULL, 0, 'text', '[]', 0);
        INSERT INTO setting VALUES ('halted', 'true');
        """)
    }
    let store = try Store(profile)
    let messages = try await store.messages.latest("max:1", limit: 9)
    #expect(messages.map(\.text) == ["hello"])
    #expect(messages.map(\.failure) == [nil])
    #expect(try await store.chats.chat("max:1")?.unread == 2)
    #expect(try await store.secure.device() == nil)
    let added = try await store.outbox.add(draft("new"))
    #expect(added?.message?.id == "000000000001")
    try await store.check()
  }

  @Test("Messages written after a restart come after those from before")
  func counter() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    for run in 0..<3 { _ = try await Store(profile).outbox.add(draft("run \(run)")) }
    let texts = try await Store(profile).messages.latest(secureDialog.chat, limit: 9).map(\.text)
    #expect(texts == ["run 0", "run 1", "run 2"])
    #expect(try await Store(profile).outbox.count(.textsecure) == 3)
  }
}
