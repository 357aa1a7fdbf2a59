extension ScreenLayout {
  /// How long the picture of this state stays true by itself: until a countdown, an age or the
  /// clock shows another number, or something is taken back.
  ///
  /// What moves by the second makes it a second; otherwise nothing changes before the minute does,
  /// and an idle console sleeps until then.
  package var nextChange: Duration {
    let step: Int64 = isCounting ? 1000 : 60_000
    let aging = step - (state.now % step + step) % step
    let expiry = state.nextExpiry.map { max(1, $0 - state.uptime) }
    return .milliseconds(min(aging, expiry ?? aging))
  }

  /// Something on the screen changes every second.
  private var isCounting: Bool {
    if state.ring != nil { return true }
    switch state.dialog {
    case .ticket(let ticket):
      if case .review = ticket.stage { return true }
    case .wizard: return false
    default: break
    }
    let isWaiting = state.status.entries.contains { entry in
      if case .waiting = entry.state { true } else { false }
    }
    let hasYoungOrder = state.orders.rows.contains {
      $0.isOpen && $0.filledOut == nil && state.now - $0.createdAt < 60_000
    }
    return isWaiting || hasYoungOrder || state.balances.isAging(at: state.now)
  }
}
