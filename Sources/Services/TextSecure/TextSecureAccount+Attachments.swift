import Cryptography
import Domain
import Files
import Storage
import TextSecure
import Transport

extension TextSecureAccount {
  /// Brings an attachment of a message (counted from 0) into a folder and returns its path there.
  package func save(
    _ index: Int, of id: String, in chat: ChatID, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> Attachment {
    let stored =
      await environment.storing { store in try await store.messages.message(chat, id) } ?? nil
    guard let message = stored else { throw .noMessage(id, in: chat) }
    guard message.attachments.indices.contains(index) else { throw .noAttachment(index) }
    var attachment = message.attachments[index]
    guard let source = attachment.source.flatMap({ Base64.decode($0) }) else {
      throw .noAttachment(index)
    }
    try spool.prepare()
    let peer = await environment.storing { store in
      try await store.secure.peer(message.senderId ?? "")
    }
    do throws(TextSecureError) {
      attachment.path = try await transfer.download(
        try AttachmentPointer(source), to: directory,
        name: attachment.name ?? ContentType.fileName(for: attachment.type),
        relay: (peer ?? nil)?.relay, progress: progress)
    } catch {
      throw UserError(error)
    }
    let path = attachment.path ?? directory
    let bytes = FileSize.of(path)
    attachment.bytes = bytes ?? attachment.bytes
    await environment.storing { store in
      try await store.messages.setPath(path, bytes: bytes, ofAttachment: index, chat, id)
    }
    let news =
      await environment.storing { store in try await store.messages.message(chat, id) } ?? nil
    if let news { environment.changes.send(.messages(chat: chat, [news])) }
    return attachment
  }
}
