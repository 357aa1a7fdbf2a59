import TestSupport
import Testing
import Transport

/// Why a server cannot be reached, in the words of its cause, and what to do about that.
struct CauseTests {
  @Test(arguments: [
    (502, "out of order (HTTP 502)", "try again later"),
    (429, "too many connections (HTTP 429)", "wait a while"),
    (301, "sends us elsewhere (HTTP 301, to wss://elsewhere.example/)", "new address"),
    (200, "no WebSocket server (HTTP 200)", "check the server’s address"),
  ])
  func anAnswerThatIsNoUpgrade(status: Int, words: String, advice: String) async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.pingInterval = nil
    let server = try HTTPServer(configuration, network: Network()) { _ in
      .response(status: status, headers: ["Location": "wss://elsewhere.example/"])
    }
    let environment = ["TERCET_MAX_URL": "ws://127.0.0.1:\(server.port)/"]
    let report = try await person.run(["chats", "--timeout", "5"], environment: environment)
    let line = try #require(report.errors.last)
    #expect(report.code == 6 && line.hasPrefix("tercet: MAX cannot be reached: "), "\(line)")
    #expect(line.contains(words), "\(line)")
    let hint = advice.replacing("’", with: "'")
    #expect(line.lowercased().contains(hint), "\(line)")
    let verbose = try await person.run(["chats", "-v", "--timeout", "5"], environment: environment)
    #expect(verbose.errors.contains { $0.hasPrefix("MAX: waiting (") && $0.contains(words) })
    let status = try await person.run(["status", "--timeout", "5"], environment: environment)
    #expect(status.output.first?.contains(words) == true, "\(status)")
    await server.stop()
  }

  @Test func aLoginThatIsSentElsewhereTellsWhere() async throws {
    let server = try HTTPServer(HTTPServer.Configuration(), network: Network()) { _ in
      .response(status: 301, headers: ["Location": "wss://elsewhere.example/"])
    }
    let address = ["TERCET_TRADING_URL": "ws://127.0.0.1:\(server.port)/ws/v1/stream"]
    let report = try await Person().run(
      ["login", "trading", "--key", "key", "--timeout", "20"], input: ["secret"],
      environment: address)
    let line = try #require(report.errors.last)
    #expect(report.code == 6 && line.contains("to wss://elsewhere.example/"), "\(report)")
    await server.stop()
  }

  @Test(arguments: [
    (301, 6, "elsewhere (HTTP 301, to https://elsewhere.example/)", "Give the new address"),
    (400, 4, "refused the request (HTTP 400)", "address and version"),
    (401, 4, "refused the request (HTTP 401)", "lets only some in"),
    (403, 4, "refused the request (HTTP 403)", "lets only some in"),
    (404, 4, "no TextSecure relay (HTTP 404)", "address and version"),
    (413, 4, "too many requests", "Wait a while"), (429, 4, "too many requests", "Wait a while"),
    (502, 6, "out of order (HTTP 502)", "Try again later"),
    (503, 4, "cannot do this at the moment", "Try again later"),
  ])
  func aRelayThatDoesNotTakeTheNumber(
    status: Int, code: Int32, words: String, advice: String
  ) async throws {
    let server = try HTTPServer(HTTPServer.Configuration(), network: Network()) { _ in
      .response(status: status, headers: ["Location": "https://elsewhere.example/"])
    }
    let report = try await Person().run(
      "login textsecure --number +14155550101 --textsecure-url http://127.0.0.1:\(server.port)")
    let line = try #require(report.errors.last)
    #expect(report.code == code && line.contains(words) && line.contains(advice), "\(report)")
    await server.stop()
  }

  @Test func aServerThatDoesNotSpeakTLS() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let server = try HTTPServer(HTTPServer.Configuration(), network: Network()) { _ in
      .response(status: 200)
    }
    let address = "127.0.0.1:\(server.port)"
    let reports = [
      try await person.run(
        ["chats", "--timeout", "10"], environment: ["TERCET_MAX_URL": "wss://\(address)/"]),
      try await Person().run(
        "login textsecure --number +14155550101 --textsecure-url https://\(address)"),
      try await Person().run(
        ["login", "trading", "--key", "key"], input: ["secret"],
        environment: ["TERCET_TRADING_URL": "wss://\(address)/"]),
    ]
    for report in reports {
      let line = try #require(report.errors.last)
      // The server may hang up before its answer is read.
      let words = ["server does not speak TLS there", "perhaps the server has no TLS there"]
      #expect(report.code == 6 && words.contains { line.contains($0) }, "\(report)")
      #expect(!line.contains("clock") && !line.contains("ca-file"), "\(line)")
    }
    await server.stop()
  }

  @Test func aFileOfCertificatesThatIsNone() async throws {
    let person = try Person()
    for (path, words) in [("/nowhere/ca.pem", "cannot be read"), ("/dev/null", "in PEM")] {
      let report = try await person.run(["status", "--ca-file", path])
      let line = try #require(report.errors.first)
      #expect(report.code == 2 && report.errors.count == 1, "\(report)")
      #expect(line.contains("--ca-file names \(path)") && line.contains(words), "\(line)")
      #expect(!line.contains("clock"), "\(line)")
    }
  }

  @Test func nobodyListens() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    try await person.signInToTrading()
    let environment = [
      "TERCET_MAX_URL": "ws://127.0.0.1:1/", "TERCET_TRADING_URL": "ws://127.0.0.1:1/",
    ]
    for (command, name) in [("chats", "MAX"), ("balances", "TheOne")] {
      let report = try await person.run([command, "--timeout", "5"], environment: environment)
      let line = try #require(report.errors.last)
      #expect(report.code == 6 && line.hasPrefix("tercet: \(name) cannot be reached: "), "\(line)")
      #expect(line.contains("port 1"), "\(line)")
    }
  }

  @Test func aProxyThatIsNotThere() async throws {
    let servers = try await Servers(options: ["--tls"])
    let person = try Person(servers, environment: ["no_proxy": "*"])
    try await person.signInToMax()
    let report = try await person.run(
      ["chats", "--timeout", "5"],
      environment: ["no_proxy": "", "https_proxy": "http://127.0.0.1:1"])
    let line = try #require(report.errors.last)
    #expect(report.code == 6 && line.contains("proxy") && !line.contains("server does"), "\(line)")
  }

  @Test func aFileThatIsNotThereToAttach() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let logins = try servers.requests("19")
    let (code, error, _) = try await person.failure(
      "send \(MaxChatTests.pavel) hello --attach /nowhere/at-all")
    #expect(code == 1 && error.message == "There is no file /nowhere/at-all")
    let folder = try await person.failure(
      "send \(MaxChatTests.pavel) hello --attach \(person.home.path)")
    #expect(folder.code == 1 && folder.error.message.hasSuffix("is a directory"))
    #expect(try servers.requests("19") == logins, "what is asked of no server costs no sign-in")
  }

  @Test func anAmountWithAComma() async throws {
    let (code, error, _) = try await Person().failure("estimate ETH USDT 1,500")
    #expect(code == 2 && error.hint.contains("1500"))
  }
}
