import Domain
import Files
import Storage
import Transport

/// Brings an attachment into a folder.
package struct SaveAttachment: Request {
  package static let timeoutRule: TimeoutRule = .eachLine

  package var chat: ChatID
  package var message: String
  package var index: Int
  package var directory: String
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - message: the id of the message.
  ///   - index: which of its attachments, counted from 0.
  ///   - directory: an absolute path; no file there is ever replaced.
  package init(chat: ChatID, message: String, index: Int, directory: String) {
    self.chat = chat
    self.message = message
    self.index = index
    self.directory = directory
  }

  /// Emits how far it has come, and at the end where the file is.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (TransferOutput) async -> Void
  ) async throws(UserError) {
    try AttachedFiles.check(folder: directory)
    let service = try hub.service(of: chat)
    let account = try await hub.open(service, as: (any Messaging).self, else: .noChat(chat))
    if account.savesOnlyOnline { _ = try await hub.online(service) }
    let stored = try await hub.withStore { store in try await store.messages.message(chat, message)
    }
    let attachments = stored?.attachments ?? []
    let name = attachments.indices.contains(index) ? attachments[index].label ?? "" : ""
    // Progress comes from the network's thread; only the newest of it matters.
    let (progress, teller) = AsyncStream.makeStream(
      of: TransferOutput.self, bufferingPolicy: .bufferingNewest(1))
    let telling = Task { for await output in progress { await emit(output) } }
    let outcome: Result<AttachmentRecord, UserError>
    do throws(UserError) {
      let saved = try await account.save(index, of: message, in: chat, to: directory) {
        teller.yield(
          TransferOutput(
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
      TransferOutput(name: name, bytesDone: size, bytesTotal: size, path: saved.path))
  }
}
