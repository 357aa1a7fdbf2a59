import Accounts
import MaxService
import TestSupport
import Testing
import TextSecureService
import TradingService

/// `tercet login textsecure` and `tercet logout textsecure`.
struct TextSecureSignInTests {
  private static let number = "+14155550101"

  @Test(arguments: [[], ["--tls"]])
  func registersWithTheCodeFromStandardInput(options: [String]) async throws {
    let servers = try await Servers(options: options)
    let person = try Person(servers)
    let login = try person.start(["login", "textsecure", "--number", Self.number, "--json"])
    login.write(try await servers.code(for: Self.number))
    let report = try await login.end()
    #expect(report.code == 0 && report.errors == [], "\(report)")
    #expect(
      report.output == [#"{"account":"\#(Self.number)","service":"textsecure","state":"online"}"#])
    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status.map(\.service) == [.max, .trading, .textsecure])
    #expect(status[2].state == "online" && status[2].account == Self.number)
    #expect(status[2].unread == 0 && status[2].outbox == 0)
  }

  @Test func asksForTheNumberAndHasTheCodeTold() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let login = try person.start(["login", "textsecure", "--voice"])
    login.write(" +1 (415) 555-0101 ")
    login.write(try await servers.code(for: Self.number))
    let report = try await login.end()
    #expect(report.code == 0 && report.output == ["TextSecure: online as \(Self.number)"])
  }

  /// Before a code is sent, and so that a script does not lose what it did not mean to.
  @Test func replacesAnotherNumberOnlyWhenTold() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToTextSecure(Self.number)
    let other = "+14155550102"
    let (code, error, output) = try await person.failure("login textsecure --number \(other)")
    #expect(code == 4 && error.code == "would-replace" && output == [])
    #expect(error.message.contains(Self.number) && error.hint.contains("--replace"))
    #expect(try servers.codes(for: other).isEmpty)
    #expect(try await person.lines("status", as: StatusOutput.self)[2].account == Self.number)
    let login = try person.start(["login", "textsecure", "--replace", "--number", other])
    login.write(try await servers.code(for: other))
    #expect(try await login.end().code == 0)
    #expect(try await person.lines("status", as: StatusOutput.self)[2].account == other)
  }

  @Test func refusesAWrongCode() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let login = try person.start(["login", "textsecure", "--number", Self.number, "--json"])
    let code = try await servers.code(for: Self.number)
    login.write(String(code.map { $0 == "0" ? "1" : "0" }))
    let report = try await login.end()
    #expect(report.code == 3 && report.output == [] && report.errors.count == 1)
    #expect(try Failure(line: report.errors[0]).code == "wrong-code")
    #expect(try await person.lines("status", as: StatusOutput.self)[2].state == "signed-out")
  }

  @Test func needsARelay() async throws {
    let person = try Person()
    let (code, error, output) = try await person.failure(
      "login textsecure --number \(Self.number)")
    #expect(code == 2 && error.code == "no-relay" && output == [])
    #expect(error.hint.contains("--textsecure-url"))
    for number in ["12", "+0000", "номер"] {
      let report = try await person.run(
        ["login", "textsecure", "--textsecure-url", "http://127.0.0.1:1", "--number", number])
      #expect(report.code == 2 && report.output == [] && report.errors.count == 1)
    }
  }

  @Test func tellsWhyTheRelayIsNotReached() async throws {
    let nobody = "login textsecure --number \(Self.number) --timeout 1 --textsecure-url"
    let closed = try await Person().failure("\(nobody) http://127.0.0.1:1")
    #expect(closed.code == 6 && closed.error.code == "no-connection" && closed.output == [])
    let bare = try await Person().failure("\(nobody) http://relay.example")
    #expect(bare.code == 2 && bare.error.code == "bad-address")
    // A certificate of a private authority is good for those alone who name it.
    let servers = try await Servers(options: ["--tls"])
    let url = try #require(servers.listening.textsecure)
    #expect(url.hasPrefix("https://"))
    #expect(try await Person().failure("\(nobody) \(url)").code == 6)
  }

  @Test func remembersTheRelayUntilLogout() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToTextSecure(Self.number)
    let unset = ["TERCET_TEXTSECURE_URL": ""]
    #expect(try await person.run(["chats"], environment: unset).code == 0)
    let elsewhere = ["chats", "--textsecure-url", "http://127.0.0.1:1", "--timeout", "1"]
    #expect(try await person.run(elsewhere).code == 6)

    let logout = try await person.run("logout textsecure --json")
    #expect(logout.code == 0 && logout.errors == [])
    #expect(
      logout.output == [#"{"account":null,"service":"textsecure","state":"signed-out"}"#])
    let chat = "textsecure:+14155550102"
    for command in ["chats", "send \(chat) x", "identity", "logout textsecure"] {
      let (code, error, _) = try await person.failure(command)
      #expect(code == 3 && error.code == "not-signed-in", "\(command)")
    }
  }
}
