import FoundationEssentials
import TestSupport
import Testing
import Transport

/// Servers that are none, or that try to do harm: a line on standard error within the timeout.
struct BadServerTests {
  /// What a server does to whoever connects.
  enum Malice: String, CaseIterable, CustomTestStringConvertible {
    case html, serverError, unauthorized, closesAtOnce, resets, silent
    case oversize, deeplyNested, invalidText, noJSON, binaryNoise, emptyText, endlessNumbers

    var testDescription: String { rawValue }

    var reply: HTTPServer.Reply {
      switch self {
      case .html:
        .response(
          status: 200, headers: ["Content-Type": "text/html"], body: Array("<html>Hello".utf8))
      case .serverError: .response(status: 500)
      case .unauthorized: .response(status: 401)
      case .closesAtOnce: .webSocket { await $0.close() }
      case .resets: .webSocket { await $0.reset() }
      case .silent: .webSocket { _ = await $0.closure }
      case .oversize: text(String(repeating: "x", count: 2 << 20))
      case .deeplyNested:
        text(
          #"{"ver":11,"cmd":1,"seq":0,"opcode":6,"op":"auth","data":"#
            + String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000) + "}")
      // A text frame of two bytes that are no UTF-8.
      case .invalidText: frames { try await $0.writeRaw([0x81, 0x02, 0xc3, 0x28]) }
      case .noJSON: text("this is no JSON {")
      case .binaryNoise: frames { try await $0.send(.binary([0, 1, 2, 255])) }
      case .emptyText: text("")
      case .endlessNumbers:
        text(#"{"ver":11,"cmd":1,"seq":1e999,"opcode":99999999999999999999,"payload":null}"#)
      }
    }

    private func text(_ text: String) -> HTTPServer.Reply {
      frames { try await $0.send(.text(text)) }
    }

    /// Says something unasked and in answer to everything, and waits for the end.
    private func frames(
      _ send: @escaping @Sendable (WebSocketConnection) async throws -> Void
    ) -> HTTPServer.Reply {
      .webSocket { connection in
        do {
          try await send(connection)
          for await _ in connection.messages { try await send(connection) }
        } catch {
          // The client hung up, as it should.
        }
      }
    }
  }

  private func server(_ malice: Malice) throws -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.pingInterval = nil
    return try HTTPServer(configuration, network: Network()) { _ in malice.reply }
  }

  @Test(arguments: Malice.allCases)
  func signingInToMax(malice: Malice) async throws {
    let server = try server(malice)
    let (code, error, output) = try await Person().failure(
      "login max --phone \(Person.phone) --timeout 1 --max-url ws://127.0.0.1:\(server.port)/")
    #expect(
      code == 6 || code == 3 && malice == .unauthorized, "\(String(describing: code)) \(error)")
    #expect(output == [] && !error.message.isEmpty && !error.hint.isEmpty)
    await server.stop()
  }

  @Test(arguments: Malice.allCases)
  func signingInToTrading(malice: Malice) async throws {
    let server = try server(malice)
    let words = "login trading --key k --timeout 1 --trading-url ws://127.0.0.1:\(server.port)/"
    let (code, error, output) = try await Person().failure(words, input: ["s"])
    #expect(
      code == 6 || code == 3 && malice == .unauthorized, "\(String(describing: code)) \(error)")
    #expect(output == [] && !error.message.isEmpty && !error.hint.isEmpty)
    await server.stop()
  }

  @Test(arguments: ["garbage", "oversize", "error-shape=seed", "push-collides"])
  func aSignedInAccountBearsNoise(fault: String) async throws {
    let servers = try await Servers(faults: fault)
    let person = try Person(servers)
    try await person.signInToMax()
    let report = try await person.run("messages \(MaxChatTests.pavel) --limit 3")
    #expect(report.code == 0 || fault == "oversize", "\(report)")
    #expect(report.output.count == 3 && !report.errors.contains { $0.contains("Fatal") })
  }

  @Test func aRevokedTokenIsSignedOut() async throws {
    let servers = try await Servers(faults: "revoke-token@2")
    let person = try Person(servers)
    try await person.signInToMax()
    let (code, _, _) = try await person.failure("chats")
    #expect(code == 3)
  }

  @Test func aRequestThatIsNeverAnsweredEndsInTime() async throws {
    let servers = try await Servers(faults: "no-answer=49")
    let person = try Person(servers)
    try await person.signInToMax()
    let clock = ContinuousClock()
    let start = clock.now
    let (code, error, _) = try await person.failure(
      "messages \(MaxChatTests.pavel) --timeout 1")
    #expect(code == 6 && error.code == "no-connection")
    // Well before the time-out that it has without the option, on a busy machine too.
    #expect(clock.now - start < .seconds(18))
  }

  @Test func plainTextLeavesTheMachineNever() async throws {
    let (code, error, _) = try await Person().failure(
      "login max --phone \(Person.phone) --max-url ws://192.0.2.1/ --timeout 2")
    #expect(code != 0 && error.message.contains("192.0.2.1"))
  }

  @Test(arguments: ["http://127.0.0.1/", "nonsense", "ws://", "wss://127.0.0.1:99999/"])
  func anAddressThatIsNone(url: String) async throws {
    let (code, error, _) = try await Person().failure(
      "login max --phone \(Person.phone) --max-url \(url) --timeout 2")
    #expect(code != 0 && !error.message.isEmpty)
  }

  @Test func anUnknownCertificateIsRefusedAndAKnownOneTaken() async throws {
    let servers = try await Servers(options: ["--tls"])
    let url = try #require(servers.listening.max)
    let file = try #require(servers.listening.caFile)
    let stranger = try Person(servers, environment: ["TERCET_CA_FILE": ""])
    let refused = try await stranger.failure("login max --phone \(Person.phone)")
    #expect(url.hasPrefix("wss://") && refused.code == 6)
    let person = try Person(servers, environment: ["TERCET_CA_FILE": file])
    try await person.signInToMax()
    #expect(try await person.run("chats").code == 0)
    servers.program.kill(15)
    #expect(try await servers.program.end().code == 0)
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
