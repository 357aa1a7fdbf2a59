extension OneMeClient {
  /// Takes a frame that answers no request: what it is about is told by its opcode, since servers
  /// send pushes with `cmd` 0 and the seed's example of one has `cmd` 1.
  func receivePush(_ frame: Frame, bytes: Int) {
    let header = frame.header
    switch (header.opcode, header.command) {
    case (_, .error), (_, .notFound): break  // an answer that came after its time limit
    case (.ping, .request): answer(header, [String: String]())
    case (.logOut, .request):
      emit(.signedOut)
      end(.signedOut)
    case (.redirect, _): redirect(frame)
    default: decodeEvent(of: frame, bytes: bytes)
    }
  }

  private func redirect(_ frame: Frame) {
    // Both the payload and the host in it are optional, so an unreadable one is as good as none.
    let host = try? frame.payload { try $0.object().text("redirectHost") } ?? nil
    emit(.redirected(host: host))
    end(.redirected(host: host))
  }

  private func decodeEvent(of frame: Frame, bytes: Int) {
    let opcode = frame.header.opcode
    guard let decode = PushDecoders.table[opcode] else { return }
    do {
      guard let event = try frame.payload(decode) else {
        return emit(.unreadable(opcode: opcode, reason: "it has no payload"))
      }
      emit(event, bytes: bytes)
      if case .message(let arrival) = event, configuration.acknowledgesMessages {
        answer(frame.header, Acknowledgement(arrival))
      }
    } catch {
      emit(.unreadable(opcode: opcode, reason: OneMeError.reason(error)))
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
