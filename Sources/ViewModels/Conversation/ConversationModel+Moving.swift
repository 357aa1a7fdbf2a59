import Domain
import Phrases
import Storage

// Where in the chat one stands, from its beginning to its end.
extension ConversationModel {
  /// Moves the selection; below the last message there is none, and the end is shown.
  func move(_ step: Selection.Step) {
    switch step {
    case .by(let lines): move(by: lines)
    case .first:
      isAmongMessages = true
      climbed == nil ? climb() : leap()
    case .last: showEnd()
    }
  }

  private func move(by lines: Int) {
    stopClimbing()
    guard !messages.isEmpty else { return }
    // From a view that begins with the first unread message, a step down selects that.
    let top = position == .firstUnread && context.scrollLimits.hasUnreadBelow ? firstUnread : nil
    let from = selection ?? top.map { lines > 0 ? $0 - 1 : $0 }
    let target = max(0, (from ?? messages.count) + lines)
    if target < messages.count {
      position = .message(messages[target].place)
    } else if window.isLive {
      position = .end
    } else if let last = messages.last {
      position = .message(last.place)
    }
    isAmongMessages = position != .end
    context.onChange()
    markReadIfSeen()
    if lines < 0, target < ConversationModel.page / 2 { extendPast() }
    if lines > 0, target > messages.count - ConversationModel.page / 2 { extendFuture() }
  }

  /// Goes to the newest message, and back to what is written.
  package func showEnd() {
    isAmongMessages = false
    let isThere = window.isLive
    let isFresh = beginJump()
    position = .end
    context.onChange()
    guard !isThere else { return markReadIfSeen() }
    context.start("chat.end") { [self] in
      await read()
      if isFresh(), let hole = await holeAtEnd(), canAskServer, let chat {
        _ = await ask(chat, .after(hole.start))
        if isFresh() { await read() }
      }
    }
  }

  private func holeAtEnd() async -> HistoryGap? {
    guard let chat, messages.count < ConversationModel.page else { return nil }
    let hole = await context.hub.environment.storing { store in
      try await store.messages.hole(chat, before: .max)
    }
    return hole ?? nil
  }

  /// Goes to the message that was the first unread one when the chat was opened.
  func showFirstUnread() {
    guard unread != nil else { return }
    if let firstUnread {
      _ = beginJump()
      position = .message(messages[firstUnread].place)
      return context.onChange()
    }
    let isFresh = beginJump()
    position = .firstUnread
    context.start("chat.unread") { [self] in
      await read()
      guard isFresh() else { return }
      if canAskServer { await reconcile() }
      guard isFresh(), let firstUnread else { return }
      position = .message(messages[firstUnread].place)
      context.onChange()
    }
  }

  /// Why there is no first unread message; nil when there is one.
  var unreadDisabledReason: String? { unread == nil ? Phrase.nothingWasUnread.text : nil }

  // MARK: The beginning

  /// Goes to the chat's first message by way of all before: what is not stored is fetched page by
  /// page and kept, though not in memory. Any other movement ends it.
  private func climb() {
    guard let chat else { return }
    let isFresh = beginJump()
    climbed = 0
    context.start("chat.climb") { [self] in
      var outcome = Climb.goesOn
      while isFresh(), outcome == .goesOn { outcome = await climbFurther(chat, isFresh) }
      guard isFresh() else { return }
      climbed = nil
      await showBeginning(isWhole: outcome == .arrived)
    }
  }

  private enum Climb { case goesOn, arrived, stuck }

  /// Fetches the next page on the way.
  private func climbFurther(_ chat: ChatID, _ isFresh: @MainActor () -> Bool) async -> Climb {
    guard hasServerHistory else { return .arrived }
    let edge = messages.first?.at ?? .max
    let stored = await context.hub.environment.storing { store in
      (
        try await store.messages.hole(chat, before: edge),
        try await store.messages.firstMoment(chat)
      )
    }
    guard isFresh(), let (hole, first) = stored, let moment = hole?.finish ?? first,
      let news = await ask(chat, .before(moment)), isFresh()
    else { return .stuck }
    climbed = (climbed ?? 0) + news.older
    context.onChange()
    return news.older > 0 || hole != nil ? .goesOn : .arrived
  }

  /// Goes to the chat's first message at once, leaving out what is not stored before.
  private func leap() {
    guard let chat else { return }
    let isFresh = beginJump()
    past.isLoading = true
    context.start("chat.leap") { [self] in
      let news = await ask(chat, .after(0))
      guard isFresh() else { return }
      past.isLoading = false
      await showBeginning(isWhole: news.map { $0.newer > 0 } ?? false)
    }
  }

  /// Shows the first message that is stored.
  ///
  /// - Parameter isWhole: whether it is the chat's first one.
  private func showBeginning(isWhole: Bool) async {
    guard let chat else { return }
    let jump = jump
    let stored = await context.hub.environment.storing { store in
      try await store.messages.stretch(chat, after: MessagePlace(at: .min), limit: 1)
        .messages.first
    }
    guard jump == self.jump, chat == self.chat, let first = stored ?? nil else { return }
    position = .message(first.place)
    await read()
    guard jump == self.jump, chat == self.chat else { return }
    past = Edge(isLast: isWhole, isMissing: !isWhole)
    context.onChange()
  }

  private func stopClimbing() {
    if climbed != nil { _ = beginJump() }
  }
}
