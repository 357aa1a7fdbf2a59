import Accounts
import Domain
import Files
import FoundationEssentials
import Glibc
import OneMe
import Storage
import Transport

extension MaxAccount: Messaging {
  package nonisolated var savesOnlyOnline: Bool { true }

  package func catchUp(within limit: Duration) async { await catchUp.chats.settle(within: limit) }

  package func write(
    _ text: String, attachments paths: [String], replyTo: String?, in key: ChatID
  ) async throws(UserError) -> MessageRecord {
    try await outgoing.write(
      text, attachments: paths, replyTo: replyTo, in: try await chatKey(key))
  }

  package func write(
    marked text: String, attachments paths: [String], replyTo: String?, in key: ChatID
  ) async throws(UserError) -> MessageRecord {
    let formatted = FormattedText(marked: text)
    return try await outgoing.write(
      formatted.text, formatted.stretches.map { MessageSpan($0) }, attachments: paths,
      replyTo: replyTo, in: try await chatKey(key))
  }

  package func retry(_ chat: ChatID, _ id: String) async throws(UserError) {
    try await outgoing.retry(chat, id)
  }

  package func drain(within limit: Duration) async {
    // Nothing goes out before there may be another login.
    if connection.obstacle == nil { await outgoing.drain(within: limit) }
  }

  /// Brings an attachment of a message (counted from 0) into a folder; no file there is replaced.
  ///
  /// - Returns: the attachment with its path there.
  package func save(
    _ index: Int, of id: String, in key: ChatID, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> AttachmentRecord {
    let message = try await environment.serverMessage(id, in: key)
    let id = String(message.id)
    guard message.record.attachments.indices.contains(index) else { throw .noAttachment(index) }
    var attachment = message.record.attachments[index]
    guard let reference = attachment.source.flatMap(MediaReference.init) else {
      throw .noAttachment(index)
    }
    // In the same folder, since a name can only be given within one file system.
    let temporary = "\(directory)/.attachment-\(environment.random.hexadecimal(8))"
    try await asking { client throws(OneMeError) in
      let url = try await client.address(
        of: reference.attachment, chat: message.chat, messageId: message.id)
      try await client.download(
        url ?? "", to: temporary, limit: OutgoingMessages.fileLimit, progress: progress)
    }
    let path = try place(temporary, as: attachment, number: message.id, in: directory)
    let bytes = FileSize.of(path)
    attachment.path = path
    attachment.bytes = bytes ?? attachment.bytes
    await environment.storing { store in
      try await store.messages.setPath(path, bytes: bytes, ofAttachment: index, key, id)
    }
    await inbox.publish([id], in: key)
    return attachment
  }

  /// Gives a finished file its name: the sender's if there is one, made safe.
  private func place(
    _ temporary: String, as attachment: AttachmentRecord, number: Int64, in directory: String
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
}

/// What a file without a name is, by its first bytes.
enum FileSignature {
  /// `.jpg`, or nothing for what is not known.
  static func suffix(ofFileAt path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 12)
    let count = fread(&bytes, 1, bytes.count, file)
    return suffix(of: bytes.prefix(count))
  }

  static func suffix(of start: some Sequence<UInt8>) -> String {
    let bytes = Array(start)
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if bytes.starts(with: [0xff, 0xd8, 0xff]) { return ".jpg" }
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) { return ".png" }
    if has("GIF8") { return ".gif" }
    if has("RIFF"), has("WEBP", at: 8) { return ".webp" }
    if has("ftyp", at: 4) { return ".mp4" }
    if has("OggS") { return ".ogg" }
    if has("ID3") { return ".mp3" }
    return ""
  }
}
