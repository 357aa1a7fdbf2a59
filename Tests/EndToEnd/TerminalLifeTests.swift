import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What a terminal does to the programs in it: new sizes, stops, hang-ups and its end.
struct TerminalLifeTests {
  @Test func fitsEverySizeItIsGiven() async throws {
    let person = try Person()
    let terminal = try await person.terminal(columns: 120, rows: 40)
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Escape")
    try await terminal.until("three columns") { $0.contains("CHATS") && $0.contains("ORDERS") }
    try await terminal.resize(columns: 80, rows: 24)
    try await terminal.until("one view") { $0.contains("1 Chats") && !$0.contains("ORDERS") }
    try await terminal.resize(columns: 200, rows: 60)
    try await terminal.until("three columns down to the last line") {
      $0.contains("ORDERS") && $0.lines.count == 60 && $0.isComplete
    }
    try await terminal.resize(columns: 20, rows: 5)
    let small = try await terminal.until("why nothing is shown") { screen in
      screen.lines.joined(separator: " ").contains("Tercet needs at least 40×10")
    }
    #expect(!small.contains("CHATS"))
    try await terminal.resize(columns: 120, rows: 40)
    let back = try await terminal.until("three columns") {
      $0.contains("CHATS") && $0.contains("ORDERS") && $0.lines.count == 40 && $0.isComplete
    }
    #expect(!back.contains("needs at least"))
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func stopsAndGoesOn() async throws {
    let person = try Person()
    let terminal = try await person.terminal()
    try await terminal.type("set -m\r")
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("C-z")
    try await terminal.until("Stopped")
    #expect(try await terminal.isRestored())
    try await terminal.type("fg; echo \"ended=$?;\"\r")
    let again = try await terminal.until("Welcome to Tercet.")
    #expect(!again.contains("Stopped"))
    // Its keys work as before.
    try await terminal.press("Down", "Space")
    try await terminal.until("[ ] TheOne")
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    // The shell goes on below what it said before.
    let lines = try await terminal.screen.lines
    let last = lines.last { !$0.isEmpty && $0 != "#" && $0 != "$" }
    #expect(last?.hasPrefix("ended=0;") ?? false)
    #expect(try await terminal.isRestored())
  }

  @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
  func givesTheTerminalBackWhenItIsEnded(signal: Int32) async throws {
    let person = try Person()
    let terminal = try await person.terminal()
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    let process = try await terminal.runningProcess()
    kill(process, signal)
    try await untilGone(process)
    // After a program that SIGINT ended, a shell gives up the rest of its line.
    if signal != SIGINT { #expect(try await terminal.exitCode() == 128 + Int(signal)) }
    #expect(try await terminal.isRestored())
  }

  @Test(
    "Every signal that ends a program gives the terminal back first",
    arguments: [
      SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGPIPE, SIGXCPU, SIGSYS, SIGVTALRM, SIGIO,
    ])
  func givesTheTerminalBackFor(signal: Int32) async throws {
    let person = try Person()
    let terminal = try await person.terminal()
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    kill(try await terminal.runningProcess(), signal)
    #expect(try await terminal.exitCode() == 128 + Int(signal))
    #expect(try await terminal.isRestored())
  }

  @Test(
    "At the secret prompt too", arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGTSTP])
  func givesTheEchoBack(signal: Int32) async throws {
    let person = try Person()
    let terminal = try await person.terminal()
    try await terminal.type("set -m\r")
    try await terminal.run("tercet login trading --key ak_test")
    try await terminal.until("ecret")
    let process = try await terminal.runningProcess()
    kill(process, signal)
    if signal == SIGTSTP {
      try await terminal.until("Stopped")
    } else {
      try await untilGone(process)
    }
    try await terminal.type("echo is\"\"shown\r")
    try await terminal.until("what is typed") { $0.contains("echo is\"\"shown") }
    #expect(try await terminal.isRestored())
  }

  @Test(
    "A terminal that takes nothing keeps nobody from ending it",
    arguments: [SIGTERM, SIGHUP, SIGINT])
  func endsWithoutATerminalThatReads(signal: Int32) async throws {
    let person = try Person()
    // Python reads the first picture, then nothing, while keys make it draw and draw.
    let script = """
      import os, pty, sys, time, signal, fcntl, termios, struct
      child, master = pty.fork()
      if child == 0:
          os.environ["TERM"] = "xterm"
          os.execvp("tercet", ["tercet", "--sandbox", "--scenario", "quiet"])
      fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
      heard = b""
      while b"Welcome" not in heard: heard += os.read(master, 65536)
      # Two sizes by turns are drawn in full each time, until no more fits.
      for step in range(400):
          fcntl.ioctl(master, termios.TIOCSWINSZ,
                      struct.pack("HHHH", 60 - step % 2, 200, 0, 0))
          os.kill(child, signal.SIGWINCH)
          time.sleep(0.02)
      begin = time.time()
      os.kill(child, \(signal))
      end, status = os.waitpid(child, 0)
      print("ended after", round(time.time() - begin, 1), "with", status)
      sys.exit(0 if time.time() - begin < 20 else 1)
      """
    try Data(script.utf8).write(to: URL(filePath: person.home.file("frozen.py")))
    let terminal = try await person.terminal()
    try await terminal.run("python3 \(person.home.file("frozen.py"))")
    try await terminal.until("ended after", within: .seconds(90))
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func endsWithItsTerminal() async throws {
    let person = try Person()
    let terminal = try await person.terminal()
    try await terminal.run("tercet --sandbox")
    try await terminal.until("Welcome to Tercet.")
    let process = try await terminal.runningProcess()
    try await terminal.close()
    try await untilGone(process)
  }

  /// Nobody tells when a process that is not ours has ended.
  private func untilGone(_ process: pid_t) async throws {
    let deadline = ContinuousClock.now + Terminal.patience
    while kill(process, 0) == 0 {
      try #require(ContinuousClock.now < deadline, "process \(process) lives on")
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test func saysThatATerminalCannotShowIt() async throws {
    let person = try Person()
    let terminal = try await person.terminal(environment: ["TERM": "dumb"])
    try await terminal.type("TERM=dumb\r")
    try await terminal.type("clear\r")
    let before = await terminal.written.count
    try await terminal.run("tercet --sandbox")
    #expect(try await terminal.exitCode() != 0)
    let said = String(decoding: await terminal.written[before...], as: UTF8.self)
    #expect(said.contains("TERM=dumb cannot"), "\(said)")
    #expect(!said.contains("\u{1b}"), "\(said)")
  }

  @Test func saysThatThereIsNoTerminal() async throws {
    let person = try Person()
    let report = try await person.run("--sandbox")
    #expect(report.code == 1)
    #expect(report.output == [])
    try #require(report.errors.count == 1, "\(report)")
    #expect(report.errors[0].contains("is not a terminal"))
    #expect(!report.errors[0].contains("\u{1b}"))
  }
}
