import Glibc

/// Typing that is not shown. Whatever ends or stops the program meanwhile, the terminal shows again
/// what is typed.
package enum SilentInput {
  private struct Modes {
    var before = termios()
    var silent = termios()
  }

  // Written while no handler is there, read by handlers.
  nonisolated(unsafe) private static var modes = Modes()

  /// Does something while standard input is a terminal that does not show what is typed; nil when it
  /// is none. One at a time.
  package static func during<Result>(_ work: () -> Result) -> Result? {
    guard tcgetattr(STDIN_FILENO, &modes.before) == 0 else { return nil }
    modes.silent = modes.before
    modes.silent.c_lflag &= ~tcflag_t(ECHO)
    EndingSignals.watch { SilentInput.show() }
    watchStops()
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes.silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes.before)
      signal(SIGTSTP, SIG_DFL)
      EndingSignals.unwatch()
    }
    return work()
  }

  private static func show() { tcsetattr(STDIN_FILENO, TCSANOW, &modes.before) }

  /// The suspend key gives the terminal back until the program goes on.
  private static func watchStops() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      SilentInput.show()
      var stop = sigset_t()
      sigemptyset(&stop)
      sigaddset(&stop, number)
      signal(number, SIG_DFL)
      raise(number)
      pthread_sigmask(SIG_UNBLOCK, &stop, nil)
      // Stopped here; from here on it goes on.
      SilentInput.watchStops()
      tcsetattr(STDIN_FILENO, TCSANOW, &SilentInput.modes.silent)
    }
    action.sa_flags = Int32(SA_RESTART)
    sigaction(SIGTSTP, &action, nil)
  }
}
