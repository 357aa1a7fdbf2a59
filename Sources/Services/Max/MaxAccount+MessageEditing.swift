import Accounts
import Domain
import OneMe
import Phrases
import Storage

// Changes of messages that the server has need the line: one that waits could meet a message that is
// no longer what its writer saw.

extension MaxAccount: MessageEditing {
  /// Changes the words of a message of ours; its files stay.
  package func edit(
    _ id: String, in key: ChatID, to text: String
  ) async throws(UserError) -> MessageRecord { try await edit(id, in: key, to: text, []) }

  private func edit(
    _ id: String, in key: ChatID, to text: String, _ new: [TextSpan]
  ) async throws(UserError) -> MessageRecord {
    guard !text.isBlank else { throw .nothingToSend }
    guard text.count <= OutgoingMessages.textLimit else { throw .tooLong }
    let place = try await environment.serverMessage(id, in: key)
    guard place.record.own, place.record.kind == .text else { throw .notYours }
    let edited = try await asking { client throws(OneMeError) -> Message? in
      guard let now = try await client.messages([place.id], chat: place.chat).first else {
        return nil
      }
      // A link's picture is the server's own work; whatever else is not named again would be lost.
      let kept = now.attachments.filter { if case .share = $0 { false } else { true } }
      let named = kept.compactMap(OutgoingAttachment.init)
      guard named.count == kept.count else { return nil }
      let spans = TextSpan.carried(now.spans, from: now.text, to: text) + new
      var message = try await client.edit(
        place.id, chat: place.chat, text: text, spans: spans, attachments: named)
      message.status = .edited
      // Answers leave out how the text looks.
      if message.spans.isEmpty, message.text == text { message.spans = spans }
      return message
    }
    guard let edited else { throw .cannotBeEdited }
    let content = records.content(of: edited)
    var record = place.record
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
    if try await outgoing.takeBack(id, in: key) {
      environment.changes.send(.removed(chat: key, [id]))
      await inbox.publish([], in: key)
      return
    }
    let place = try await environment.serverMessage(id, in: key)
    let left = try await asking { client throws(OneMeError) in
      try await client.delete([place.id], chat: place.chat, forEverybody: forEverybody)
    }
    guard left.isEmpty else { throw .notDeleted }
    await inbox.delete([place.id], in: place.chat)
  }

  /// Reacts to a message with an emoji, or takes the reaction back.
  package func react(
    to id: String, in key: ChatID, with emoji: String?
  ) async throws(UserError) -> MessageRecord {
    let place = try await environment.serverMessage(id, in: key)
    let reactions = try await asking { client throws(OneMeError) -> Reactions in
      if let said = try await client.react(to: place.id, chat: place.chat, with: emoji) {
        return said
      }
      return try await client.reactions(to: [place.id], chat: place.chat)[place.id]
        ?? Reactions(counters: [], total: 0)
    }
    let list = MaxRecords.reactions(reactions)
    try await keep { store in
      try await store.messages.setReactions(list, key, place.record.id)
    }
    return try await changed(place.record.id, in: key)
  }

  /// Passes a message on, through the outbox.
  package func forward(
    _ id: String, in key: ChatID, to target: ChatID
  ) async throws(UserError) -> MessageRecord {
    let place = try await environment.serverMessage(id, in: key)
    return try await outgoing.forward(place, to: target)
  }

  // MARK: Parts

  private func keep(
    _ work: @Sendable (Store) async throws -> Void
  ) async throws(UserError) {
    do { try await work(environment.store) } catch { throw UserError(storing: error) }
  }

  /// A message as it is stored now, with everybody told.
  private func changed(_ id: String, in key: ChatID) async throws(UserError) -> MessageRecord {
    await inbox.publish([id], in: key)
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

extension MaxAccount: MarkedWriting {
  package func edit(
    _ id: String, in key: ChatID, toMarked text: String
  ) async throws(UserError) -> MessageRecord {
    let formatted = FormattedText(marked: text)
    return try await edit(
      id, in: key, to: formatted.text, formatted.stretches.map { TextSpan(MessageSpan($0)) })
  }
}

extension TextSpan {
  /// Spans of a text that still hold in a changed one: those before the change, and those behind it,
  /// moved. What the change touches loses its look.
  static func carried(_ spans: [TextSpan], from old: String, to new: String) -> [TextSpan] {
    let (old, new) = (Array(old.utf16), Array(new.utf16))
    let shorter = min(old.count, new.count)
    let before = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let rest = shorter - before
    let behind =
      (0..<rest).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? rest
    return spans.compactMap { span in
      guard span.length > 0, span.length <= old.count, span.start <= old.count - span.length else {
        return nil
      }
      if span.start + span.length <= before { return span }
      guard span.start >= old.count - behind else { return nil }
      var moved = span
      moved.start += new.count - old.count
      return moved
    }
  }
}
