import Accounts
import Domain
import Phrases
import ScreenState

/// What clicks and the wheel do: nothing that keys cannot, and nothing that cannot be undone.
@MainActor
struct MouseDispatch {
  private let console: ConsoleModel
  private let context: ModelContext
  private let dialogs: DialogModel
  private let panes: PaneFocus

  init(_ console: ConsoleModel) {
    self.console = console
    context = console.context
    dialogs = console.dialogs
    panes = console.panes
  }

  /// Nobody can have aimed at a call that has only just begun to ring, nor at what its banner moved.
  private var isSurprised: Bool {
    console.calls.ringing != nil
      && context.uptime - console.calls.rangAt < KeyDispatch.startle
  }

  // MARK: Clicks

  func click(_ target: ScreenTarget) {
    guard !isSurprised else { return }
    context.notices.forget(.key)
    switch target {
    case .key(let key): press(key)
    case .dialogRow(let step): choose(step)
    case .dialogField(let step): pressSteps(step)
    case .dialog: break
    // What lies under a dialog waits.
    case _ where dialogs.shown != nil: break
    case .pane(let pane), .view(let pane): focus(pane)
    case .composer:
      focus(.conversation)
      console.composer.begin()
    case .lamp(let service): help(service)
    case .row(let pane, let id): clickRow(id, in: pane)
    }
  }

  /// Presses the key of a word that was clicked. What sends money, and the answer to a question about
  /// what cannot be undone, is never one click away.
  private func press(_ key: Key) {
    let isGrave =
      switch dialogs.shown {
      case .ticket(let ticket): ticket.stage == .review && key == .character("C")
      case .choice(let choice): key == .enter && choice.isAboutToAct
      default: false
      }
    guard !isGrave else { return askForKey(key) }
    _ = console.press(key)
  }

  private func askForKey(_ key: Key) {
    context.notices.show(
      NoticeText(.info, Phrase.clickIsNotEnough.with(key.hintMark)), on: .key)
  }

  /// Selects a row of a dialog; the selected one does what Enter does.
  private func choose(_ step: Int) {
    guard step == 0 else { return pressSteps(step) }
    switch dialogs.shown {
    // There Enter goes on to the next page.
    case .wizard: _ = console.press(.character(" "))
    // They do nothing by themselves.
    case .group, .devices, nil: break
    default: press(.enter)
    }
  }

  private func pressSteps(_ step: Int) {
    guard dialogs.shown != nil else { return }
    for _ in 0..<min(abs(step), Self.mostSteps) { _ = console.press(step < 0 ? .up : .down) }
  }

  /// More rows are on no screen.
  private static let mostSteps = 1000

  /// Does what is harmless about a line that is not there: goes to where one signs in, tries again.
  private func help(_ service: Service) {
    switch console.status.state(service) {
    case .notSetUp: console.signIns.openWizard()
    case .waiting, .stopped: console.messageActions.retryConnections()
    case .connecting, .online: break
    }
  }

  private func focus(_ pane: PaneID) {
    if panes.focused != pane { console.focus(pane) }
  }

  private func clickRow(_ id: String, in pane: PaneID) {
    let wasFocused = panes.focused == pane
    switch pane {
    case .chats: openChat(ChatID(stored: id))
    case .conversation:
      focus(.conversation)
      console.conversation.select(id)
    case .balances:
      let wasSelected = console.exchange.market.selectedAsset.map(visibleCode) == id
      guard console.exchange.market.select(shown: id) else { return }
      enter(.balances, if: wasFocused && wasSelected)
    case .orders:
      let wasSelected = console.exchange.orders.selected?.id == id
      guard console.exchange.orders.order(id) != nil else { return }
      console.exchange.orders.select(id)
      enter(.orders, if: wasFocused && wasSelected)
    case .calls:
      let wasSelected = console.calls.selected?.id == id
      guard console.calls.row(of: id) != nil else { return }
      console.calls.select(id)
      enter(.calls, if: wasFocused && wasSelected)
    }
  }

  private func enter(_ pane: PaneID, if isSecond: Bool) {
    focus(pane)
    if isSecond { _ = console.press(.enter) }
  }

  /// One that is open stays as it is read.
  private func openChat(_ key: ChatID) {
    guard console.chats.chat(key) != nil else { return }
    console.chats.select(key)
    if console.conversation.chat == key { return focus(.conversation) }
    console.chatActions.openSelected()
  }

  // MARK: The wheel

  /// Moves what is under the pointer, whatever has the keys.
  func turn(_ target: ScreenTarget, by lines: Int) {
    guard !isSurprised else { return }
    switch target {
    case .dialog, .dialogRow, .dialogField: turnDialog(by: lines)
    case _ where dialogs.shown != nil: break
    case .pane(let pane), .row(let pane, _): turn(pane, by: lines)
    case .composer: turn(.conversation, by: lines)
    case .key, .view, .lamp: break
    }
  }

  private func turn(_ pane: PaneID, by lines: Int) {
    switch pane {
    case .chats: console.chats.move(.by(lines))
    case .conversation: console.conversation.turn(by: lines)
    case .balances: console.exchange.market.move(.by(lines))
    case .orders: console.exchange.orders.move(.by(lines))
    case .calls: console.calls.move(.by(lines))
    }
  }

  private func turnDialog(by lines: Int) {
    switch dialogs.shown {
    case .search, .palette, .people: pressSteps(lines)
    case .choice(let choice) where choice.isList: pressSteps(lines)
    default:
      if !dialogs.scroll(.by(lines)) { dialogs.scrollPage(by: lines) }
    }
  }
}
