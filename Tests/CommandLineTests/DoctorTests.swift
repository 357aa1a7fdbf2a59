import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

/// `tercet doctor`: one line a check, whatever is wrong.
struct DoctorTests {
  private struct Finding: Decodable {
    var check, detail: String
    var ok: Bool
  }

  private func examine(_ person: Person) async throws -> (Program.Report, [String: Finding]) {
    let report = try await person.run("doctor --json")
    let findings = try report.output.map {
      try JSONDecoder().decode(Finding.self, from: Data($0.utf8))
    }
    return (report, Dictionary(findings.map { ($0.check, $0) }, uniquingKeysWith: { $1 }))
  }

  @Test func findsEverythingInOrder() async throws {
    let (report, findings) = try await examine(Person(try await Servers()))
    #expect(report.code == 0 && report.errors == [], "\(report)")
    for check in ["version", "data", "database", "journal", "terminal", "max", "trading"] {
      #expect(findings[check]?.ok == true, "\(check)")
    }
    #expect(findings["trading"]?.detail.hasSuffix("spoken to in the doc dialect") == true)
  }

  @Test(arguments: [[], ["--tls"]])
  func looksAtTheRelayAndTheAccount(options: [String]) async throws {
    let servers = try await Servers(options: options)
    // The sandbox takes its own file away when it ends.
    let scratch = try ScratchDirectory()
    var environment: [String: String] = [:]
    if let file = servers.listening.caFile {
      environment["TERCET_CA_FILE"] = scratch.file("authority.pem")
      try FileManager.default.copyItem(atPath: file, toPath: scratch.file("authority.pem"))
    }
    let person = try Person(servers, environment: environment)
    let (before, found) = try await examine(person)
    #expect(before.code == 0 && found["textsecure"]?.ok == true && found["prekeys"] == nil)
    #expect(found["textsecure"]?.detail.contains("clock off by about 0 s") == true)
    try await person.signInToTextSecure("+14155550101")
    let (report, findings) = try await examine(person)
    #expect(report.code == 0 && report.errors == [], "\(report)")
    #expect(findings["prekeys"]?.ok == true)
    #expect(findings["prekeys"]?.detail.hasPrefix("100 ") == true, "\(findings)")
    #expect(findings["outbox"]?.detail == "nothing waits")
    #expect(findings["spool"]?.ok == true)

    let spool = "\(person.data)/spool"
    #expect(chmod(spool, 0o755) == 0)
    servers.program.kill(15)
    _ = try await servers.program.end()
    let send = ["send", "textsecure:+14155550102", "x", "--timeout", "1"]
    #expect(try await person.run(send).code == 0)
    let (unwell, worse) = try await examine(person)
    #expect(unwell.code == 1)
    for check in ["textsecure", "prekeys", "spool"] {
      #expect(worse[check]?.ok == false, "\(check)")
    }
    #expect(worse["outbox"]?.detail.hasPrefix("1 ") == true)
  }

  @Test func asksEverybodyAtOnce() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToTextSecure("+14155550101")
    // Nobody is answered until all have asked.
    let meeting = Meeting(["/max", "/trading", "/v1/keepalive", "/v2/keys", "/v1/keys"], count: 4)
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.pingInterval = nil
    let server = try HTTPServer(configuration, network: Network()) { request in
      await meeting.come(String(request.target.prefix { $0 != "?" }))
      return request.isWebSocketUpgrade
        ? .webSocket { _ = await $0.closure }
        : .response(
          status: 200, headers: ["Content-Type": "application/json"],
          body: Array(#"{"count":7}"#.utf8))
    }
    let address = "127.0.0.1:\(server.port)"
    let report = try await person.run(
      ["doctor", "--json", "--timeout", "10"],
      environment: [
        "TERCET_MAX_URL": "ws://\(address)/max", "TERCET_TRADING_URL": "ws://\(address)/trading",
        "TERCET_TEXTSECURE_URL": "http://\(address)",
      ])
    let findings = try report.output.map {
      try JSONDecoder().decode(Finding.self, from: Data($0.utf8))
    }
    #expect(
      findings.map(\.check) == [
        "version", "data", "database", "journal", "prekeys", "outbox", "spool", "terminal", "max",
        "trading", "textsecure",
      ])
    #expect(findings.allSatisfy(\.ok) && report.code == 0, "\(report)")
    await server.stop()
  }

  @Test func namesTheServerThatDoesNotAnswer() async throws {
    let (report, findings) = try await examine(Person())
    #expect(report.code == 1 && report.errors.count == 1)
    #expect(findings["database"]?.ok == true)
    for check in ["max", "trading"] {
      #expect(findings[check]?.ok == false)
      #expect(findings[check]?.detail.contains("127.0.0.1:1/") == true)
    }
  }

  @Test func looksForTheProgramThatIsToldOfAlerts() async throws {
    let person = try Person()
    let (_, none) = try await examine(person)
    #expect(none["alert-command"] == nil)
    for (words, isThere) in [("true {event}", true), ("no-such-notifier {text}", false)] {
      let report = try await person.run(["doctor", "--json", "--alert-command", words])
      let line = try #require(report.output.first { $0.contains(#""check":"alert-command""#) })
      #expect(line.contains(#""ok":\#(isThere)"#), "\(line)")
    }
  }

  @Test func worksBesideAHolder() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let watch = try person.start(["messages", "--watch"])
    try await servers.requests("19", reach: 2)
    let (report, findings) = try await examine(person)
    #expect(report.code == 0 && watch.report.code == nil)
    #expect(findings["journal"]?.ok == true, "asked of the holder")
  }
}

/// Lets nobody go on before so many of those who are expected have come.
private actor Meeting {
  private let expected: Set<String>
  private let count: Int
  private var present: Set<String> = []
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ expected: Set<String>, count: Int) {
    (self.expected, self.count) = (expected, count)
  }

  func come(_ name: String) async {
    guard expected.contains(name), present.count < count else { return }
    present.insert(name)
    guard present.count < count else {
      for continuation in waiting { continuation.resume() }
      waiting = []
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}
