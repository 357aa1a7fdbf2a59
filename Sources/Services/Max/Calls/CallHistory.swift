import Accounts
import Clocks
import Domain
import OneMe
import Storage

/// The calls that the server keeps: they are asked for after a login, and merged into the log.
actor CallHistory {
  private let session: OneMeSession
  private let inbox: MaxInbox
  private let rings: RingingCalls
  private let environment: AccountEnvironment
  /// The question that is on its way.
  private var question: Task<UserError?, Never>?

  init(
    _ session: OneMeSession, inbox: MaxInbox, rings: RingingCalls, environment: AccountEnvironment
  ) {
    self.session = session
    self.inbox = inbox
    self.rings = rings
    self.environment = environment
  }

  /// Asks in the background which calls the server has kept since it was asked last.
  ///
  /// - Returns: what ends with nil, or with the reason why there is no answer.
  @discardableResult
  func ask() -> Task<UserError?, Never> {
    if let question { return question }
    let question = Task {
      var problem: UserError?
      do throws(OneMeError) {
        try await fetch()
      } catch {
        environment.log("MAX calls: \(error.message)")
        problem = UserError(error)
      }
      self.question = nil
      return problem
    }
    self.question = question
    return question
  }

  func stop() { question?.cancel() }

  private func fetch() async throws(OneMeError) {
    let stored = await environment.storing { store in try await store.settings.value(.callCursor) }
    let cursor = (stored ?? nil).flatMap { Int64($0) } ?? 0
    let history = try await session.online().callHistory(since: cursor)
    // A first answer tells everything that the server keeps, which is not all that rang here.
    await merge(
      history.calls, replacing: history.isReset && cursor > 0, cursor: history.cursor)
  }

  /// Entries came or went on another device.
  func apply(_ change: CallHistoryChange) async {
    guard change.isRemoval else { return await merge(change.calls) }
    let ids = change.calls.map(\.callId)
    await environment.storing { store in try await store.calls.remove(ids) }
    environment.changes.send(.callLog(changed: [], removed: ids))
  }

  private func merge(
    _ entries: [CallLogEntry], replacing: Bool = false, cursor: Int64? = nil
  ) async {
    let known = inbox.people.records
    await inbox.learnNames(entries.flatMap { known.people(in: $0) })
    let records = inbox.people.records
    var calls = entries.map(records.call)
    for (index, entry) in entries.enumerated() {
      calls[index].groupName = await environment.groupName(of: entry.chatId)
    }
    // What rings is over by now; whoever watches is to hear of that.
    for call in calls { await rings.end(by: call) }
    let news = await environment.storing { [calls] store in
      try await store.calls.merge(calls, of: .max, replacing: replacing, cursor: cursor)
    }
    guard let news, news != CallNews() else { return }
    environment.changes.send(.callLog(changed: news.changed, removed: news.removed))
  }
}

extension MaxRecords {
  /// A call as the server remembers it.
  func call(_ entry: CallLogEntry) -> Storage.CallRecord {
    let isOwn = entry.callerId != nil && entry.callerId == ownId
    let callee = isOwn ? partner(in: entry) : nil
    let duration = entry.duration.map(\.milliseconds).flatMap { $0 > 0 ? $0 : nil }
    let state: Storage.CallRecord.State =
      switch entry.outcome {
      case "REJECTED", "BUSY": .declined
      case "HUNGUP": .ended
      // Nobody has missed a call of one's own.
      default: duration != nil || isOwn ? .ended : .missed
      }
    return Storage.CallRecord(
      service: .max, conversationId: entry.callId,
      callerId: entry.callerId.map { String($0) } ?? "",
      callerName: entry.callerId.flatMap { names[$0] } ?? entry.name,
      calleeId: callee.map { String($0) } ?? (isOwn ? "" : nil),
      calleeName: callee.flatMap { names[$0] } ?? (isOwn ? entry.name : nil),
      kind: entry.isVideo ? .video : .audio, at: entry.time, state: state, duration: duration,
      endedAt: entry.time.plus(duration ?? 0))
  }

  /// Whose names an entry needs.
  func people(in entry: CallLogEntry) -> [Int64] {
    [entry.callerId, partner(in: entry)].compactMap(\.self)
  }

  /// Who is at the other end of a dialog; nil in a group.
  private func partner(in entry: CallLogEntry) -> Int64? {
    guard let ownId, let chat = entry.chatId, chat > 0 else { return nil }
    return chat ^ ownId
  }
}
