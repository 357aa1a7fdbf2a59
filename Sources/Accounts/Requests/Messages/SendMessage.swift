import Clocks
import Domain
import Phrases
import Storage
import Transport

/// Writes a message: it waits in the outbox and goes out as soon as the service is connected.
package struct SendMessage: Request {
  package var chat: ChatID
  package var text: String
  package var attachments: [String]
  package var replyTo: String?
  package var waiting: Bool
  /// Nil is no.
  package var announcing: Bool?
  /// Nil is no.
  package var marked: Bool?
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - chat: the chat's name; a number that was never written to makes one, and for MAX so does a
  ///     contact's id or number in its place.
  ///   - attachments: absolute paths.
  ///   - replyTo: the id of a message that this one answers.
  ///   - waiting: until the server has it, or it has failed.
  ///   - announcing: whether to emit it as soon as it is in the outbox as well, for whoever has to know
  ///     its id even if nothing else comes.
  ///   - marked: whether `*`, `_` and `` ` `` mark what looks otherwise, where the service can show it.
  package init(
    chat: ChatID, text: String, attachments: [String] = [], replyTo: String? = nil,
    waiting: Bool = false, announcing: Bool? = nil, marked: Bool? = nil
  ) {
    self.chat = chat
    self.text = text
    self.attachments = attachments
    self.replyTo = replyTo
    self.waiting = waiting
    self.announcing = announcing
    self.marked = marked
  }

  /// Emits the message as it stands when this returns. A process that is about to end gives it the
  /// time that a server is given; what has not gone out by then stays in the outbox. Where waiting was
  /// in vain, what is thrown says so after the output.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SentOutput) async -> Void
  ) async throws(UserError) {
    if let service = hub.descriptor(of: chat.service) {
      try AttachedFiles.check(attachments, for: service)
    }
    let news = hub.environment.changes.listen()
    let account = try await hub.writer(for: chat)
    var message: MessageRecord
    if marked == true, let account = account as? any MarkedWriting {
      message = try await account.write(
        marked: text, attachments: attachments, replyTo: replyTo, in: chat)
    } else {
      message = try await account.write(
        text, attachments: attachments, replyTo: replyTo, in: chat)
    }
    if announcing == true { await emit(SentOutput(message)) }
    var obstacle: UserError?
    if waiting {
      do throws(UserError) {
        try await untilDecided(message, by: account, in: news, on: hub)
      } catch {
        obstacle = error
      }
      message = try await account.standing(of: message)
    } else if hub.settings.isShortLived {
      await account.drain(within: hub.timeout)
      message = try await account.standing(of: message)
    }
    await emit(SentOutput(message))
    switch message.status {
    case .failed: throw failure(of: message)
    case .queued:
      if let obstacle { throw obstacle.besideQueued(message.lastingId) }
      // Of what is held back the reason is the end.
      guard waiting, message.failure != nil else { return }
      throw failure(of: message).besideQueued(message.lastingId, .staysQueuedHeld)
    default: break
    }
  }

  /// Returns once waiting changes nothing any more; throws what keeps it from being sent.
  private func untilDecided(
    _ message: MessageRecord, by account: any Messaging, in news: AsyncStream<AccountEvent>,
    on hub: AccountHub
  ) async throws(UserError) {
    let service = message.chat.service
    if let problem = await hub.problem(reaching: service) { throw problem }
    try await withDeadline(
      hub.timeout, time: hub.environment.time, error: UserError.notSentInTime(service)
    ) { () async throws(UserError) in
      if try await account.standing(of: message).isDecided { return }
      for await change in news {
        switch change {
        case .connection(let link) where link.service == service:
          // Signed out or refused meanwhile: nothing will be sent by waiting.
          if case .stopped(let error) = link.state { throw error }
        case _ where change.hasMessages(in: message.chat):
          if try await account.standing(of: message).isDecided { return }
        default: break
        }
      }
    }
  }

  private func failure(of message: MessageRecord) -> UserError {
    UserError(
      .refused, code: "not-sent", (message.failure ?? .unexplained).sentences,
      hint: Phrase.messageNotSentHint.with(message.chat.text))
  }
}

extension MessageRecord {
  /// Whether waiting changes nothing about whether it is sent.
  fileprivate var isDecided: Bool { status != .queued || failure != nil }
}

extension UserError {
  /// Somebody waited for a message to be sent; it stays in the outbox.
  fileprivate static func notSentInTime(_ service: Service) -> UserError {
    UserError(
      .noConnection, code: "no-connection", Phrase.notSentInTime.with(service.title), hint: "")
  }

  /// The same as said of a message that was written all the same and waits in the outbox.
  ///
  /// - Parameter words: what becomes of it, by its id.
  package func besideQueued(
    _ id: String, _ words: Phrase = .staysQueued
  ) -> UserError {
    var error = self
    error.hint = [hint, words.with(id)].filter { !$0.isEmpty }.joined(separator: ". ")
    return error
  }
}

extension SentOutput {
  init(_ message: MessageRecord) {
    self.init(chat: message.chat, id: message.lastingId, status: message.status.rawValue)
  }
}

/// Tries a message again that has failed.
package struct RetryMessage: Request {
  package var chat: ChatID
  package var id: String
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - chat: the chat's name.
  ///   - id: a message of ours that is queued or has failed.
  package init(chat: ChatID, id: String) {
    self.chat = chat
    self.id = id
  }

  /// Emits one empty output once the message waits again; throws `no-message` for any other.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let writer = try await hub.writer(for: chat)
    try await writer.retry(chat, id)
    if hub.settings.isShortLived { await writer.drain(within: hub.timeout) }
    await emit(NoOutput())
  }
}

/// Ends the encrypted session with a dialog's partner; the next message starts another.
package struct EndSession: Request {
  package var chat: ChatID
  package var hasEffects: Bool { true }

  /// - Parameter chat: a dialog's name.
  package init(chat: ChatID) { self.chat = chat }

  /// Emits one empty output once the farewell waits in the outbox.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.identities, as: (any Identities).self)
    try await hub.writing(by: account) { () throws(UserError) in
      try await account.endSession(chat)
    }
    await emit(NoOutput())
  }
}

extension AccountHub {
  /// The account that writes in a chat. Whom a name means that is no chat's may have to be asked of
  /// the server.
  func writer(for chat: ChatID) async throws(UserError) -> any Messaging {
    let service = try service(of: chat)
    guard services(with: .messaging).contains(service) else { throw .cannotWrite(service) }
    let account = try await open(service, as: (any Messaging).self, else: .cannotWrite(service))
    guard services(with: .dialogs).contains(service) else { return account }
    let known = try await withStore { store in try await store.chats.chat(chat) }
    if known == nil { _ = try await online(service) }
    return account
  }

  /// Does something that leaves messages in the outbox of an account. A command that ends right after
  /// gives them time to go out.
  func writing<Result: Sendable>(
    by account: any Messaging, _ change: @Sendable () async throws(UserError) -> Result
  ) async throws(UserError) -> Result {
    let result = try await change()
    if settings.isShortLived { await account.drain(within: timeout) }
    return result
  }
}
