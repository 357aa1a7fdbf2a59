import Accounts
import Domain

/// The words of a command line, sorted into a command, its options and its operands.
struct ParsedArguments: Sendable {
  /// Nil for the bare program: the console.
  let subcommand: Subcommand?
  /// All that could have been asked for.
  let commands: CommandSet
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Whether a flag or an option with this name was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The last value given for an option.
  subscript(name: String) -> String? { values[name]?.last }

  /// Every value given for an option, in order.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// A whole number within `range`, nil when the option was not given.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(UserError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .usage("--\(name) needs a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The chat that an operand names, counted from 0; throws `no-chat` for what is no chat's name.
  func chat(_ operand: Int) throws(UserError) -> ChatID { try ChatID(named: operands[operand]) }

  /// Likewise of an option; nil when it was not given.
  func chat(_ name: String) throws(UserError) -> ChatID? {
    guard let text = self[name] else { return nil }
    return try ChatID(named: text)
  }

  /// - Parameters:
  ///   - words: without the program's name.
  ///   - commands: the longest path that the words begin with wins.
  ///   - home: what `~` stands for at the beginning of an option's path.
  init(
    _ words: [String], commands: CommandSet, home: String? = nil
  ) throws(UserError) {
    self.commands = commands
    // Global options may stand before the command, so commands are looked for among the bare words.
    subcommand = ParsedArguments.command(in: words, commands)
    let known = (subcommand?.options ?? commands.consoleOptions) + commands.globalOptions
    var bare: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        bare += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        bare.append(word)
        continue
      }
      try parseOption(word, from: &rest, known, home)
    }
    guard let subcommand else {
      guard let stray = bare.first else { return }
      let next = commands.commands.filter { $0.path[0] == stray }.compactMap {
        $0.path.dropFirst().first
      }
      throw .usage(
        next.isEmpty
          ? "there is no command `\(stray)`"
          : "`\(stray)` needs one of \(next.joined(separator: ", "))")
    }
    operands = Array(bare.dropFirst(subcommand.path.count))
    guard has("help") || subcommand.operandCount.contains(operands.count) else {
      throw .usage("usage: \(subcommand.usage)")
    }
  }

  private mutating func parseOption(
    _ word: String, from rest: inout ArraySlice<String>, _ known: [Subcommand.Option],
    _ home: String?
  ) throws(UserError) {
    let dashes = word.hasPrefix("--") ? 2 : 1
    let parts = word.dropFirst(dashes).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let option = known.first(where: { $0.name == name && (dashes == 2) == (name != "v") })
    else { throw .usage("there is no option `\(word)`") }
    let inline = parts.count > 1 ? String(parts[1]) : nil
    if option.isSwitch, option.value == nil {
      // What the settings file says can be taken back: `--paper=off`.
      values[name] = [inline ?? "on"]
    } else if option.value == nil {
      guard inline == nil else { throw .usage("`--\(name)` takes no value") }
      values[name] = []
    } else if let value = inline ?? rest.popFirst() {
      let value = try option.values.expandingHome(value, home: home)
      values[name, default: []].append(value)
    } else {
      throw .usage("`--\(name)` needs a value")
    }
  }

  private static func command(in words: [String], _ commands: CommandSet) -> Subcommand? {
    let valued = Set(
      (commands.commands.flatMap(\.options) + commands.globalOptions + commands.consoleOptions)
        .filter { $0.value != nil }.map { "--\($0.name)" })
    var bare: [String] = []
    var skipsNext = false
    for word in words {
      if word == "--" { break }
      if skipsNext {
        skipsNext = false
      } else if word.hasPrefix("-") {
        skipsNext = valued.contains(word)
      } else {
        bare.append(word)
      }
    }
    return commands.commands
      .filter { bare.starts(with: $0.path) }
      .max { $0.path.count < $1.path.count }
  }
}

extension UserError {
  /// A command line that cannot be understood.
  static func usage(_ message: String) -> UserError {
    UserError(.usage, code: "usage", message, hint: "See tercet --help")
  }
}
