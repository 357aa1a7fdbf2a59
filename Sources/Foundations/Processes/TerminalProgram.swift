import Dispatch
import Glibc
import Synchronization

/// A program of the person's own that has our terminal for a while: an editor.
///
/// It is the terminal's foreground job meanwhile, so that what is typed there, `^C` and `^Z` too, is
/// meant for it. It gets an environment without our settings and secrets, and none of our open files.
public final class TerminalProgram: Sendable {
  /// The program and its arguments.
  private let words: [String]
  /// Its process while it runs.
  private let process = Mutex<pid_t?>(nil)

  public init(_ words: [String]) { self.words = words }

  /// Runs it to its end; meanwhile the caller keeps its hands off the terminal.
  public func run() async -> ChildProgram.End {
    await withCheckedContinuation { continuation in
      // A queue of its own: its thread blocks.
      DispatchQueue(label: "editor").async { continuation.resume(returning: self.runHere()) }
    }
  }

  /// Tells it that the terminal is closed, if it runs.
  public func hangUp() {
    process.withLock { process in
      if let process { kill(-process, SIGHUP) }
    }
  }

  private func runHere() -> ChildProgram.End {
    // Giving the terminal back and forth is done from the background, which would stop us.
    var stop = sigset_t()
    var before = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &stop, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var modes = termios()
    tcgetattr(STDIN_FILENO, &modes)
    let child: pid_t
    do throws(ChildProcess.Failure) {
      child = try ChildProcess.start(words, place: .foreground)
    } catch {
      return .notStarted(error.reason)
    }
    process.withLock { $0 = child }
    defer {
      process.withLock { $0 = nil }
      tcsetpgrp(STDIN_FILENO, getpgrp())
      tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    }
    var status: Int32 = 0
    while true {
      guard waitpid(child, &status, WUNTRACED) == child else {
        if errno == EINTR { continue }
        return .notStarted(String(cString: strerror(errno)))
      }
      guard status & 0xff == 0x7f else { break }
      // Stopped by ^Z: there is no shell here to go back to, so it goes on.
      tcsetpgrp(STDIN_FILENO, child)
      kill(-child, SIGCONT)
    }
    return .ended(ChildProcess.result(status))
  }
}
