import Axolotl
import Cryptography
import Files
import FoundationEssentials
import Glibc
import Relay
import Synchronization
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("Attachments at a real relay", .timeLimit(.minutes(2)))
struct AttachmentTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    for folder in ["on-the-way", "saved"] { mkdir(scratch.file(folder), 0o700) }
  }

  private func transfer(_ client: Client) -> AttachmentTransfer {
    AttachmentTransfer(
      api: client.api, random: SystemRandom(), temporaryDirectory: scratch.file("on-the-way"))
  }

  private func relay() async throws -> RealRelay {
    try await RealRelay { $0.dataDirectory = scratch.file("relay") }
  }

  /// The path of a new file with `count` bytes that look random.
  private func sample(_ count: Int) throws -> String {
    let cipher = AES256(key: SecretBytes([UInt8](0..<32)))
    let bytes = cipher.applyCTR(
      [UInt8](repeating: 0, count: count), counterBlock: [UInt8](repeating: 0, count: 16))
    let path = scratch.file("sample")
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func hash(_ path: String) throws -> [UInt8] {
    Digest.sha256.hash(try Data(contentsOf: URL(filePath: path)))
  }

  /// Nothing was saved and nothing is left on the way.
  private func expectNothing(_ location: SourceLocation = #_sourceLocation) throws {
    #expect(try scratch.names(in: "on-the-way").isEmpty, sourceLocation: location)
    #expect(try scratch.names(in: "saved").isEmpty, sourceLocation: location)
  }

  /// Changes the relay's only attachment.
  private func damage(_ change: (inout [UInt8]) -> Void) throws {
    let name = try #require(try scratch.names(in: "relay/attachments").first)
    let url = URL(filePath: scratch.file("relay/attachments/\(name)"))
    var bytes = Array(try Data(contentsOf: url))
    change(&bytes)
    try Data(bytes).write(to: url)
  }

  @Test("20 MB go round unchanged, with progress to the end; files are the owner's alone")
  func round() async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let bob = try await relay.client("+14155550102", seed: 2)
    let path = try sample(20_000_000)
    let steps = Mutex<[[TransferProgress]]>([[]])
    let sent = try await transfer(alice).upload(file: path, contentType: "a/b") { step in
      steps.withLock { $0[0].append(step) }
    }
    steps.withLock { $0.append([]) }
    let saved = try await transfer(bob).download(
      sent, to: scratch.file("saved"), name: "a.bin"
    ) { step in steps.withLock { $0[1].append(step) } }
    #expect(try hash(saved) == hash(path))
    #expect(saved == scratch.file("saved/a.bin"))
    #expect(scratch.mode("saved/a.bin") == 0o600)
    #expect(try scratch.names(in: "on-the-way").isEmpty)
    for steps in steps.withLock({ $0 }) {
      #expect(steps.count > 2)
      #expect(steps.map(\.done) == steps.map(\.done).sorted())
      #expect(steps.last == TransferProgress(done: 20_000_064, total: 20_000_064))
    }
    await relay.server.stop()
  }

  @Test("A byte changed anywhere is noticed before anything is decrypted")
  func tampered() async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let sent = try await transfer(alice).upload(file: try sample(300_000), contentType: "a/b")
    let size = 300_064
    for index in [0, 15, 16, 150_000, size - 33, size - 32, size - 1] {
      try damage { $0[index] ^= 0x40 }
      await #expect(throws: TextSecureError.notAuthentic) {
        try await transfer(alice).download(sent, to: scratch.file("saved"), name: "bad.bin")
      }
      try damage { $0[index] ^= 0x40 }
    }
    try expectNothing()
    await relay.server.stop()
  }

  @Test("One that is cut short is refused", arguments: [0, 31, 48, 79, 1008, 1023, 1024])
  func truncated(count: Int) async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let sent = try await transfer(alice).upload(file: try sample(1000), contentType: "a/b")
    try damage { $0 = Array($0.prefix(count)) }
    let whole = count >= 64 && count % 16 == 0
    await #expect(
      throws: whole
        ? TextSecureError.notAuthentic : .malformed("an attachment of \(count) bytes")
    ) {
      try await transfer(alice).download(sent, to: scratch.file("saved"), name: "bad.bin")
    }
    try expectNothing()
    await relay.server.stop()
  }

  @Test("A name leads nowhere else, and replaces nothing")
  func names() async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let path = try sample(0)
    let sent = try await transfer(alice).upload(file: path, contentType: "a/b")
    for (name, saved) in [
      ("../../etc/out.bin", "out.bin"), ("/etc/out.bin", "out-2.bin"), ("..", nil),
      ("..\\.\u{202e}a\n.txt", "_a_.txt"), (".bashrc", "bashrc"),
    ] {
      let path = try await transfer(alice).download(sent, to: scratch.file("saved"), name: name)
      #expect(path == scratch.file("saved/" + (saved ?? "attachment-\(sent.id)")))
    }
    await relay.server.stop()
  }

  @Test("More than the cap is neither sent nor taken")
  func tooLarge() async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let path = try sample(0)
    truncate(path, AttachmentTransfer.maximumSize + 1)
    let size = AttachmentTransfer.maximumSize
    await #expect(throws: TextSecureError.file(.tooLarge(path, size: size + 1, limit: size))) {
      try await transfer(alice).upload(file: path, contentType: "a/b")
    }
    let sent = try await transfer(alice).upload(file: try sample(10), contentType: "a/b")
    let name = try #require(try scratch.names(in: "relay/attachments").first)
    truncate(scratch.file("relay/attachments/\(name)"), SealedAttachment.maximumSize + 1)
    await #expect(throws: TextSecureError.tooLarge(limit: size)) {
      try await transfer(alice).download(sent, to: scratch.file("saved"), name: "big.bin")
    }
    try expectNothing()
    for (bad, error) in [
      ("/nonexistent", FileError.missing("/nonexistent")),
      (scratch.path, .directory(scratch.path)),
    ] {
      await #expect(throws: TextSecureError.file(error)) {
        try await transfer(alice).upload(file: bad, contentType: "a/b")
      }
    }
    await relay.server.stop()
  }

  @Test("An attachment that is gone says so, and nothing of the number", arguments: [true, false])
  func gone(isKnown: Bool) async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    var sent = try await transfer(alice).upload(file: try sample(10), contentType: "a/b")
    if isKnown {
      let name = try #require(try scratch.names(in: "relay/attachments").first)
      unlink(scratch.file("relay/attachments/\(name)"))
    } else {
      sent = AttachmentPointer(id: sent.id + 1, contentType: "a/b", key: sent.key)
    }
    await #expect(throws: TextSecureError.attachmentGone) {
      try await transfer(alice).download(sent, to: scratch.file("saved"), name: "x")
    }
    try expectNothing()
    await relay.server.stop()
  }

  @Test("Nothing goes without encryption where the relay itself is encrypted")
  func plainStorage() async throws {
    let network = Network()
    let plain = "http://127.0.0.1:1/attachments/7"
    let secure = try Client("+14155550101", url: "https://127.0.0.1:1", network: network, seed: 1)
    for url in [plain, plain.replacing("http", with: "HTTP")] {
      let refused = TextSecureError.transport(.insecure("the relay's storage"))
      await #expect(throws: refused) {
        try await secure.api.putAttachment(file: try sample(10), at: url)
      }
      await #expect(throws: refused) {
        try await secure.api.getAttachment(at: url, into: scratch.file("saved/x"))
      }
    }
    let open = try Client("+14155550101", url: "http://127.0.0.1:1", network: network, seed: 1)
    #expect(try open.api.storageRequest("GET", plain).url == plain)
    try expectNothing()
  }

  @Test("A text beside an attachment that cannot be opened is read")
  func brokenPointer() throws {
    func pointer(keySize: Int) -> ProtobufMessage {
      var fields = ProtobufMessage()
      fields.append(1, fixed64: 7)
      fields.append(3, [UInt8](repeating: 1, count: keySize))
      return fields
    }
    var message = ProtobufMessage()
    message.append(1, "look")
    for size in [64, 10, 0, 65] { message.append(2, pointer(keySize: size)) }
    var group = ProtobufMessage()
    group.append(1, [1, 2, 3] as [UInt8])
    group.append(2, 2 as UInt32)
    group.append(5, pointer(keySize: 10))
    message.append(3, group)
    let content = try PushContent(message.serialized)
    #expect(content.body == "look")
    #expect(content.attachments.count == 1)
    #expect(content.brokenAttachments == 3)
    #expect(content.group?.kind == .deliver)
    #expect(content.group?.avatar == nil)
  }

  @Test("A name that has to be cut keeps its ending, whatever script it is in")
  func longNames() {
    let long = String(repeating: "я", count: 300)
    for (name, ending) in [
      (long + ".tar.gz", ".gz"), (long + ".pdf", ".pdf"), (long, "я"),
      (String(repeating: "👩‍🚀", count: 60) + ".JPEG", ".JPEG"),
      ("a. " + long, "я"), (long + ".", "я"),
    ] {
      let safe = AttachmentName.safe(name, fallback: "x")
      #expect(safe.utf8.count <= 120 && safe.utf8.count > 100)
      #expect(safe.hasSuffix(ending), "\(safe)")
    }
    #expect(AttachmentName.safe("report.pdf", fallback: "x") == "report.pdf")
  }

  @Test("A folder that cannot be written to leaves nothing behind")
  func noFolder() async throws {
    let relay = try await relay()
    let alice = try await relay.client("+14155550101", seed: 1)
    let sent = try await transfer(alice).upload(file: try sample(10), contentType: "a/b")
    await #expect(throws: TextSecureError.self) {
      try await transfer(alice).download(sent, to: scratch.file("nowhere"), name: "x")
    }
    try expectNothing()
    await relay.server.stop()
  }

  @Test("An attachment is sealed and opened as by Android; a changed one is not opened")
  func vector() async throws {
    let key = try AttachmentKey(SecretBytes(Vectors.counting(64)))
    let plaintext = (0..<3).flatMap { _ in Vectors.counting(100) }
    let path = scratch.file("plain")
    try Data(plaintext).write(to: URL(filePath: path))
    let sealed = scratch.file("sealed")
    try await SealedAttachment.seal(
      path, to: sealed, key: key, random: FixedRandom(first: 0x50))
    #expect(Array(try Data(contentsOf: URL(filePath: sealed))) == Vectors.attachment)
    try await SealedAttachment.open(sealed, to: scratch.file("opened"), key: key)
    #expect(Array(try Data(contentsOf: URL(filePath: scratch.file("opened")))) == plaintext)
    for index in Vectors.attachment.indices {
      var changed = Vectors.attachment
      changed[index] ^= 1
      try Data(changed).write(to: URL(filePath: sealed))
      await #expect(throws: TextSecureError.notAuthentic) {
        try await SealedAttachment.open(sealed, to: scratch.file("changed"), key: key)
      }
    }
    #expect(scratch.mode("changed") == 0)
  }
}
