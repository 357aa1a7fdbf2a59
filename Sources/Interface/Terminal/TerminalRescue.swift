import CNcurses
import Glibc

/// Gives the terminal back when the program dies without saying so.
///
/// A signal handler may only touch what was prepared before: the bytes that reset the screen, the
/// modes the terminal had, and the file that caught what was printed meanwhile. Only calls that
/// POSIX lists as safe in a signal handler are made.
enum TerminalRescue {
  private struct Plan {
    var isArmed = false
    var modes = termios()
    var reset: UnsafeMutablePointer<UInt8>?
    var resetLength = 0
    /// The terminal behind standard error, and the file that stands in for it; -1 for none.
    var realError: Int32 = -1
    var caughtError: Int32 = -1
  }

  private static let fatalSignals = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT]

  // Written on the main actor while no handler is armed, read by handlers and at exit.
  nonisolated(unsafe) private static var plan = Plan()
  // What to do after the rescue: the handlers from before, for a backtrace if there is one.
  nonisolated(unsafe) private static var earlier: [sigaction] = Array(
    repeating: sigaction(), count: 65)

  /// Remembers what to do, and watches for crashes from now on. Once per process.
  @MainActor static func prepare(modes: termios, reset: [UInt8]) {
    guard plan.reset == nil else { return }
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, reset.count))
    bytes.initialize(from: reset, count: reset.count)
    plan.modes = modes
    plan.reset = bytes
    plan.resetLength = reset.count
    watch()
  }

  /// The screen is taken: a crash gives it back.
  ///
  /// Standard error, when it is a terminal too, goes to a file in memory until `disarm()`: a
  /// message in the middle of the screen would spoil it and then be lost with it.
  @MainActor static func arm() {
    catchErrors()
    plan.isArmed = true
  }

  /// The screen was closed in good order: prints what standard error said meanwhile.
  @MainActor static func disarm() {
    plan.isArmed = false
    releaseErrors()
  }

  @MainActor private static func watch() {
    atexit { TerminalRescue.restore() }
    for signal in fatalSignals {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { signal in
        TerminalRescue.restore()
        sigaction(signal, &TerminalRescue.earlier[Int(signal)], nil)
        // Blocked until this handler returns, then the end the signal stands for.
        raise(signal)
      }
      action.sa_flags = Int32(SA_ONSTACK)
      sigaction(signal, &action, &earlier[Int(signal)])
    }
  }

  /// Resets the screen and the terminal's modes; nothing when that was done already.
  private static func restore() {
    guard plan.isArmed else { return }
    plan.isArmed = false
    if let reset = plan.reset { _ = write(STDOUT_FILENO, reset, plan.resetLength) }
    tcsetattr(STDIN_FILENO, TCSANOW, &plan.modes)
    releaseErrors()
  }

  @MainActor private static func catchErrors() {
    let closeOnExec: UInt32 = 1
    guard plan.caughtError < 0, isatty(STDERR_FILENO) == 1 else { return }
    let file = memfd_create("standard error", closeOnExec)
    guard file >= 0 else { return }
    plan.realError = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    plan.caughtError = file
    dup2(file, STDERR_FILENO)
  }

  private static func releaseErrors() {
    guard plan.caughtError >= 0 else { return }
    dup2(plan.realError, STDERR_FILENO)
    var offset: off_t = 0
    // The last words matter most: at most the final 16 KiB are shown.
    let size = lseek(plan.caughtError, 0, SEEK_END)
    if size > 16_384 { offset = size - 16_384 }
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      guard let start = buffer.baseAddress else { return }
      while true {
        let count = pread(plan.caughtError, start, 1024, offset)
        guard count > 0 else { break }
        _ = write(STDERR_FILENO, start, count)
        offset += count
      }
    }
    close(plan.realError)
    close(plan.caughtError)
    plan.realError = -1
    plan.caughtError = -1
  }
}
