import Phrases
import ScreenState
import Storage

extension Command {
  static let nextPane = Command(
    name: "pane.next", keys: [.tab], title: .commandNextPane, hint: .hintPane,
    places: [.everywhere], group: .groupEverywhere
  ) { $0.panes.move(by: 1) }

  static let previousPane = Command(
    name: "pane.previous", keys: [.backTab], title: .commandPreviousPane,
    places: [.everywhere], group: .groupEverywhere
  ) { $0.panes.move(by: -1) }

  static let showView1 = view(1, .chats, .commandViewChats)
  static let showView2 = view(2, .conversation, .commandViewConversation)
  static let showView3 = view(3, .balances, .commandViewDesk)
  static let showView4 = view(4, .calls, .commandViewCalls)

  private static func view(_ number: Int, _ pane: PaneID, _ title: Phrase) -> Command {
    Command(
      name: "view.\(number)", keys: [.character(Character(String(number)))], title: title,
      places: [.everywhere], group: .groupEverywhere
    ) { $0.focus(pane) }
  }

  static let nextAttention = Command(
    name: "attention.next", keys: [.control("n")], title: .commandNextAttention,
    places: [.everywhere], group: .groupEverywhere,
    disabledReason: { $0.attention.isEmpty ? Phrase.nothingNeedsYou.text : nil }
  ) { AttentionList($0).showNext() }

  static let signIn = Command(
    name: "sign-in", keys: [.character("S")], title: .commandSignIn, places: [.everywhere],
    group: .groupEverywhere, cli: "tercet login SERVICE"
  ) { $0.signIns.openWizard() }

  static let retry = Command(
    name: "retry", keys: [.character("R")], title: .commandRetry,
    places: [.everywhere, .messages], group: .groupEverywhere, cli: "tercet status",
    yieldsToText: true, disabledReason: { $0.messageActions.retryDisabledReason }
  ) { $0.messageActions.retry() }

  static let dismiss = Command(
    name: "notice.dismiss", keys: [.character("x")], title: .commandDismiss,
    places: [.everywhere], group: .groupEverywhere,
    disabledReason: { $0.context.notices.state.isEmpty ? Phrase.nothingToDismiss.text : nil }
  ) { _ = $0.context.notices.dismiss() }

  package static let help = Command(
    name: "help", keys: [.character("?"), .function(1)], title: .commandHelp, hint: .hintHelp,
    places: [.everywhere], group: .groupEverywhere, cli: "tercet --help"
  ) { $0.dialogs.show(.help(scroll: 0)) }

  package static let redraw = Command(
    name: "screen.redraw", keys: [.control("l")], title: .commandRedraw, places: [.everywhere],
    group: .groupEverywhere
  ) { $0.redraw() }

  package static let quit = Command(
    name: "quit", keys: [.character("q"), .control("c")], title: .commandQuit, hint: .hintQuit,
    places: [.everywhere], group: .groupEverywhere
  ) { $0.quit() }
}
