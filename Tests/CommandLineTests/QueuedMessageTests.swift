import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

@testable import tercet

/// What somebody who waited in vain for a message to be sent is told: that it stays, and under which id.
struct QueuedMessageTests {
  private struct Sent: Decodable {
    var chat, id, status: String

    init(_ report: Program.Report) throws {
      try #require(report.output.count == 1, "\(report)")
      self = try JSONDecoder().decode(Sent.self, from: Data(report.output[0].utf8))
    }
  }

  /// A command with `--json` that must leave its message in the outbox and say so.
  private func expectQueued(
    _ report: Program.Report, _ code: Int32, by person: Person, _ words: String
  ) async throws {
    let sent = try Sent(report)
    #expect(report.code == code && sent.status == "queued", "\(report)")
    let failure = try Failure(line: try #require(report.errors.last))
    let said = "Message \(sent.id) stays queued and goes out with the next connection"
    #expect(failure.hint.contains(said), "\(failure)")
    #expect(failure.message.contains(words), "\(failure)")
    let kept = try await person.run("export messages --format jsonl")
    #expect(kept.output.contains { $0.contains("\"id\":\"\(sent.id)\"") }, "the id is a real one")
  }

  private func send(
    _ person: Person, to chat: String = MaxChatTests.pavel, at url: String? = nil
  ) async throws -> Program.Report {
    try await person.run(
      ["send", chat, "hello", "--wait", "--timeout", "2", "--json"],
      environment: url.map { ["TERCET_MAX_URL": $0] } ?? [:])
  }

  @Test func nobodyListens() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let report = try await send(person, at: "ws://127.0.0.1:1/")
    try await expectQueued(report, 6, by: person, "MAX cannot be reached")
    // Once more without --json: one line for what was written, one for what went wrong.
    let plain = try await person.run(
      ["send", MaxChatTests.pavel, "hello", "--wait", "--timeout", "2"],
      environment: ["TERCET_MAX_URL": "ws://127.0.0.1:1/"])
    #expect(plain.output.count == 1 && plain.output[0].hasSuffix("  queued"), "\(plain)")
    #expect(plain.errors.count == 1 && plain.errors[0].contains("stays queued"), "\(plain)")
    // It goes out indeed.
    let next = try await person.run("send \(MaxChatTests.pavel) more --wait --json")
    #expect(try Sent(next).status == "sent")
  }

  @Test func theServerDoesNotAnswer() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let silent = try SilentServer()
    let report = try await send(person, at: silent.webSocketURL)
    try await expectQueued(report, 6, by: person, "MAX")
    await silent.stop()
  }

  @Test func theServerTakesEverythingButTheMessage() async throws {
    let person = try Person(try await Servers(faults: "no-answer=64"))
    try await person.signInToMax()
    try await expectQueued(try await send(person), 6, by: person, "has not taken the message")
  }

  @Test func theSessionHasEnded() async throws {
    let person = try Person(try await Servers(faults: "revoke-token@2"))
    try await person.signInToMax()
    try await expectQueued(try await send(person), 3, by: person, "")
  }

  @Test func theProcessThatHasItIsKilled() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let silent = try SilentServer()
    let environment = ["TERCET_MAX_URL": silent.webSocketURL]
    let holder = try person.start(["messages", "--watch"], environment: environment)
    try await person.untilHeld()
    let sending = try person.start(
      ["send", MaxChatTests.pavel, "hello", "--wait", "--json"], environment: environment)
    while try await !person.run("export messages --format jsonl").output.contains(where: {
      $0.contains(#""text":"hello""#)
    }) {}
    holder.kill(SIGKILL)
    try await expectQueued(try await sending.end(), 6, by: person, "closed the connection")
    await silent.stop()
  }
}

/// A server that takes connections and says nothing.
private struct SilentServer {
  private let server: HTTPServer
  var webSocketURL: String { "ws://127.0.0.1:\(server.port)/" }

  init() throws {
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.pingInterval = nil
    server = try HTTPServer(configuration, network: Network()) { _ in
      .webSocket { _ = await $0.closure }
    }
  }

  func stop() async { await server.stop() }
}
