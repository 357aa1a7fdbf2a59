import Accounts
import FoundationEssentials
import TestSupport
import Testing

/// Attachments: `tercet send --attach` and `tercet save`.
struct TextSecureFileTests {
  @Test func bringsFilesAcrossAndReplacesNone() async throws {
    let pair = try await Pair()
    let (alice, bob) = (pair.alice, pair.bob)
    let picture = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    let note = Data("a note\n".utf8)
    try picture.write(to: URL(filePath: alice.home.file("picture.png")))
    try note.write(to: URL(filePath: alice.home.file("note.txt")))
    let sent = try await alice.lines(
      "send \(Pair.toBob) look --wait --attach \(alice.home.file("picture.png"))"
        + " --attach \(alice.home.file("note.txt"))", as: SentOutput.self)
    #expect(sent.map(\.status) == ["sent"])

    let watch = try bob.watch()
    let message = try await watch.message()
    #expect(
      message.text == "look" && message.attachments.map(\.type) == ["image/png", "text/plain"])
    #expect(message.attachments.allSatisfy { $0.path == nil })
    let save = "save \(Pair.toAlice) \(message.id) --to \(bob.home.path)"
    let first = try await bob.lines(save, as: TransferOutput.self)
    #expect(first.count == 1 && first[0].bytesDone == 300_000 && first[0].bytesTotal == 300_000)
    let second = try await bob.lines("\(save) --attachment 2", as: TransferOutput.self)
    let again = try await bob.run("\(save) --attachment 2")
    let paths = [try #require(first[0].path), try #require(second.last?.path), again.output[0]]
    #expect(Set(paths).count == 3, "\(paths)")
    for (path, content) in zip(paths, [picture, note, note]) {
      #expect(path.hasPrefix(bob.home.path + "/"))
      #expect(FileManager.default.contents(atPath: path) == content, "\(path)")
      #expect(bob.home.mode(String(path.dropFirst(bob.home.path.count + 1))) & 0o077 == 0)
    }
    let read = try await bob.lines("messages \(Pair.toAlice)", as: MessageOutput.self)
    #expect(read[0].attachments.map(\.path) == [paths[0], paths[2]])

    for (words, code, name) in [
      ("\(save) --attachment 3", Int32(1), "no-attachment"),
      ("save \(Pair.toAlice) 99", 1, "no-message"), ("save max:1 1", 3, "not-signed-in"),
      ("\(save) --attachment 0", 2, "usage"),
      ("save \(Pair.toAlice) \(message.id) --to /proc/nowhere", 1, "file"),
    ] {
      let (exit, error, output) = try await bob.failure(words)
      #expect(exit == code && error.code == name && output == [], "\(words): \(error)")
    }
  }

  @Test func refusesWhatIsNoFile() async throws {
    let pair = try await Pair()
    for path in ["/nowhere/file", "/", "/dev/zero"] {
      let (code, error, output) = try await pair.alice.failure(
        "send \(Pair.toBob) x --attach \(path)")
      #expect(code == 1 && error.code == "file" && output == [], "\(path)")
    }
    // Judged before anything is made for them.
    #expect(!FileManager.default.fileExists(atPath: "\(pair.alice.data)/spool"))
    #expect(try await pair.alice.run("chats --json").output == [])
  }
}
