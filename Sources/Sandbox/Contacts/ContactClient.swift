import Clocks
import Cryptography
import Glibc
import Synchronization
import TextSecure
import Transport

/// A contact's client: the one that the console uses, on a real connection to the relay.
///
/// Contacts are clients, not servers. That the relay is strict does not depend on them.
struct ContactClient: Sendable {
  let contact: SandboxContact
  let device: LocalDevice
  private let api: RelayClient
  private let stock: PreKeyStock
  private let sender: MessageSender
  private let receiver: MessageReceiver
  private let transfer: @Sendable (String) -> AttachmentTransfer
  private let files: ContactFiles

  /// - Parameters:
  ///   - random: Its keys follow from it.
  ///   - configuration: The relay.
  init(
    _ contact: SandboxContact, _ configuration: RelayConfiguration, network: Network,
    time: any TimeSource, random: SeededRandom, files: ContactFiles
  ) throws(TextSecureError) {
    let drawn = try LocalDevice(number: contact.number, random: random)
    // The same identity every time, so that it stays verified, and another installation, so that
    // nobody goes on with a session that is forgotten here.
    device = LocalDevice(
      credentials: drawn.credentials, signalingKey: drawn.signalingKey,
      registrationID: UInt32(truncatingIfNeeded: time.wallTime / 1000 % 16_380) + 1,
      identity: drawn.identity)
    // What is forgotten here is drawn anew: a session that began as an earlier one did would be taken
    // for its repetition.
    let bits = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let random = SeededRandom(seed: bits ^ UInt64(bitPattern: time.wallTime))
    let api = RelayClient(
      configuration: configuration, credentials: device.credentials, network: network, time: time,
      random: random)
    let store = ContactStore()
    let book = SessionBook(device: device, store: store, random: random)
    stock = PreKeyStock(api: api, store: store, identity: device.identity, random: random)
    sender = MessageSender(api: api, book: book, time: time)
    receiver = MessageReceiver(api: api, device: device, book: book, stock: stock)
    transfer = { AttachmentTransfer(api: api, random: random, temporaryDirectory: $0) }
    self.contact = contact
    self.api = api
    self.files = files
  }

  /// Registers with the code that comes, and leaves keys for those who write.
  func register(_ codes: AsyncStream<String>) async throws(TextSecureError) {
    try await api.requestCode(for: contact.number, by: .sms)
    for await code in codes {
      try await api.verify(code: code, device: device)
      try await stock.upload()
      return
    }
    throw .cancelled
  }

  /// Stays connected and hands over each message, until the task is cancelled.
  func listen(
    _ hear: @Sendable (ReceivedMessage) async -> Void
  ) async throws(TextSecureError) {
    try await receiver.run { event in
      if case .received(let messages) = event {
        for message in messages { await hear(message) }
      }
    }
  }

  func send(_ content: PushContent, to number: String) async throws(TextSecureError) {
    try await sender.send(content, to: number)
  }

  /// Sends to everybody but itself; throws the first failure after all have been tried.
  func send(_ content: PushContent, toGroup members: [String]) async throws(TextSecureError) {
    let others = members.filter { $0 != contact.number }
    let failures = await sender.send(content, toEach: others)
    for number in others { if let failure = failures[number] { throw failure } }
  }

  /// Uploads bytes of its own.
  func upload(
    _ bytes: [UInt8], contentType: String
  ) async throws(TextSecureError) -> AttachmentPointer {
    guard let directory = files.directory, let path = files.write(bytes) else {
      throw .store("the contact has no place for its attachment")
    }
    defer { files.remove(path) }
    return try await transfer(directory).upload(file: path, contentType: contentType)
  }

  /// Downloads an attachment, checks it and uploads it anew, with a key of its own.
  func copy(
    _ pointer: AttachmentPointer, relay: String?
  ) async throws(TextSecureError) -> AttachmentPointer {
    guard let directory = files.directory else {
      throw .store("the contact has no place for the attachment")
    }
    let transfer = transfer(directory)
    let path = try await transfer.download(pointer, to: directory, name: "copy", relay: relay)
    defer { files.remove(path) }
    return try await transfer.upload(file: path, contentType: pointer.contentType)
  }
}

/// A directory for attachments on their way through a contact; made when the first one comes.
final class ContactFiles: Sendable {
  private struct State {
    var path: String?
    var made = 0
  }

  private let state = Mutex(State())

  /// The directory; nil if the system gives none.
  var directory: String? {
    state.withLock { state in
      if let path = state.path { return path }
      var template = Array("/tmp/tercet-contact-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { return nil }
      let path = String(
        decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      state.path = path
      return path
    }
  }

  /// Writes a file that nobody has written before; nil if that fails.
  func write(_ bytes: [UInt8]) -> String? {
    guard let directory else { return nil }
    let number = state.withLock { state in
      state.made += 1
      return state.made
    }
    let path = "\(directory)/\(number)"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return Glibc.write(file, bytes, bytes.count) == bytes.count ? path : nil
  }

  func remove(_ path: String) { unlink(path) }

  /// Every file is removed by whoever made it; an empty directory goes with the sandbox.
  deinit { state.withLock { state in if let path = state.path { rmdir(path) } } }
}
