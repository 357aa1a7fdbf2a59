import CLinux
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
    var child: pid_t = 0
    let code = spawn(&child)
    guard code == 0 else { return .notStarted(String(cString: strerror(code))) }
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
    let signal = status & 0x7f
    return .ended(signal == 0 ? (status >> 8) & 0xff : -signal)
  }

  private func spawn(_ child: inout pid_t) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = posix_spawnattr_t()
    linux_spawn_afresh(&attributes, 0)
    defer { posix_spawnattr_destroy(&attributes) }
    linux_spawn_with_terminal(&actions, &attributes, STDIN_FILENO)
    var words: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      ChildProgram.environment().map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    return posix_spawnp(&child, self.words[0], &actions, &attributes, &words, &variables)
  }
}
