import Files
import FoundationEssentials
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Accounts

@Suite(.timeLimit(.minutes(10))) struct TextSecureAttachmentTests {
  /// A file of this many bytes, no two alike.
  private func file(_ name: String, _ size: Int, in fixture: RelayFixture) throws -> String {
    let path = fixture.scratch.file(name)
    var state: UInt32 = UInt32(truncatingIfNeeded: name.count)
    let bytes = (0..<size).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func content(_ path: String?) throws -> Data {
    try Data(contentsOf: URL(filePath: try #require(path)))
  }

  private func folder(_ name: String, in fixture: RelayFixture) throws -> String {
    let path = fixture.scratch.file(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test("The files of a message arrive whole, whatever became of the originals and the program")
  func files() async throws {
    try await RelayFixture.run { fixture in
      let front = try fixture.front()
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      let paths = [
        try file("photo.png", 300_000, in: fixture), try file("notes.txt", 17, in: fixture),
        // Encrypted, it is as good as any other.
        try file("empty.txt", 0, in: fixture),
      ]
      let contents = try paths.map { try content($0) }
      await front.setDown(true)
      let line = try await ada.write("both", to: bob.chat, attachments: paths)
      #expect(line.status == "queued")
      for path in paths { try FileManager.default.removeItem(atPath: path) }
      try await ada.restart()
      #expect(try FileManager.default.contentsOfDirectory(atPath: ada.spool).count == 3)
      let news = ada.hub.environment.changes.listen()
      await front.setDown(false)
      await ada.hub.openAll()
      let heard = try await bob.hears("both", in: ada.chat)
      try await ada.sees("both", .sent, in: bob.chat)
      #expect(heard.attachments.map(\.type) == ["image/png", "text/plain", "text/plain"])
      #expect(heard.attachments.map(\.name) == ["image.png", "text.txt", "text.txt"])
      let told = try await eventually("progress", in: news) { change in
        if case .transfer(let chat, let message, let done, let total) = change {
          done == total ? (chat, message) : nil
        } else {
          nil
        }
      }
      #expect(told == (bob.chat, line.id))
      #expect(try FileManager.default.contentsOfDirectory(atPath: ada.spool).isEmpty)

      let target = try folder("target", in: fixture)
      for (index, expected) in contents.enumerated() {
        let lines = try await bob.hub.lines(
          of: SaveAttachment(chat: ada.chat, message: heard.id, index: index, directory: target))
        let last = try #require(lines.last)
        #expect(try content(last.path) == expected)
        #expect(last.bytesDone == Int64(expected.count))
        #expect(last.path?.hasPrefix(target + "/") == true)
      }
      let saved = try await bob.lines(ada.chat).last?.attachments ?? []
      #expect(saved.map(\.bytes) == contents.map { Int64($0.count) })
      let names = ["image.png", "text.txt", "text-2.txt"]
      #expect(saved.map(\.path) == names.map { "\(target)/\($0)" })
      let twice = try await bob.hub.lines(
        of: SaveAttachment(chat: ada.chat, message: heard.id, index: 0, directory: target))
      #expect(twice.last?.path == "\(target)/image-2.png")
      #expect(
        try await bob.hub.failure(
          of: SaveAttachment(chat: ada.chat, message: heard.id, index: 3, directory: target)
        ).code == "no-attachment")
      #expect(
        try await bob.hub.failure(
          of: SaveAttachment(chat: ada.chat, message: "404", index: 0, directory: target)
        ).code == "no-message")
    }
  }

  @Test("A file that was changed on the relay is refused and nothing of it is kept")
  func tampered() async throws {
    try await RelayFixture.run { fixture in
      let flaw = Mutex(0)
      let front = try fixture.front { request in
        guard request.method == "GET", request.target.hasPrefix("/attachments/") else {
          return .pass
        }
        guard flaw.withLock({ $0 }) < 3 else {
          return .answer(
            .response(
              status: 200, headers: ["Content-Type": "text/html"],
              body: Array("<html>Welcome</html>".utf8)))
        }
        return .alter { body in
          var body = body
          switch flaw.withLock({ $0 }) {
          case 0: body[body.count / 2] ^= 1
          case 1: body.removeLast(20)
          default: body = []
          }
          return body
        }
      }
      let ada = try await fixture.person("Ada", "+14155550100")
      let bob = try await fixture.person("Bob", "+14155550101", url: front.url)
      try await ada.add(bob)
      try await ada.write(
        "", to: bob.chat, attachments: [try file("photo.png", 50_000, in: fixture)])
      let heard = try await bob.line(in: ada.chat, "the file") { !$0.attachments.isEmpty }
      #expect(heard.preview == "image.png")
      let target = try folder("target", in: fixture)
      for (kind, code) in ["not-authentic", "malformed", "malformed", "malformed"].enumerated() {
        flaw.withLock { $0 = kind }
        let error = try await bob.hub.failure(
          of: SaveAttachment(chat: ada.chat, message: heard.id, index: 0, directory: target))
        #expect(error.code == code)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bob.spool).isEmpty)
      }
      #expect(try await bob.lines(ada.chat).last?.attachments.first?.path == nil)
    }
  }

  @Test("A group's file is uploaded once, and a failed upload is made up for")
  func group() async throws {
    try await RelayFixture.run { fixture in
      let uploads = Tally()
      let front = try fixture.front { request in
        let isUpload = request.method == "PUT" && request.target.hasPrefix("/attachments/")
        return isUpload && uploads.add() == 1 ? .answer(.response(status: 500)) : .pass
      }
      let ada = try await fixture.person("Ada", "+14155550100", url: front.url)
      let bob = try await fixture.person("Bob", "+14155550101")
      let carol = try await fixture.person("Carol", "+14155550102")
      let chat = try await ada.hub.only(
        CreateGroup(name: "Sailors", members: [bob.number, carol.number])
      ).chat
      try await ada.write(
        "a map", to: chat, attachments: [try file("map.pdf", 4_000, in: fixture)])
      for person in [bob, carol] {
        #expect(
          try await person.hears("a map", in: chat).attachments.map(\.name) == ["file.pdf"])
      }
      try await ada.sees("a map", .sent, in: chat)
      #expect(uploads.value == 2)
    }
  }

  @Test("What a crash left behind in the spool is removed, what waits is kept")
  func sweeping() async throws {
    try await RelayFixture.run { fixture in
      let front = try fixture.front()
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      await front.setDown(true)
      try await ada.write(
        "wait", to: bob.chat, attachments: [try file("map.pdf", 4_000, in: fixture)])
      let kept = try FileManager.default.contentsOfDirectory(atPath: ada.spool)
      #expect(kept.count == 1)
      await ada.close()
      try Data([1]).write(to: URL(filePath: "\(ada.spool)/.attachment-0011223344556677"))
      try await ada.restart()
      await ada.hub.openAll()
      #expect(try FileManager.default.contentsOfDirectory(atPath: ada.spool) == kept)
      await front.setDown(false)
      await ada.hub.retryNow()
      try await bob.hears("wait", in: ada.chat)
    }
  }

  @Test("Names and types of files")
  func types() {
    #expect(ContentType.of(fileNamed: "a.PNG") == "image/png")
    #expect(ContentType.of(fileNamed: "a.tar.gz") == "application/octet-stream")
    #expect(ContentType.of(fileNamed: "png") == "image/png")
    #expect(ContentType.of(fileNamed: "") == "application/octet-stream")
    #expect(ContentType.fileName(for: "image/jpeg") == "image.jpg")
    #expect(ContentType.fileName(for: "IMAGE/PNG; charset=x") == "image.png")
    #expect(ContentType.fileName(for: "application/pdf") == "file.pdf")
    #expect(ContentType.fileName(for: "text/unknown") == "text")
    for type in ["../../etc/passwd", "image/../../x", "", "/", "a/b/c", "video/\u{202e}gpj"] {
      let name = ContentType.fileName(for: type)
      #expect(["image", "video", "file"].contains(name), "\(type)")
    }
    for ending in ["jpg", "png", "mp3", "txt", "md", "html", "json", "zip", "svg", "webp"] {
      let type = ContentType.of(fileNamed: "x.\(ending)")
      #expect(ContentType.fileName(for: type).hasSuffix(".\(ending)"), "\(ending)")
    }
  }
}
