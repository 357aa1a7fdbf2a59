import Domain
import Storage

/// An account through which messages are written.
protocol MessageWriter: Sendable {
  /// Writes a message into the outbox; it goes out as soon as the line lets it.
  func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: String
  ) async throws(ConsoleError) -> MessageRecord

  /// What failed is tried again.
  func retry(_ chat: String, _ id: String) async throws(ConsoleError)

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  func drain(within limit: Duration) async

  /// A message written in this run as it stands now; the server may have given it another id.
  func standing(of message: MessageRecord) async throws(ConsoleError) -> MessageRecord
}

extension MessengerAccount: MessageWriter {}

extension SecureAccount: MessageWriter {
  func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: String
  ) async throws(ConsoleError) -> MessageRecord {
    guard replyTo == nil else { throw .noAnswers }
    return try await write(text, attachments: attachments, in: chat)
  }

  func standing(of message: MessageRecord) async throws(ConsoleError) -> MessageRecord {
    do {
      return try await desk.store.messages.message(message.chat, message.id) ?? message
    } catch {
      throw ConsoleError(storing: error)
    }
  }
}

extension Desk {
  /// The account that writes in a chat.
  func writer(for chat: String) async throws(ConsoleError) -> any MessageWriter {
    switch Service(chat: chat) {
    case .max: try await messengerWriter(for: chat)
    case .textsecure: try await openSecure()
    case .trading: throw .cannotWrite(.trading)
    case nil: throw .noChat(chat)
    }
  }

  /// Whom a name means that is no chat's has to be asked.
  private func messengerWriter(for chat: String) async throws(ConsoleError) -> MessengerAccount {
    let account = try await openMessenger()
    let known = try await reading { store in try await store.chats.chat(chat) }
    return known == nil ? try await onlineMessenger() : account
  }

  /// Does something with the TextSecure account that leaves messages in the outbox. A command that
  /// ends right after gives them time to go out.
  func writingSecurely<Result: Sendable>(
    _ change: @Sendable (SecureAccount) async throws(ConsoleError) -> Result
  ) async throws(ConsoleError) -> Result {
    let account = try await openSecure()
    let result = try await change(account)
    if settings.isPassing { await account.drain(within: patience) }
    return result
  }
}
