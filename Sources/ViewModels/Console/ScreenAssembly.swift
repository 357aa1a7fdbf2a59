import Domain
import ScreenState

/// Everything the screen shows, put together from the models' states. It changes nothing but what the
/// models keep ready for the next time.
@MainActor
struct ScreenAssembly {
  private let console: ConsoleModel
  private let hints: KeyHints
  private let rows: Int

  /// - Parameter rows: of the terminal; nothing that it has no room for is put together.
  init(_ console: ConsoleModel, rows: Int) {
    self.console = console
    self.rows = rows
    hints = KeyHints(console)
  }

  /// Everything.
  var state: ScreenState {
    if case .system = console.context.zone { LocalTime.followZone() }
    var screen = ScreenState(now: console.context.now, zone: console.context.zone)
    for pane in PaneID.allCases { fill(pane, in: &screen) }
    screen.status = console.status.state
    finish(&screen)
    return screen
  }

  /// The same with panes as they were shown last where the keys are not.
  func state(answering shown: ScreenState) -> ScreenState {
    var screen = shown
    (screen.now, screen.zone) = (console.context.now, console.context.zone)
    fill(console.panes.focused, in: &screen)
    finish(&screen)
    return screen
  }

  private func fill(_ pane: PaneID, in screen: inout ScreenState) {
    switch pane {
    case .chats: screen.chats = console.chats.state(rows: rows)
    case .conversation:
      screen.conversation = console.conversation.state(rows: rows)
      screen.conversation?.composer = console.composer.state
    case .calls: screen.calls = console.calls.state(rows: rows)
    case .balances: screen.balances = console.exchange.market.state
    case .orders: screen.orders = console.exchange.orders.state(rows: rows)
    }
  }

  /// What lies over the panes and around them.
  private func finish(_ screen: inout ScreenState) {
    let context = console.context
    screen.uptime = context.uptime
    screen.ring = console.calls.ring(hints: hints.hints(at: [.ring]))
    screen.dialog = dialog
    screen.notices = context.notices.state
    if screen.notices.isEmpty, let tour = console.dialogs.tour { screen.notices = [tour.notice] }
    screen.focus = console.panes.focused
    screen.hints = screen.dialog?.hints.map { $0 + [hints.help] } ?? hints.now
    screen.attention = AttentionList(console).count
    screen.nextExpiry = nextExpiry
  }

  /// A dialog's state with the keys of the commands that work in it now.
  private func hinted<State>(_ state: State, _ place: WritableKeyPath<State, [Hint]>) -> State {
    var state = state
    state[keyPath: place] = hints.now
    return state
  }

  /// What lies over the panes.
  var dialog: DialogState? {
    switch console.dialogs.shown {
    case .wizard(let wizard): .wizard(wizard.state)
    case .ticket(let ticket):
      .ticket(hinted(ticket.state, \.hints))
    case .help(let help): .help(HelpContents(console).state(of: help))
    case .form(let form): .form(form.state)
    case .search(let search): .search(search.state)
    case .palette(let palette): .palette(palette.state(rows: rows))
    case .choice(let choice): .choice(choice.state)
    case .identity(let fingerprints):
      .identity(hinted(fingerprints.state, \.hints))
    case .group(let group):
      .group(hinted(group.state, \.hints))
    case .line(let check):
      .line(hinted(check.state, \.hints))
    case .devices(let devices):
      .devices(hinted(devices.state, \.hints))
    case .settings(let settings): .settings(settings.state)
    case .people(let people): .people(people.state(rows: rows))
    case .chart(let chart): .chart(hinted(chart.state, \.hints))
    case .picture(let picture): .picture(hinted(picture.state, \.hints))
    case .order(let id):
      console.exchange.orders.order(id).map { order in
        var row = console.exchange.orders.row(order)
        row.result = console.exchange.market.worth.result(of: order)
        return .order(row)
      }
    case .call(let id): console.calls.row(of: id).map { .call($0) }
    case nil: nil
    }
  }

  /// When something is taken back though nothing happens, in ms of uptime: a notice, a typing mark, the
  /// flash of a number, a step of the wizard's countdown.
  private var nextExpiry: Int64? {
    let now = console.context.uptime
    var expiries = [
      console.context.notices.nextExpiry, console.chats.nextExpiry,
      console.exchange.market.nextExpiry, console.dialogs.ticket?.armsAt,
    ]
    if case .wizard(let wizard)? = console.dialogs.shown, wizard.countdown != nil {
      expiries.append(now + 1000 - now % 1000)
    }
    return expiries.compactMap(\.self).min()
  }
}
