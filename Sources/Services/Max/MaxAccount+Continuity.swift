import Domain
import OneMe
import Storage

extension MaxAccount {
  /// Asks for the messages that were missed, chat by chat, in the background.
  func fillGaps() {
    hasNewGaps = true
    guard filling == nil else { return }
    filling = Task {
      while hasNewGaps, !Task.isCancelled {
        hasNewGaps = false
        await fillAll()
      }
      filling = nil
    }
  }

  private func fillAll() async {
    var isProgressing = true
    while isProgressing, !Task.isCancelled {
      isProgressing = false
      let gaps = await environment.storing { store in try await store.gaps(.max) }
      for gap in gaps ?? [] where await fill(gap) { isProgressing = true }
    }
  }

  /// False if the gap stays as it is.
  private func fill(_ gap: PendingGap) async -> Bool {
    guard let chatId = MaxRecords.chatId(gap.chat) else { return false }
    var messages: [Message] = []
    var isComplete = true
    do throws(OneMeError) {
      let missed = try await session.online().missedMessages(chat: chatId, after: gap.after)
      (messages, isComplete) = (missed.messages, missed.isComplete)
    } catch {
      environment.log("MAX history: \(error.message)")
      // What the server will not tell is not missed; of everything else the next login asks again.
      guard case .refused(let refusal) = error,
        [.notFound, .notAllowed, .protocolMismatch].contains(refusal.kind)
      else {
        // Without a line nothing comes after it either; the next login asks before that.
        if !error.isLossOfLine { environment.changes.send(.unfilled(chat: gap.chat)) }
        return false
      }
    }
    await learnNames(messages.compactMap(\.sender))
    await settleOwn(messages.map { (chatId, $0) })
    let stored = messages.map { records.whole($0, in: gap.chat) }
    let newest = stored.last?.at ?? gap.after
    let next = isComplete || newest <= gap.after ? nil : newest
    let isKept: Void? = await environment.storing { store in
      try await store.fill(gap, with: stored, next: next)
    }
    guard isKept != nil else { return false }
    await publish(stored.map(\.id), in: gap.chat)
    return true
  }

  /// Tells the server how far chats were read, unless the owner does not want others to see it.
  package func tellMarks() async {
    guard settings.readMarks != .never, !isTellingMarks else { return }
    isTellingMarks = true
    defer { isTellingMarks = false }
    let marks = await environment.storing { store in try await store.untoldMarks(.max) }
    for mark in marks ?? [] {
      do throws(OneMeError) {
        try await tell(mark)
      } catch {
        environment.log("MAX read mark: \(error.message)")
        guard case .refused(let refusal) = error, refusal.kind != .flood else { return }
      }
      await environment.storing { store in try await store.told(mark) }
    }
  }

  private func tell(_ mark: UnsentReadMark) async throws(OneMeError) {
    let client = try await session.online()
    guard let chat = MaxRecords.chatId(mark.chat), let message = mark.message,
      let id = Int64(message.id)
    else { return }
    _ = try await client.markRead(chat: chat, upTo: id, time: message.at)
  }

  /// Tells the others in a chat that something is being written; once in six seconds, whoever asks.
  package func tellTyping(in key: ChatID) async {
    guard let chat = MaxRecords.chatId(key) else { return }
    do throws(OneMeError) {
      try await session.online().showTyping(chat: chat)
    } catch {
      environment.log("MAX typing: \(error.message)")
    }
  }
}

extension OneMeError {
  /// Whether the line broke, or was not there, and comes back by itself.
  fileprivate var isLossOfLine: Bool {
    switch self {
    case .transport, .offline, .redirected, .cancelled: true
    default: false
    }
  }
}
