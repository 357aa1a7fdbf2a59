import Accounts
import FoundationEssentials
import Phrases
import TestSupport
import Testing

/// Ways into MAX without a code, its devices, and the servers of a call, as a script uses them.
struct MaxAccessTests {
  @Test func signsInByQRCodeAndPassword() async throws {
    let servers = try await Servers("guarded")
    let person = try Person(servers)
    let login = try person.start(["login", "max", "--qr", "--json"])
    let scan = try JSONDecoder().decode(
      LoginOutput.self, from: Data(try await login.line().utf8))
    #expect(scan.state == "scan" && scan.account == nil && (scan.expiresAt ?? 0) > 0)
    #expect(scan.link?.hasPrefix("https://max.example/qr/") == true)
    login.write("correct horse")
    let report = try await login.end(within: .seconds(60))
    #expect(report.code == 0 && report.errors == [], "\(report)")
    #expect(report.output.last == #"{"account":"Ира Т","service":"max","state":"online"}"#)

    // For a person the code is drawn, on standard error: standard output has the answer alone.
    let again = try person.start(["login", "max", "--qr"])
    again.write("correct horse")
    let words = try await again.end(within: .seconds(60))
    #expect(words.code == 0 && words.output == ["MAX: online as Ира Т"])
    #expect(words.errors.count { $0.contains { "█▀▄".contains($0) } } == 17)
    #expect(words.errors.contains { $0.contains("The code says: https://max.example/qr/") })
    #expect(!words.errors.joined().contains("\u{1b}"))
  }

  @Test("Where no codes are sent, both ways of asking lead to the QR code, with a reason")
  func leadsFromTheCodeToTheQRCode() async throws {
    let servers = try await Servers("guarded", faults: "phone-auth=off")
    let person = try Person(servers)
    for words in [["login", "max"], ["login", "max", "--phone", Person.phone]] {
      let login = try person.start(words)
      login.write("correct horse")
      let report = try await login.end(within: .seconds(60))
      #expect(report.code == 0 && report.output == ["MAX: online as Ира Т"], "\(report)")
      #expect(report.errors.contains(Phrase.noCodesHere.with("MAX")), "\(report)")
    }
  }

  @Test("A code that does not come can be given up for the QR code")
  func givesTheCodeUp() async throws {
    let servers = try await Servers("guarded", faults: "phone-auth=silent")
    let person = try Person(servers)
    let login = try person.start(["login", "max", "--phone", Person.phone])
    login.write("")
    login.write("correct horse")
    let report = try await login.end(within: .seconds(60))
    #expect(report.code == 0 && report.output == ["MAX: online as Ира Т"], "\(report)")
  }

  @Test("Commands in a loop sign in fifteen times, and go on with what is stored")
  func signsInWithinALimit() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    var remarks = 0
    for _ in 0..<18 {
      let report = try await person.run("chats")
      #expect(report.code == 0 && report.output.count > 20, "\(report)")
      if !report.errors.isEmpty { remarks += 1 }
    }
    #expect(remarks == 4)
    #expect(try servers.requests("19") == 15)
  }

  @Test func takesALoginThatWasMadeElsewhere() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let refused = try await person.failure(
      "login max --token", input: ["sandbox-54321001-0-0", UUID().uuidString])
    #expect(refused.code == 3 && refused.output == [])
    let unreadable = try await person.failure("login max --token", input: ["two words\"", "x"])
    #expect(unreadable.code == 2 && unreadable.error.code == "invalid-input")
    let silent = try await person.failure("login max --token", input: ["token"])
    #expect(silent.code == 2 && silent.error.code == "no-answer")
    #expect(try await person.run("login max --token --qr").code == 2)
  }

  @Test func showsTheLinkOfACaptcha() async throws {
    let servers = try await Servers(faults: "refuse=17:captcha.required")
    let person = try Person(servers)
    let link = "https://max.example/captcha/79990001122"
    let words = ["login", "max", "--phone", Person.phone]
    let report = try await person.run(words, input: [""])
    #expect(report.code == 2 && report.output == [])
    #expect(report.errors.count { $0.contains(link) } == 2, "\(report)")
    let lines = try await person.run(words + ["--json"])
    #expect(lines.code == 2 && lines.output.count == 1 && lines.errors.count == 1)
    #expect(lines.output[0].contains(#""state":"captcha""#) && lines.output[0].contains(link))
  }

  @Test(arguments: ["json", "binary"])
  func tellsHowFarTheServerIs(codec: String) async throws {
    let servers = try await Servers()
    let url = try #require(codec == "json" ? servers.listening.max : servers.listening.maxBinary)
    let person = try Person(servers, environment: ["TERCET_MAX_URL": url])
    try await person.signInToMax()
    let status = try #require(try await person.lines("status", as: StatusOutput.self).first)
    #expect(status.state == "online" && status.account == "Ира Т")
    #expect((0..<5000).contains(status.rttMs ?? -1))
    #expect(abs(status.skewMs ?? .max) < 5000)
    #expect(status.unread > 0 && status.outbox == 0)
  }

  @Test func listsAndClosesSessions() async throws {
    let servers = try await Servers()
    let other = try Person(servers)
    try await other.signInToMax()
    let person = try Person(servers)
    let login = try person.start(["login", "max", "--phone", Person.phone])
    login.write(try await servers.code(for: Person.phone, count: 2))
    #expect(try await login.end().code == 0)

    let sessions = try await person.lines("sessions", as: DeviceOutput.self)
    #expect(sessions.map(\.current) == [true, false])
    #expect(sessions.allSatisfy { $0.location == "127.0.0.1" && ($0.lastSeenAt ?? 0) > 0 })
    let left = try await person.lines("sessions --close-others", as: DeviceOutput.self)
    #expect(left.map(\.current) == [true])
    #expect(try await person.lines("sessions", as: DeviceOutput.self).count == 1)
    let lost = try await other.failure("sessions")
    #expect(lost.code == 3, "\(lost)")
  }

  @Test func checksTheServersOfACall() async throws {
    let servers = try await Servers("calls")
    let person = try Person(servers)
    try await person.signInToMax()
    let watcher = try person.start(["calls", "--watch", "--json"])
    let call = try JSONDecoder().decode(
      CallOutput.self, from: Data(try await watcher.line(within: .seconds(60)).utf8))
    let report = try await person.run("calls check \(call.conversationId) --json")
    #expect(report.code == 0 && report.output.count == 3, "\(report)")
    let lines = try report.output.map {
      try JSONDecoder().decode(ServerCheckOutput.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.url) == [call.stun].compactMap(\.self) + call.turn)
    #expect(lines.map(\.ok) == [true, true, false])
    #expect(lines.map { $0.error == nil } == [true, true, false])
    #expect(!report.output.joined().contains("token"))

    let reply = try await person.run(
      ["calls", "decline", call.conversationId, "--reply", "Перезвоню", "--json"])
    #expect(reply.code == 0, "\(reply)")
    let ending = try await watcher.line { $0.contains("declined") }
    #expect(ending.contains(call.conversationId))
    watcher.kill(15)
    _ = try await watcher.end()
    let unknown = try await person.failure("calls check nothing")
    #expect(unknown.code == 1 && unknown.error.code == "no-call")
  }
}
