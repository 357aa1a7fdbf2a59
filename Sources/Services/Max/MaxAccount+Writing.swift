import Accounts
import Domain
import Files
import OneMe
import Storage

extension MaxAccount {
  /// Writes a message into the outbox; it goes out as soon as the line lets it.
  ///
  /// - Parameters:
  ///   - paths: absolute; what becomes of the files does not matter once this returns.
  ///   - replyTo: the id of a message of the same chat that the server has.
  package func write(
    _ text: String, attachments paths: [String], replyTo: String?, in key: ChatID
  ) async throws(UserError) -> MessageRecord {
    let text = text.isBlank ? "" : text
    let key = try await chatKey(key)
    let chat = try await writableChat(key)
    guard !text.isEmpty || !paths.isEmpty else { throw .nothingToSend }
    guard text.count <= MaxAccount.textLimit else { throw .tooLong }
    var outgoing = MaxOutgoing(cid: nextClientId(), text: text, files: [])
    if let replyTo { outgoing.replyTo = try await serverId(of: replyTo, in: key) }
    do throws(UserError) {
      for path in paths {
        let copy = try await AttachedFiles.copying(path, for: environment) {
          [self] () async throws(UserError) in
          try await spooled(path)
        }
        outgoing.files.append(copy)
      }
      return try await add(outgoing, to: chat)
    } catch {
      remove(outgoing.files)
      throw error
    }
  }

  /// What failed is tried again, under the same number.
  package func retry(_ chat: ChatID, _ id: String) async throws(UserError) {
    guard
      let news = await environment.storing({ store in try await store.outbox.retry(chat, id) }),
      !news.messages.isEmpty
    else { throw .noMessage(id, in: chat) }
    environment.publish(news)
    await outbox?.wake()
  }

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  package func drain(within limit: Duration) async {
    // Nothing goes out before there may be another login.
    if connection.obstacle == nil { await outbox?.drain(within: limit) }
  }

  /// A message written here as it stands now.
  package func standing(of message: MessageRecord) async throws(UserError) -> MessageRecord {
    do {
      return try await environment.store.messages.message(message.chat, message.id) ?? message
    } catch {
      throw UserError(storing: error)
    }
  }

  /// The server's id of a message that can be answered, changed or passed on.
  func serverId(of id: String, in key: ChatID) async throws(UserError) -> Int64 {
    let stored =
      await environment.storing { store in try await store.messages.message(key, id) } ?? nil
    guard let message = stored, message.status != .deleted, let number = Int64(message.id) else {
      throw .noMessage(id, in: key)
    }
    guard message.status == .sent || message.status == .received else { throw .notSentYet }
    return number
  }

  /// A chat of ours in which we may write.
  func writableChat(_ key: ChatID) async throws(UserError) -> ChatRecord {
    guard MaxRecords.chatId(key) != nil else { throw .noChat(key) }
    let stored = await environment.storing { store in try await store.chats.chat(key) } ?? nil
    guard let chat = stored else { throw .noChat(key) }
    guard !chat.closed else { throw .closedChat(chat) }
    return chat
  }

  /// Puts a message into the outbox, with the line that shows it.
  ///
  /// - Parameter original: what it passes on.
  func add(
    _ outgoing: MaxOutgoing, to chat: ChatRecord, forwarding original: MessageRecord? = nil
  ) async throws(UserError) -> MessageRecord {
    var outgoing = outgoing
    // The server learns of a new dialog by its first message.
    if chat.kind == .dialog, chat.lastMessageAt == nil {
      outgoing.userId = chat.peerId.flatMap { Int64($0) }
    }
    let now = environment.time.wallTime
    // Our clock may be behind the server's: what is written now comes after what was said before.
    let at = max(now, (chat.lastMessageAt ?? 0).plus(1))
    var line = MessageRecord(
      chat: chat.chat, id: "", senderId: records.ownId.map(String.init),
      senderName: records.ownId.flatMap { records.names[$0] }, at: at, text: outgoing.text,
      status: .queued, replyTo: outgoing.replyTo.map(String.init),
      attachments: outgoing.files.map {
        .init(
          name: $0.name, type: $0.isPhoto ? "photo" : "file",
          bytes: FileSize.of(spool.place(of: $0.path)))
      }, own: true)
    if let original { records.fill(&line, forwarding: original) }
    let draft = OutboxDraft(
      chat: chat, message: line, receivers: [chat.chat.text], body: try outgoing.body,
      createdAt: now)
    do {
      guard let added = try await environment.store.outbox.add(draft), let message = added.message
      else {
        throw UserError.noChat(chat.chat)
      }
      environment.publish(added.news)
      await outbox?.wake()
      return message
    } catch {
      throw error as? UserError ?? UserError(storing: error)
    }
  }

  /// A number that no message of ours has had: the moment, and what makes two of a moment differ even
  /// if the clock is set back.
  func nextClientId() -> Int64 {
    let number = environment.time.wallTime * 1000 + Int64(environment.random.fraction() * 1000)
    lastClientId = max(number, lastClientId + 1)
    return lastClientId
  }

  /// Characters of one message by MAX's own limit.
  static let textLimit = 4000

  /// A copy that waits for the line.
  private func spooled(_ path: String) async throws(UserError) -> MaxOutgoing.File {
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    let copy = "\(try spool.prepare())/\(environment.random.uuid())"
    let file: NamedFile
    do throws(FileError) {
      file = try NamedFile(path, limit: MaxAccount.fileLimit, takesEmpty: false)
      try await file.copy(to: copy)
    } catch {
      throw UserError(error)
    }
    let isPhoto = MaxAccount.photos.contains(ContentType.of(fileNamed: name))
    return MaxOutgoing.File(path: copy, name: name, isPhoto: isPhoto)
  }

  private static let photos: Set<String> = ["image/png", "image/jpeg", "image/webp"]

  /// Copies that nobody needs any more; one that is gone already is as good.
  func remove(_ files: [MaxOutgoing.File]) { spool.remove(files.map(\.path)) }
}
