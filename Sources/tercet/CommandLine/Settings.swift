import Console
import FoundationEssentials
import Storage

/// Settings of one run: a flag beats the environment, the environment beats the file.
struct Settings: Sendable {
  /// A value, and where it stands, as a message names it.
  private struct Value {
    var text: String
    var origin: String
  }

  private let arguments: ParsedArguments
  private let environment: [String: String]
  private let file: [String: Value]

  init(_ arguments: ParsedArguments, environment: [String: String]) throws(ConsoleError) {
    self.arguments = arguments
    self.environment = environment
    file = try Settings.readFile(arguments, environment)
  }

  /// The value of `max-url`, from `--max-url`, `TERCET_MAX_URL` or a line `max-url = …`.
  subscript(name: String) -> String? { value(name)?.text }

  /// Where a value stands: `--max-url`, `TERCET_MAX_URL`, `max-url in line 3 of FILE`.
  func origin(of name: String) -> String { value(name)?.origin ?? "--\(name)" }

  /// A usage error about a value that is given but cannot be used.
  func unusable(_ name: String, _ why: String) -> ConsoleError {
    .usage("\(origin(of: name)) \(why)")
  }

  private func value(_ name: String) -> Value? {
    let variable = "TERCET_" + name.uppercased().replacing("-", with: "_")
    let set = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    let found =
      arguments[name].map { Value(text: $0, origin: "--\(name)") }
      ?? set.map { Value(text: $0, origin: variable) } ?? file[name]
    guard var found, Settings.paths.contains(name) else { return found }
    found.text = Settings.expanded(found.text, environment)
    return found
  }

  private static let paths = Set(
    Subcommand.globalOptions.filter { [.file, .directory].contains($0.completable) }.map(\.name))

  /// No shell has seen what stands in a file or behind an equals sign: `~` is the home directory.
  private static func expanded(_ path: String, _ environment: [String: String]) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = environment["HOME"], !home.isEmpty else {
      return path
    }
    return home + path.dropFirst()
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
      throw unusable("timeout", "needs a number of seconds, at most 86400")
    }
    return .seconds(seconds)
  }

  private static func readFile(
    _ arguments: ParsedArguments, _ environment: [String: String]
  ) throws(ConsoleError) -> [String: Value] {
    let named =
      arguments["config"] ?? environment["TERCET_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    guard let path = named.map({ expanded($0, environment) }) ?? usualPath(environment) else {
      return [:]
    }
    let bytes: [UInt8]
    do throws(FileProblem) {
      // Settings take a few hundred bytes; what is larger is another file.
      bytes = try FileProblem.contents(of: path, limit: 1 << 20)
    } catch {
      // Only a file that was asked for must be there; one that is there must be of use.
      if named == nil, error.isAbsence { return [:] }
      throw .usage("the settings file \(path) cannot be read: \(error.reason)")
    }
    return try parse(String(decoding: bytes, as: UTF8.self), path: path)
  }

  /// Nil without a home directory. The XDG specification says that a relative path counts as unset.
  private static func usualPath(_ environment: [String: String]) -> String? {
    func absolute(_ variable: String) -> String? {
      environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base = absolute("XDG_CONFIG_HOME") ?? absolute("HOME").map { "\($0)/.config" }
    return base.map { "\($0)/tercet/config" }
  }

  private static func parse(
    _ text: String, path: String
  ) throws(ConsoleError) -> [String: Value] {
    let known = Set(Subcommand.globalOptions.filter { $0.value != nil }.map(\.name))
    var values: [String: Value] = [:]
    // Some editors begin a file with a mark of its encoding.
    let bare =
      text.unicodeScalars.first == "\u{feff}"
      ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    let lines = String(bare).split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, line) in lines.enumerated() {
      let bare = line.trimmed
      if bare.isEmpty || bare.hasPrefix("#") { continue }
      let parts = bare.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard parts.count == 2, known.contains(parts[0]) else {
        throw .usage("line \(number + 1) of \(path) is not a setting: \(harmless(bare, limit: 60))")
      }
      values[parts[0]] = Value(
        text: parts[1], origin: "\(parts[0]) in line \(number + 1) of \(path)")
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
