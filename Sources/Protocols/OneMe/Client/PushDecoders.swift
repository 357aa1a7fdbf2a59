/// How each push becomes an event (MAX protocol notes §3.1 and §4.5). Pushes that are not listed are
/// nothing to this client.
enum PushDecoders {
  typealias Decode = @Sendable (any Decoder) throws -> OneMeEvent

  static let table: [Opcode: Decode] = [
    .message: { .message(try MessageArrival(from: $0)) },
    .typing: { decoder in
      let object = try decoder.object()
      return .typing(
        chatId: try object.requiredNumber("chatId"), userId: try object.requiredNumber("userId"),
        kind: object.text("type") ?? "TEXT")
    },
    .mark: { decoder in
      let object = try decoder.object()
      return .marked(
        chatId: try object.requiredNumber("chatId"), userId: try object.requiredNumber("userId"),
        mark: try object.requiredNumber("mark"), asUnread: object.flag("setAsUnread") ?? false)
    },
    .contact: { .contact(try $0.object().decode(Contact.self, forKey: "contact")) },
    .presence: { decoder in
      let object = try decoder.object()
      return .presence(
        userId: try object.requiredNumber("userId"),
        try object.decode(Presence.self, forKey: "presence"))
    },
    .settings: { decoder in
      .mutes(try decoder.object().nested("config")?.map("chats", of: Mute.self).entries ?? [:])
    },
    .chat: { .chat(try $0.object().decode(Chat.self, forKey: "chat")) },
    .incomingCall: { .incomingCall(try IncomingCall(from: $0)) },
    .messagesDeleted: { decoder in
      let object = try decoder.object()
      let chat = object.nested("chat")?.number("id")
      return .messagesDeleted(
        chatId: try chat ?? object.requiredNumber("chatId"),
        messageIds: object.numbers("messageIds"))
    },
    .reactions: { decoder in
      let object = try decoder.object()
      return .reactions(
        chatId: try object.requiredNumber("chatId"),
        messageId: try object.requiredNumber("messageId"),
        try object.optional("reactionInfo") ?? Reactions(from: decoder))
    },
  ]
}
