import CNcurses
import Glibc

/// Gives the terminal back when the program dies without saying so, by a crash or by any signal.
///
/// A signal handler may only touch what was prepared before: the bytes that reset the screen, the
/// modes the terminal had, and the file that caught what was printed meanwhile. Only calls that
/// POSIX lists as safe in a signal handler are made, and none that waits for a terminal that takes
/// nothing.
enum TerminalRescue {
  private struct Plan {
    var isArmed = false
    var modes = termios()
    var reset: UnsafeMutablePointer<UInt8>?
    var resetLength = 0
    /// The terminal behind standard error, and the file that stands in for it; -1 for none.
    var realError: Int32 = -1
    var caughtError: Int32 = -1
    /// The terminals behind standard output and standard error, opened so that writing there never
    /// waits; -1 where that cannot be.
    var output: Int32 = -1
    var error: Int32 = -1
  }

  /// How long a terminal may take nothing before its bytes are given up, in milliseconds.
  private static let patience: Int32 = 200

  // Written on the main actor while no handler is armed, read by handlers and at exit.
  nonisolated(unsafe) private static var plan = Plan()

  /// Remembers what to do, and watches for crashes from now on. Once per process.
  @MainActor static func prepare(modes: termios, reset: [UInt8]) {
    guard plan.reset == nil else { return }
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, reset.count))
    bytes.initialize(from: reset, count: reset.count)
    plan.modes = modes
    plan.reset = bytes
    plan.resetLength = reset.count
    plan.output = openAnew(STDOUT_FILENO)
    atexit { TerminalRescue.restore() }
    EndingSignals.watch { TerminalRescue.restore() }
  }

  /// What a descriptor stands for, opened once more: its flags are its own then.
  private static func openAnew(_ descriptor: Int32) -> Int32 {
    open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
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

  /// Resets the screen and the terminal's modes; nothing when that was done already.
  private static func restore() {
    guard plan.isArmed else { return }
    plan.isArmed = false
    reset()
    releaseErrors()
  }

  /// Resets the screen and the terminal's modes, whether or not the terminal takes bytes now.
  static func reset() {
    tcsetattr(STDIN_FILENO, TCSANOW, &plan.modes)
    guard let reset = plan.reset else { return }
    if put(reset, plan.resetLength, to: plan.output, or: STDOUT_FILENO) { return }
    // What waits there goes: it was for the screen that is left.
    tcflush(plan.output, TCOFLUSH)
    _ = put(reset, plan.resetLength, to: plan.output, or: STDOUT_FILENO)
  }

  /// Writes without waiting for long; false when the terminal did not take all of it.
  private static func put(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, to descriptor: Int32, or other: Int32
  ) -> Bool {
    guard descriptor >= 0 else { return write(other, bytes, count) == count }
    var done = 0
    while done < count {
      let written = write(descriptor, bytes + done, count - done)
      if written > 0 { done += written }
      if written > 0 || written < 0 && errno == EINTR { continue }
      var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard errno == EAGAIN, poll(&room, 1, patience) > 0 else { return false }
    }
    return true
  }

  @MainActor private static func catchErrors() {
    guard plan.caughtError < 0, isatty(STDERR_FILENO) == 1 else { return }
    let file = memory_file("stderr")
    guard file >= 0 else { return }
    plan.realError = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    plan.caughtError = file
    plan.error = openAnew(STDERR_FILENO)
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
        guard count > 0,
          put(
            start.assumingMemoryBound(to: UInt8.self), count, to: plan.error, or: STDERR_FILENO)
        else { break }
        offset += count
      }
    }
    close(plan.realError)
    close(plan.caughtError)
    if plan.error >= 0 { close(plan.error) }
    plan.error = -1
    plan.realError = -1
    plan.caughtError = -1
  }
}
