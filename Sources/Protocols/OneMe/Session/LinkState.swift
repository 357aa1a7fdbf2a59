import Cryptography

/// How a session stands with its server.
public enum LinkState: Sendable, Equatable {
  /// The first attempt since the line was last up is 1.
  case connecting(attempt: Int)
  /// Logged in; the round trip is that of the newest ping.
  case online(roundTrip: Duration?)
  /// Tries again at `until` on the uptime clock, because of `reason`.
  case waiting(until: Duration, reason: OneMeError)
  /// Does nothing until it is started again: for `reason`, or because it was told to.
  case stopped(reason: OneMeError?)
}

/// What a session tells.
public enum OneMeSessionEvent: Sendable, Equatable {
  case state(LinkState)
  /// The answer to a login, after every connect: merge it.
  case snapshot(Snapshot)
  case event(OneMeEvent)
  /// The text form of the protocol is refused, and the binary one is spoken: remember that.
  case fellBack
  /// The login token changed: keep the new one instead.
  case tokenReplaced(Secret)
}
