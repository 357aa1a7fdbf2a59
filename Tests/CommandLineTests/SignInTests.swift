import Accounts
import MaxService
import TestSupport
import Testing
import TextSecureService
import TradingService

/// `tercet login` and `tercet logout` against servers in another process.
struct SignInTests {
  @Test func signsInToMaxWithTheCodeFromStandardInput() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let login = try person.start(["login", "max", "--phone", Person.phone, "--json"])
    login.write(try await servers.code(for: Person.phone))
    let report = try await login.end()
    #expect(report.code == 0 && report.errors == [])
    #expect(report.output == [#"{"account":"Ира Т","service":"max","state":"online"}"#])

    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status.map(\.service) == [.max, .trading, .textsecure])
    #expect(status.map(\.state) == ["online", "signed-out", "signed-out"])
    #expect(status[0].account == "Ира Т" && status[0].outbox == 0)
    let chats = try await person.lines("chats", as: ChatOutput.self)
    #expect(status[0].unread == chats.reduce(0) { $0 + $1.unread } && status[0].unread > 0)
  }

  @Test func asksForThePhoneNumberThatWasNotGiven() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let login = try person.start(["login", "max"])
    login.write(" +7 (999) 000-11-22 ")
    login.write(try await servers.code(for: Person.phone))
    let report = try await login.end()
    #expect(report.code == 0 && report.errors == [])
    #expect(report.output == ["MAX: online as Ира Т"])
  }

  @Test func replacesAnotherNumberOnlyWhenTold() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let other = "+79990003344"
    let (code, error, output) = try await person.failure("login max --phone \(other)")
    #expect(code == 4 && error.code == "would-replace" && output == [])
    #expect(try servers.codes(for: other).isEmpty)
    let chats = try await person.lines("chats", as: ChatOutput.self)
    #expect(error.message.contains("\(chats.count) chats"))
    let login = try person.start(["login", "max", "--phone", other, "--replace"])
    login.write(try await servers.code(for: other))
    login.write("correct horse")
    #expect(try await login.end().code == 0)
  }

  @Test func refusesAWrongCode() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let login = try person.start(["login", "max", "--phone", Person.phone])
    let code = try await servers.code(for: Person.phone)
    login.write(String(code.map { $0 == "0" ? "1" : "0" }))
    let report = try await login.end()
    #expect(report.code == 3 && report.output == [])
    #expect(report.errors.count == 1)
    #expect(report.errors.first?.hasPrefix("tercet: ") == true)
    #expect(report.errors.first?.contains("code") == true)
    #expect(try await person.lines("status", as: StatusOutput.self)[0].state == "signed-out")
  }

  @Test func asksForThePasswordOfAnAccountThatHasOne() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let number = "+79990003344"
    for (attempt, password) in ["wrong", "correct horse"].enumerated() {
      let login = try person.start(["login", "max", "--phone", number, "--json"])
      login.write(try await servers.code(for: number, count: attempt + 1))
      login.write(password)
      let report = try await login.end()
      #expect(report.code == (attempt == 0 ? 3 : 0), "\(report)")
      #expect(report.output.count == attempt)
    }
    #expect(try await person.lines("status", as: StatusOutput.self)[0].state == "online")
  }

  @Test(arguments: ["12", "+0000", "номер", "+1 415 555 0100 0000 0000"])
  func refusesWhatIsNoPhoneNumber(number: String) async throws {
    let person = try Person()
    let report = try await person.run(["login", "max", "--phone", number])
    #expect(report.code == 2 && report.output == [] && report.errors.count == 1)
  }

  @Test func saysThatTheServerRefusesANumber() async throws {
    let person = try Person(try await Servers())
    let report = try await person.run(["login", "max", "--phone", "+14155550100"])
    #expect(report.code == 3 && report.output == [] && report.errors.count == 1)
  }

  @Test func saysThatNobodyAnswered() async throws {
    let servers = try await Servers()
    let (code, error, output) = try await Person(servers)
      .failure("login max --phone \(Person.phone)")
    #expect(code == 2 && error.code == "no-answer" && output == [])
  }

  @Test func signsInToTradingWithTheSecretFromAnyOfThreePlaces() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let key = try #require(servers.listening.tradingKey)
    let secret = try #require(servers.listening.tradingSecret)
    let words = ["login", "trading", "--key", key, "--json"]
    let file = person.home.file("secret")
    try (secret + "\n").write(toFile: file)
    let reports = [
      try await person.run(words, input: [secret]),
      try await person.run(words, environment: ["TERCET_TRADING_SECRET": secret]),
      try await person.run(words + ["--secret-file", file]),
    ]
    for report in reports {
      #expect(report.code == 0 && report.errors == [])
      #expect(
        report.output == [
          #"{"account":"sand…\#(key.suffix(2))","dialect":"doc","keyOrder":"sorted","#
            + #""service":"trading","state":"online"}"#
        ])
    }
  }

  @Test func keepsTheKeysThatWorkWhenOthersAreRefused() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToTrading()
    let key = try #require(servers.listening.tradingKey)
    let (code, error, output) = try await person.failure(
      "login trading --key \(key)", input: ["not the secret"])
    #expect(code == 3 && error.code == "invalid-signature" && output == [])
    let other = try await person.failure("login trading --key nobody", input: ["x"])
    #expect(other.code == 3 && other.error.code == "invalid-api-key")
    #expect(try await person.lines("balances", as: BalanceOutput.self).count == 3)
    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status.map(\.dialect) == [nil, "doc", nil])
    #expect(try await person.run("status").output[1].contains("  doc  "))
  }

  @Test func saysThatNoServerAnswers() async throws {
    let person = try Person()
    let trading = try await person.failure(
      "login trading --key k --timeout 1", input: ["s"])
    #expect(trading.code == 6 && trading.error.code == "no-connection" && trading.output == [])
    let max = try await person.failure("login max --phone \(Person.phone) --timeout 1")
    #expect(max.code == 6 && max.error.code == "no-connection" && max.output == [])
  }

  @Test func remembersWhereItSignedIn() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    try await person.signInToTrading()
    let unset = ["TERCET_MAX_URL": "", "TERCET_TRADING_URL": ""]
    #expect(try await person.run(["chats"], environment: unset).code == 0)
    #expect(try await person.run(["balances"], environment: unset).code == 0)
    let elsewhere = ["chats", "--max-url", "ws://127.0.0.1:1/", "--timeout", "1"]
    #expect(try await person.run(elsewhere).code == 6)
  }

  @Test func profilesAreApart() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    #expect(try await person.run("chats --profile other").code == 3)
    #expect(try await person.run("--profile default chats").code == 0)
  }

  @Test func forgetsTheSessionAtLogout() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    try await person.signInToTrading()
    let online = try await person.lines("status", as: StatusOutput.self)
    #expect(
      online.prefix(2).allSatisfy { $0.state == "online" && $0.rttMs != nil }, "\(online)")
    for service in ["max", "trading"] {
      let report = try await person.run("logout \(service) --json")
      #expect(report.code == 0 && report.errors == [])
      #expect(
        report.output == [#"{"account":null,"service":"\#(service)","state":"signed-out"}"#])
    }
    #expect(try servers.requests("20") == 1)
    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status.allSatisfy { $0.state == "signed-out" })
    #expect(try await person.run("chats").output == [])
    for command in ["chats", "messages max:1", "balances", "logout max", "logout trading"] {
      let (code, error, _) = try await person.failure(command)
      #expect(code == 3 && error.code == "not-signed-in", "\(command)")
    }
  }
}
