import Console

/// One command of the program: what it is called, what it takes and what it does.
///
/// The table `Subcommand.all` is the only source of dispatch, `--help` and shell completion.
struct Subcommand: Sendable {
  /// A named argument; one without a value is a flag.
  struct Option: Sendable {
    let name: String
    let value: String?
    let summary: String
    /// What the value may be, where it is one of a few words that `value` does not name.
    var choices: [String] = []

    static func flag(_ name: String, _ summary: String) -> Option {
      Option(name: name, value: nil, summary: summary)
    }

    static func value(
      _ name: String, _ value: String, _ summary: String, choices: [String] = []
    ) -> Option {
      Option(name: name, value: value, summary: summary, choices: choices)
    }
  }

  /// `["orders", "verify"]`.
  let path: [String]
  /// Names of the positional arguments as the usage line shows them.
  var operands = ""
  /// How many positional arguments there may be.
  var operandCount = 0...0
  let summary: String
  var options: [Option] = []
  let run: @Sendable (Invocation) async throws(ConsoleError) -> Void

  var name: String { path.joined(separator: " ") }

  /// `tercet messages CHAT [--limit N] [--watch]`.
  var usage: String {
    var words = ["tercet"] + path
    if !operands.isEmpty { words.append(operands) }
    words += options.map { option in
      option.value.map { "[--\(option.name) \($0)]" } ?? "[--\(option.name)]"
    }
    return words.joined(separator: " ")
  }
}
