import Console
import FoundationEssentials
import TestSupport
import Testing

@testable import tercet

/// Where a run's settings come from: a flag beats the environment, the environment the file.
struct SettingsTests {
  private let directory: ScratchDirectory

  init() throws { directory = try ScratchDirectory() }

  private func settings(
    _ line: String = "status", _ environment: [String: String] = [:], file: String? = nil
  ) throws -> Settings {
    var environment = environment
    if let file {
      environment["TERCET_CONFIG"] = directory.file("config")
      try Data(file.utf8).write(to: URL(filePath: directory.file("config")))
    }
    let words = line.split(separator: " ").map(String.init)
    let arguments = try ParsedArguments(words, commands: Subcommand.all)
    return try Settings(arguments, environment: environment)
  }

  @Test(arguments: ["max-url", "trading-url", "textsecure-url", "ca-file", "timeout", "max-codec"])
  func aFlagBeatsTheEnvironmentAndThatTheFile(name: String) throws {
    let variable = "TERCET_" + name.uppercased().replacing("-", with: "_")
    let file = "\(name) = 3"
    #expect(try settings("status --\(name) 1", [variable: "2"], file: file)[name] == "1")
    #expect(try settings("status", [variable: "2"], file: file)[name] == "2")
    #expect(try settings("status", file: file)[name] == "3")
    #expect(try settings("status", [variable: ""], file: file)[name] == "3")
    #expect(try settings()[name] == nil)
  }

  @Test func readsAFileOfSettings() throws {
    let settings = try settings(
      file: "# addresses\r\n\n  max-url =  ws://[::1]:1/a=b  \r\nprofile=work\n")
    #expect(settings["max-url"] == "ws://[::1]:1/a=b")
    #expect(settings["profile"] == "work")
  }

  @Test(arguments: ["max-url", "nonsense = 1", "json = 1", "= 1", "max-url ="])
  func refusesALineThatIsNoSetting(line: String) throws {
    let error = try #require(throws: ConsoleError.self) {
      try settings(file: "timeout = 3\n\(line)\n")
    }
    #expect(error.kind == .usage)
    #expect(error.message.hasPrefix("line 2 of \(directory.file("config")) is not a setting: "))
  }

  @Test func aMarkOfTheEncodingIsNoPartOfTheFirstLine() throws {
    let settings = try settings(file: "\u{feff}max-url = wss://here/\nprofile = work\n")
    #expect(settings["max-url"] == "wss://here/" && settings["profile"] == "work")
  }

  @Test func aTildeIsTheHomeDirectory() throws {
    let home = ["HOME": "/home/me"]
    #expect(
      try settings("status", home, file: "data-dir = ~/x").profile().directory == "/home/me/x")
    #expect(try settings("status --data-dir=~", home).profile().directory == "/home/me")
    #expect(try settings("status", home, file: "ca-file = ~me/x")["ca-file"] == "~me/x")
    #expect(try settings("status", home, file: "max-app-version = ~/1")["max-app-version"] == "~/1")
  }

  @Test func sayWhereABadValueStands() throws {
    let file = try #require(throws: ConsoleError.self) {
      try settings(file: "\n\ntimeout = soon\n").timeout()
    }
    #expect(file.message.hasPrefix("timeout in line 3 of \(directory.file("config")) needs"))
    let variable = try #require(throws: ConsoleError.self) {
      try settings("status", ["TERCET_TIMEOUT": "soon"]).timeout()
    }
    #expect(variable.message.hasPrefix("TERCET_TIMEOUT needs"))
  }

  @Test func aFileThatIsThereMustBeOfUse() throws {
    let usual = directory.file("home/.config/tercet/config")
    try FileManager.default.createDirectory(atPath: usual, withIntermediateDirectories: true)
    let error = try #require(throws: ConsoleError.self) {
      try settings("status", ["HOME": directory.file("home")])
    }
    #expect(error.kind == .usage && error.message.contains("Is a directory"))
  }

  @Test(arguments: [
    ("max-codec = yaml", "max-codec in line 1 of"), ("max-url = http://x/", "max-url in line 1 of"),
    ("trading-url = ws://example.org/", "trading-url in line 1 of"),
    ("textsecure-url = nonsense", "textsecure-url in line 1 of"),
    ("read-marks = perhaps", "read-marks in line 1 of"),
    ("ca-file = /nowhere", "ca-file in line 1 of"),
    ("ca-file = /dev/null", "ca-file in line 1 of"),
  ])
  func aCommandSaysWhatIsWrongInTheFile(line: String, words: String) async throws {
    let person = try Person(environment: [
      "TERCET_MAX_URL": "", "TERCET_TRADING_URL": "", "TERCET_CONFIG": directory.file("config"),
    ])
    try Data(line.utf8).write(to: URL(filePath: directory.file("config")))
    for command in ["status", "chats"] {
      let (code, error, output) = try await person.failure(command)
      #expect(code == 2 && error.message.hasPrefix(words) && output == [], "\(error)")
    }
  }

  @Test func onlyAFileThatWasAskedForMustBeThere() throws {
    let missing = directory.file("missing")
    #expect(throws: ConsoleError.self) { try settings("status --config \(missing)") }
    #expect(throws: ConsoleError.self) { try settings("status", ["TERCET_CONFIG": missing]) }
    #expect(try settings("status", ["HOME": directory.path])["max-url"] == nil)
  }

  @Test func findsTheFileWhereTheXDGRulesPutIt() throws {
    let home = directory.file("home/.config/tercet")
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true)
    try Data("max-url = here".utf8).write(to: URL(filePath: home + "/config"))
    #expect(try settings("status", ["HOME": directory.file("home")])["max-url"] == "here")
    let elsewhere = ["HOME": "/nowhere", "XDG_CONFIG_HOME": directory.file("home/.config")]
    #expect(try settings("status", elsewhere)["max-url"] == "here")
  }

  @Test func keepsDataWhereTheXDGRulesPutIt() throws {
    let home = ["HOME": "/home/me"]
    #expect(
      try settings("status", home).profile().directory == "/home/me/.local/share/tercet/default")
    let data = ["HOME": "/home/me", "XDG_DATA_HOME": "/data"]
    #expect(
      try settings("--profile work status", data).profile().directory == "/data/tercet/work")
    let relative = ["HOME": "/home/me", "XDG_DATA_HOME": "data"]
    #expect(
      try settings("status", relative).profile().directory == "/home/me/.local/share/tercet/default"
    )
    #expect(try settings("--data-dir /mine status", data).profile().directory == "/mine")
    #expect(throws: ConsoleError.self) { try settings().profile().directory }
  }

  @Test(arguments: ["../other", "a/b", "..", ".", "", "é", ".hidden", "a.b"])
  func aProfileIsNoWayOutOfTheDataDirectory(name: String) throws {
    let settings = try settings("status --profile=\(name)", ["HOME": "/home/me"])
    #expect(throws: ConsoleError.self) { try settings.profile().directory }
    #expect(throws: ConsoleError.self) { try settings.sandboxProfile().directory }
  }

  @Test func theSandboxNeverWorksOnRealAccounts() throws {
    let environment = ["HOME": "/home/me", "TERCET_DATA_DIR": "/real"]
    let settings = try settings("--sandbox", environment, file: "data-dir = /real")
    #expect(
      try settings.sandboxProfile().directory == "/home/me/.local/share/tercet-sandbox/default")
    let named = try self.settings("--sandbox --data-dir /tried", environment)
    #expect(try named.sandboxProfile().directory == "/tried")
  }

  @Test func readsATimeout() throws {
    #expect(try settings().timeout() == .seconds(20))
    #expect(try settings("status --timeout 1.5").timeout() == .milliseconds(1500))
    for text in ["0", "-1", "soon", "nan", "inf", "86401"] {
      let settings = try settings("status --timeout \(text)")
      #expect(throws: ConsoleError.self) { try settings.timeout() }
    }
  }
}
