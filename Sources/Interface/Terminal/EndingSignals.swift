import Glibc

/// The signals that end a program unless it says otherwise.
///
/// A rescue is made before the end that the signal stands for. It may only make calls that POSIX
/// lists as safe in a signal handler.
package enum EndingSignals {
  /// Those that tell a program in good order to end. It can close what it has open first.
  package static let requests: [Int32] =
    [
      SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU,
      SIGXFSZ, SIGVTALRM, SIGIO, SIGPWR,
    ] + Array(34...64)

  /// Those that a person sends again who does not want to wait for a good order. Others repeat of
  /// themselves: a shell passes the hang-up on that its programs had already.
  package static let impatient = [SIGINT, SIGQUIT, SIGTERM]

  /// Those that a crash raises: nothing is in order then, and only a rescue can be made. SIGPIPE and
  /// SIGPROF are none, but Dispatch blocks neither of them, nor SIGSYS, in its threads: a source for one
  /// of them would be interrupted by it for ever.
  private static let crashes = [
    SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGPIPE, SIGPROF,
  ]

  /// All that can be caught, and those for real time.
  static let all = requests + crashes

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
    rescue = {}
    for signal in all where !isIgnored(earlier[Int(signal)]) {
      sigaction(signal, &earlier[Int(signal)], nil)
    }
  }

  /// Whether the program takes no notice of a signal. Whoever started it like that, as `nohup` does,
  /// meant it.
  package static func isIgnored(_ number: Int32) -> Bool {
    var current = sigaction()
    sigaction(number, nil, &current)
    return isIgnored(current)
  }

  /// Ends the process as the signal would have, so that whoever sent it sees the status they expect; a
  /// rescue comes before it, as the signal itself may have been taken in another way.
  package static func end(by number: Int32) {
    rescue()
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // The handler is a pointer to a function; 1 stands for ignoring.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
