import Accounts
import Domain
import Storage

/// Brings messages into the window: around the place that is read, more of them at either edge, and all
/// on the way to the chat's beginning.
@MainActor
final class MessageLoader {
  private let window: ConversationWindow
  /// What is known of the chat beyond the window.
  private(set) var edges = WindowEdges()
  /// Messages fetched so far on the way to the beginning; nil when nobody goes there.
  private(set) var climbed: Int?
  /// Counts jumps, so that an answer to one before changes nothing.
  private var jump = 0
  /// Of which messages it was seen last that the end is in sight, and how many were unread then.
  private var seen: (version: Int, unread: Int)?
  private let history: ChatHistory
  private let place: ReadingPlace
  private let marks: ReadMarks
  private let context: ModelContext

  init(
    _ context: ModelContext, window: ConversationWindow, history: ChatHistory, place: ReadingPlace,
    marks: ReadMarks
  ) {
    self.context = context
    self.window = window
    self.history = history
    self.place = place
    self.marks = marks
  }

  /// Marks as read what has come up to the newest message in sight.
  func markIfSeen() {
    guard place.position.showsWhatIsNew, window.isLive, let record = history.record else { return }
    marks.see(window.messages, of: record)
  }

  /// The newest message is in sight, though another one may be selected.
  func seeEnd() {
    guard !place.position.showsWhatIsNew, window.isLive, marks.isFocused,
      let record = history.record
    else { return }
    // Most pictures show the same messages as the one before.
    if let seen, seen == (window.version, record.unread) { return }
    seen = (window.version, record.unread)
    marks.see(window.messages, of: record)
  }

  // MARK: Around the place that is read

  /// Begins to go somewhere else; what was on its way to another place is given up.
  ///
  /// - Returns: tells whether nobody has gone elsewhere since.
  func beginJump() -> @MainActor () -> Bool {
    jump += 1
    edges.forget()
    climbed = nil
    return stay()
  }

  /// Tells whether nobody has gone elsewhere since now.
  private func stay() -> @MainActor () -> Bool {
    let (jump, chat) = (jump, history.chat)
    return { [self] in jump == self.jump && chat == history.chat }
  }

  /// Shows what is stored around the place that is looked at.
  func read() async {
    guard let chat = history.chat else { return }
    let isFresh = stay()
    let stored = await history.surroundings(chat, of: place.place)
    guard isFresh(), let (before, after) = stored else { return }
    window.show(
      before.messages + after.messages,
      isLive: after.messages.count < ChatHistory.page && after.hole == nil)
    edges.hasMoreAbove = before.messages.count == ChatHistory.page || before.hole != nil
    context.onChange()
    markIfSeen()
    await countBelow()
  }

  /// Has the server tell what it has around the place that is looked at, and shows it.
  func reconcile() async {
    guard let chat = history.chat else { return }
    let part = place.part
    let isFresh = stay()
    if case .message(let place) = place.position {
      guard await history.isTorn(chat, around: place) else { return }
    }
    guard let news = await history.ask(chat, part), isFresh() else { return }
    await read()
    guard isFresh() else { return }
    if news.older == 0, part == .newest { endPast() }
    context.onChange()
  }

  /// What was changed or deleted meanwhile is not among what was missed: what is looked at is read
  /// again.
  func lineIsBack(_ service: Service) {
    guard history.isOnServer, let chat = history.chat, history.record?.service == service else {
      return
    }
    let part = place.part
    let isFresh = stay()
    context.start("chat.refresh") { [self] in
      guard await history.ask(chat, part) != nil, isFresh(), place.position == .end else { return }
      await read()
    }
  }

  // MARK: At the edges

  /// Brings older messages to the upper edge of the window.
  func extendPast() {
    guard let chat = history.chat, let first = window.messages.first, !edges.past.isLoading,
      !edges.past.isLast
    else { return }
    edges.past = WindowEdges.Edge(isLoading: true)
    let isFresh = stay()
    context.start("chat.older") { [self] in
      defer { if isFresh() { edges.past.isLoading = false } }
      var stored = await history.stretch(chat, before: first.place)
      if stored?.messages.isEmpty ?? true {
        guard history.isOnServer else {
          if isFresh() { endPast() }
          return
        }
        guard let news = await history.ask(chat, .before(first.at)) else {
          if isFresh() { edges.past.isMissing = true }
          return
        }
        guard news.older > 0 else {
          if isFresh() { endPast() }
          return
        }
        stored = await history.stretch(chat, before: first.place)
      }
      guard isFresh(), let stored else { return }
      window.extend(before: stored.messages)
      edges.hasMoreAbove = true
      await countBelow()
    }
  }

  /// Brings newer messages to the lower edge of the window.
  func extendFuture() {
    guard let chat = history.chat, let last = window.messages.last, !edges.future.isLoading,
      !window.isLive
    else { return }
    edges.future = WindowEdges.Edge(isLoading: true)
    let isFresh = stay()
    context.start("chat.newer") { [self] in
      defer { if isFresh() { edges.future.isLoading = false } }
      var stored = await history.stretch(chat, after: last.place)
      if let kept = stored, kept.messages.isEmpty, kept.hole != nil {
        guard await history.ask(chat, .after(last.at)) != nil else {
          if isFresh() { edges.future.isMissing = true }
          return
        }
        stored = await history.stretch(chat, after: last.place)
      }
      guard isFresh(), let stored else { return }
      window.extend(
        after: stored.messages,
        isLive: stored.messages.count < ChatHistory.page && stored.hole == nil)
      edges.hasMoreAbove = true
      await countBelow()
    }
  }

  private func countBelow() async {
    guard let chat = history.chat, !window.isLive, let last = window.messages.last?.place else {
      return edges.below = (0, false)
    }
    let rest = await history.rest(chat, after: last)
    guard chat == history.chat, let rest else { return }
    edges.below = rest
    context.onChange()
  }

  // MARK: Jumps

  /// Goes to the newest message.
  func showEnd() {
    let isThere = window.isLive
    let isFresh = beginJump()
    place.go(to: .end)
    context.onChange()
    guard !isThere else { return markIfSeen() }
    context.start("chat.end") { [self] in
      await read()
      guard isFresh(), let chat = history.chat, window.messages.count < ChatHistory.page,
        let gap = await history.lastGap(chat), history.canAskServer
      else { return }
      _ = await history.ask(chat, .after(gap.start))
      if isFresh() { await read() }
    }
  }

  /// Goes to the message that was the first unread one when the chat was opened, if there was one.
  func showFirstUnread() {
    guard place.unread != nil else { return }
    if let firstUnread {
      _ = beginJump()
      place.go(to: .message(firstUnread.place))
      return context.onChange()
    }
    let isFresh = beginJump()
    place.go(to: .firstUnread)
    context.start("chat.unread") { [self] in
      await read()
      guard isFresh() else { return }
      if history.canAskServer { await reconcile() }
      guard isFresh(), let firstUnread else { return }
      place.go(to: .message(firstUnread.place))
      context.onChange()
    }
  }

  private var firstUnread: MessageRecord? {
    place.firstUnread(in: window, isPart: edges.hasMoreAbove)
      .map { window.messages[$0] }
  }

  /// Goes to the chat's first message: by way of all before, or, asked once more meanwhile, at once.
  func showBeginning() { climbed == nil ? climb() : leap() }

  /// What is not stored is fetched page by page and kept, though not in memory. Any other movement ends
  /// it.
  private func climb() {
    guard let chat = history.chat else { return }
    let isFresh = beginJump()
    climbed = 0
    context.start("chat.climb") { [self] in
      var outcome = Climb.goesOn
      while isFresh(), outcome == .goesOn { outcome = await climbFurther(chat, isFresh) }
      guard isFresh() else { return }
      climbed = nil
      await showFirst(isWhole: outcome == .arrived)
    }
  }

  private enum Climb { case goesOn, arrived, stuck }

  /// Fetches the next page on the way.
  private func climbFurther(_ chat: ChatID, _ isFresh: @MainActor () -> Bool) async -> Climb {
    guard history.isOnServer else { return .arrived }
    let edge = window.messages.first?.at ?? .max
    let missing = await history.nextMissing(chat, before: edge)
    guard isFresh(), let missing, let news = await history.ask(chat, .before(missing.moment)),
      isFresh()
    else { return .stuck }
    climbed = (climbed ?? 0) + news.older
    context.onChange()
    return news.older > 0 || missing.isGap ? .goesOn : .arrived
  }

  /// Leaves out what is not stored before.
  private func leap() {
    guard let chat = history.chat else { return }
    let isFresh = beginJump()
    edges.past.isLoading = true
    context.start("chat.leap") { [self] in
      let news = await history.ask(chat, .after(0))
      guard isFresh() else { return }
      edges.past.isLoading = false
      await showFirst(isWhole: news.map { $0.newer > 0 } ?? false)
    }
  }

  /// Shows the first message that is stored.
  ///
  /// - Parameter isWhole: whether it is the chat's first one.
  private func showFirst(isWhole: Bool) async {
    guard let chat = history.chat else { return }
    let isFresh = stay()
    let first = await history.first(chat)
    guard isFresh(), let first else { return }
    place.go(to: .message(first.place))
    await read()
    guard isFresh() else { return }
    edges.past = WindowEdges.Edge(isLast: isWhole, isMissing: !isWhole)
    context.onChange()
  }

  /// Another movement ends the way to the beginning.
  func stopClimbing() {
    if climbed != nil { _ = beginJump() }
  }

  /// There is nothing before the window, on the server neither.
  func endPast() { edges.past.isLast = true }
}
