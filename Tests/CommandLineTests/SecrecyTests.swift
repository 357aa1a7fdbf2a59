import FoundationEssentials
import Glibc
import MaxService
import Storage
import TestSupport
import Testing

/// What must be seen by nobody: codes, passwords, keys, tokens.
struct SecrecyTests {
  @Test func noSecretIsSaidOrReadableByOthers() async throws {
    let servers = try await Servers("calls")
    let person = try Person(servers, environment: ["TERCET_TIMEOUT": "10"])
    let secret = try #require(servers.listening.tradingSecret)
    let key = try #require(servers.listening.tradingKey)
    var reports: [Program.Report] = []

    let login = try person.start(["login", "max", "--phone", Person.phone, "-v"])
    let code = try await servers.code(for: Person.phone)
    login.write(code)
    let arguments = try Data(
      contentsOf: URL(filePath: "/proc/\(login.processID)/cmdline"), options: [])
    #expect(!String(decoding: arguments, as: UTF8.self).contains(code))
    reports.append(try await login.end())
    reports.append(
      try await person.run(["login", "trading", "--key", key, "-v"], input: [secret]))
    let watch = try person.start(["calls", "--watch", "--json", "-v"])
    _ = try await watch.line(within: .seconds(60))
    let swap = "swap ETH USDT 0.1 --slippage-bps 50 --yes -v"
    for command in ["status -v", "chats -v --json", swap, "calls", "orders -v --json"] {
      reports.append(try await person.run(command))
    }
    watch.kill(15)
    reports.append(try await watch.end())
    reports.append(
      try await person.run(["login", "trading", "--key", key, "-v"], input: ["planted-wrong"]))

    let store = try person.store()
    let account = try #require(try await store.accounts.account(.max))
    let call = try #require(try await store.calls.recent(limit: 1).first)
    let secrets = [
      code, secret, "planted-wrong", account.secret.revealed,
      try #require(call.token?.revealed), try #require(call.turnPassword?.revealed),
    ]
    for report in reports {
      for line in report.output + report.errors {
        for secret in secrets { #expect(!line.contains(secret), "\(line)") }
      }
    }
    let dumped = "\(account) \(String(reflecting: call))"
    for secret in secrets { #expect(!dumped.contains(secret)) }

    let journal = try await store.journal.recent(limit: 1000).map(\.entry.body).joined()
    for word in secrets + [key, "sig", "nonce"] { #expect(!journal.contains(word)) }
    try expectPrivate(person.home.path)
  }

  /// Nothing below `directory` may be read by anybody else, and only the database holds secrets.
  private func expectPrivate(_ directory: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
    #expect(names.contains { $0.hasSuffix("tercet.db") })
    for name in names {
      var status = stat()
      try #require(lstat("\(directory)/\(name)", &status) == 0)
      #expect(status.st_mode & 0o077 == 0, "\(name)")
    }
  }

  @Test func aSecretOnTheCommandLineIsNoOption() async throws {
    let report = try await Person().run("login trading --key k --secret s3cret")
    #expect(report.code == 2)
    let token = try await Person().run("login max --code 123456")
    #expect(token.code == 2)
  }

  @Test func aDirectoryThatOthersMayEnterIsRefused() async throws {
    let person = try Person()
    let shared = person.home.file("shared")
    try FileManager.default.createDirectory(
      atPath: shared, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o755])
    try "x".write(toFile: shared + "/file")
    let (code, error, _) = try await person.failure("status --data-dir \(shared)")
    #expect(code == 1 && error.code == "storage" && error.message.contains(shared))
  }
}
