import FoundationEssentials
import TestSupport
import Testing

/// Somebody at a machine, with a home directory, and servers to talk to.
struct Person {
  static let phone = "+79990001122"

  let home: ScratchDirectory
  /// Where the default profile is kept.
  var data: String { home.file(".local/share/tercet/default") }
  private let environment: [String: String]

  /// - Parameters:
  ///   - servers: without them the console is on its own sandbox, or reaches nobody.
  ///   - max: the address of another MAX server.
  ///   - trading: the address of another trading server.
  init(_ servers: Servers? = nil, max: String? = nil, trading: String? = nil) throws {
    home = try ScratchDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: home.file("tercet"), withDestinationPath: Program.tercetPath)
    // Port 1 refuses everybody.
    let max = max ?? servers?.listening.max ?? "ws://127.0.0.1:1/websocket"
    let trading = trading ?? servers?.listening.trading ?? "ws://127.0.0.1:1/ws/v1/stream"
    environment = [
      "PATH": "\(home.path):/usr/bin:/bin",
      "TERCET_MAX_URL": max, "TERCET_TRADING_URL": trading,
    ]
  }

  /// A terminal in which the person may type `tercet`.
  func terminal(
    columns: Int = 120, rows: Int = 40, environment: [String: String] = [:]
  ) async throws -> Terminal {
    try await Terminal(
      columns: columns, rows: rows, home: home.path,
      environment: self.environment.merging(environment) { $1 })
  }

  /// A terminal with the console in it, showing chats.
  func console(columns: Int = 120, rows: Int = 40) async throws -> Terminal {
    let terminal = try await terminal(columns: columns, rows: rows)
    try await terminal.run("tercet")
    try await terminal.until("chats") { $0.contains("CHATS") && $0.contains("Дача 2026") }
    return terminal
  }

  /// Runs a command to its end, with these lines as its input.
  func run(_ line: String, input: [String] = []) async throws -> Program.Report {
    let program = try start(line)
    for line in input { program.write(line) }
    return try await program.end()
  }

  /// Starts a command and leaves it running.
  func start(_ line: String) throws -> Program {
    try Program.tercet(
      line.split(separator: " ").map(String.init), home: home.path, environment: environment)
  }

  /// Signs in to both services, from the command line.
  func signIn(to servers: Servers) async throws {
    let login = try Program.tercet(
      ["login", "max", "--phone", Person.phone], home: home.path, environment: environment)
    login.write(try await servers.code(for: Person.phone))
    let max = try await login.end()
    try #require(max.code == 0, "\(max)")
    let key = try #require(servers.listening.tradingKey)
    let secret = try #require(servers.listening.tradingSecret)
    let trading = try await run("login trading --key \(key)", input: [secret])
    try #require(trading.code == 0, "\(trading)")
  }
}

extension Terminal {
  /// Types a command into the shell; `ended=` and its exit code follow it.
  func run(_ line: String) async throws {
    // A killed program leaves the cursor where it was: there the words could be broken up.
    try await type("\(line); printf '\\r\\nended=%s;\\n' $?\r")
  }

  /// Waits until the command has ended and returns its exit code.
  func exitCode() async throws -> Int {
    let screen = try await until("the end of the command") { $0.exitCode != nil }
    return screen.exitCode ?? -1
  }

  /// Whether the terminal is as a shell needs it: main screen, cursor, echo, whole lines, no marks
  /// around what is pasted, no reports of the mouse.
  func isRestored() async throws -> Bool {
    let flags = [
      try await variable("alternate_on"), try await variable("cursor_flag"),
      try await variable("keypad_flag"), try await variable("mouse_any_flag"),
      try await variable("mouse_sgr_flag"),
    ]
    let bytes = String(decoding: written, as: UTF8.self)
    // Marks around what is pasted, and reports of the focus.
    let isMarked = ["2004", "1004"].contains { mode in
      let last = bytes.ranges(of: "\u{1b}[?\(mode)").last
      return last.map { bytes[$0.upperBound...].hasPrefix("h") } ?? false
    }
    try await type("clear; stty -a; echo told=$?\r")
    let modes = try await until("told=0").lines.joined(separator: " ").split { " ;".contains($0) }
    return flags == ["0", "1", "0", "0", "0"] && !isMarked
      && ["icanon", "echo", "isig", "icrnl", "opost"].allSatisfy { modes.contains(Substring($0)) }
  }
}

extension Screen {
  fileprivate var exitCode: Int? {
    // What the program left on the screen may surround it.
    for line in lines.reversed() {
      if let match = line.firstMatch(of: /ended=(\d+);/) { return Int(match.1) }
    }
    return nil
  }
}
