import Domain

/// Shell completion, written from the tables of commands, options and values.
///
/// The scripts of the three shells work alike: they pass over the words before the cursor as
/// `ParsedArguments` does, so that options may stand anywhere, and know by that which command it is
/// and which of its operands comes next. What can stand there is in the tables, never in the words
/// of a help text.
struct Completion {
  let table: CommandSet

  /// A place of the command line where something can be offered.
  struct Place {
    /// The words of the command; none before one is typed.
    let command: String
    /// Which operand of the command it is, counted from 0; -1 is the command's own name.
    let operand: Int
    var words: [String] = []
    var values: Subcommand.Values = .text
  }

  /// What the words before the cursor may be the beginning of, and what comes next.
  var places: [Place] {
    firstWords.flatMap { first in
      let commands = table.commands.filter { $0.path[0] == first }
      let seconds = commands.compactMap { $0.path.dropFirst().first }
      let next = seconds.isEmpty ? [] : [Place(command: first, operand: 0, words: seconds)]
      return next
        + commands.flatMap { command in
          command.operandValues.enumerated().filter { $0.element != .text }.map { index, values in
            Place(command: command.name, operand: index, values: values)
          }
        }
    }
  }

  /// How commands begin, in the order of `--help`.
  var firstWords: [String] {
    var seen: Set<String> = []
    return table.commands.map { $0.path[0] }.filter { seen.insert($0).inserted }
  }

  /// Commands of two words.
  var pairs: [String] { table.commands.filter { $0.path.count == 2 }.map(\.name) }

  /// What the command does, or how those that begin with this word go on.
  func summary(of words: [String]) -> String {
    if let command = table.commands.first(where: { $0.path == words }) { return command.summary }
    return table.commands.filter { $0.path.starts(with: words) }
      .compactMap { $0.path.dropFirst(words.count).first }.joined(separator: ", ")
  }

  /// Options by the command that takes them; those of every command under "*", those of the bare
  /// program under "".
  var options: [(command: String, options: [Subcommand.Option])] {
    [("", table.consoleOptions)] + table.commands.map { ($0.name, $0.options) }
      + [("*", table.globalOptions)]
  }

  /// Options after which a value comes, of whatever command.
  var valued: [String] {
    Set(options.flatMap(\.options).filter { $0.value != nil }.map(\.flag)).sorted()
  }

  /// In single quotes, as bash and zsh read them.
  static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}

extension Subcommand {
  static let completion = Subcommand(
    path: ["completion"], operands: "bash|zsh|fish",
    operandValues: [.oneOf(["bash", "zsh", "fish"])], operandCount: 1...1,
    summary: "completion for a shell, to be evaluated by it"
  ) { invocation throws(UserError) in
    let completion = Completion(table: invocation.arguments.commands)
    switch invocation.arguments.operands[0] {
    case "bash": invocation.output.raw(completion.bash)
    case "zsh": invocation.output.raw(completion.zsh)
    case "fish": invocation.output.raw(completion.fish)
    default: throw .usage("there is completion for bash, zsh and fish")
    }
  }
}
