import Accounts
import Domain
import Storage

// What is in the window: read from the store, and before that from the server where that is needed.
extension ConversationModel {
  /// Begins to go somewhere else; what was on its way to another place is given up.
  ///
  /// - Returns: tells whether nobody has gone elsewhere since.
  func beginJump() -> @MainActor () -> Bool {
    jump += 1
    past = Edge()
    future = Edge()
    climbed = nil
    let (jump, chat) = (jump, chat)
    return { [self] in jump == self.jump && chat == self.chat }
  }

  /// Shows what is stored around the place that is looked at.
  func read() async {
    guard let chat else { return }
    let (jump, position, mark) = (jump, position, unread?.mark)
    let place: MessagePlace =
      switch position {
      case .end: MessagePlace(at: .max)
      case .firstUnread: MessagePlace(at: (mark ?? 0).plus(1))
      case .message(let place): place
      }
    let stored = await context.hub.environment.storing { store in
      try await store.messages.surroundings(chat, of: place, limit: ConversationModel.page)
    }
    guard jump == self.jump, chat == self.chat, let (before, after) = stored else { return }
    let isLive = after.messages.count < ConversationModel.page && after.hole == nil
    window.show(before.messages + after.messages, isLive: isLive)
    hasMoreAbove = before.messages.count == ConversationModel.page || before.hole != nil
    context.onChange()
    markReadIfSeen()
    await countBelow()
  }

  /// Has the server tell what it has around the place that is looked at, and shows it.
  func reconcile() async {
    guard let chat else { return }
    let part: HistoryPart
    switch position {
    case .end: part = .newest
    case .firstUnread: part = .around(unread?.mark ?? 0)
    case .message(let place):
      // What stands here without a break around the message needs no server.
      guard await isTorn(around: place) else { return }
      part = .around(place.at)
    }
    let jump = jump
    guard let news = await ask(chat, part), jump == self.jump, chat == self.chat else { return }
    await read()
    guard jump == self.jump, chat == self.chat else { return }
    if news.older == 0, part == .newest { past.isLast = true }
    context.onChange()
  }

  /// What was changed or deleted meanwhile is not among what was missed: what is looked at is read
  /// again.
  func lineIsBack(_ service: Service) {
    guard hasServerHistory, let chat, record?.service == service else { return }
    let part: HistoryPart =
      switch position {
      case .end: .newest
      case .firstUnread: .around(unread?.mark ?? 0)
      case .message(let place): .around(place.at)
      }
    let jump = jump
    context.start("chat.refresh") { [self] in
      guard await ask(chat, part) != nil, jump == self.jump, position == .end else { return }
      await read()
    }
  }

  private func isTorn(around place: MessagePlace) async -> Bool {
    guard let chat else { return false }
    let stored = await context.hub.environment.storing { store in
      try await store.messages.surroundings(chat, of: place, limit: ConversationModel.page / 2)
    }
    guard let (before, after) = stored else { return false }
    return before.hole != nil || after.hole != nil || before.messages.isEmpty
  }

  /// Brings older messages to the upper edge of the window.
  func extendPast() {
    guard let chat, let first = messages.first, !past.isLoading, !past.isLast else { return }
    past = Edge(isLoading: true)
    let jump = jump
    context.start("chat.older") { [self] in
      defer { if jump == self.jump { past.isLoading = false } }
      var stored = await stretch(chat, before: first.place)
      if stored?.messages.isEmpty ?? true {
        guard hasServerHistory else { return end(\.past, of: jump) }
        guard let news = await ask(chat, .before(first.at)) else { return miss(\.past, of: jump) }
        if news.older == 0 { return end(\.past, of: jump) }
        stored = await stretch(chat, before: first.place)
      }
      guard jump == self.jump, chat == self.chat, let stored else { return }
      window.extend(before: stored.messages)
      hasMoreAbove = true
      await countBelow()
    }
  }

  /// Brings newer messages to the lower edge of the window.
  func extendFuture() {
    guard let chat, let last = messages.last, !future.isLoading, !window.isLive else { return }
    future = Edge(isLoading: true)
    let jump = jump
    context.start("chat.newer") { [self] in
      defer { if jump == self.jump { future.isLoading = false } }
      var stored = await stretch(chat, after: last.place)
      if let kept = stored, kept.messages.isEmpty, kept.hole != nil {
        guard await ask(chat, .after(last.at)) != nil else { return miss(\.future, of: jump) }
        stored = await stretch(chat, after: last.place)
      }
      guard jump == self.jump, chat == self.chat, let stored else { return }
      window.extend(
        after: stored.messages,
        isLive: stored.messages.count < ConversationModel.page && stored.hole == nil)
      hasMoreAbove = true
      await countBelow()
    }
  }

  private func end(_ edge: ReferenceWritableKeyPath<ConversationModel, Edge>, of jump: Int) {
    if jump == self.jump { self[keyPath: edge].isLast = true }
  }

  private func miss(_ edge: ReferenceWritableKeyPath<ConversationModel, Edge>, of jump: Int) {
    if jump == self.jump { self[keyPath: edge].isMissing = true }
  }

  /// Asks the server; nil when it cannot be asked, which is said where the person waits for it.
  func ask(_ chat: ChatID, _ part: HistoryPart) async -> HistoryNews? {
    guard canAskServer else { return nil }
    do throws(UserError) {
      let news = try await context.hub.lines(
        of: LoadHistory(chat: chat, part: part, count: part.isPage ? 100 : 50)
      ).first
      if chat == self.chat { refusal = nil }
      return news
    } catch {
      // What concerns this chat alone is said in it, and goes when it is left.
      guard error.kind == .refused, error.retryAfterMs == nil else {
        let isAboutLine = error.kind == .noConnection
        context.notices.show(error, about: isAboutLine ? chat.service : nil)
        return nil
      }
      if chat == self.chat {
        refusal = error.message
        context.onChange()
      }
      return nil
    }
  }

  private func stretch(_ chat: ChatID, before place: MessagePlace) async -> MessageStretch? {
    await context.hub.environment.storing { store in
      try await store.messages.stretch(chat, before: place, limit: ConversationModel.page)
    }
  }

  private func stretch(_ chat: ChatID, after place: MessagePlace) async -> MessageStretch? {
    await context.hub.environment.storing { store in
      try await store.messages.stretch(chat, after: place, limit: ConversationModel.page)
    }
  }

  private func countBelow() async {
    guard let chat, !window.isLive, let last = messages.last?.place else {
      (below, isTornBelow) = (0, false)
      return
    }
    let found = await context.hub.environment.storing { store in
      (
        try await store.messages.count(chat, after: last, limit: 100_000),
        try await store.messages.hole(chat, before: .max)
      )
    }
    guard chat == self.chat, let (count, hole) = found else { return }
    below = count
    isTornBelow = hole.map { $0.finish > last.at } ?? false
    context.onChange()
  }
}

extension HistoryPart {
  /// Whether one side is wanted.
  fileprivate var isPage: Bool { if case .around = self { false } else { true } }
}
