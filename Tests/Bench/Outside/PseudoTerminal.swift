import CLinux
import Glibc

/// A terminal of the bench's own with a program in it, read as fast as it writes.
///
/// It draws nothing: what was written is kept, and questions to a terminal are answered. All calls
/// wait; the bench does nothing beside them.
final class PseudoTerminal {
  /// The terminal or its program is not as it must be.
  struct Failure: Error, CustomStringConvertible { let description: String }

  let process: pid_t
  private let master: Int32
  private var hasEnded = false
  /// Whether the program has closed the terminal.
  private(set) var isOver = false
  /// Everything written since `forget()`.
  private(set) var written: [UInt8] = []
  private var answered = 0
  /// When the last of it was there to be read, in nanoseconds: looking at it takes time of its own.
  private var arrived: UInt64 = 0
  /// When the program was about to be started, in nanoseconds.
  let started: UInt64

  /// Starts a program as the leader of a session of its own in a terminal of this size.
  ///
  /// - Parameter environment: all of it; nothing is inherited.
  init(
    _ command: [String], environment: [String: String], columns: UInt16 = 120, rows: UInt16 = 40
  ) throws {
    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master)
    else { throw Failure(description: "no terminal: \(String(cString: strerror(errno)))") }
    PseudoTerminal.resize(master, columns, rows)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a session's leader opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    linux_spawn_afresh(&attributes, 1)
    defer { posix_spawnattr_destroy(&attributes) }
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    started = nanoseconds()
    let result = posix_spawnp(&child, command[0], &actions, &attributes, &words, &variables)
    process = child
    guard result == 0 else {
      hasEnded = true
      throw Failure(
        description: "\(command[0]) does not start: \(String(cString: strerror(result)))")
    }
  }

  deinit {
    end()
    close(master)
  }

  /// Ends the program, kindly first.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    kill(process, SIGTERM)
    var status: Int32 = 0
    for _ in 0..<300 {
      if waitpid(process, &status, WNOHANG) != 0 { return }
      _ = read(for: 10)
    }
    kill(process, SIGKILL)
    waitpid(process, &status, 0)
  }

  // MARK: Keys

  func press(_ keys: String) {
    let bytes = Array(keys.utf8)
    // What a person types fits into the terminal's buffer.
    _ = Glibc.write(master, bytes, bytes.count)
  }

  func resize(columns: UInt16, rows: UInt16) { PseudoTerminal.resize(master, columns, rows) }

  private static func resize(_ terminal: Int32, _ columns: UInt16, _ rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  // MARK: What it writes

  /// Reads what comes within so many milliseconds, once; false if nothing does.
  private func read(for milliseconds: Int) -> Bool {
    var place = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&place, 1, Int32(max(0, milliseconds))) > 0 else { return false }
    arrived = nanoseconds()
    let room = 65_536
    let before = written.count
    written.append(contentsOf: repeatElement(0, count: room))
    let count = written.withUnsafeMutableBytes { bytes in
      Glibc.read(master, bytes.baseAddress?.advanced(by: before), room)
    }
    written.removeLast(room - max(0, count))
    guard count > 0 else {
      isOver = true
      return false
    }
    answer()
    return true
  }

  /// Answers what programs ask a terminal: what it is, and where its cursor is.
  private func answer() {
    let questions = ["\u{1b}[c", "\u{1b}[0c", "\u{1b}[>c", "\u{1b}[>0c", "\u{1b}[6n", "\u{1b}[5n"]
    let answers = [
      "\u{1b}[?62;22c", "\u{1b}[?62;22c", "\u{1b}[>1;10;0c", "\u{1b}[>1;10;0c", "\u{1b}[1;1R",
      "\u{1b}[0n",
    ]
    for (question, reply) in zip(questions, answers) {
      if has(Array(question.utf8), from: answered) { press(reply) }
    }
    // A question may have been cut in two; an answer too many does no harm.
    answered = max(0, written.count - 4)
  }

  /// Whether some bytes are among what was written from a place on. While this looks, nothing is read:
  /// what the program writes meanwhile would count as late.
  private func has(_ sought: [UInt8], from place: Int) -> Bool {
    written.withUnsafeBytes { bytes in
      let rest = UnsafeRawBufferPointer(rebasing: bytes[min(place, bytes.count)...])
      guard let start = rest.baseAddress else { return false }
      return memmem(start, rest.count, sought, sought.count) != nil
    }
  }

  /// Forgets what was written so far.
  func forget() {
    written.removeAll(keepingCapacity: true)
    answered = 0
  }

  /// Waits for words among what is written after `forget()`; returns the moment at which they were
  /// there, in nanoseconds, or nil if they do not come in time.
  func moment(of words: String, within seconds: Double) -> UInt64? {
    let end = nanoseconds() + UInt64(seconds * 1e9)
    let sought = Array(words.utf8)
    var looked = 0
    while true {
      if has(sought, from: max(0, looked - sought.count)) { return arrived }
      looked = written.count
      let now = nanoseconds()
      guard now < end, !isOver else { return nil }
      _ = read(for: Int((end - now) / 1_000_000) + 1)
    }
  }

  /// Waits for the first byte after `forget()`; returns the moment in nanoseconds.
  func momentOfByte(within seconds: Double) -> UInt64? {
    let end = nanoseconds() + UInt64(seconds * 1e9)
    while written.isEmpty {
      let now = nanoseconds()
      guard now < end, !isOver else { return nil }
      _ = read(for: Int((end - now) / 1_000_000) + 1)
    }
    return arrived
  }

  /// Reads until nothing has been written for so many milliseconds, at most for `limit` seconds.
  func settle(quiet milliseconds: Int = 60, within limit: Double = 5) {
    let end = nanoseconds() + UInt64(limit * 1e9)
    while nanoseconds() < end, !isOver, read(for: milliseconds) {}
  }

  /// Reads for so long, whatever comes.
  func watch(seconds: Double) {
    let end = nanoseconds() + UInt64(seconds * 1e9)
    while true {
      let now = nanoseconds()
      guard now < end, !isOver else { return }
      _ = read(for: Int((end - now) / 1_000_000) + 1)
    }
  }
}

/// A clock that never jumps.
func nanoseconds() -> UInt64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}
