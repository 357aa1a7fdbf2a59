import Domain
import Storage

// What becomes of messages that were sent: where the service can change them, and only while its
// connection is up.

/// Changes the words of a message of ours; others see that they were changed.
package struct EditMessage: Request {
  package var chat: ChatID
  package var id: String
  package var text: String
  /// Nil is no.
  package var marked: Bool?
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - id: a message of ours that the server has.
  ///   - marked: whether `*`, `_` and `` ` `` mark what looks otherwise, where the service can show it.
  package init(chat: ChatID, id: String, text: String, marked: Bool? = nil) {
    self.chat = chat
    self.id = id
    self.text = text
    self.marked = marked
  }

  /// Emits the message as it is now.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (MessageOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.changer(of: chat)
    let message: MessageRecord
    if marked == true, let account = account as? any MarkedWriting {
      message = try await account.edit(id, in: chat, toMarked: text)
    } else {
      message = try await account.edit(id, in: chat, to: text)
    }
    await emit(try await hub.output(of: message))
  }
}

/// Deletes a message; one that has not gone out yet is taken back, with or without a connection.
package struct DeleteMessage: Request {
  package var chat: ChatID
  package var id: String
  package var forEverybody: Bool
  package var hasEffects: Bool { true }

  /// - Parameter forEverybody: in the chat, not for the owner alone.
  package init(chat: ChatID, id: String, forEverybody: Bool) {
    self.chat = chat
    self.id = id
    self.forEverybody = forEverybody
  }

  /// Emits the message's id with the status `deleted`.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SentOutput) async -> Void
  ) async throws(UserError) {
    let (chat, id) = (chat, id)
    let known = try await hub.withStore { store in try await store.messages.message(chat, id) }
    let isHere = known.map { [.queued, .failed].contains($0.status) } ?? false
    let account =
      try await isHere ? hub.editor(of: chat) : hub.changer(of: chat)
    try await account.delete(id, in: chat, forEverybody: forEverybody)
    await emit(
      SentOutput(chat: chat, id: id, status: MessageRecord.Status.deleted.rawValue))
  }
}

/// Reacts to a message, or takes the reaction back.
package struct ReactToMessage: Request {
  package var chat: ChatID
  package var id: String
  package var emoji: String?
  package var hasEffects: Bool { true }

  /// - Parameter emoji: nil takes the owner's reaction back.
  package init(chat: ChatID, id: String, emoji: String?) {
    self.chat = chat
    self.id = id
    self.emoji = emoji
  }

  /// Emits the message as it is now.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (MessageOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.changer(of: chat)
    await emit(try await hub.output(of: try await account.react(to: id, in: chat, with: emoji)))
  }
}

/// Passes a message on to another chat. It waits in the outbox like everything that is written.
package struct ForwardMessage: Request {
  package var chat: ChatID
  package var id: String
  package var target: ChatID
  package var hasEffects: Bool { true }

  /// - Parameter target: the chat that it goes to.
  package init(chat: ChatID, id: String, to target: ChatID) {
    self.chat = chat
    self.id = id
    self.target = target
  }

  /// Emits the new message as it stands when this returns.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SentOutput) async -> Void
  ) async throws(UserError) {
    let service = try hub.service(of: target)
    let account = try await hub.editor(of: chat, else: .notForwarded)
    guard chat.service == service else {
      throw hub.services(with: .messaging).contains(service) ? .notForwarded : .noChat(target)
    }
    var message = try await account.forward(id, in: chat, to: target)
    if hub.settings.isShortLived {
      await account.drain(within: hub.timeout)
      message = try await account.standing(of: message)
    }
    await emit(SentOutput(message))
  }
}

extension AccountHub {
  /// The account that changes what was sent in a chat, connecting or connected.
  ///
  /// - Parameter refusal: what is thrown for a messenger that cannot; nil says that of its service.
  fileprivate func editor(
    of chat: ChatID, else refusal: UserError? = nil
  ) async throws(UserError) -> any MessageEditing {
    let service = chat.service
    guard services(with: .messaging).contains(service) else { throw .noChat(chat) }
    let refusal = refusal ?? .unchangeable(service)
    guard services(with: .editing).contains(service) else { throw refusal }
    return try await open(service, as: (any MessageEditing).self, else: refusal)
  }

  /// The same once it is online.
  fileprivate func changer(of chat: ChatID) async throws(UserError) -> any MessageEditing {
    let account = try await editor(of: chat)
    _ = try await online(chat.service)
    return account
  }
}
