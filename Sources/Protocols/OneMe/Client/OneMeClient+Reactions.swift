import JSON

extension OneMeClient {
  /// Reacts to a message with an emoji (opcode 178), or takes the reaction back (opcode 179).
  ///
  /// - Parameter emoji: nil takes back what there is.
  /// - Returns: all reactions to it now; nil if the server did not say.
  public func react(
    to messageId: Int64, chat: Int64, with emoji: String?
  ) async throws(OneMeError)
    -> Reactions?
  {
    let choice = Reacting(
      chatId: chat, messageId: MessageID(messageId), reaction: emoji.map { .init(id: $0) })
    return try await ask(emoji == nil ? .cancelReaction : .react, choice, ifEmpty: .some(nil)) {
      $0.optional("reactionInfo")
    }
  }

  /// The reactions to messages, by message id (opcode 180).
  public func reactions(
    to messageIds: [Int64], chat: Int64
  ) async throws(OneMeError) -> [Int64: Reactions] {
    try await ask(
      .askReactions, MessageChoice(chatId: chat, messageIds: messageIds.map(MessageID.init)),
      ifEmpty: [:]
    ) { $0.map("messagesReactions", of: Reactions.self).entries }
  }

  /// Who reacted to a message, and with what, by user id (opcode 181).
  ///
  /// - Parameter count: 1 to 100; beyond that it is brought to the nearest.
  public func whoReacted(
    to messageId: Int64, chat: Int64, count: Int = 50
  ) async throws(OneMeError)
    -> [Int64: String]
  {
    let question = WhoReacted(
      chatId: chat, messageId: MessageID(messageId), count: min(max(count, 1), 100))
    let reactions = try await ask(.whoReacted, question, ifEmpty: []) {
      $0.list("reactions", of: PersonalReaction.self).elements
    }
    return Dictionary(reactions.map { ($0.userId, $0.reaction) }, uniquingKeysWith: { $1 })
  }
}

private struct Reacting: Encodable {
  struct Emoji: Encodable {
    var reactionType = "EMOJI"
    var id: String
  }

  var chatId: Int64
  var messageId: MessageID
  var reaction: Emoji?
}

private struct WhoReacted: Encodable {
  var chatId: Int64
  var messageId: MessageID
  var count: Int
}

private struct PersonalReaction: WireDecodable {
  var userId: Int64
  var reaction: String

  init(from value: TreeValue) throws {
    let object = try value.object()
    userId = try object.requiredNumber("userId")
    reaction = try object.required("reaction", as: String.self)
  }
}
