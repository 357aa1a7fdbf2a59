import Dispatch
import Glibc
import Synchronization

/// The operator's own program that brings codes to telephones, as `notify {number} {code}`.
///
/// No shell is involved: the template is cut into words once, and number and code are put into the
/// words afterwards, so nothing in them can become a word or a command of its own.
public struct CodeCommand: Sendable {
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

  /// The program and its arguments for one code; `{transport}` is `sms` or `voice`.
  public func arguments(for code: VerificationCode) -> [String] {
    words.map { word in
      var result = ""
      var rest = word[...]
      while let character = rest.first {
        let values = [
          "{number}": code.number, "{code}": code.code, "{transport}": code.transport.rawValue,
        ]
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

  /// Runs the program, found in `PATH`, and tells whether it ended with 0 within 20 seconds; after
  /// that it is killed. Its output goes where ours goes, its input is empty.
  public func run(for code: VerificationCode) async -> Bool {
    guard let child = CodeCommand.spawn(arguments(for: code)) else { return false }
    let hasEnded = EndFlag()
    let deadline = DispatchTime.now() + .seconds(Int(CodeCommand.limit / .seconds(1)))
    DispatchQueue.global().asyncAfter(deadline: deadline) {
      hasEnded.state.withLock { if !$0 { kill(child, SIGKILL) } }
    }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "code-command").async {
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

  private static func spawn(_ arguments: [String]) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    // Standard output carries our own lines.
    posix_spawn_file_actions_adddup2(&actions, 2, 1)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, arguments[0], &actions, nil, &words, environ) == 0 else {
      return nil
    }
    return child
  }
}

/// Whether a child has ended; up to then it may be killed.
private final class EndFlag: Sendable {
  let state = Mutex(false)
}
