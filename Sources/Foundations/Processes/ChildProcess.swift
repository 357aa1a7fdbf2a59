import CLinux
import Glibc

/// A process of ours that runs another program: the one place where such are started.
///
/// It gets what it is meant to have and no more: signals as a shell would give them, the files that are
/// named, and of the others standard input, output and errors alone.
public enum ChildProcess {
  /// What it has of a terminal.
  public enum Place: Sendable {
    /// None: it is in a session of its own.
    case ownSession
    /// Ours, as a program that runs beside us.
    case beside
    /// Ours, as its foreground job.
    case foreground
  }

  /// Why a program was not started.
  public struct Failure: Error, Sendable, Equatable {
    /// Of the system.
    public let code: Int32

    public var reason: String {
      code == ENOENT ? "there is no such program" : String(cString: strerror(code))
    }
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: its name, found in `PATH` where it has no slash, and its arguments.
  ///   - path: its file, where that is not the first word.
  ///   - files: what its descriptors are, by descriptors of ours; -1 stands for nothing at all.
  /// - Returns: its number; it is to be waited for.
  public static func start(
    _ words: [String], at path: String? = nil, environment: [String] = ourEnvironment(),
    files: KeyValuePairs<Int32, Int32> = [:], place: Place
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files {
      if file >= 0 {
        posix_spawn_file_actions_adddup2(&actions, file, descriptor)
      } else {
        posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
      }
    }
    // Ours are closed on exec; libraries' may not be.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = posix_spawnattr_t()
    linux_spawn_afresh(&attributes, place == .ownSession ? 1 : 0)
    defer { posix_spawnattr_destroy(&attributes) }
    if place == .foreground { linux_spawn_with_terminal(&actions, &attributes, STDIN_FILENO) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawnp(
      &child, path ?? words.first ?? "", &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw Failure(code: code) }
    return child
  }

  /// Waits for its end; returns its exit code, or the negative number of the signal that has ended it.
  public static func end(of child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return result(status)
  }

  /// What the status of a process that has ended says: its exit code, or a signal's negative number.
  static func result(_ status: Int32) -> Int32 {
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : -signal
  }

  /// Our environment without what is meant for us alone: settings, and the trading secret.
  public static func ourEnvironment() -> [String] {
    var variables: [String] = []
    var entry = environ
    while let text = entry.pointee {
      let variable = String(cString: text)
      if !variable.hasPrefix("TERCET_") { variables.append(variable) }
      entry += 1
    }
    return variables
  }
}
