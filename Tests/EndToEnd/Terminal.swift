import Glibc
import TestSupport

/// A terminal of its own with a shell in it: keys go in, what stands on the screen comes out.
///
/// It is tmux, spoken to in its control mode: tmux tells when something was written, so waiting
/// for words on the screen takes no polling, and every byte that a program wrote is known. The
/// terminal and all that runs in it end with this value.
actor Terminal {
  /// What was awaited and did not come, with the screen as it was then.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Generous: the machine may be busy with everything else.
  static let patience = Patience.span

  private let tmux: Program
  /// Lines from tmux that have been looked at.
  private var heard = 0
  /// When keys may be pressed again; see `press`.
  private var rest = ContinuousClock.now
  /// Every byte written to the terminal so far.
  private(set) var written: [UInt8] = []

  /// Opens a terminal with a shell.
  ///
  /// - Parameter environment: added to a minimal one, whose home is `home`.
  init(
    columns: Int, rows: Int, home: String, environment: [String: String] = [:]
  ) async throws {
    let minimal = [
      "HOME": home, "TMPDIR": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
    ]
    tmux = try Program(
      "/usr/bin/env",
      ["tmux", "-S", "\(home)/tmux-\(UInt32.random(in: 0 ... .max))", "-f", "/dev/null", "-C"]
        + ["start-server", ";", "set", "-g", "default-terminal", "tmux-256color"]
        + [";", "set", "-g", "status", "off", ";", "new-session", "/bin/sh"],
      environment: minimal.merging(environment) { $1 })
    // Whatever ends this process takes the terminal along.
    try await command("set -g destroy-unattached on")
    // tmux 3.3 ends when this is set before the first session is there.
    try await command("set -g window-size manual")
    try await resize(columns: columns, rows: rows)
    try await until("a prompt") { !$0.isEmpty }
  }

  deinit {
    tmux.write("kill-server")
  }

  // MARK: Keys

  /// Presses keys, each given as a character or by tmux's name: `Enter`, `C-n`, `Up`.
  ///
  /// A terminal sends Alt with a key as Escape and then the key. What tells them apart is the time
  /// between, so after Escape the next key waits until the program must have decided, also on a
  /// busy machine.
  func press(_ keys: String...) async throws {
    for key in keys {
      try await Task.sleep(until: rest)
      try await command("send-keys '\(key)'")
      if key == "Escape" { rest = .now + .milliseconds(400) }
    }
  }

  /// Presses the mouse on the first place where a text stands, and lets it go.
  ///
  /// The program ignores what comes before anybody could have aimed at what is new there.
  func click(on text: String, in lines: Range<Int>? = nil) async throws {
    try await Task.sleep(for: .milliseconds(400))
    let (column, row) = try await place(of: text, in: lines)
    try await type("\u{1b}[<0;\(column);\(row)M\u{1b}[<0;\(column);\(row)m")
  }

  /// Turns the wheel once over the first place where a text stands.
  func wheel(isUp: Bool, on text: String) async throws {
    let (column, row) = try await place(of: text)
    try await type("\u{1b}[<\(isUp ? 64 : 65);\(column);\(row)M")
  }

  /// Counted from 1, as terminals do.
  private func place(of text: String, in lines: Range<Int>? = nil) async throws -> (Int, Int) {
    let screen = try await screen
    for (row, line) in screen.lines.enumerated() where lines?.contains(row) ?? true {
      guard let range = line.firstRange(of: text) else { continue }
      return (line[..<range.lowerBound].count + 1, row + 1)
    }
    throw Missing(description: "\(text) to press the mouse on\n\(screen)")
  }

  /// Types text as a keyboard would send it.
  func type(_ text: String) async throws {
    try await Task.sleep(until: rest)
    let bytes = text.utf8.map { String($0, radix: 16) }
    try await command("send-keys -H \(bytes.joined(separator: " "))")
  }

  /// Pastes text, marked as a paste if the program asked for that.
  func paste(_ text: String) async throws {
    try await Task.sleep(until: rest)
    try await command("set-buffer '\(text)'")
    try await command("paste-buffer -p")
  }

  func resize(columns: Int, rows: Int) async throws {
    try await command("resize-window -x \(columns) -y \(rows)")
  }

  /// Closes the terminal under the program that runs in it.
  func close() async throws {
    tmux.write("kill-pane")
    try await tmux.wait { $0.code != nil }
  }

  // MARK: What it shows

  var screen: Screen {
    get async throws { Screen(lines: try await command("capture-pane -p")) }
  }

  /// The screen as soon as `isThere` holds for it.
  ///
  /// - Parameter awaited: in words, for the report when it does not come.
  @discardableResult
  func until(
    _ awaited: String, within limit: Duration = patience,
    _ isThere: (Screen) throws -> Bool
  ) async throws -> Screen {
    let deadline = ContinuousClock.now + limit
    while true {
      let screen = try await screen
      if try isThere(screen) { return screen }
      guard try await news(until: deadline) else {
        throw Missing(description: "not within \(limit): \(awaited)\n\(screen)")
      }
    }
  }

  /// The screen as soon as `text` stands on it.
  @discardableResult
  func until(_ text: String, within limit: Duration = patience) async throws -> Screen {
    try await until(text, within: limit) { $0.contains(text) }
  }

  /// How many bytes are written to the terminal in the given time.
  func bytesWritten(in span: Duration) async throws -> Int {
    _ = try await command("refresh-client")
    let count = written.count
    let deadline = ContinuousClock.now + span
    while try await news(until: deadline) {}
    return written.count - count
  }

  /// A variable of tmux's, such as `cursor_flag`.
  func variable(_ name: String) async throws -> String {
    try await command("display-message -p '#{\(name)}'").joined()
  }

  /// The process that runs in the foreground of the shell.
  func runningProcess() async throws -> pid_t {
    let shell = try await variable("pane_pid")
    let children = try contents("/proc/\(shell)/task/\(shell)/children")
    guard let child = pid_t(children.split(separator: " ").first ?? "") else {
      throw Missing(description: "a process in the shell \(shell), which has [\(children)]")
    }
    return child
  }

  // MARK: tmux

  /// Gives tmux a command and returns what it answers.
  @discardableResult
  private func command(_ text: String) async throws -> [String] {
    tmux.write(text)
    var answer: [String]?
    while true {
      guard let line = try await nextLine(until: .now + Terminal.patience) else {
        throw Missing(description: "tmux does not answer to: \(text)")
      }
      // The last number of the frame tells our commands from those of the start.
      if line.hasPrefix("%begin "), line.hasSuffix(" 1") {
        answer = []
      } else if let lines = answer {
        if line.hasPrefix("%end ") { return lines }
        if line.hasPrefix("%error ") {
          throw Missing(description: "\(text): \(lines.joined(separator: " "))")
        }
        answer = lines + [line]
      } else {
        take(line)
      }
    }
  }

  /// Waits until something has been written to the terminal, and takes all of it; false when
  /// nothing is by the deadline.
  private func news(until deadline: ContinuousClock.Instant) async throws -> Bool {
    let before = written.count
    while written.count == before || heard < tmux.report.output.count {
      guard let line = try await nextLine(until: deadline) else { return false }
      take(line)
    }
    return true
  }

  /// The next line from tmux; nil when none comes by the deadline.
  private func nextLine(until deadline: ContinuousClock.Instant) async throws -> String? {
    let heard = heard
    var report = tmux.report
    if report.output.count <= heard {
      do {
        report = try await tmux.wait(within: max(.zero, deadline - .now)) {
          $0.output.count > heard || $0.code != nil
        }
      } catch is Program.Late {
        return nil
      }
    }
    guard report.output.count > heard else {
      throw Missing(description: "the terminal is closed: \(report.output.suffix(3))")
    }
    self.heard += 1
    return report.output[heard]
  }

  /// Remembers the bytes of `%output %0 TEXT`, in which control bytes are written in octal.
  private func take(_ line: String) {
    guard line.hasPrefix("%output ") else { return }
    var rest = line.utf8.dropFirst("%output %0 ".utf8.count)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let code = UInt8(String(Substring(rest.prefix(3))), radix: 8) {
        written.append(code)
        rest = rest.dropFirst(3)
      } else {
        written.append(byte)
      }
    }
  }
}
