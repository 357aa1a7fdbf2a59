import FoundationEssentials
import Storage
import TestSupport
import Testing

/// Somebody at a shell, with a home directory and servers to talk to.
final class Person: Sendable {
  static let phone = "+79990001122"

  let home: ScratchDirectory
  /// Where the default profile is kept.
  var data: String { home.file(".local/share/tercet/default") }
  let environment: [String: String]
  private let servers: Servers?

  /// - Parameter servers: without them, nobody listens at the addresses.
  init(_ servers: Servers? = nil, environment: [String: String] = [:]) throws {
    self.servers = servers
    home = try ScratchDirectory()
    // Port 1 refuses everybody.
    var addresses = [
      "TERCET_MAX_URL": servers?.listening.max ?? "ws://127.0.0.1:1/websocket",
      "TERCET_TRADING_URL": servers?.listening.trading ?? "ws://127.0.0.1:1/ws/v1/stream",
    ]
    addresses["TERCET_TEXTSECURE_URL"] = servers?.listening.textsecure
    addresses["TERCET_CA_FILE"] = servers?.listening.caFile
    self.environment = addresses.merging(environment) { $1 }
  }

  /// What unlocks the default profile.
  var ring: KeyRing {
    KeyRing(
      of: Profile(directory: data), folder: home.file(".config/tercet/keys"), name: "default")
  }

  /// The default profile's store, which a key file unlocks.
  func store() throws -> Store { try Store(ring.profile, keys: ring.unlock(.keyFile)) }

  /// Starts a command and leaves it running.
  func start(_ words: [String], environment: [String: String] = [:]) throws -> Program {
    try Program.tercet(
      words, home: home.path, environment: self.environment.merging(environment) { $1 })
  }

  /// Runs a command to its end, with these lines as its input.
  func run(
    _ words: [String], input: [String] = [], environment: [String: String] = [:]
  ) async throws -> Program.Report {
    let program = try start(words, environment: environment)
    for line in input { program.write(line) }
    return try await program.end()
  }

  /// Holds the accounts from now on and tells every message.
  func watch() throws -> Program { try start(["messages", "--watch", "--json"]) }

  func run(_ line: String, input: [String] = []) async throws -> Program.Report {
    try await run(line.split(separator: " ").map(String.init), input: input)
  }

  /// Runs a command with `--json` that must succeed and reads its lines.
  func lines<Line: Decodable>(
    _ line: String, as type: Line.Type = Line.self
  ) async throws -> [Line] {
    let report = try await run(line + " --json")
    try #require(report.code == 0 && report.errors == [], "\(line): \(report)")
    return try report.output.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  /// Runs a command with `--json` that must fail and reads what it says.
  func failure(
    _ line: String, input: [String] = []
  ) async throws -> (code: Int32?, error: Failure, output: [String]) {
    let report = try await run(line + " --json", input: input)
    try #require(report.errors.count == 1, "\(line): \(report)")
    return (report.code, try Failure(line: report.errors[0]), report.output)
  }

  // MARK: Signing in

  func signInToMax(_ number: String = Person.phone) async throws {
    let servers = try #require(servers)
    let program = try start(["login", "max", "--phone", number, "--json"])
    program.write(try await servers.code(for: number))
    let report = try await program.end()
    try #require(report.code == 0, "\(report)")
  }

  /// - Parameter count: the code is the `count`th that is sent to the number.
  func signInToTextSecure(_ number: String, count: Int = 1) async throws {
    let servers = try #require(servers)
    let program = try start(["login", "textsecure", "--number", number])
    program.write(try await servers.code(for: number, count: count))
    let report = try await program.end()
    try #require(report.code == 0, "\(report)")
  }

  /// - Parameter options: more words for the command.
  func signInToTrading(_ options: [String] = []) async throws {
    let servers = try #require(servers)
    let report = try await run(
      ["login", "trading", "--key", try #require(servers.listening.tradingKey)] + options,
      input: [try #require(servers.listening.tradingSecret)])
    try #require(report.code == 0, "\(report)")
  }
}

/// The envelope of a failure with `--json`.
struct Failure: Decodable {
  var code, message, hint: String

  init(line: String) throws {
    struct Envelope: Decodable { var error: Failure }
    self = try JSONDecoder().decode(Envelope.self, from: Data(line.utf8)).error
  }
}
