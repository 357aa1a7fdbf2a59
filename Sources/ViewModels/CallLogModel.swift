import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The call log and the call that rings.
@MainActor
package final class CallLogModel {
  private var calls: [CallRecord] = [] {
    didSet {
      let rang = ringing?.id
      ringing = calls.last { $0.state == .ringing }
      if let ringing, ringing.id != rang { rangAt = context.uptime }
      missed = calls.count { $0.state == .missed }
      rows.forget()
    }
  }
  private var rows = KeptRows<CallRow>()
  /// The call that has rung longest, if one rings.
  private(set) var ringing: CallRecord?
  /// When it began to be shown, in ms of uptime.
  private(set) var rangAt: Int64 = 0
  private var missed = 0
  private var selection = Selection()
  package let bell: BellModel
  private let context: ModelContext
  private let status: StatusModel

  static let limit = 500

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
    bell = BellModel(context)
  }

  /// What a screen of so many rows can show of it.
  func state(rows reach: Int) -> CallsState {
    var state = CallsState()
    state.selection = selection.index(in: ids)
    state.rows = rows.rows(of: calls.count, around: state.selection, reach: reach) {
      row(calls[$0])
    }
    state.missed = missed
    state.freshness = status.freshness(with: .calling, changedAt: calls.first?.at)
    return state
  }

  private var ids: some RandomAccessCollection<String> { calls.lazy.map(\.id) }

  var selected: CallRow? { selection.index(in: ids).map { row(calls[$0]) } }

  func row(of id: String) -> CallRow? { calls.first { $0.id == id }.map(row) }

  func ring(hints: [Hint]) -> RingingCallState? {
    ringing.map {
      RingingCallState(call: row($0), service: $0.service.title, isSilent: !bell.isOn, hints: hints)
    }
  }

  func load() async {
    await bell.load()
    let stored = await context.hub.environment.storing { store in
      try await store.calls.recent(limit: CallLogModel.limit)
    }
    show(stored ?? calls)
    if ringing != nil { bell.start() }
  }

  /// Shows these calls and no others.
  func show(_ stored: [CallRecord]) {
    calls = stored
    context.onChange()
  }

  func receive(_ call: CallRecord) {
    if calls.contains(where: { $0.id == call.id && $0.state == .ringing }) { tellEnd(of: call) }
    keep([call])
    if ringing == nil { bell.stop() } else if call.state == .ringing { bell.start() }
    context.onChange()
  }

  /// Says what became of a call that rang, wherever that was done.
  private func tellEnd(of call: CallRecord) {
    let words: Phrase? =
      switch call.state {
      case .ringing: nil
      case .ended: .answeredCall
      case .declined: .declinedCall
      case .missed: .missedCall
      case .ignored: .ignoredCall
      }
    guard let words else { return }
    let row = row(call)
    let name =
      row.group.map { Phrase.callOfIn.with(row.caller, $0) } ?? Phrase.callOf.with(row.caller)
    context.notices.show(NoticeText(.info, words.with(name)))
  }

  /// What the server's history brought.
  func apply(changed: [CallRecord], removed: [String]) {
    calls.removeAll { removed.contains($0.id) }
    keep(changed)
    context.onChange()
  }

  private func keep(_ news: [CallRecord]) {
    let ids = Set(news.map(\.id))
    var all = news + calls.filter { !ids.contains($0.id) }
    all.sort { ($0.at, $0.id) > ($1.at, $1.id) }
    calls = Array(all.prefix(CallLogModel.limit))
  }

  func move(_ step: Selection.Step) {
    selection.move(step, in: ids)
    context.onChange()
  }

  func select(_ id: String) {
    selection.select(id)
    context.onChange()
  }

  /// Declines the ringing call on all devices.
  func decline() {
    guard let ringing else { return }
    context.attempt("call.decline") { [context] () throws(UserError) in
      try await context.hub.run(DeclineCall(id: ringing.id)) { _ in }
    }
  }

  /// Stops the ring here; other devices ring on.
  func ignore() {
    guard let ringing else { return }
    context.attempt("call.ignore") { [context] () throws(UserError) in
      try await context.hub.run(IgnoreCall(id: ringing.id)) { _ in }
    }
  }

  /// Asks which calls the server has kept since it was asked last.
  func refresh() {
    context.attempt("calls") { [context] () throws(UserError) in
      try await context.hub.run(RefreshCalls()) { _ in }
      context.notices.show(NoticeText(.success, Phrase.callsAsked.text))
    }
  }

  func toggleBell() { bell.toggle(isNeeded: ringing != nil) }

  private func row(_ call: CallRecord) -> CallRow {
    var row = CallRow(
      id: call.id,
      caller: call.peerName ?? Phrase.person.with(call.calleeId ?? call.callerId),
      isOutgoing: call.calleeId != nil,
      isVideo: call.kind == .video, at: call.at, talk: call.duration,
      outcome: CallRow.Outcome(rawValue: call.state.rawValue) ?? .ended,
      signaling: call.signaling, stun: call.stun, turn: call.turn)
    row.group = call.groupName
    return row
  }
}
