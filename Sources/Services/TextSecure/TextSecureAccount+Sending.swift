import Accounts
import Cryptography
import Domain
import Files
import Phrases
import Storage
import TextSecure
import Transport

extension TextSecureAccount {
  /// Writes a message into the outbox; it goes out as soon as the line lets it.
  func write(
    _ text: String, attachments paths: [String], in chat: ChatID
  ) async throws(UserError) -> MessageRecord {
    let text = text.isBlank ? "" : text
    let target = try await target(chat)
    var content = PushContent(body: text.isEmpty ? nil : text)
    content.group = target.group?.delivery
    guard content.serialized.count <= TextSecureAccount.maximumContent else { throw .tooLong }
    guard !text.isEmpty || !paths.isEmpty else { throw .nothingToSend }
    var files: [TextSecureOutgoing.File] = []
    do throws(UserError) {
      var attachments: [Attachment] = []
      for path in paths {
        let (file, attachment) = try await AttachedFiles.copying(path, for: environment) {
          [self] () async throws(UserError) in
          try await seal(path)
        }
        files.append(file)
        attachments.append(attachment)
      }
      let draft = try draft(
        records.outgoing(text, in: target.chat.chat, attachments: attachments), to: target,
        TextSecureOutgoing(content, files: files))
      guard let message = try await add(draft) else { throw .noChat(chat) }
      return message
    } catch {
      spool.remove(files.map(\.sealedPath))
      throw error
    }
  }

  /// What failed is tried again.
  package func retry(_ chat: ChatID, _ id: String) async throws(UserError) {
    guard
      let news = await environment.storing({ store in try await store.outbox.retry(chat, id) }),
      !news.messages.isEmpty
    else { throw .noMessage(id, in: chat) }
    environment.publish(news)
    await outbox?.wake()
  }

  /// Ends the sessions with a dialog's partner, who is told; the next message starts another.
  package func endSession(_ chat: ChatID) async throws(UserError) {
    let target = try await target(chat)
    guard target.group == nil else { throw .noChat(chat) }
    let line = records.outgoing(.sessionEnded(by: .you), in: chat)
    _ = try await add(
      try draft(line, to: target, TextSecureOutgoing(.endOfSession, endsSession: true)))
  }

  /// Waits until nothing waits in the outbox any more, the account is given up, or `limit` has passed.
  package func drain(within limit: Duration) async {
    let start = environment.time.uptime
    if case .stopped = await settle(within: limit).state { return }
    await outbox?.drain(within: max(.zero, limit - (environment.time.uptime - start)))
  }

  /// Room for the pointers of files in what a message can hold.
  private static let maximumContent = 40 << 10

  /// Where messages of a chat go.
  struct Target {
    var chat: ChatRecord
    var receivers: [String]
    var group: Group?
  }

  func target(_ chat: ChatID) async throws(UserError) -> Target {
    if let id = chat.groupID {
      let group = try await group(id)
      guard group.isActive else { throw .leftGroup(group.name) }
      return Target(
        chat: records.groupChat(GroupRecord(group)),
        receivers: group.members.filter { $0 != number }, group: group)
    }
    guard let written = TextSecureRecords.number(chat) else { throw .noChat(chat) }
    let other = try PhoneNumberText.normalized(written)
    guard other != number else { throw .ownNumber }
    return Target(chat: records.dialog(with: other), receivers: [other], group: nil)
  }

  func draft(
    _ line: MessageRecord, to target: Target, _ outgoing: TextSecureOutgoing,
    group: GroupUpdate? = nil
  ) throws(UserError) -> OutboxDraft {
    do throws(TextSecureError) {
      return OutboxDraft(
        chat: target.chat, message: line, group: group, receivers: target.receivers,
        body: try outgoing.body, createdAt: environment.time.wallTime, isDatedHere: true)
    } catch {
      throw UserError(error)
    }
  }

  /// Puts a message into the outbox; nil if the group that it changes is another by now.
  func add(_ draft: OutboxDraft) async throws(UserError) -> MessageRecord? {
    let added: (news: ChatNews, message: MessageRecord?)?
    do {
      added = try await environment.store.outbox.add(draft)
    } catch {
      throw UserError(error)
    }
    guard let added else { return nil }
    environment.publish(added.news)
    await outbox?.wake()
    return added.message
  }

  /// A copy that waits for the line: what becomes of the file does not matter from then on.
  private func seal(
    _ path: String
  ) async throws(UserError) -> (TextSecureOutgoing.File, Attachment) {
    try spool.prepare()
    let sealed: SealedFile
    do throws(TextSecureError) {
      sealed = try await transfer.seal(file: path)
    } catch {
      throw UserError(error)
    }
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    let type = ContentType.of(fileNamed: name)
    return (
      TextSecureOutgoing.File(
        sealedPath: sealed.path, key: Base64.encode(sealed.key.bytes.revealed),
        contentType: type),
      Attachment(name: name, type: type, bytes: FileSize.of(path), path: path)
    )
  }
}

extension TextSecureRecords {
  /// The number of a dialog's key; nil when it is a group's or another service's.
  static func number(_ chat: ChatID) -> String? {
    chat.service == .textsecure && chat.name.hasPrefix("+") ? chat.name : nil
  }
}
