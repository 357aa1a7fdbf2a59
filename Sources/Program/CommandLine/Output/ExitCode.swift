import Domain

/// What the program says to a script when it ends.
enum ExitCode: Int32 {
  case done = 0
  case failed = 1
  case usage = 2
  /// Not signed in, or the server refused the credentials.
  case credentials = 3
  /// Refused by the server or by a local safety rule.
  case refused = 4
  /// A swap was sent and no answer came.
  case outcomeUnknown = 5
  case noConnection = 6

  init(_ kind: UserError.Kind) {
    self =
      switch kind {
      case .failed: .failed
      case .usage: .usage
      case .credentials: .credentials
      case .refused: .refused
      case .outcomeUnknown: .outcomeUnknown
      case .noConnection: .noConnection
      }
  }
}
