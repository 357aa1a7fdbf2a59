import Accounts
import Clocks
import Domain
import ScreenState
import Storage

/// Tells the person what happens, by the ways that `AttentionMatrix` names.
@MainActor
package final class AttentionModel {
  /// When a key was pressed last, in ms of uptime; nil before the first.
  private(set) var lastKeyAt: Int64?
  /// The newest message of each chat that was told of, in wall ms.
  private var newest: [ChatID: Int64] = [:]
  /// When something was loud last, in ms of uptime.
  private var lastLoud: Int64?
  /// What was written before is not news, in wall ms.
  private let startedAt: Int64
  /// The same in ms of uptime: whoever has started it is there.
  private let openedAt: Int64
  private let context: ModelContext
  /// Whether the terminal has the focus; nil where it does not tell.
  private let isTerminalFocused: @MainActor () -> Bool?
  private let bell: BellModel

  /// Without a key for so many ms nobody looks at a terminal that does not tell whether it has the
  /// focus.
  static let patience: Int64 = 60_000
  /// Messages are heard once in so many ms, however many come.
  static let pause: Int64 = 2000

  init(
    _ context: ModelContext, bell: BellModel,
    isTerminalFocused: @escaping @MainActor () -> Bool?
  ) {
    self.context = context
    self.isTerminalFocused = isTerminalFocused
    self.bell = bell
    startedAt = context.now
    openedAt = context.uptime
  }

  func noteKey() { lastKeyAt = context.uptime }

  /// Somebody looks at the terminal, as far as that can be known.
  var isSomebodyThere: Bool {
    if let isFocused = isTerminalFocused() { return isFocused }
    return context.uptime - (lastKeyAt ?? openedAt) < AttentionModel.patience
  }

  /// - Parameters:
  ///   - isAtIt: what it is about has the keys.
  ///   - isMuted: the chat that it is about is.
  func tell(_ event: AttentionEvent, isAtIt: Bool, isMuted: Bool = false) {
    let place = AttentionMatrix.Place(
      isThere: isSomebodyThere, isAtIt: isAtIt, isMuted: isMuted)
    let ways = AttentionMatrix.ways(for: event.kind, at: place, isQuiet: context.isQuiet)
    if ways.contains(.line) { context.notices.show(event.notice) }
    guard !ways.isDisjoint(with: [.bell, .desktop]) else { return }
    if event.kind == .message {
      if let lastLoud, context.uptime - lastLoud < AttentionModel.pause { return }
      lastLoud = context.uptime
    }
    // A call has a bell of its own, which goes on.
    if ways.contains(.bell), bell.isOn, event.kind != .call { context.program.ring() }
    if ways.contains(.desktop) { context.program.alert(event.alert) }
  }

  /// Whether a person could want to hear of a message: what was there before the console was started is
  /// old.
  func isFresh(_ message: MessageRecord) -> Bool {
    message.own ? message.status == .failed : message.at > startedAt
  }

  /// Whether there is something new in messages that have come or changed: written by others since the
  /// console was started, unread, and not told of before.
  func hasNews(_ messages: [MessageRecord], in chat: ChatRecord) -> Bool {
    let seen = max(startedAt, chat.readMark ?? 0, newest[chat.chat] ?? 0)
    let latest = messages.lazy.filter { message in
      !message.own && message.status == .received && message.kind != .system
        // A call was told of while it rang.
        && message.attachments.first?.type != "call"
    }.map(\.at).max()
    guard let latest, latest > seen else { return false }
    newest[chat.chat] = latest
    return true
  }
}
