/// How a service's line is doing.
package enum ConnectionState: Sendable, Equatable {
  /// Nobody is signed in.
  case notSetUp
  /// The line is being opened, or the login is on its way.
  case connecting
  /// Signed in, and everything the server says arrives.
  case online
  /// Down; the next attempt is due at this moment, in ms of uptime.
  case waiting(until: Int64)
  /// Stopped until a person does something; the error says why and what.
  case stopped(UserError)

  /// Whether nothing will change by waiting.
  package var isSettled: Bool {
    switch self {
    case .online, .stopped, .notSetUp: true
    case .connecting, .waiting: false
    }
  }
}
