import Glibc

/// The signals that end a program unless it says otherwise.
///
/// A rescue is made before the end that the signal stands for. It may only make calls that POSIX
/// lists as safe in a signal handler.
enum EndingSignals {
  /// All that can be caught, and those for real time.
  static let all: [Int32] =
    [
      SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV,
      SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO,
      SIGPWR, SIGSYS,
    ] + Array(34...64)

  // Written while no handler is there, read by handlers.
  nonisolated(unsafe) private static var rescue: () -> Void = {}
  // What to do after the rescue: the handlers from before, for a backtrace if there is one.
  nonisolated(unsafe) private static var earlier: [sigaction] = Array(
    repeating: sigaction(), count: 65)

  /// Has `rescue` made before one of the signals ends the program. One that is ignored stays so.
  static func watch(_ rescue: @escaping () -> Void) {
    self.rescue = rescue
    for signal in all {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { signal in
        EndingSignals.rescue()
        sigaction(signal, &EndingSignals.earlier[Int(signal)], nil)
        // Blocked until this handler returns, then the end the signal stands for.
        raise(signal)
      }
      action.sa_flags = Int32(SA_ONSTACK) | Int32(SA_RESTART)
      sigaction(signal, nil, &earlier[Int(signal)])
      if isIgnored(earlier[Int(signal)]) { continue }
      // No crash: Swift's runtime would write a report of one, and ask what to do with it.
      if signal == SIGQUIT { earlier[Int(signal)] = sigaction() }
      sigaction(signal, &action, nil)
    }
  }

  /// Has the signals mean what they meant before.
  static func unwatch() {
    for signal in all where !isIgnored(earlier[Int(signal)]) {
      sigaction(signal, &earlier[Int(signal)], nil)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // The handler is a pointer to a function; 1 stands for ignoring.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
