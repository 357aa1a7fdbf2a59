import CLinux
import Dispatch
import Glibc

/// A program that is run to its end, within a time.
///
/// It gets its input, an environment without our settings and secrets, and no terminal. What it says goes
/// to the log, never to the screen.
public struct ChildProgram: Sendable {
  /// How it ended.
  public enum End: Sendable, Equatable {
    /// With this exit code, or with a signal's negative number.
    case ended(Int32)
    /// It did not end in time and was killed.
    case late
    /// It could not be started; the text says why.
    case notStarted(String)
    /// Too many are running and waiting already.
    case tooMany
  }

  /// The program, found in `PATH`, and its arguments.
  let words: [String]
  /// What it reads.
  let input: [UInt8]
  /// How long it may take.
  let limit: Duration

  /// At most so many run at a time: whoever causes them does not decide how busy the machine is.
  private static let slots = Slots(running: 4, waiting: 32)
  /// Lines of output that are logged, and bytes of each: enough to see what is wrong.
  private static let mostLines = 20
  private static let lineLimit = 500

  /// Runs it to its end.
  ///
  /// - Parameter log: gets what it says, line by line, as it says it.
  public func run(log: @escaping @Sendable (String) -> Void) async -> End {
    guard await Self.slots.enter() else { return .tooMany }
    let end = await withCheckedContinuation { continuation in
      // A queue of its own: its thread blocks.
      DispatchQueue(label: "program").async { continuation.resume(returning: runHere(log)) }
    }
    await Self.slots.leave()
    return end
  }

  /// Blocks its thread.
  private func runHere(_ log: (String) -> Void) -> End {
    guard let file = Self.openInput(input) else { return .notStarted("no room for its input") }
    defer { close(file) }
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      return .notStarted(ChildProcess.Failure(code: errno).reason)
    }
    defer { close(ends[0]) }
    let child: pid_t
    do throws(ChildProcess.Failure) {
      defer { close(ends[1]) }
      child = try ChildProcess.start(
        words, files: [0: file, 1: ends[1], 2: ends[1]], place: .ownSession)
    } catch {
      return .notStarted(error.reason)
    }
    return attend(child, output: ends[0], log)
  }

  /// Waits for the child's end, and listens to it meanwhile.
  private func attend(_ child: pid_t, output: Int32, _ log: (String) -> Void) -> End {
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    // Readable once the child has ended; -1 where the kernel has none, then it is asked often.
    let ended = pidfd_open(child, 0)
    defer { if ended >= 0 { close(ended) } }
    let deadline = ContinuousClock.now + limit
    var lines = OutputCollector(most: Self.mostLines, limit: Self.lineLimit)
    var isOpen = true
    var isLate = false
    while true {
      let rest = isLate ? 1000 : max(0, (deadline - .now) / .milliseconds(1))
      var events = [
        pollfd(fd: isOpen ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: ended, events: Int16(POLLIN), revents: 0),
      ]
      let wait = ended >= 0 ? rest : min(rest, 50)
      _ = poll(&events, 2, Int32(clamping: Int64(wait.rounded(.up))))
      if events[0].revents != 0 { isOpen = lines.read(output, log) }
      // Not reaped before this: until then the number is no other's.
      var status: Int32 = 0
      if waitpid(child, &status, WNOHANG) == child {
        // What it said last is there already; who holds the pipe on is not waited for.
        if isOpen { _ = lines.read(output, log) }
        lines.finish(log)
        return isLate ? .late : .ended(ChildProcess.result(status))
      }
      if !isLate, ContinuousClock.now >= deadline {
        isLate = true
        // Its whole session: what it has started too.
        kill(-child, SIGKILL)
      }
    }
  }

  /// Why a program could not be started; nil when it is there.
  static func problem(with program: String) -> String? {
    if program.contains("/") {
      return access(program, X_OK) == 0 ? nil : ChildProcess.Failure(code: errno).reason
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let isThere = path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    return isThere ? nil : ChildProcess.Failure(code: ENOENT).reason
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
    guard fcntl(file, F_SETFD, FD_CLOEXEC) == 0, write(file, bytes, bytes.count) == bytes.count,
      lseek(file, 0, SEEK_SET) == 0
    else {
      close(file)
      return nil
    }
    return file
  }
}

/// Cuts what a program says into lines for the log, and keeps to a few of them.
private struct OutputCollector {
  let most: Int
  let limit: Int
  private var line: [UInt8] = []
  private var count = 0

  init(most: Int, limit: Int) {
    self.most = most
    self.limit = limit
  }

  /// Takes what there is; false at the end.
  mutating func read(_ descriptor: Int32, _ log: (String) -> Void) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count < 0 && errno == EAGAIN }
      for byte in buffer[..<count] {
        if byte == UInt8(ascii: "\n") {
          finish(log)
        } else if line.count < limit {
          line.append(byte)
        }
      }
    }
  }

  mutating func finish(_ log: (String) -> Void) {
    defer { line = [] }
    guard !line.isEmpty, count < most else { return }
    count += 1
    log(String(decoding: line, as: UTF8.self))
  }
}

/// A few may do something at a time, a few more wait their turn, and the rest are sent away.
actor Slots {
  private var free: Int
  private let mostWaiting: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// How many wait for a turn.
  var waitingNow: Int { waiting.count }

  init(running: Int, waiting: Int) {
    free = running
    mostWaiting = waiting
  }

  /// Waits for a turn; false when too many do.
  func enter() async -> Bool {
    if free > 0 {
      free -= 1
      return true
    }
    guard waiting.count < mostWaiting else { return false }
    await withCheckedContinuation { waiting.append($0) }
    return true
  }

  func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
