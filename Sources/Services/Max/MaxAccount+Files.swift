import Domain
import Files
import FoundationEssentials
import OneMe
import Storage
import Transport

extension MaxAccount {
  /// Brings an attachment of a message (counted from 0) into a folder; no file there is replaced.
  ///
  /// - Returns: the attachment with its path there.
  package func save(
    _ index: Int, of id: String, in key: ChatID, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> Storage.Attachment {
    guard let chat = MaxRecords.chatId(key) else { throw .noChat(key) }
    let number = try await serverId(of: id, in: key)
    let id = String(number)
    let stored =
      await environment.storing { store in try await store.messages.message(key, id) } ?? nil
    guard let message = stored else { throw .noMessage(id, in: key) }
    guard message.attachments.indices.contains(index) else { throw .noAttachment(index) }
    var attachment = message.attachments[index]
    guard let reference = attachment.source.flatMap(MediaReference.init) else {
      throw .noAttachment(index)
    }
    // In the same folder, since a name can only be given within one file system.
    let temporary = "\(directory)/.attachment-\(environment.random.hexadecimal(8))"
    try await asking { client throws(OneMeError) in
      let url = try await client.address(of: reference.attachment, chat: chat, messageId: number)
      try await client.download(
        url ?? "", to: temporary, limit: MaxAccount.fileLimit, progress: progress)
    }
    let path = try place(temporary, as: attachment, number: number, in: directory)
    let bytes = FileSize.of(path)
    attachment.path = path
    attachment.bytes = bytes ?? attachment.bytes
    await environment.storing { store in
      try await store.messages.setPath(path, bytes: bytes, ofAttachment: index, key, id)
    }
    await publish([id], in: key)
    return attachment
  }

  /// Gives a finished file its name: the sender's if there is one, made safe.
  private func place(
    _ temporary: String, as attachment: Storage.Attachment, number: Int64, in directory: String
  ) throws(UserError) -> String {
    let fallback = "\(attachment.type)-\(number)\(FileSignature.suffix(ofFileAt: temporary))"
    let name = attachment.type == "file" ? attachment.name ?? "" : ""
    do throws(FileError) {
      return try AttachmentName.place(
        temporary, in: directory, as: AttachmentName.safe(name, fallback: fallback))
    } catch {
      do { try FileManager.default.removeItem(atPath: temporary) } catch {
        environment.log("\(temporary) stays behind")
      }
      throw UserError(error)
    }
  }

  /// Bytes of the largest file that the service takes, by its own words.
  static let fileLimit = 4 << 30
}
