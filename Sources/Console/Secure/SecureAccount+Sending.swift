import Cryptography
import FoundationEssentials
import Storage
import TextSecure
import Transport

extension SecureAccount {
  /// Writes a message into the outbox; it goes out as soon as the line lets it.
  func write(
    _ text: String, attachments paths: [String], in chat: String
  ) async throws(ConsoleError) -> MessageRecord {
    let target = try await target(chat)
    var content = PushContent(body: text.isEmpty ? nil : text)
    content.group = target.group?.delivery
    guard content.serialized.count <= SecureAccount.maximumContent else { throw .tooLong }
    guard !text.isEmpty || !paths.isEmpty else { throw .nothingToSend }
    var files: [SecureOutgoing.File] = []
    var attachments: [Attachment] = []
    do throws(TextSecureError) {
      for path in paths {
        let (file, attachment) = try await seal(path)
        files.append(file)
        attachments.append(attachment)
      }
      return try await add(
        OutboxDraft(
          chat: target.chat, message: records.outgoing(text, in: chat, attachments: attachments),
          receivers: target.receivers, body: try SecureOutgoing(content, files: files).body,
          createdAt: desk.time.wallTime))
    } catch {
      remove(files)
      throw ConsoleError(error)
    }
  }

  /// What failed is tried again.
  func retry(_ chat: String, _ id: String) async throws(ConsoleError) {
    guard
      let news = await desk.storing({ store in try await store.outbox.retry(chat, id) }),
      !news.messages.isEmpty
    else { throw .noMessage(id, in: chat) }
    desk.publish(news)
    await outbox?.wake()
  }

  /// Ends the sessions with a dialog's partner, who is told; the next message starts another.
  func endSession(_ chat: String) async throws(ConsoleError) {
    let target = try await target(chat)
    guard target.group == nil else { throw .noChat(chat) }
    do throws(TextSecureError) {
      _ = try await add(
        OutboxDraft(
          chat: target.chat,
          message: records.outgoing(
            Phrase.secureYouEndedSession.text, in: chat, kind: "system"),
          receivers: target.receivers,
          body: try SecureOutgoing(.endOfSession, endsSession: true).body,
          createdAt: desk.time.wallTime))
    } catch {
      throw ConsoleError(error)
    }
  }

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  func drain(within limit: Duration) async { await outbox?.drain(within: limit) }

  /// Room for the pointers of files in what a message can hold.
  private static let maximumContent = 40 << 10

  /// Where messages of a chat go.
  struct Target {
    var chat: ChatRecord
    var receivers: [String]
    var group: Group?
  }

  func target(_ chat: String) async throws(ConsoleError) -> Target {
    if let id = SecureRecords.groupID(chat) {
      let group = try await group(id)
      guard group.isActive else { throw .leftGroup(group.name) }
      return Target(
        chat: records.groupChat(GroupRecord(group)),
        receivers: group.members.filter { $0 != number }, group: group)
    }
    guard let other = SecureRecords.number(chat) else { throw .noChat(chat) }
    guard try PhoneNumberText.normalized(other) != number else { throw .ownNumber }
    return Target(chat: records.dialog(with: other), receivers: [other], group: nil)
  }

  func add(_ draft: OutboxDraft) async throws(TextSecureError) -> MessageRecord {
    let outcome = await desk.storing { store in try await store.outbox.add(draft) }
    guard let outcome else { throw .store(Phrase.tryAgain.text) }
    guard let added = outcome, let message = added.message else {
      throw .store(Phrase.secureGroupChanged.text)
    }
    desk.publish(added.news)
    await outbox?.wake()
    return message
  }

  /// A copy that waits for the line: what becomes of the file does not matter from then on.
  private func seal(
    _ path: String
  ) async throws(TextSecureError) -> (SecureOutgoing.File, Attachment) {
    let sealed = try await transfer.seal(file: path)
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    let type = ContentType.of(fileNamed: name)
    return (
      SecureOutgoing.File(
        sealedPath: sealed.path, key: Base64.encode(sealed.key.bytes.revealed),
        contentType: type),
      Attachment(name: name, type: type, bytes: FileSize.of(path), path: path)
    )
  }

  private func remove(_ files: [SecureOutgoing.File]) {
    for file in files {
      do { try FileManager.default.removeItem(atPath: file.sealedPath) } catch {
        desk.log("a sealed file stays behind: \(file.sealedPath)")
      }
    }
  }

  // MARK: One attempt

  func deliver(_ entry: OutboxRecord, to receiver: String) async -> Outbox.Outcome {
    do throws(TextSecureError) {
      let peer = await desk.storing { store in try await store.secure.peer(receiver) } ?? nil
      guard peer?.changedIdentity == nil else {
        return .held(Phrase.secureIdentityChanged.with(records.name(of: receiver)))
      }
      let outgoing = try await uploaded(entry)
      let id = DispatchID(message: entry.id, number: receiver)
      if outgoing.endsSession {
        try await sender.endSession(with: receiver, relay: peer?.relay, as: id)
      } else {
        try await sender.send(
          try outgoing.message(), to: receiver, relay: peer?.relay, as: id)
      }
      return .arrived
    } catch {
      return await outcome(of: error, receiver)
    }
  }

  private func outcome(of error: TextSecureError, _ receiver: String) async -> Outbox.Outcome {
    switch error {
    case .untrustedIdentity(let number, let key):
      await desk.storing { store in try await store.secure.suspect(key.serialized, of: number) }
      desk.tell(.changed, of: number)
      return .held(Phrase.secureIdentityChanged.with(records.name(of: receiver)))
    case .transport, .rateLimited, .unavailable, .cancelled, .store, .badCredentials,
      .devicesKeepChanging:
      desk.log("TextSecure to \(receiver.suffix(4)): \(error.message)")
      return .later
    case .refused(let status) where status >= 500: return .later
    default: return .failed(ConsoleError(error).sentences)
    }
  }

  /// The message with its files uploaded; the first receiver's turn uploads them for all.
  private func uploaded(_ entry: OutboxRecord) async throws(TextSecureError) -> SecureOutgoing {
    let outgoing = try SecureOutgoing(body: entry.body)
    guard outgoing.files.contains(where: { $0.pointer == nil }) else { return outgoing }
    let upload =
      uploads[entry.id]
      ?? Task { try await self.upload(outgoing, of: entry) }
    uploads[entry.id] = upload
    do {
      return try await upload.value
    } catch {
      uploads[entry.id] = nil
      throw error as? TextSecureError ?? .cancelled
    }
  }

  private func upload(
    _ outgoing: SecureOutgoing, of entry: OutboxRecord
  ) async throws(TextSecureError) -> SecureOutgoing {
    var outgoing = outgoing
    for (index, file) in outgoing.files.enumerated() where file.pointer == nil {
      guard let key = Base64.decode(file.key) else { throw .malformed("a kept key") }
      let sealed = SealedFile(
        path: file.sealedPath, key: try AttachmentKey(SecretBytes(key)))
      let pointer = try await transfer.upload(sealed, contentType: file.contentType) {
        [desk] progress in
        guard let message = entry.messageId else { return }
        desk.changes.send(
          .transfer(
            chat: entry.chat, message: message, bytesDone: Int64(progress.done),
            bytesTotal: progress.total.map(Int64.init)))
      }
      outgoing.files[index].pointer = Base64.encode(pointer.serialized)
    }
    let body = try outgoing.body
    let isKept: Void? = await desk.storing { store in
      try await store.outbox.setBody(body, of: entry.id)
    }
    guard isKept != nil else { throw .store(Phrase.tryAgain.text) }
    remove(outgoing.files)
    uploads[entry.id] = nil
    return outgoing
  }
}

extension SecureRecords {
  /// The number of a dialog's key; nil when it is a group's or another service's.
  static func number(_ chat: String) -> String? {
    let parts = chat.split(separator: ":")
    guard parts.count == 2, parts[0] == Service.textsecure.rawValue, parts[1].hasPrefix("+") else {
      return nil
    }
    return String(parts[1])
  }

  /// The id in hexadecimal of a group's key; nil when it is none.
  static func groupID(_ chat: String) -> String? {
    let parts = chat.split(separator: ":")
    guard parts.count == 3, parts[0] == Service.textsecure.rawValue, parts[1] == "group" else {
      return nil
    }
    return String(parts[2])
  }
}
