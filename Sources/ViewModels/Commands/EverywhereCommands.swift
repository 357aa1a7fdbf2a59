import Phrases
import ScreenState
import Storage

// What keys do wherever one is: going to panes, moving in them, finding things.
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

  /// The key that leads to a pane.
  static func view(of pane: PaneID) -> Command? {
    switch pane {
    case .chats: showView1
    case .conversation: showView2
    case .balances, .orders: showView3
    case .calls: showView4
    }
  }

  private static func view(_ number: Int, _ pane: PaneID, _ title: Phrase) -> Command {
    Command(
      name: "view.\(number)", keys: [.character(Character(String(number)))], title: title,
      places: [.everywhere], group: .groupEverywhere
    ) { $0.focus(pane) }
  }

  static let nextAttention = Command(
    name: "attention.next", keys: [.control("n")], title: .commandNextAttention,
    places: [.everywhere], group: .groupEverywhere,
    disabledReason: { AttentionList($0).count == 0 ? Phrase.nothingNeedsYou.text : nil }
  ) { AttentionList($0).showNext() }

  static let signIn = Command(
    name: "sign-in", keys: [.character("S")], title: .commandSignIn, places: [.everywhere],
    group: .groupEverywhere, cli: "tercet login SERVICE"
  ) { $0.signIns.openWizard() }

  static let settings = Command(
    name: "settings", keys: [.character(",")], title: .commandSettings, places: [.everywhere],
    group: .groupEverywhere
  ) { $0.showSettings() }

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
    places: [.everywhere, .messages], group: .groupEverywhere, cli: "tercet --help"
  ) { $0.dialogs.showHelp(from: HelpContents($0).origin) }

  static let tour = Command(
    name: "tour", keys: [.function(2)], title: .commandTour, places: [.everywhere],
    group: .groupEverywhere
  ) { $0.toggleTour() }

  package static let redraw = Command(
    name: "screen.redraw", keys: [.control("l")], title: .commandRedraw, places: [.everywhere],
    group: .groupEverywhere
  ) { $0.redraw() }

  package static let quit = Command(
    name: "quit", keys: [.character("q"), .control("c")], title: .commandQuit, hint: .hintQuit,
    places: [.everywhere], group: .groupEverywhere
  ) { $0.quit() }

  package static let search = Command(
    name: "search.open", keys: [.character("/"), .control("f")], title: .commandSearch,
    hint: .hintSearch,
    places: [.everywhere], group: .groupEverywhere, cli: "tercet search QUERY",
    disabledReason: { $0.searchActions.searchDisabledReason }
  ) { $0.searchActions.openSearch() }

  static let palette = Command(
    name: "palette.open", keys: [.control("p")], title: .commandPalette, hint: .hintPalette,
    places: [.everywhere], group: .groupEverywhere
  ) { $0.searchActions.openPalette() }

  /// Moving in the list or conversation that has the keys.
  static let movement: [Command] = [
    move("up", [.up, .character("k")], .commandUp, .by(-1)),
    move("down", [.down, .character("j")], .commandDown, .by(1)),
    move("page-up", [.pageUp], .commandPageUp, .by(-10)),
    move("page-down", [.pageDown], .commandPageDown, .by(10)),
    move("first", [.home, .character("g")], .commandFirst, .first),
    move("last", [.end, .character("G")], .commandLast, .last),
  ]

  private static func move(
    _ name: String, _ keys: [Key], _ title: Phrase, _ step: Selection.Step
  ) -> Command {
    Command(
      name: "move.\(name)", keys: keys, title: title, places: [.everywhere], group: .groupLists
    ) { $0.move(step) }
  }
}
