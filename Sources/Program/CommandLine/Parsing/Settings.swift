import Domain
import Storage
import ViewModels

/// Settings of one run: a flag beats the environment, the environment beats the file.
struct Settings: Sendable {
  private let arguments: ParsedArguments
  private let environment: [String: String]
  /// The values that count, and who gave them.
  private var found: [String: (value: String, origin: String)] = [:]
  /// Where settings are written; nil without a home directory.
  let path: String?
  /// Keys of the person's own, from the settings file.
  let bindings: [KeyBinding]
  /// The themes that can be named.
  let themes: ThemeFiles
  /// Where everything about the program is written that is no data; nil without a home directory.
  let configDirectory: String?

  init(_ arguments: ParsedArguments, environment: [String: String]) throws(UserError) {
    self.arguments = arguments
    self.environment = environment
    let usual = Settings.usualDirectory(environment)
    themes = ThemeFiles(beside: usual)
    configDirectory = usual
    let named = try (arguments["config"] ?? environment["TERCET_CONFIG"]).map {
      given throws(UserError) in
      try Subcommand.Values.file.expandingHome(given, home: environment["HOME"])
    }
    path = named ?? usual.map { "\($0)/config" }
    // Only a file that was asked for must be there.
    let file = try path.flatMap { path throws(UserError) in
      try SettingsFile(path, isNamed: named != nil, knowing: arguments.commands)
    }
    bindings = file?.bindings ?? []
    for option in arguments.commands.globalOptions where option.isSetting {
      try find(option, in: file)
    }
  }

  private mutating func find(
    _ option: Subcommand.Option, in file: SettingsFile?
  ) throws(UserError) {
    let variable = Settings.variable(option.name)
    if let value = arguments[option.name] {
      found[option.name] = (value, option.flag)
    } else if let value = environment[variable], !value.isEmpty {
      found[option.name] = (value, variable)
    } else if let file, let entry = file.entries[option.name] {
      found[option.name] = (entry.value, "\(option.name) in line \(entry.line) of \(file.path)")
    }
    guard let (value, origin) = found[option.name] else { return }
    found[option.name]?.value = try option.values.expandingHome(value, home: environment["HOME"])
    if option.isSwitch {
      guard let isOn = Settings.switches[value.lowercased()] else {
        throw .usage("\(origin) is on or off, not \(harmless(value, limit: 60))")
      }
      found[option.name]?.value = isOn ? "on" : "off"
    } else if case .oneOf(let words) = option.values, !words.contains(value) {
      let choices = words.dropLast().joined(separator: ", ") + " or \(words.last ?? "")"
      throw .usage("\(origin) is \(choices), not \(harmless(value, limit: 60))")
    }
  }

  /// The value of `max-url`, from `--max-url`, `TERCET_MAX_URL` or a line `max-url = …`.
  subscript(name: String) -> String? { found[name]?.value }

  /// Whether a setting that is on or off is on.
  ///
  /// - Parameter usually: what it is without a word of it.
  func isOn(_ name: String, usually: Bool = false) -> Bool {
    self[name].map { $0 == "on" } ?? usually
  }

  /// `on` and `off`, and the words that other programs have for them.
  private static let switches = [
    "on": true, "yes": true, "true": true, "1": true,
    "off": false, "no": false, "false": false, "0": false,
  ]

  /// Who gave that value, for a message about it: `--timeout`, `TERCET_TIMEOUT`,
  /// `timeout in line 3 of FILE`.
  func origin(of name: String) -> String { found[name]?.origin ?? "--\(name)" }

  /// The flag or the variable that gave that value, which the settings file cannot change; nil where
  /// none did.
  func override(of name: String) -> String? {
    if arguments[name] != nil { return "--\(name)" }
    let variable = Settings.variable(name)
    return environment[variable].flatMap { $0.isEmpty ? nil : variable }
  }

  private static func variable(_ name: String) -> String {
    "TERCET_" + name.uppercased().replacing("-", with: "_")
  }

  /// A usage error about a value that is given but cannot be used.
  func unusable(_ name: String, _ why: String) -> UserError {
    .usage("\(origin(of: name)) \(why)")
  }

  /// Where the accounts of this run live.
  func profile() throws(UserError) -> Profile {
    if let directory = self["data-dir"] { return try profile(in: directory) }
    return try namedProfile(in: "tercet")
  }

  /// Where those of `--sandbox` live, apart from every real profile: only a flag of this very run
  /// may name another directory, since signing in there replaces the accounts.
  func sandboxProfile() throws(UserError) -> Profile {
    if let directory = arguments["data-dir"] { return try profile(in: directory) }
    return try namedProfile(in: "tercet-sandbox")
  }

  /// A directory leaves a profile's name nothing to say; but one that can be no name is a mistake all the
  /// same, and would mean a path the day the directory is not given.
  private func profile(in directory: String) throws(UserError) -> Profile {
    do throws(StorageError) {
      try Profile.checkName(self["profile"] ?? "default")
    } catch {
      throw .usage("\(origin(of: "profile")): \(error.message). \(error.hint)")
    }
    return Profile(directory: directory)
  }

  private func namedProfile(in folder: String) throws(UserError) -> Profile {
    do throws(StorageError) {
      return try Profile(
        name: self["profile"] ?? "default", environment: environment, folder: folder)
    } catch {
      guard case .badProfileName = error else { throw UserError(error) }
      throw .usage("\(origin(of: "profile")): \(error.message). \(error.hint)")
    }
  }

  /// How long to wait for a server.
  func timeout() throws(UserError) -> Duration {
    guard let text = self["timeout"] else { return .seconds(20) }
    guard let seconds = Double(text), seconds > 0, seconds <= 86_400 else {
      throw .usage("\(origin(of: "timeout")) needs a number of seconds, at most a day")
    }
    return .seconds(seconds)
  }

  /// Nil without a home directory. The XDG specification says that a relative path counts as unset.
  private static func usualDirectory(_ environment: [String: String]) -> String? {
    func absolute(_ variable: String) -> String? {
      environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base = absolute("XDG_CONFIG_HOME") ?? absolute("HOME").map { "\($0)/.config" }
    return base.map { "\($0)/tercet" }
  }
}
