/// Shell completion, written from the tables of commands, options and values.
enum Completion {
  /// A place of the command line: the words of a command that stand already, and what may follow.
  struct Place {
    /// `"login"`; empty before any command.
    let path: String
    /// The words that may come next, and what they are for.
    let commands: [(word: String, summary: String)]
    let options: [Subcommand.Option]
    let operands: [Completable]
  }

  /// Every place, the empty one first.
  static var places: [Place] {
    var paths = [""]
    for command in Subcommand.all {
      for count in 1...command.path.count {
        let path = command.path.prefix(count).joined(separator: " ")
        if !paths.contains(path) { paths.append(path) }
      }
    }
    return paths.map(place)
  }

  private static func place(_ path: String) -> Place {
    let depth = path.split(separator: " ").count
    var commands: [(word: String, summary: String)] = []
    for command in Subcommand.all
    where command.path.count > depth
      && command.path.prefix(depth).joined(separator: " ") == path
    {
      let word = command.path[depth]
      let summary = command.path.count == depth + 1 ? command.summary : ""
      guard let known = commands.firstIndex(where: { $0.word == word }) else {
        commands.append((word, summary))
        continue
      }
      if commands[known].summary.isEmpty { commands[known].summary = summary }
    }
    let command = Subcommand.all.first { $0.name == path }
    return Place(
      path: path, commands: commands,
      options: path.isEmpty ? Subcommand.consoleOptions : command?.options ?? [],
      operands: command?.completables ?? [])
  }

  /// Every option that takes a value, as it is typed; before the command any may stand.
  static var valued: [String] {
    let all =
      Subcommand.all.flatMap(\.options) + Subcommand.consoleOptions
      + Subcommand.globalOptions
    return Set(all.filter { $0.value != nil }.map(\.typed)).sorted()
  }

  /// A text in single quotes, which all three shells read as it stands.
  static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "’"))'" }
}
