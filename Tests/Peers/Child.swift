import Dispatch
import Glibc
import Synchronization

/// A program that a test runs; what it prints is kept whole.
final class Child: Sendable {
  /// The process id, and what ends up in its standard input.
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let printed = Mutex("")
  private let reading = DispatchQueue(label: "child output")

  struct CannotRun: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts `arguments[0]`, looked for in PATH, with these variables beside the test's own.
  init(_ arguments: [String], environment: [String: String] = [:]) throws(CannotRun) {
    // One at a time: a child started between opening a pipe and marking it would keep it open.
    let (child, inputEnd, outputEnd) = try Child.starting.withLock { _ throws(CannotRun) in
      try Child.start(arguments, environment)
    }
    process = child
    input = inputEnd
    output = outputEnd
    reading.async { self.read() }
  }

  private static let starting = Mutex(())

  private static func start(
    _ arguments: [String], _ environment: [String: String]
  ) throws(CannotRun) -> (pid_t, input: Int32, output: Int32) {
    var inputPipe: [Int32] = [0, 0]
    var outputPipe: [Int32] = [0, 0]
    guard pipe(&inputPipe) == 0, pipe(&outputPipe) == 0 else {
      throw CannotRun(description: "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in inputPipe + outputPipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inputPipe[0], 0)
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 1)
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 2)

    var own: [String] = []
    var variable = environ
    while let text = variable.pointee {
      own.append(String(cString: text))
      variable += 1
    }
    let variables = own + environment.map { "\($0.key)=\($0.value)" }
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = variables.map { strdup($0) } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, arguments[0], &actions, nil, &argv, &envp)
    close(inputPipe[0])
    close(outputPipe[1])
    guard failure == 0 else {
      close(inputPipe[1])
      close(outputPipe[0])
      throw CannotRun(description: "\(arguments[0]): \(String(cString: strerror(failure)))")
    }
    return (child, inputPipe[1], outputPipe[0])
  }

  /// Everything printed so far, errors included.
  var text: String { printed.withLock { $0 } }

  func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
  }

  func terminate() { kill(process, SIGTERM) }

  /// Waits for the end; returns the exit status, or nil if a signal ended it.
  func end() async -> Int32? {
    await withCheckedContinuation { continuation in
      // Behind the reader, on its own thread: the test's threads stay free for the server.
      reading.async { [self] in
        var status: Int32 = 0
        waitpid(process, &status, 0)
        close(input)
        close(output)
        continuation.resume(returning: status & 0x7f == 0 ? status >> 8 & 0xff : nil)
      }
    }
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(output, &buffer, buffer.count)
      guard count > 0 else { return }
      printed.withLock { $0 += String(decoding: buffer.prefix(count), as: UTF8.self) }
    }
  }
}
