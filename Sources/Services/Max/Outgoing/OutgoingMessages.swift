import Accounts
import Domain
import Files
import OneMe
import Storage

/// The messages that are written in MAX's chats: they wait in the outbox until the server has them.
actor OutgoingMessages {
  /// Characters of one message by MAX's own limit.
  static let textLimit = 4000
  /// Bytes of the largest file that the service takes, by its own words.
  static let fileLimit = 4 << 30

  private let people: KnownPeople
  private let spool: FileSpool
  private let environment: AccountEnvironment
  private let outbox: Outbox
  private var clientIds = ClientIds()

  /// - Parameter delivery: brings a message of the outbox to the server.
  init(
    by delivery: MessageDelivery, people: KnownPeople, spool: FileSpool,
    environment: AccountEnvironment
  ) {
    self.people = people
    self.spool = spool
    self.environment = environment
    outbox = Outbox(service: .max, environment: environment) { message, _ in
      await delivery.deliver(message)
    }
  }

  /// The line is up: everything that waits goes out.
  func open() async { await outbox.open() }

  /// The line is down: no further attempts.
  func close() async { await outbox.close() }

  /// Ends all attempts and waits for those under way.
  func stop() async { await outbox.stop() }

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  func drain(within limit: Duration) async { await outbox.drain(within: limit) }

  /// Writes a message into the outbox; it goes out as soon as the line lets it.
  ///
  /// - Parameters:
  ///   - spans: stretches of the text that look otherwise.
  ///   - paths: absolute; what becomes of the files does not matter once this returns.
  ///   - replyTo: the id of a message of the same chat that the server has.
  func write(
    _ text: String, _ spans: [MessageSpan] = [], attachments paths: [String], replyTo: String?,
    in key: ChatID
  ) async throws(UserError) -> MessageRecord {
    let text = text.isBlank ? "" : text
    let chat = try await writableChat(key)
    guard !text.isEmpty || !paths.isEmpty else { throw .nothingToSend }
    guard text.count <= OutgoingMessages.textLimit else { throw .tooLong }
    var outgoing = MaxOutgoing(cid: nextClientId(), text: text, files: [])
    if !text.isEmpty, !spans.isEmpty { outgoing.spans = spans }
    if let replyTo { outgoing.replyTo = try await environment.serverMessage(replyTo, in: key).id }
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

  /// Passes a message on to another chat.
  func forward(
    _ original: ServerMessage, to target: ChatID
  ) async throws(UserError) -> MessageRecord {
    guard original.record.kind.isSpoken else { throw .nothingToForward }
    let chat = try await writableChat(target)
    var outgoing = MaxOutgoing(cid: nextClientId(), text: "", files: [])
    outgoing.forward = .init(chatId: original.chat, messageId: original.id)
    return try await add(outgoing, to: chat, forwarding: original.record)
  }

  /// What failed is tried again, under the same number.
  func retry(_ chat: ChatID, _ id: String) async throws(UserError) {
    guard
      let news = await environment.storing({ store in try await store.outbox.retry(chat, id) }),
      !news.messages.isEmpty
    else { throw .noMessage(id, in: chat) }
    environment.publish(news)
    await outbox.wake()
  }

  /// Takes a message out of the outbox, if it waits there or has failed; false for any other.
  func takeBack(_ id: String, in key: ChatID) async throws(UserError) -> Bool {
    var files: [MaxOutgoing.File] = []
    do {
      let stored = try await environment.store.messages.message(key, id)
      guard let stored, stored.status == .queued || stored.status == .failed else { return false }
      let bodies = try await environment.store.outbox.discard(key, id)
      guard !bodies.isEmpty else { return false }
      files = try bodies.flatMap { try MaxOutgoing(body: $0).files }
    } catch {
      throw error as? UserError ?? UserError(storing: error)
    }
    remove(files.filter { $0.attachment == nil })
    return true
  }

  /// A chat of ours in which we may write.
  private func writableChat(_ key: ChatID) async throws(UserError) -> ChatRecord {
    guard MaxRecords.chatId(key) != nil else { throw .noChat(key) }
    let stored = await environment.storing { store in try await store.chats.chat(key) } ?? nil
    guard let chat = stored else { throw .noChat(key) }
    guard !chat.closed else { throw .closedChat(chat) }
    return chat
  }

  /// Puts a message into the outbox, with the line that shows it.
  ///
  /// - Parameter original: what it passes on.
  private func add(
    _ outgoing: MaxOutgoing, to chat: ChatRecord, forwarding original: MessageRecord? = nil
  ) async throws(UserError) -> MessageRecord {
    var outgoing = outgoing
    // The server learns of a new dialog by its first message.
    if chat.kind == .dialog, chat.lastMessageAt == nil {
      outgoing.userId = chat.peerId.flatMap { Int64($0) }
    }
    let records = people.records
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
      }, own: true, spans: outgoing.spans ?? [])
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
      await outbox.wake()
      return message
    } catch {
      throw error as? UserError ?? UserError(storing: error)
    }
  }

  private func nextClientId() -> Int64 {
    clientIds.next(at: environment.time.wallTime, fraction: environment.random.fraction())
  }

  // MARK: Files

  /// A copy that waits for the line.
  private func spooled(_ path: String) async throws(UserError) -> MaxOutgoing.File {
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    let copy = "\(try spool.prepare())/\(environment.random.uuid())"
    let file: NamedFile
    do throws(FileError) {
      file = try NamedFile(path, limit: OutgoingMessages.fileLimit, takesEmpty: false)
      try await file.copy(to: copy)
    } catch {
      throw UserError(error)
    }
    let isPhoto = OutgoingMessages.photos.contains(ContentType.of(fileNamed: name))
    return MaxOutgoing.File(path: copy, name: name, isPhoto: isPhoto)
  }

  private static let photos: Set<String> = ["image/png", "image/jpeg", "image/webp"]

  /// Copies that nobody needs any more; one that is gone already is as good.
  private func remove(_ files: [MaxOutgoing.File]) { spool.remove(files.map(\.path)) }
}

/// The numbers by which the server knows a message of ours from a repetition.
private struct ClientIds {
  private var last: Int64 = 0

  /// A number that no message of ours has had: the moment, and what makes two of a moment differ even
  /// if the clock is set back.
  ///
  /// - Parameters:
  ///   - now: wall-clock milliseconds.
  ///   - fraction: random, from 0 up to 1.
  mutating func next(at now: Int64, fraction: Double) -> Int64 {
    last = max(now * 1000 + Int64(fraction * 1000), last + 1)
    return last
  }
}
