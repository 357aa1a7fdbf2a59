import Domain
import OneMe
import Phrases
import Storage

// What becomes of messages that the server has. It needs the line: a change that waits could meet a
// message that is no longer what its writer saw.

extension MaxAccount {
  /// Changes the words of a message of ours; its files stay.
  package func edit(
    _ id: String, in key: ChatID, to text: String
  ) async throws(UserError) -> MessageRecord {
    guard !text.isBlank else { throw .nothingToSend }
    guard text.count <= MaxAccount.textLimit else { throw .tooLong }
    let place = try await place(of: id, in: key)
    guard place.message.own, place.message.kind == .text else { throw .notYours }
    let edited = try await asking { client throws(OneMeError) -> Message? in
      guard let now = try await client.messages([place.id], chat: place.chat).first else {
        return nil
      }
      // A link's picture is the server's own work; whatever else is not named again would be lost.
      let kept = now.attachments.filter { if case .share = $0 { false } else { true } }
      let named = kept.compactMap(OutgoingAttachment.init)
      guard named.count == kept.count else { return nil }
      var message = try await client.edit(
        place.id, chat: place.chat, text: text,
        spans: TextSpan.carried(now.spans, from: now.text, to: text), attachments: named)
      message.status = .edited
      return message
    }
    guard let edited else { throw .cannotBeEdited }
    let content = records.content(of: edited)
    var record = place.message
    record.edited = true
    record.editedAt = [record.editedAt, edited.updateTime].compactMap(\.self).max()
    (record.text, record.spans) = (content.text, content.spans)
    let news = record
    try await keep { store in try await store.change(news) }
    return try await changed(record.id, in: key)
  }

  /// Deletes a message, for us or for everybody in the chat; one that has not gone out yet is taken
  /// back.
  package func delete(
    _ id: String, in key: ChatID, forEverybody: Bool
  ) async throws(UserError) {
    if try await takeBack(id, in: key) { return }
    let place = try await place(of: id, in: key)
    let left = try await asking { client throws(OneMeError) in
      try await client.delete([place.id], chat: place.chat, forEverybody: forEverybody)
    }
    guard left.isEmpty else { throw .notDeleted }
    await delete([place.id], in: place.chat)
  }

  /// Takes a message out of the outbox, if it waits there or has failed.
  private func takeBack(_ id: String, in key: ChatID) async throws(UserError) -> Bool {
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
    environment.changes.send(.removed(chat: key, [id]))
    await publish([], in: key)
    return true
  }

  /// Reacts to a message with an emoji, or takes the reaction back.
  package func react(
    to id: String, in key: ChatID, with emoji: String?
  ) async throws(UserError) -> MessageRecord {
    let place = try await place(of: id, in: key)
    let reactions = try await asking { client throws(OneMeError) -> Reactions in
      if let said = try await client.react(to: place.id, chat: place.chat, with: emoji) {
        return said
      }
      return try await client.reactions(to: [place.id], chat: place.chat)[place.id]
        ?? Reactions(counters: [], total: 0)
    }
    try await keep(reactions, on: place.message.id, in: key)
    return try await changed(place.message.id, in: key)
  }

  /// Passes a message on, through the outbox.
  package func forward(
    _ id: String, in key: ChatID, to target: ChatID
  ) async throws(UserError) -> MessageRecord {
    let place = try await place(of: id, in: key)
    guard place.message.kind.isSpoken else { throw .nothingToForward }
    let chat = try await writableChat(target)
    var outgoing = MaxOutgoing(cid: nextClientId(), text: "", files: [])
    outgoing.forward = .init(chatId: place.chat, messageId: place.id)
    return try await add(outgoing, to: chat, forwarding: place.message)
  }

  // MARK: What others do

  /// The reactions to a message are others now.
  func show(_ reactions: Reactions, on messageId: Int64, in chatId: Int64) async {
    let (key, id) = (MaxRecords.key(chatId), String(messageId))
    var now = reactions
    let known =
      await environment.storing { store in try await store.messages.message(key, id) } ?? nil
    guard let known else { return }
    // Not every server repeats the owner's own choice: it may still be among those counted.
    if now.own == nil, let own = known.reactions?.first(where: \.own)?.emoji,
      now.counters.contains(where: { $0.reaction == own })
    {
      now = await asked(for: messageId, in: chatId) ?? now
    }
    await store(now, on: id, in: key)
  }

  /// Our own reaction was changed on another device; what the others chose has to be asked for.
  func showOwnReaction(on messageId: Int64, in chatId: Int64) async {
    guard let now = await asked(for: messageId, in: chatId) else { return }
    await store(now, on: String(messageId), in: MaxRecords.key(chatId))
  }

  private func asked(for messageId: Int64, in chatId: Int64) async -> Reactions? {
    do throws(OneMeError) {
      return try await session.online().reactions(to: [messageId], chat: chatId)[messageId]
        ?? Reactions(counters: [], total: 0)
    } catch {
      environment.log("MAX reactions: \(error.message)")
      return nil
    }
  }

  private func store(_ reactions: Reactions, on id: String, in key: ChatID) async {
    let list = MaxRecords.reactions(reactions)
    await environment.storing { store in try await store.messages.setReactions(list, key, id) }
    await publish([id], in: key)
  }

  // MARK: Parts

  /// A message that the server has, with its numbers there.
  private func place(
    of id: String, in key: ChatID
  ) async throws(UserError) -> (chat: Int64, id: Int64, message: MessageRecord) {
    guard let chat = MaxRecords.chatId(key) else { throw .noChat(key) }
    let number = try await serverId(of: id, in: key)
    do {
      guard let message = try await environment.store.messages.message(key, String(number)) else {
        throw UserError.noMessage(id, in: key)
      }
      return (chat, number, message)
    } catch {
      throw error as? UserError ?? UserError(storing: error)
    }
  }

  private func keep(
    _ reactions: Reactions, on id: String, in key: ChatID
  ) async throws(UserError) {
    let list = MaxRecords.reactions(reactions)
    try await keep { store in try await store.messages.setReactions(list, key, id) }
  }

  private func keep(
    _ work: @Sendable (Store) async throws -> Void
  ) async throws(UserError) {
    do { try await work(environment.store) } catch { throw UserError(storing: error) }
  }

  /// A message as it is stored now, with everybody told.
  private func changed(_ id: String, in key: ChatID) async throws(UserError) -> MessageRecord {
    await publish([id], in: key)
    do {
      guard let message = try await environment.store.messages.message(key, id) else {
        throw UserError.noMessage(id, in: key)
      }
      return message
    } catch {
      throw error as? UserError ?? UserError(storing: error)
    }
  }

  /// Asks the server something; what goes wrong is said in the console's words.
  func asking<Answer>(
    _ question: (OneMeClient) async throws(OneMeError) -> Answer
  ) async throws(UserError) -> Answer {
    do throws(OneMeError) {
      return try await question(try await session.online())
    } catch {
      throw UserError(error)
    }
  }
}
