import JSON

/// How each push becomes an event (MAX protocol notes §3.1 and §4.5). Pushes that are not listed are
/// nothing to this client.
enum PushDecoders {
  typealias Decode = @Sendable (TreeValue) throws -> OneMeEvent

  /// What a push says; nil for one that is nothing to this client.
  static func event(of push: Frame) -> OneMeEvent? {
    let opcode = push.header.opcode
    guard let decode = table[opcode] else { return nil }
    guard let payload = push.payload else {
      return .unreadable(opcode: opcode, reason: "it has no payload")
    }
    do { return try decode(payload) } catch {
      return .unreadable(opcode: opcode, reason: OneMeError.reason(error))
    }
  }

  static let table: [Opcode: Decode] = [
    .message: { .message(try MessageArrival(from: $0)) },
    .typing: { value in
      let object = try value.object()
      return .typing(
        chatId: try object.requiredNumber("chatId"), userId: try object.requiredNumber("userId"),
        kind: object.text("type") ?? "TEXT")
    },
    .mark: { value in
      let object = try value.object()
      return .marked(
        chatId: try object.requiredNumber("chatId"), userId: try object.requiredNumber("userId"),
        mark: try object.requiredMoment("mark"), asUnread: object.flag("setAsUnread") ?? false)
    },
    .contact: { .contact(try $0.object().required("contact", as: Contact.self)) },
    .presence: { value in
      let object = try value.object()
      return .presence(
        userId: try object.requiredNumber("userId"),
        try object.required("presence", as: Presence.self))
    },
    .settings: { value in
      .mutes(try value.object().nested("config")?.map("chats", of: Mute.self).entries ?? [:])
    },
    .chat: { .chat(try $0.object().required("chat", as: Chat.self)) },
    .incomingCall: { .incomingCall(try IncomingCall(from: $0)) },
    .messagesDeleted: { value in
      let object = try value.object()
      let chat = object.nested("chat")?.number("id")
      return .messagesDeleted(
        chatId: try chat ?? object.requiredNumber("chatId"),
        messageIds: object.numbers("messageIds"))
    },
    .rangeDeleted: { value in
      let object = try value.object()
      let chat = object.nested("chat")?.number("id")
      return .messagesDeletedBetween(
        chatId: try chat ?? object.requiredNumber("chatId"),
        start: try object.requiredMoment("startTime"), end: try object.requiredMoment("endTime"))
    },
    .draft: { value in
      let object = try value.object()
      return .draft(
        try DraftPlace(object), try object.optional("draft") ?? Draft(from: value))
    },
    .draftDiscarded: { .draft(try DraftPlace($0.object()), nil) },
    .delayedMessage: { .delayedMessage(try MessageArrival(from: $0)) },
    .profile: { value in
      let profile = try value.object().nested("profile")
      return .profile(
        try profile?.optional("contact") ?? value.object().required("profile", as: Contact.self)
      )
    },
    .uploadReady: { .uploadReady(try ProcessedUpload(from: $0)) },
    .callHistoryChanged: { .callHistory(try CallHistoryChange(from: $0)) },
    .reactions: { value in
      let object = try value.object()
      return .reactions(
        chatId: try object.requiredNumber("chatId"),
        messageId: try object.requiredNumber("messageId"),
        try object.optional("reactionInfo") ?? Reactions(from: value))
    },
    .ownReaction: { value in
      let object = try value.object()
      let place = object.nested("reactionInfo") ?? object
      return .ownReaction(
        chatId: try object.requiredNumber("chatId"),
        messageId: try object.requiredNumber("messageId"),
        place.text("yourReaction") ?? object.nested("reaction")?.text("id")
          ?? object.text("reaction"))
    },
  ]
}
