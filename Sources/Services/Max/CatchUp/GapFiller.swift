import Accounts
import OneMe
import Storage

/// Asks for the messages that were missed, chat by chat.
actor GapFiller {
  private let session: OneMeSession
  private let inbox: MaxInbox
  private let environment: AccountEnvironment
  private var filling: Task<Void, Never>?
  /// Whether there may be more gaps than the work under way has seen.
  private var hasNewGaps = false

  init(_ session: OneMeSession, inbox: MaxInbox, environment: AccountEnvironment) {
    self.session = session
    self.inbox = inbox
    self.environment = environment
  }

  /// Begins to ask, in the background, or has the work under way look again.
  func fill() {
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

  func stop() async {
    filling?.cancel()
    await filling?.value
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
    return await inbox.fill(gap, of: chatId, with: messages, isComplete: isComplete)
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
