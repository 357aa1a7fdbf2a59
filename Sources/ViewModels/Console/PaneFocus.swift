import ScreenState

/// Which pane has the keys.
@MainActor
final class PaneFocus {
  private(set) var focused: PaneID = .chats
  /// What they do there.
  var keys = KeyState()
  /// Whether the terminal has the focus; nil where it does not tell.
  private(set) var isTerminalFocused: Bool?
  private let context: ModelContext
  private let conversation: ConversationModel

  init(_ context: ModelContext, conversation: ConversationModel) {
    self.context = context
    self.conversation = conversation
  }

  /// Gives the keys to a pane; in the conversation they go to what is written at its foot.
  func move(to pane: PaneID) {
    focused = pane
    conversation.setAmongMessages(false)
    lookAtConversation()
    context.onChange()
  }

  /// The terminal has got the focus or lost it: what comes while it has not is not read.
  func setTerminalFocused(_ isFocused: Bool?) {
    isTerminalFocused = isFocused
    lookAtConversation()
  }

  private func lookAtConversation() {
    conversation.setFocused(focused == .conversation && isTerminalFocused != false)
  }

  /// Goes on by some panes; the conversation is among them while a chat is open.
  func move(by step: Int) {
    let panes = PaneID.allCases.filter { $0 != .conversation || conversation.chat != nil }
    let index = panes.firstIndex(of: focused) ?? 0
    move(to: panes[(index + step + panes.count) % panes.count])
  }

  /// The pane that is looked at as if it had the keys; nil for the one that has them.
  @TaskLocal private static var supposed: PaneID?

  /// The pane that commands act in.
  var atHand: PaneID { Self.supposed ?? focused }

  /// Looks at something as if one of these panes had the keys.
  func supposing<Result>(oneOf panes: Set<PaneID>, _ look: () -> Result) -> Result {
    if panes.contains(focused) { return look() }
    let pane = PaneID.allCases.first(where: panes.contains)
    return Self.$supposed.withValue(pane, operation: look)
  }
}
