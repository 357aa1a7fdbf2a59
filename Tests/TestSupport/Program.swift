import CLinux
import Dispatch
import Glibc
import Synchronization

/// A child process: fed through standard input, heard line by line, waited for with a deadline.
///
/// It is killed when the value goes away, so that a failing test leaves nothing running.
public final class Program: Sendable {
  /// Everything heard so far, and how it ended.
  public struct Report: Sendable {
    public fileprivate(set) var output: [String] = []
    public fileprivate(set) var errors: [String] = []
    /// The exit code, or the negative signal number; nil while it runs.
    public fileprivate(set) var code: Int32?
  }

  /// A child that did not do in time what was waited for.
  public struct Late: Error, CustomStringConvertible {
    public let description: String
  }

  private struct Waiter {
    let isSatisfied: @Sendable (Report) -> Bool
    let continuation: CheckedContinuation<Report, any Error>
  }

  private struct State {
    var report = Report()
    /// Streams that are still open; the end is told when all has been read.
    var openStreams = 2
    var code: Int32?
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
    /// How many lines of output `line` has handed out.
    var taken = 0
    var input: Int32
  }

  public let processID: pid_t
  private let name: String
  private let state: Mutex<State>

  /// Starts the program at `path`.
  ///
  /// - Parameters:
  ///   - arguments: without the program's name.
  ///   - environment: all of it; nothing is inherited.
  public init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    let input = try Program.channel()
    let output = try Program.channel()
    let errors = try Program.channel()
    defer { for end in [input.read, output.write, errors.write] { close(end) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (end, standard) in [(input.read, 0), (output.write, 1), (errors.write, 2)] {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(standard))
    }
    // The test runner ignores or blocks signals that a program started from a shell would obey.
    var attributes = posix_spawnattr_t()
    linux_spawn_afresh(&attributes, 0)
    defer { posix_spawnattr_destroy(&attributes) }

    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, path, &actions, &attributes, &words, &variables)
    guard result == 0 else {
      for end in [input.write, output.read, errors.read] { close(end) }
      throw Late(description: "\(path) does not start: \(String(cString: strerror(result)))")
    }
    processID = child
    name = arguments.joined(separator: " ")
    state = Mutex(State(input: input.write))
    read(output.read, into: \.output)
    read(errors.read, into: \.errors)
    awaitEnd(of: child)
  }

  deinit {
    state.withLock { state in
      if state.input >= 0 { close(state.input) }
      if state.code == nil { Glibc.kill(processID, SIGKILL) }
    }
  }

  // MARK: Talking

  /// Writes a line to its standard input.
  public func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    state.withLock { state in
      // A short text fits into the buffer; a program that has ended hears nothing.
      if state.input >= 0 { send(state.input, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
    }
  }

  /// Ends its standard input.
  public func closeInput() {
    state.withLock { state in
      if state.input >= 0 { close(state.input) }
      state.input = -1
    }
  }

  /// Sends a signal, unless it has ended.
  public func kill(_ signal: Int32 = SIGKILL) {
    state.withLock { state in
      if state.code == nil { Glibc.kill(processID, signal) }
    }
  }

  // MARK: Listening

  public var report: Report { state.withLock { $0.report } }

  /// The next line of output for which `condition` holds; lines before it are passed over.
  public func line(
    within limit: Duration = Patience.span,
    where condition: @Sendable (String) -> Bool = { _ in true }
  ) async throws -> String {
    while true {
      let taken = state.withLock { $0.taken }
      let report = try await wait(within: limit) { $0.output.count > taken || $0.code != nil }
      guard report.output.count > taken else {
        throw Late(description: "\(name) ended without the line: \(report)")
      }
      state.withLock { $0.taken = taken + 1 }
      if condition(report.output[taken]) { return report.output[taken] }
    }
  }

  /// Everything it said, once it has ended by itself.
  public func end(within limit: Duration = Patience.span) async throws -> Report {
    closeInput()
    return try await wait(within: limit) { $0.code != nil }
  }

  /// What was heard as soon as `condition` holds, which must look at nothing but the report.
  @discardableResult
  public func wait(
    within limit: Duration = Patience.span, until condition: @escaping @Sendable (Report) -> Bool
  ) async throws -> Report {
    try await withCheckedThrowingContinuation { continuation in
      let (satisfied, waiter) = state.withLock { state -> (Report?, Int) in
        if condition(state.report) { return (state.report, 0) }
        state.nextWaiter += 1
        state.waiters[state.nextWaiter] = Waiter(
          isSatisfied: condition, continuation: continuation)
        return (nil, state.nextWaiter)
      }
      if let satisfied { return continuation.resume(returning: satisfied) }
      let deadline = DispatchTime.now() + .milliseconds(Int(limit / .milliseconds(1)))
      DispatchQueue.global().asyncAfter(deadline: deadline) { [weak self] in
        self?.expire(waiter, after: limit)
      }
    }
  }

  private func expire(_ id: Int, after limit: Duration) {
    let (waiter, report) = state.withLock { ($0.waiters.removeValue(forKey: id), $0.report) }
    waiter?.continuation.resume(
      throwing: Late(description: "\(name): not within \(limit): \(report)"))
  }

  // MARK: The child

  /// Two connected ends. Sockets, since writing to a pipe that nobody reads would end the test
  /// runner, and closed on exec, since other children that start at the same time must not have them.
  private static func channel() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw Late(description: "no sockets: \(String(cString: strerror(errno)))")
    }
    return (ends[0], ends[1])
  }

  /// Collects lines on a thread of its own, which may block.
  private func read(
    _ descriptor: Int32, into lines: WritableKeyPath<Report, [String]> & Sendable
  ) {
    Thread.detach { [weak self] in
      var rest: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        rest += buffer[..<count]
        var whole = rest.split(separator: 10, omittingEmptySubsequences: false)
        rest = Array(whole.removeLast())
        let texts = whole.map { String(decoding: $0, as: UTF8.self) }
        self?.change { $0.report[keyPath: lines] += texts }
      }
      close(descriptor)
      let last = rest.isEmpty ? [] : [String(decoding: rest, as: UTF8.self)]
      self?.change { state in
        state.report[keyPath: lines] += last
        state.openStreams -= 1
      }
    }
  }

  private func awaitEnd(of child: pid_t) {
    Thread.detach { [weak self] in
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0 && errno == EINTR {}
      let signal = status & 0x7f
      let code = signal == 0 ? (status >> 8) & 0xff : -signal
      self?.change { $0.code = code }
    }
  }

  /// Changes the state, then resumes everybody whose condition holds now.
  private func change(_ body: (inout sending State) -> Void) {
    let (report, satisfied) = state.withLock { state in
      body(&state)
      if state.openStreams == 0 { state.report.code = state.code }
      let report = state.report
      let satisfied = state.waiters.filter { $0.value.isSatisfied(report) }
      for id in satisfied.keys { state.waiters[id] = nil }
      return (report, satisfied.values.map(\.continuation))
    }
    for continuation in satisfied { continuation.resume(returning: report) }
  }
}
