import Clocks
import Domain
import FoundationEssentials
import Glibc
import Sandbox
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import MaxService
@testable import Storage
@testable import TextSecureService

@Suite("Files that wait for the line, and files that a person names", .timeLimit(.minutes(2)))
struct WaitingFilesTests {
  private let scratch: ScratchDirectory
  private let photo: String

  init() throws {
    scratch = try ScratchDirectory()
    photo = scratch.file("photo.png")
    try Data([UInt8](repeating: 7, count: 3000)).write(to: URL(filePath: photo))
  }

  private var data: String { scratch.file("data") }
  private var spooled: [String] {
    get throws {
      guard access(data + "/spool", F_OK) == 0 else { return [] }
      return try scratch.names(in: "data/spool")
    }
  }

  /// A hub with both messengers, and a MAX chat in which a photo waits for the line.
  private func waiting(
    _ fixture: HubFixture, _ body: (AccountHub, _ chat: ChatID) async throws -> Void
  ) async throws {
    let hub = fixture.hub(directory: data)
    try await fixture.signInToMax(hub)
    let chat = try await fixture.pavel(hub)
    try await fixture.signInToTextSecure(hub, "+14155550101")
    await fixture.sandbox.setMaxReachable(false)
    try await fixture.untilWaiting(hub)
    let line = try await hub.only(SendMessage(chat: chat, text: "look", attachments: [photo]))
    #expect(line.status == "queued")
    #expect(try spooled.count == 1)
    try await body(hub, chat)
  }

  private func goesOut(_ fixture: HubFixture, _ hub: AccountHub) async throws {
    await fixture.sandbox.setMaxReachable(true)
    await hub.retryNow()
    try await fixture.untilSent(hub)
    #expect(try spooled.isEmpty)
  }

  @Test("A photo that waits for MAX outlives the next start, with TextSecure opened first")
  func nextStart() async throws {
    try await HubFixture.run { fixture in
      try await waiting(fixture) { hub, _ in
        await hub.close()
        let next = fixture.hub(directory: data)
        _ = try await next.openSecure()
        #expect(try spooled.count == 1)
        _ = try await next.openMessenger()
        try await goesOut(fixture, next)
      }
    }
  }

  @Test("Signing out of one service leaves the other's files, and none of its own")
  func signingOut() async throws {
    try await HubFixture.run { fixture in
      try await waiting(fixture) { hub, _ in
        try await hub.only(SignOut(service: .textsecure))
        #expect(try spooled.count == 1)
        try await goesOut(fixture, hub)
      }
    }
    try await HubFixture.run { fixture in
      try await waiting(fixture) { hub, _ in
        // The server is not there to be told; what waits for it takes its time.
        try await fixture.withTimeGoing { _ = try await hub.lines(of: SignOut(service: .max)) }
        #expect(try spooled.isEmpty)
      }
    }
  }

  @Test("What a crash has left is removed, whichever service is opened")
  func leftovers() async throws {
    try await HubFixture.run { fixture in
      try await waiting(fixture) { hub, _ in
        let kept = try spooled
        await hub.close()
        for name in [".attachment-0011223344556677", "a copy that was cut off"] {
          try Data([1]).write(to: URL(filePath: "\(data)/spool/\(name)"))
        }
        let next = fixture.hub(directory: data)
        _ = try await next.openMessenger()
        #expect(try spooled == kept)
        try await goesOut(fixture, next)
      }
    }
  }

  @Test("A profile that was moved finds its waiting files where it is now")
  func moved() async throws {
    try await HubFixture.run { fixture in
      try await waiting(fixture) { hub, _ in
        await hub.close()
        try FileManager.default.moveItem(atPath: data, toPath: data + "-moved")
        try FileManager.default.createDirectory(
          atPath: data, withIntermediateDirectories: true)
        let next = fixture.hub(directory: data + "-moved")
        _ = try await next.openSecure()
        _ = try await next.openMessenger()
        await fixture.sandbox.setMaxReachable(true)
        await next.retryNow()
        try await fixture.untilSent(next)
        #expect(try scratch.names(in: "data-moved/spool").isEmpty)
      }
    }
  }

  // MARK: What may be sent

  /// Something at a path that is no ordinary file, and the code that refuses it.
  enum Oddity: String, CaseIterable, Sendable {
    case pipe, folder, device, nothing, closed

    func make(in scratch: ScratchDirectory) throws -> String {
      let path = scratch.file(rawValue)
      switch self {
      case .pipe: mkfifo(path, 0o600)
      case .folder: mkdir(path, 0o700)
      case .device: return "/dev/zero"
      case .nothing: break
      case .closed: symlink("nowhere", path)
      }
      return path
    }
  }

  @Test("What is no ordinary file is refused at once, by both services", arguments: Oddity.allCases)
  func oddities(_ oddity: Oddity) async throws {
    let path = try oddity.make(in: scratch)
    try await HubFixture.run { fixture in
      let hub = fixture.hub(directory: data)
      try await fixture.signInToMax(hub)
      let pavel = try await fixture.pavel(hub)
      try await fixture.signInToTextSecure(hub, "+14155550101")
      var words: Set<String> = []
      for chat in [pavel, "textsecure:+14155550102"] {
        let call = SendMessage(chat: chat, text: "x", attachments: [path])
        let error = try await withDeadline(
          .seconds(20), time: SystemTime(), error: Missed("the refusal") as any Error
        ) { try await hub.failure(of: call) }
        #expect(error.code == "file", "\(error)")
        #expect(error.message.contains(path))
        words.insert(error.sentences)
      }
      #expect(words.count == 1, "one cause, one sentence: \(words)")
      #expect(try spooled.isEmpty)
      #expect(try await fixture.store.outbox.count(.max) == 0)
      #expect(try await fixture.store.outbox.count(.textsecure) == 0)
    }
  }

  @Test("A file behind a symlink is sent, and stays as it was", arguments: [true, false])
  func symlinks(isAbsolute: Bool) async throws {
    chmod(photo, 0o644)
    let link = scratch.file("link.png")
    symlink(isAbsolute ? photo : "photo.png", link)
    try await HubFixture.run { fixture in
      let hub = fixture.hub(directory: data)
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      try await hub.only(SendMessage(chat: chat, text: "look", attachments: [link]))
      #expect(scratch.mode("photo.png") == 0o644)
      let copy = "data/spool/\(try #require(try spooled.first))"
      var status = stat()
      #expect(lstat(scratch.file(copy), &status) == 0)
      #expect(status.st_mode & S_IFMT == S_IFREG)
      #expect(scratch.mode(copy) == 0o600)
      // What becomes of the original does not matter any more.
      unlink(photo)
      try await goesOut(fixture, hub)
    }
  }

  @Test("What is not copied in time is given up: nothing is left, and nothing waits")
  func tooSlow() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub(directory: data)
      try await fixture.signInToMax(hub)
      let pavel = try await fixture.pavel(hub)
      try await fixture.signInToTextSecure(hub, "+14155550101")
      for (chat, size) in [(pavel, 1 << 30), ("textsecure:+14155550102", 90 << 20)] {
        truncate(photo, size)
        let call = SendMessage(chat: chat, text: "x", attachments: [photo])
        for limit in [Duration.zero, .milliseconds(1)] {
          let error = try await fixture.withTimeGoing { () async -> UserError? in
            do throws(UserError) {
              try await RequestDeadline.hold(RequestDeadline(limit, time: fixture.time)) {
                () async throws(UserError) in
                try await hub.run(call) { _ in }
              }
              return nil
            } catch {
              return error
            }
          }
          #expect(error?.kind == .failed && error?.code == "file", "\(limit)")
          #expect(try spooled.isEmpty)
        }
      }
      #expect(try await fixture.store.outbox.count(.max) == 0)
      #expect(try await fixture.store.outbox.count(.textsecure) == 0)
    }
  }

  @Test("A file over the service's limit is refused before a byte is copied")
  func tooLarge() async throws {
    truncate(photo, 5 << 30)
    try await HubFixture.run { fixture in
      let hub = fixture.hub(directory: data)
      try await fixture.signInToMax(hub)
      let pavel = try await fixture.pavel(hub)
      try await fixture.signInToTextSecure(hub, "+14155550101")
      for chat in [pavel, "textsecure:+14155550102"] {
        let error = try await hub.failure(
          of: SendMessage(chat: chat, text: "x", attachments: [photo]))
        #expect(error.code == "too-large")
        #expect(error.message.contains("5 GB"), "\(error.message)")
        #expect(try spooled.isEmpty)
      }
    }
  }

  @Test("An empty file is refused at once where none can go, and leaves nothing behind")
  func empty() async throws {
    truncate(photo, 0)
    try await HubFixture.run { fixture in
      let hub = fixture.hub(directory: data)
      try await fixture.signInToMax(hub)
      let call = SendMessage(
        chat: try await fixture.pavel(hub), text: "x", attachments: [photo], waiting: true)
      let error = try await hub.failure(of: call)
      #expect(error.code == "empty-file" && error.message.contains(photo))
      #expect(try spooled.isEmpty)
      #expect(try await fixture.store.outbox.count(.max) == 0)
    }
  }

  @Test("What the file server finds too large has failed for good, and keeps no copies")
  func tooLargeForServer() async throws {
    try await HubFixture.run(faults: "upload-fails=413") { fixture in
      try await waiting(fixture) { hub, chat in
        await fixture.sandbox.setMaxReachable(true)
        await hub.retryNow()
        func failed() async throws -> MessageRecord {
          try await hub.eventually("a message that has failed") {
            let last = try await fixture.store.messages.latest(chat, limit: 1).last
            return last?.status == .failed ? last : nil
          }
        }
        let message = try await failed()
        #expect(message.failure?.sentences.contains("photo.png is larger than") == true)
        #expect(message.failure?.sentences.contains("ry again") == false)
        #expect(try spooled.isEmpty)
        // Trying it all the same says the same.
        let uploads = fixture.tape.requests("80")
        try await hub.only(RetryMessage(chat: chat, id: message.id))
        #expect(try await failed().failure == message.failure)
        #expect(fixture.tape.requests("80") == uploads)
      }
    }
  }

  @Test("What is written without a line has the sender that it has once it is sent")
  func sender() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub(directory: data)
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await first.close()
      await fixture.sandbox.setMaxReachable(false)
      let hub = fixture.hub(directory: data)
      let id = try await hub.only(SendMessage(chat: chat, text: "hello")).id
      func line() async throws -> MessageOutput {
        try await hub.output(of: try #require(try await fixture.store.messages.message(chat, id)))
      }
      let queued = try await line()
      #expect(queued.status == "queued")
      await fixture.sandbox.setMaxReachable(true)
      await hub.retryNow()
      try await fixture.untilSent(hub)
      #expect(try await line().status == "sent")
      #expect(try await line().from == queued.from)
      #expect(queued.from.flatMap { Int64($0) } == nil)
    }
  }
}
