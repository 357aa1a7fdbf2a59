import Accounts
import Domain
import Storage

/// The open chat, and what there is of it: what is stored, and what its server tells when it is asked.
@MainActor
final class ChatHistory {
  /// Messages read from the store or the server at a time.
  static let page = 80

  /// The key of the open chat; nil when none is.
  private(set) var chat: ChatID?
  /// Why the server does not tell of this chat; nil where it does.
  private(set) var refusal: String?
  private let context: ModelContext
  private let chats: ChatListModel
  private let status: StatusModel

  init(_ context: ModelContext, chats: ChatListModel, status: StatusModel) {
    self.context = context
    self.chats = chats
    self.status = status
  }

  func open(_ chat: ChatID) {
    self.chat = chat
    refusal = nil
  }

  func close() { chat = nil }

  /// The chat as the list knows it.
  var record: ChatRecord? { chat.flatMap { chats.chat($0) } }

  // MARK: The server

  /// Whether the chat's server keeps its history.
  var isOnServer: Bool { status.can(.history, record?.service) }

  /// Whether a server can be asked for what is not stored.
  var canAskServer: Bool {
    isOnServer && record.map { status.state($0.service) } == .online
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

  // MARK: The store

  /// What is stored on both sides of a place.
  func surroundings(
    _ chat: ChatID, of place: MessagePlace
  ) async -> (before: MessageStretch, after: MessageStretch)? {
    await context.hub.environment.storing { store in
      try await store.messages.surroundings(chat, of: place, limit: ChatHistory.page)
    }
  }

  /// Whether something may be missing around a place: what stands there without a break needs no server.
  func isTorn(_ chat: ChatID, around place: MessagePlace) async -> Bool {
    let stored = await context.hub.environment.storing { store in
      try await store.messages.surroundings(chat, of: place, limit: ChatHistory.page / 2)
    }
    guard let (before, after) = stored else { return false }
    return before.hole != nil || after.hole != nil || before.messages.isEmpty
  }

  func stretch(_ chat: ChatID, before place: MessagePlace) async -> MessageStretch? {
    await context.hub.environment.storing { store in
      try await store.messages.stretch(chat, before: place, limit: ChatHistory.page)
    }
  }

  func stretch(_ chat: ChatID, after place: MessagePlace) async -> MessageStretch? {
    await context.hub.environment.storing { store in
      try await store.messages.stretch(chat, after: place, limit: ChatHistory.page)
    }
  }

  /// The first message that is stored.
  func first(_ chat: ChatID) async -> MessageRecord? {
    let stored = await context.hub.environment.storing { store in
      try await store.messages.stretch(chat, after: MessagePlace(at: .min), limit: 1)
        .messages.first
    }
    return stored ?? nil
  }

  /// The last gap in what is stored; nil when there is none.
  func lastGap(_ chat: ChatID) async -> HistoryGap? {
    let gap = await context.hub.environment.storing { store in
      try await store.messages.hole(chat, before: .max)
    }
    return gap ?? nil
  }

  /// Up to which moment (wall ms) to ask for what is missing next on the way to the chat's beginning.
  ///
  /// - Parameter edge: wall ms from which on all is here.
  func nextMissing(
    _ chat: ChatID, before edge: Int64
  ) async -> (moment: Int64, isGap: Bool)? {
    let stored = await context.hub.environment.storing { store in
      (
        try await store.messages.hole(chat, before: edge),
        try await store.messages.firstMoment(chat)
      )
    }
    guard let (gap, first) = stored, let moment = gap?.finish ?? first else { return nil }
    return (moment, gap != nil)
  }

  /// How many messages are stored after a place, and whether some are missing there.
  func rest(
    _ chat: ChatID, after place: MessagePlace
  ) async -> (count: Int, isTorn: Bool)? {
    let found = await context.hub.environment.storing { store in
      (
        try await store.messages.count(chat, after: place, limit: 100_000),
        try await store.messages.hole(chat, before: .max)
      )
    }
    return found.map { count, gap in (count, gap.map { $0.finish > place.at } ?? false) }
  }

  /// Where no mark was told, the unread messages are the newest ones of others: the mark before them.
  func mark(_ chat: ChatID, beforeNewest count: Int) async -> Int64 {
    let moment = await context.hub.environment.storing { store in
      try await store.messages.moment(ofOthers: count, chat)
    }
    return (moment ?? nil).map { $0 - 1 } ?? 0
  }
}

extension HistoryPart {
  /// Whether one side is wanted.
  fileprivate var isPage: Bool { if case .around = self { false } else { true } }
}
