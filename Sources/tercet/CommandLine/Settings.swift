import Console
import FoundationEssentials
import Storage

/// Settings of one run: a flag beats the environment, the environment beats the file.
struct Settings: Sendable {
  private let arguments: ParsedArguments
  private let environment: [String: String]
  private let file: [String: String]

  init(_ arguments: ParsedArguments, environment: [String: String]) throws(ConsoleError) {
    self.arguments = arguments
    self.environment = environment
    file = try Settings.readFile(arguments, environment)
  }

  /// The value of `max-url`, from `--max-url`, `TERCET_MAX_URL` or a line `max-url = …`.
  subscript(name: String) -> String? {
    let variable = "TERCET_" + name.uppercased().replacing("-", with: "_")
    let set = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    return arguments[name] ?? set ?? file[name]
  }

  /// Where the accounts of this run live.
  func profile() throws(ConsoleError) -> Profile {
    if let directory = self["data-dir"] { return Profile(directory: directory) }
    return try namedProfile(in: "tercet")
  }

  /// Where those of `--sandbox` live, apart from every real profile: only a flag of this very run
  /// may name another directory, since signing in there replaces the accounts.
  func sandboxProfile() throws(ConsoleError) -> Profile {
    if let directory = arguments["data-dir"] { return Profile(directory: directory) }
    return try namedProfile(in: "tercet-sandbox")
  }

  private func namedProfile(in folder: String) throws(ConsoleError) -> Profile {
    do throws(StorageError) {
      return try Profile(
        name: self["profile"] ?? "default", environment: environment, folder: folder)
    } catch {
      throw ConsoleError(error)
    }
  }

  /// How long to wait for a server.
  func timeout() throws(ConsoleError) -> Duration {
    guard let text = self["timeout"] else { return .seconds(20) }
    guard let seconds = Double(text), seconds > 0, seconds <= 86_400 else {
      throw .usage("--timeout needs a number of seconds")
    }
    return .seconds(seconds)
  }

  private static func readFile(
    _ arguments: ParsedArguments, _ environment: [String: String]
  ) throws(ConsoleError) -> [String: String] {
    let named = arguments["config"] ?? environment["TERCET_CONFIG"]
    guard let path = named ?? usualPath(environment) else { return [:] }
    guard let data = FileManager.default.contents(atPath: path) else {
      // Only a file that was asked for must be there.
      guard named == nil else { throw .usage("the settings file \(path) cannot be read") }
      return [:]
    }
    return try parse(String(decoding: data, as: UTF8.self), path: path)
  }

  /// Nil without a home directory. The XDG specification says that a relative path counts as unset.
  private static func usualPath(_ environment: [String: String]) -> String? {
    func absolute(_ variable: String) -> String? {
      environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base = absolute("XDG_CONFIG_HOME") ?? absolute("HOME").map { "\($0)/.config" }
    return base.map { "\($0)/tercet/config" }
  }

  private static func parse(_ text: String, path: String) throws(ConsoleError) -> [String: String] {
    let known = Set(Subcommand.globalOptions.filter { $0.value != nil }.map(\.name))
    var values: [String: String] = [:]
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, line) in lines.enumerated() {
      let bare = line.trimmed
      if bare.isEmpty || bare.hasPrefix("#") { continue }
      let parts = bare.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard parts.count == 2, known.contains(parts[0]) else {
        throw .usage("line \(number + 1) of \(path) is not a setting: \(harmless(bare, limit: 60))")
      }
      values[parts[0]] = parts[1]
    }
    return values
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    let end = start.reversed().drop { $0.isWhitespace }
    return String(start.prefix(end.count))
  }
}
