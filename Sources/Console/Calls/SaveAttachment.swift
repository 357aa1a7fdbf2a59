import Storage
import Transport

/// Brings an attachment into a folder.
public struct SaveAttachment: DeskCall {
  public static let patience: CallPatience = .eachLine

  @ChatAddress var chat: String
  var message: String
  var index: Int
  var directory: String

  /// - Parameters:
  ///   - message: the id of the message.
  ///   - index: which of its attachments, counted from 0.
  ///   - directory: an absolute path; no file there is ever replaced.
  public init(chat: String, message: String, index: Int, directory: String) {
    self.chat = chat
    self.message = message
    self.index = index
    self.directory = directory
  }

  /// Emits how far it has come, and at the end where the file is.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (TransferLine) async -> Void
  ) async throws(ConsoleError) {
    try AttachedFiles.check(folder: directory)
    let account: any AttachmentSaver
    switch Service(chat: chat) {
    case .max: account = try await desk.onlineMessenger()
    case .textsecure: account = try await desk.openSecure()
    case .trading, nil: throw .noChat(chat)
    }
    let stored = try await desk.reading { store in try await store.messages.message(chat, message) }
    let attachments = stored?.attachments ?? []
    let name = attachments.indices.contains(index) ? attachments[index].name ?? "" : ""
    // Progress comes from the network's thread; only the newest of it matters.
    let (progress, teller) = AsyncStream.makeStream(
      of: TransferLine.self, bufferingPolicy: .bufferingNewest(1))
    let telling = Task { for await line in progress { await emit(line) } }
    let outcome: Result<Storage.Attachment, ConsoleError>
    do throws(ConsoleError) {
      let saved = try await account.save(index, of: message, in: chat, to: directory) {
        teller.yield(
          TransferLine(
            name: name, bytesDone: Int64($0.done), bytesTotal: $0.total.map(Int64.init)))
      }
      outcome = .success(saved)
    } catch {
      outcome = .failure(error)
    }
    teller.finish()
    await telling.value
    let saved = try outcome.get()
    let size = saved.path.flatMap { FileSize.of($0) } ?? 0
    await emit(
      TransferLine(name: name, bytesDone: size, bytesTotal: size, path: saved.path))
  }
}

/// An account that brings attachments here.
protocol AttachmentSaver: Sendable {
  /// Brings an attachment of a message (counted from 0) into a folder; no file there is replaced.
  ///
  /// - Returns: the attachment with its path there.
  func save(
    _ index: Int, of id: String, in chat: String, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(ConsoleError) -> Storage.Attachment
}

extension MessengerAccount: AttachmentSaver {}

extension SecureAccount: AttachmentSaver {}
