import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import Program

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
    let arguments = try ParsedArguments(words, commands: .whole)
    return try Settings(arguments, environment: environment)
  }

  @Test(arguments: ["max-url", "trading-url", "textsecure-url", "ca-file", "timeout"])
  func aFlagBeatsTheEnvironmentAndThatTheFile(name: String) throws {
    let variable = "TERCET_" + name.uppercased().replacing("-", with: "_")
    let file = "\(name) = 3"
    #expect(try settings("status --\(name) 1", [variable: "2"], file: file)[name] == "1")
    #expect(try settings("status", [variable: "2"], file: file)[name] == "2")
    #expect(try settings("status", file: file)[name] == "3")
    #expect(try settings("status", [variable: ""], file: file)[name] == "3")
    #expect(try settings()[name] == nil)
  }

  @Test("The mouse is on without a word of it, and off by any of the three")
  func mouse() throws {
    func isOn(
      _ line: String = "", _ environment: [String: String] = [:], file: String? = nil
    ) throws -> Bool {
      try settings(line, environment, file: file).isOn("mouse", usually: true)
    }
    #expect(try isOn())
    for line in ["--mouse off", "--mouse=off", "--mouse=no", "status --mouse off"] {
      #expect(try !isOn(line, ["TERCET_MOUSE": "on"], file: "mouse = on"))
    }
    for word in ["off", "Off", "no", "false", "0"] {
      #expect(try !isOn(file: "mouse = \(word)"))
      #expect(try !isOn("", ["TERCET_MOUSE": word], file: "mouse = on"))
    }
    #expect(try isOn("--mouse on", ["TERCET_MOUSE": "off"]))
    for line in ["--mouse maybe", "--mouse", "--mouse="] {
      let error = try #require(throws: UserError.self) { try isOn(line) }
      #expect(error.kind == .usage, "\(error)")
    }
  }

  @Test("Lines that bind keys are read with their numbers, and anything else is a mistake")
  func bindings() throws {
    let file = "# keys\nbind g c = view.1\nmouse = off\nbind = = settings\n"
    let bindings = try settings(file: file).bindings
    #expect(bindings.map(\.line) == [2, 4])
    #expect(bindings.map(\.keys) == ["g c", "="] && bindings[0].command == "view.1")
    #expect(throws: UserError.self) { try settings(file: "bind g c") }
    #expect(throws: UserError.self) { try settings(file: "clock = 13") }
    #expect(try settings(file: "clock = 12\nnumbers = comma")["numbers"] == "comma")
  }

  @Test("A profile's name is one, with a directory too", arguments: ["../../etc", "a/b", ".", ""])
  func profileNames(_ name: String) throws {
    for line in ["status", "status --data-dir /tmp/x"] {
      let error = try #require(throws: UserError.self) {
        _ = try settings("\(line) --profile=\(name)").profile()
      }
      #expect(error.kind == .usage && error.message.hasPrefix("--profile"), "\(error)")
      #expect(throws: UserError.self) { try settings("\(line) --profile=\(name)").sandboxProfile() }
    }
    #expect(try settings("status --data-dir /tmp/x --profile a").profile().directory == "/tmp/x")
  }

  @Test(arguments: ["paper", "dry-run"])
  func aSwitchIsASettingToo(name: String) throws {
    let variable = "TERCET_" + name.uppercased().replacing("-", with: "_")
    #expect(try !settings().isOn(name))
    #expect(try settings("status --\(name)").isOn(name))
    #expect(try settings("--\(name)").isOn(name), "the console")
    for word in ["on", "yes", "True", "1"] {
      #expect(try settings(file: "\(name) = \(word)").isOn(name))
      #expect(try settings("status", [variable: word]).isOn(name))
    }
    let file = "\(name) = on"
    #expect(try !settings("status --\(name)=off", [variable: "on"], file: file).isOn(name))
    #expect(try !settings("status", [variable: "no"], file: file).isOn(name))
    #expect(try settings("status", [variable: ""], file: file).isOn(name))
    for (line, environment, file, who) in [
      ("status --\(name)=maybe", [:], nil, "--\(name)"), ("status", [variable: "2"], nil, variable),
      ("status", [:], "\n\(name) = ", "line 2 of \(directory.file("config")) is not a setting"),
      ("status", [:], "\(name) = ja", "\(name) in line 1 of \(directory.file("config"))"),
    ] as [(String, [String: String], String?, String)] {
      let error = try #require(throws: UserError.self) {
        try settings(line, environment, file: file)
      }
      #expect(error.kind == .usage && error.message.hasPrefix(who), "\(error)")
    }
  }

  @Test func readsAFileOfSettings() throws {
    let settings = try settings(
      file: "# addresses\r\n\n  max-url =  ws://[::1]:1/a=b  \r\nprofile=work\n")
    #expect(settings["max-url"] == "ws://[::1]:1/a=b")
    #expect(settings["profile"] == "work")
  }

  @Test(arguments: ["max-url", "nonsense = 1", "json = 1", "config = x", "= 1", "max-url ="])
  func refusesALineThatIsNoSetting(line: String) throws {
    let error = try #require(throws: UserError.self) {
      try settings(file: "timeout = 3\n\(line)\n")
    }
    #expect(error.kind == .usage)
    #expect(error.message.hasPrefix("line 2 of \(directory.file("config")) is not a setting: "))
  }

  @Test func aByteOrderMarkIsNoPartOfTheFirstLine() throws {
    #expect(try settings(file: "\u{feff}timeout = 3\n")["timeout"] == "3")
    #expect(try settings(file: "\u{feff}# a remark\nprofile = work")["profile"] == "work")
  }

  @Test func aTildeIsTheHomeDirectoryInEverySource() throws {
    let home = ["HOME": "/home/me"]
    let file = "data-dir = ~/data\nca-file = ~/ca.pem\nalert-command = ~/tell {text}\n"
    let fromFile = try settings("status", home, file: file)
    #expect(try fromFile.profile().directory == "/home/me/data")
    #expect(fromFile["ca-file"] == "/home/me/ca.pem")
    #expect(fromFile["alert-command"] == "\"/home/me\"/tell {text}")
    let variable = home.merging(["TERCET_DATA_DIR": "~"]) { $1 }
    #expect(try settings("status", variable).profile().directory == "/home/me")
    let arguments = try ParsedArguments(
      ["save", "max:1", "2", "--to=~/Pictures", "--data-dir=~/data"], commands: .whole,
      home: "/home/me")
    #expect(arguments["to"] == "/home/me/Pictures" && arguments["data-dir"] == "/home/me/data")
    // Somebody's else home is not ours to know, and a text is no path.
    #expect(try settings("status", home, file: "ca-file = ~you/x")["ca-file"] == "~you/x")
    #expect(try settings("status", home, file: "max-url = ~/x")["max-url"] == "~/x")
    #expect(throws: UserError.self) { try settings("status", file: "data-dir = ~/data") }
  }

  @Test(arguments: [
    ("max-codec", "cbor", "is json or binary, not cbor"),
    ("read-marks", "sometimes", "is always, focused or never, not sometimes"),
    ("timeout", "soon", "needs a number of seconds, at most a day"),
    ("profile", "a/b", "\"a/b\" is no name for a profile"),
  ])
  func saysWhoGaveABadValue(name: String, value: String, reason: String) throws {
    let home = ["HOME": "/home/me"]
    let variable = "TERCET_" + name.uppercased().replacing("-", with: "_")
    func message(_ line: String, _ environment: [String: String], file: String?) throws -> String {
      let error = try #require(throws: UserError.self) {
        let settings = try settings(line, home.merging(environment) { $1 }, file: file)
        _ = try (settings.timeout(), settings.profile())
      }
      #expect(error.kind == .usage)
      return error.message
    }
    let inFile = try message("status", [:], file: "# mine\n\(name) = \(value)\n")
    #expect(inFile.hasPrefix("\(name) in line 2 of \(directory.file("config"))"))
    let inEnvironment = try message("status", [variable: value], file: nil)
    #expect(inEnvironment.hasPrefix(variable))
    let asFlag = try message("status --\(name) \(value)", [:], file: nil)
    #expect(asFlag.hasPrefix("--\(name)"))
    for text in [inFile, inEnvironment, asFlag] { #expect(text.contains(reason), "\(text)") }
  }

  @Test func aFileThatCannotBeReadIsNotIgnored() throws {
    let folder = directory.file("home/.config/tercet/config")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for environment in [["HOME": directory.file("home")], ["TERCET_CONFIG": folder]] {
      let error = try #require(throws: UserError.self) { try settings("status", environment) }
      #expect(error.message == "the settings file \(folder) cannot be read: Is a directory")
    }
  }

  @Test func onlyAFileThatWasAskedForMustBeThere() throws {
    let missing = directory.file("missing")
    #expect(throws: UserError.self) { try settings("status --config \(missing)") }
    #expect(throws: UserError.self) { try settings("status", ["TERCET_CONFIG": missing]) }
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
    #expect(throws: UserError.self) { try settings().profile().directory }
  }

  @Test(arguments: ["../other", "a/b", "..", ".", "", "é", ".hidden", "a.b"])
  func aProfileIsNoWayOutOfTheDataDirectory(name: String) throws {
    let settings = try settings("status --profile=\(name)", ["HOME": "/home/me"])
    #expect(throws: UserError.self) { try settings.profile().directory }
    #expect(throws: UserError.self) { try settings.sandboxProfile().directory }
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
      #expect(throws: UserError.self) { try settings.timeout() }
    }
  }
}
