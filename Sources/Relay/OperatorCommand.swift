import Dispatch
import Glibc
import Synchronization

/// A program of the operator's own, as `notify {number} {code}`.
///
/// No shell is involved: the template is cut into words once, and values are put into the words
/// afterwards, so nothing in them can become a word or a command of its own.
public struct OperatorCommand: Sendable {
  private static let limit: Duration = .seconds(20)
  private let words: [String]

  /// Cuts `template` at blanks; single and double quotes keep blanks inside a word. Nil if there is
  /// no word or a quote does not end.
  public init?(_ template: String) {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in template {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    if let done = word { words.append(done) }
    guard let first = words.first, !first.isEmpty, !first.contains("{") else { return nil }
    self.words = words
  }

  /// Brings a code to its telephone: `{number}`, `{code}` and `{transport}` (`sms` or `voice`) stand
  /// for what they say. True if the program ended with 0 within 20 seconds.
  public func run(for code: VerificationCode) async -> Bool {
    await run([
      "{number}": code.number, "{code}": code.code, "{transport}": code.transport.rawValue,
    ])
  }

  /// Hands a notification to its service: `{kind}` (`gcm` or `apn`) and `{id}` stand for what they
  /// say, the content comes on standard input. True if the program ended with 0 within 20 seconds.
  public func run(for notification: PushNotification) async -> Bool {
    await run(
      ["{kind}": notification.service.rawValue, "{id}": notification.id],
      input: Array(notification.content.utf8))
  }

  /// The program and its arguments with `values` in the places of their names.
  func arguments(_ values: [String: String]) -> [String] {
    words.map { word in
      var result = ""
      var rest = word[...]
      while let character = rest.first {
        if let hit = values.first(where: { rest.hasPrefix($0.key) }) {
          result += hit.value
          rest = rest.dropFirst(hit.key.count)
        } else {
          result.append(character)
          rest = rest.dropFirst()
        }
      }
      return result
    }
  }

  /// Runs the program, found in `PATH`; after 20 seconds it is killed. Its output goes where ours goes.
  ///
  /// - Parameters:
  ///   - values: what stands for names such as `{number}` in the words.
  ///   - input: what the program reads.
  public func run(_ values: [String: String], input: [UInt8] = []) async -> Bool {
    guard let child = OperatorCommand.spawn(arguments(values), input: input) else { return false }
    let hasEnded = EndFlag()
    let deadline = DispatchTime.now() + .seconds(Int(OperatorCommand.limit / .seconds(1)))
    DispatchQueue.global().asyncAfter(deadline: deadline) {
      hasEnded.state.withLock { if !$0 { kill(child, SIGKILL) } }
    }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "operator-command").async {
        // Seen, but not yet reaped: until the flag is up, the id cannot become another's.
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        hasEnded.state.withLock { $0 = true }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        continuation.resume(returning: status == 0)
      }
    }
  }

  private static func spawn(_ arguments: [String], input: [UInt8]) -> pid_t? {
    guard let file = openInput(input) else { return nil }
    defer { close(file) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, file, 0)
    // Standard output carries our own lines.
    posix_spawn_file_actions_adddup2(&actions, 2, 1)
    // A program of ours ignores SIGPIPE; one that it starts expects to be ended by it.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, arguments[0], &actions, &attributes, &words, environ) == 0 else {
      return nil
    }
    return child
  }

  /// A file without a name, which unlike a pipe can be filled before anybody reads.
  private static func openInput(_ bytes: [UInt8]) -> Int32? {
    guard !bytes.isEmpty else {
      let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
      return null >= 0 ? null : nil
    }
    var name = Array("/tmp/relay-input-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { return nil }
    unlink(name)
    guard fcntl(file, F_SETFD, FD_CLOEXEC) == 0,
      write(file, bytes, bytes.count) == bytes.count, lseek(file, 0, SEEK_SET) == 0
    else {
      close(file)
      return nil
    }
    return file
  }
}

/// Whether a child has ended; up to then it may be killed.
private final class EndFlag: Sendable {
  let state = Mutex(false)
}
