import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

@testable import Program

/// Every command ends: within its time-out against a server that never answers, and when nobody reads.
struct EndOfCommandTests {
  /// Every command that may ask a server, as somebody would type it. A command that is missing here
  /// and in `local` fails the test below.
  private static let asking = [
    "status", "chats", "messages max:1", "search word --server", "contacts",
    "contacts --add +14155550101", "send max:+79991234567 hello --wait",
    "send textsecure:+14155550102 hello --wait", "edit max:1 2 text", "delete max:1 2",
    "react max:1 2 👍", "forward max:1 2 max:3", "mute max:1", "save max:1 2",
    "groups textsecure:group:00", "groups create Name +14155550102",
    "groups rename textsecure:group:00 N",
    "groups add textsecure:group:00 +14155550101", "groups leave textsecure:group:00",
    "identity", "identity show", "identity verify +14155550101", "identity accept +14155550101",
    "push text", "calls", "calls decline 1", "calls check 1", "sessions", "balances",
    "estimate ETH USDT 1", "swap ETH USDT 1 --slippage-bps 50 --yes --wait", "orders", "order 1",
    "alerts", "alerts add ETH USDT above 1", "alerts remove 1", "limits", "halt", "resume",
    "orders verify", "export messages", "doctor", "logout textsecure", "logout max",
    "logout trading",
  ]
  /// These ask nobody, serve until they are told to end, or are tried one by one elsewhere.
  private static let others: Set<String> = [
    "login max", "login trading", "login textsecure", "vcp", "replay", "sandbox", "relay",
    "completion", "passphrase", "backup", "restore", "wipe",
  ]

  @Test func theListHasEveryCommand() throws {
    let tried = try Self.asking.map { line in
      try ParsedArguments(line.split(separator: " ").map(String.init), commands: .whole)
        .subcommand?.name
    }
    let known = Set(tried.compactMap(\.self)).union(Self.others)
    #expect(Set(CommandSet.whole.commands.map(\.name)) == known)
  }

  /// A person signed in everywhere, whose servers take connections from now on and say nothing.
  private func stranded() async throws -> (Person, HTTPServer, [String: String]) {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    try await person.signInToTrading()
    try await person.signInToTextSecure("+14155550101")
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.pingInterval = nil
    let silent = try HTTPServer(configuration, network: Network()) { request in
      guard request.isWebSocketUpgrade else {
        try? await Task.sleep(for: .seconds(600))
        return .response(status: 500)
      }
      return .webSocket { _ = await $0.closure }
    }
    let address = "127.0.0.1:\(silent.port)"
    return (
      person, silent,
      [
        "TERCET_MAX_URL": "ws://\(address)/", "TERCET_TRADING_URL": "ws://\(address)/",
        "TERCET_TEXTSECURE_URL": "http://\(address)",
      ]
    )
  }

  @Test(.timeLimit(.minutes(10))) func againstServersThatNeverAnswer() async throws {
    let (person, silent, environment) = try await stranded()
    for line in Self.asking {
      let words = line.split(separator: " ").map(String.init) + ["--timeout", "1"]
      let program = try person.start(words, environment: environment)
      // Two seconds on a machine that has nothing else to do; a hang is a hang on any.
      let report = try await program.end(within: .seconds(15))
      #expect([0, 1, 3, 4, 5, 6].contains(report.code), "\(line): \(report)")
      #expect(report.code == 0 || report.errors.count == 1, "\(line): \(report)")
    }
    await silent.stop()
  }

  @Test(.timeLimit(.minutes(10))) func besideAProcessThatNeverAnswers() async throws {
    let (person, silent, environment) = try await stranded()
    let holder = try person.start(["send", "max:1", "-"], environment: environment)
    try await person.untilHeld()
    let queued = try await person.run(
      ["send", "max:+79991234567", "hello", "--wait", "--timeout", "1", "--json"],
      environment: environment)
    #expect(queued.code == 6 && queued.errors.count == 1, "\(queued)")
    // It is stopped as by Ctrl-Z: its socket takes connections, and nobody answers.
    holder.kill(SIGSTOP)
    for line in ["chats", "export messages", "send max:1 hello --wait", "status"] {
      let words = line.split(separator: " ").map(String.init) + ["--timeout", "1"]
      let report = try await person.start(words, environment: environment).end(within: .seconds(15))
      #expect(report.code == 6 && report.errors.count == 1, "\(line): \(report)")
    }
    holder.kill(SIGKILL)
    await silent.stop()
  }

  @Test(arguments: [
    "--help", "--version", "export messages", "completion bash", "status --json", "orders verify",
  ])
  func aFullDiskIsAFailure(line: String) async throws {
    let person = try Person()
    let report = try await person.shell("tercet \(line) > /dev/full")
    #expect(report.code == 1 && report.errors.count == 1, "\(report)")
    #expect(report.errors.first?.contains("No space left on device") == true, "\(report)")
  }

  @Test func aClosedPipeAndAClosedOutputAreFailures() async throws {
    let person = try Person()
    let pipe = try await person.shell(
      "(sleep 0.2; tercet completion bash; echo code $? >&2) | true")
    #expect(pipe.errors.last == "code 1" && pipe.errors.count == 2, "\(pipe)")
    let closed = try await person.shell("tercet export messages >&-")
    #expect(closed.code == 1 && closed.errors.count == 1, "\(closed)")
  }

  @Test func aWatcherEndsWhenNobodyReads() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToTrading()
    try await person.signInToMax()
    let report = try await person.shell(
      "(tercet balances --watch; echo code $? >&2) | head -n 1")
    #expect(report.output.count == 1 && report.errors == ["code 0"], "\(report)")
    // Nobody has ever read: it makes no difference whether a line was due.
    for line in ["balances", "orders", "calls", "messages", "messages \(MaxChatTests.pavel)"] {
      let report = try await person.shell(
        "(sleep 0.2; tercet \(line) --watch; echo code $? >&2) | true")
      #expect(report.errors == ["code 0"], "\(line): \(report)")
    }
  }

  @Test func aServerEndsWhenNobodyReads() async throws {
    let person = try Person()
    let sandbox = try await person.shell(
      "(tercet sandbox --port 0 --scenario quiet; echo code $? >&2) | head -n 1")
    #expect(sandbox.output.count == 1 && sandbox.errors == ["code 0"], "\(sandbox)")
    // A relay whose codes nobody passes on is of no use: that is a failure.
    let relay = "tercet relay --listen 127.0.0.1:0 --data-dir \(person.home.file("relay"))"
    let ended = try await person.shell("(\(relay); echo code $? >&2) | head -n 1")
    #expect(ended.output.count == 1 && ended.errors.last == "code 1", "\(ended)")
    #expect(ended.errors.first?.contains("Broken pipe") == true, "\(ended)")
  }
}

extension Person {
  /// Waits until a process answers at the profile's socket.
  func untilHeld() async throws {
    while !FileManager.default.fileExists(atPath: "\(data)/control.sock") {
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Runs a line of shell in which `tercet` is the program under test.
  func shell(_ line: String) async throws -> Program.Report {
    try await startShell(line).end()
  }

  /// The same, which is left running.
  func startShell(_ line: String) throws -> Program {
    let script = "tercet() { \"$TERCET\" \"$@\"; }\n\(line)"
    var environment = self.environment
    environment["TERCET"] = Program.tercetPath
    environment["HOME"] = home.path
    environment["PATH"] = "/usr/bin:/bin"
    environment["LANG"] = "C.UTF-8"
    return try Program("/bin/bash", ["-c", script], environment: environment)
  }
}
