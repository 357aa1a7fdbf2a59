/// How each push becomes an event (MAX protocol notes §3.1 and §4.5). Pushes that are not listed are
/// nothing to this client.
enum PushDecoders {
  typealias Decode = @Sendable (any Decoder) throws -> OneMeEvent

  /// What a push says; nil for one that is nothing to this client.
  static func event(of header: FrameHeader, _ payload: any Decoder) throws -> OneMeEvent? {
    if header.command == .error || header.command == .notFound { return nil }
    if header.opcode == .redirect {
      return .redirected(host: try payload.object().text("redirectHost"))
    }
    return try table[header.opcode]?(payload)
  }

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
        mark: try object.requiredMoment("mark"), asUnread: object.flag("setAsUnread") ?? false)
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
    .rangeDeleted: { decoder in
      let object = try decoder.object()
      let chat = object.nested("chat")?.number("id")
      return .messagesDeletedBetween(
        chatId: try chat ?? object.requiredNumber("chatId"),
        start: try object.requiredMoment("startTime"), end: try object.requiredMoment("endTime"))
    },
    .draft: { decoder in
      let object = try decoder.object()
      return .draft(
        try DraftPlace(object), try object.optional("draft") ?? Draft(from: decoder))
    },
    .draftDiscarded: { .draft(try DraftPlace($0.object()), nil) },
    .delayedMessage: { .delayedMessage(try MessageArrival(from: $0)) },
    .profile: { decoder in
      let profile = try decoder.object().nested("profile")
      return .profile(
        try profile?.optional("contact") ?? decoder.object().decode(Contact.self, forKey: "profile")
      )
    },
    .uploadReady: { .uploadReady(try ProcessedUpload(from: $0)) },
    .callHistoryChanged: { .callHistory(try CallHistoryChange(from: $0)) },
    .reactions: { decoder in
      let object = try decoder.object()
      return .reactions(
        chatId: try object.requiredNumber("chatId"),
        messageId: try object.requiredNumber("messageId"),
        try object.optional("reactionInfo") ?? Reactions(from: decoder))
    },
    .ownReaction: { decoder in
      let object = try decoder.object()
      let place = object.nested("reactionInfo") ?? object
      return .ownReaction(
        chatId: try object.requiredNumber("chatId"),
        messageId: try object.requiredNumber("messageId"),
        place.text("yourReaction") ?? object.nested("reaction")?.text("id")
          ?? object.text("reaction"))
    },
  ]
}

extension OneMeClient {
  /// Takes a frame that answers no request: what it is about is told by its opcode, since servers
  /// send pushes with `cmd` 0 and the seed's example of one has `cmd` 1.
  ///
  /// - Parameter event: what its payload was read as.
  func receivePush(_ frame: Frame, _ event: OneMeEvent?, bytes: Int) {
    let header = frame.header
    switch (header.opcode, header.command) {
    case (_, .error), (_, .notFound): break  // an answer that came after its time limit
    case (.ping, .request): answer(header, [String: String]())
    case (.logOut, .request):
      emit(.signedOut)
      end(.signedOut)
    case (.redirect, _):
      // Both the payload and the host in it are optional, so an unreadable one is as good as none.
      let event = event ?? .redirected(host: nil)
      emit(event)
      if case .redirected(let host) = event { end(.redirected(host: host)) }
    default: tell(of: frame, event, bytes: bytes)
    }
  }

  private func tell(of frame: Frame, _ event: OneMeEvent?, bytes: Int) {
    let opcode = frame.header.opcode
    guard PushDecoders.table[opcode] != nil else { return }
    guard let event else {
      let reason = frame.flaw.map(OneMeError.reason) ?? "it has no payload"
      return emit(.unreadable(opcode: opcode, reason: reason))
    }
    guard case .message(var arrival) = event else { return emit(event, bytes: bytes) }
    arrival.receipt = DeliveryReceipt(header: frame.header, connection: connection)
    emit(.message(arrival), bytes: bytes)
  }

  /// Tells the server that messages are kept here and need not be sent again (MAX protocol notes §2.4).
  ///
  /// Of no effect for those that came on another connection or without a sequence number, for all that
  /// no push brought, and where the configuration wants no acknowledgements.
  public func acknowledge(_ arrivals: [MessageArrival]) {
    guard configuration.acknowledgesMessages else { return }
    for arrival in arrivals {
      guard let receipt = arrival.receipt, receipt.connection === connection else { continue }
      answer(receipt.header, Acknowledgement(arrival))
    }
  }

  /// Answers a request of the server's: as a request of its own it would end the connection (MAX
  /// protocol notes §2.4). Without a sequence number there is nothing to answer.
  private func answer(_ header: FrameHeader, _ payload: some Encodable) {
    guard header.command == .request, header.sequence != nil else { return }
    var header = header
    header.command = .answer
    send(header, payload)
  }
}

private struct Acknowledgement: Encodable {
  var chatId: Int64
  var messageId: MessageID

  init(_ arrival: MessageArrival) {
    chatId = arrival.chatId
    messageId = MessageID(arrival.message.id)
  }
}
