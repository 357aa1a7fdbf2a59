/// The texts of `--help`.
enum Usage {
  static func program(_ set: CommandSet) -> String {
    """
    Tercet: MAX, TextSecure and TheOne Trading on one terminal screen.

    usage: tercet [options]              opens the console
           tercet --sandbox              opens it on built-in servers, to try everything
           tercet COMMAND [options]

    \(table(set.commands.map { ($0.name + ($0.operands.isEmpty ? "" : " " + $0.operands), $0.summary) }))

    options of every command:
    \(table(set.globalOptions.map(row)))

    exit codes: 0 done, 1 failed, 2 usage, 3 not signed in, 4 refused, 5 outcome unknown,
                6 no connection
    """
  }

  static func command(_ command: Subcommand) -> String {
    var text = "\(command.summary)\n\n\(wrapped("usage: " + command.usage))"
    if !command.options.isEmpty { text += "\n\n" + table(command.options.map(row)) }
    for topic in command.topics {
      text += "\n\n\(topic.title):\n" + table(topic.rows.map { ($0.name, $0.summary) })
    }
    return text + "\n\nSee tercet --help for the options of every command."
  }

  /// Breaks a usage line before an option that would not fit.
  private static func wrapped(_ usage: String) -> String {
    var lines = [""]
    for (index, part) in usage.split(separator: " [").enumerated() {
      let word = index == 0 ? String(part) : " [\(part)"
      if lines[lines.count - 1].count + word.count > 100 { lines.append("      ") }
      lines[lines.count - 1] += word
    }
    return lines.joined(separator: "\n")
  }

  private static func row(_ option: Subcommand.Option) -> (String, String) {
    (option.flag + (option.value.map { " " + $0 } ?? ""), option.summary)
  }

  private static func table(_ rows: [(String, String)]) -> String {
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return rows.map { name, summary in
      "  " + name + String(repeating: " ", count: width - name.count) + summary
    }.joined(separator: "\n")
  }
}
