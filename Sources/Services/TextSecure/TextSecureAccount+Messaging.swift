import Accounts
import Cryptography
import Domain
import Files
import Storage
import TextSecure
import Transport

extension TextSecureAccount: Messaging {
  package func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: ChatID
  ) async throws(UserError) -> MessageRecord {
    guard replyTo == nil else { throw .noAnswers }
    return try await writer.write(text, attachments: attachments, in: chat)
  }

  package func retry(_ chat: ChatID, _ id: String) async throws(UserError) {
    try await writer.retry(chat, id)
  }

  /// Waits until nothing waits in the outbox any more, the account is given up, or `limit` has passed.
  package func drain(within limit: Duration) async {
    let start = environment.time.uptime
    if case .stopped = await settle(within: limit).state { return }
    await writer.drain(within: max(.zero, limit - (environment.time.uptime - start)))
  }

  /// Brings an attachment of a message (counted from 0) into a folder and returns its path there.
  package func save(
    _ index: Int, of id: String, in chat: ChatID, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> AttachmentRecord {
    let stored =
      await environment.storing { store in try await store.messages.message(chat, id) } ?? nil
    guard let message = stored else { throw .noMessage(id, in: chat) }
    guard message.attachments.indices.contains(index) else { throw .noAttachment(index) }
    var attachment = message.attachments[index]
    guard let source = attachment.source.flatMap({ Base64.decode($0) }) else {
      throw .noAttachment(index)
    }
    let peer = await environment.storing { store in
      try await store.secure.peer(message.senderId ?? "")
    }
    let name = attachment.name ?? ContentType.fileName(for: attachment.type)
    let path = try await files.download(
      source, to: directory, name: name, relay: (peer ?? nil)?.relay, progress: progress)
    let bytes = FileSize.of(path)
    attachment.path = path
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
