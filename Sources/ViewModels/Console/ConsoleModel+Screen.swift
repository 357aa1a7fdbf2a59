import Domain
import ScreenState

extension ConsoleModel {
  /// Everything the screen shows now. Asking for it changes nothing but what is kept ready for the next
  /// time.
  package var screen: ScreenState {
    screensBuilt += 1
    if case .system = context.zone { LocalTime.followZone() }
    var screen = ScreenState(now: context.now, zone: context.zone)
    screen.uptime = context.uptime
    screen.status = status.state
    screen.chats = chats.state
    screen.conversation = conversation.state
    screen.conversation?.composer = composer.state
    screen.calls = calls.state
    screen.balances = market.state
    screen.orders = exchange.orders.state
    screen.ring = calls.ring(hints: hints(at: [.ring]))
    screen.dialog = dialogState
    screen.notices = context.notices.state
    screen.focus = focusedPane
    screen.hints = screen.dialog?.hints ?? commandHints
    screen.attention = attention.count
    screen.nextExpiry = nextExpiry
    return screen
  }

  /// What the terminal's size left out of sight of the picture that was drawn last.
  package func see(_ sight: ScrollLimits) { context.scrollLimits = sight }

  /// A dialog's state with the keys of the commands that work in it now.
  private func hinted<State>(_ state: State, _ place: WritableKeyPath<State, [Hint]>) -> State {
    var state = state
    state[keyPath: place] = commandHints
    return state
  }

  private var dialogState: DialogState? {
    switch dialog {
    case .wizard(let wizard): .wizard(wizard.state)
    case .ticket(let ticket):
      .ticket(hinted(ticket.state, \.hints))
    case .help(let scroll): .help(help(scroll: scroll))
    case .form(let form): .form(form.state)
    case .search(let search): .search(search.state)
    case .palette(let palette): .palette(palette.state)
    case .choice(let choice): .choice(choice.state)
    case .identity(let fingerprints):
      .identity(hinted(fingerprints.state, \.hints))
    case .group(let group):
      .group(hinted(group.state, \.hints))
    case .line(let check):
      .line(hinted(check.state, \.hints))
    case .devices(let devices):
      .devices(hinted(devices.state, \.hints))
    case .order(let id):
      exchange.orders.order(id).map { order in
        var row = exchange.orders.row(order)
        row.result = market.worth.result(of: order)
        return .order(row)
      }
    case .call(let id): calls.row(of: id).map { .call($0) }
    case nil: nil
    }
  }

  /// When something is taken back though nothing happens, in ms of uptime: a notice, a typing mark, the
  /// flash of a number, a step of the wizard's countdown.
  private var nextExpiry: Int64? {
    let now = context.uptime
    var expiries = [
      context.notices.nextExpiry, chats.nextExpiry, market.nextExpiry, ticket?.armsAt,
    ]
    if case .wizard(let wizard)? = dialog, wizard.countdown != nil {
      expiries.append(now + 1000 - now % 1000)
    }
    return expiries.compactMap(\.self).min()
  }
}
