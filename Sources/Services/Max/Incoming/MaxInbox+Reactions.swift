import Domain
import OneMe
import Storage

extension MaxInbox {
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
    await keep(now, on: id, in: key)
  }

  /// Our own reaction was changed on another device; what the others chose has to be asked for.
  func showOwnReaction(on messageId: Int64, in chatId: Int64) async {
    guard let now = await asked(for: messageId, in: chatId) else { return }
    await keep(now, on: String(messageId), in: MaxRecords.key(chatId))
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

  private func keep(_ reactions: Reactions, on id: String, in key: ChatID) async {
    let list = MaxRecords.reactions(reactions)
    await environment.storing { store in try await store.messages.setReactions(list, key, id) }
    await publish([id], in: key)
  }
}
