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
    emit(event, bytes: bytes)
    if case .message(let arrival) = event, configuration.acknowledgesMessages {
      answer(frame.header, Acknowledgement(arrival))
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
