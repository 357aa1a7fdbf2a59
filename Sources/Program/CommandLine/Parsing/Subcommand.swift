import Domain

/// One command of the program: what it is called, what it takes and what it does.
///
/// All of them stand in a `CommandSet`.
struct Subcommand: Sendable {
  /// What can stand in one place of a command line, as far as a shell can offer it.
  enum Values: Sendable, Equatable {
    /// Whatever a person writes: nothing can be offered.
    case text
    case file
    case directory
    /// A program and its words.
    case command
    case oneOf([String])
    /// Some of these with commas between; of `name=value` the name is offered first.
    case someOf([String])
  }

  /// A named argument; one without a value is a flag.
  struct Option: Sendable {
    let name: String
    /// The value's name in help texts.
    let value: String?
    let summary: String
    let values: Values
    /// Whether it is `on` or `off`, in the settings file and the environment, too.
    var isSwitch = false

    static func flag(_ name: String, _ summary: String) -> Option {
      Option(name: name, value: nil, summary: summary, values: .text)
    }

    static func toggle(_ name: String, _ summary: String) -> Option {
      Option(name: name, value: nil, summary: summary, values: .text, isSwitch: true)
    }

    /// A switch that is on without a word of it: what there is to say is mostly `off`.
    static func onOrOff(_ name: String, _ summary: String) -> Option {
      var option = choice(name, ["on", "off"], summary)
      option.isSwitch = true
      return option
    }

    static func value(
      _ name: String, _ value: String, _ summary: String, _ values: Values = .text
    ) -> Option {
      Option(name: name, value: value, summary: summary, values: values)
    }

    /// An option whose value is one of a few words.
    static func choice(_ name: String, _ words: [String], _ summary: String) -> Option {
      .value(name, words.joined(separator: "|"), summary, .oneOf(words))
    }

    static func file(_ name: String, _ summary: String) -> Option {
      .value(name, "FILE", summary, .file)
    }

    static func command(_ name: String, _ summary: String) -> Option {
      .value(name, "WORDS", summary, .command)
    }

    static func directory(_ name: String, _ summary: String) -> Option {
      .value(name, "DIR", summary, .directory)
    }

    /// Whether it can stand in the settings file and in the environment, beside the flag.
    var isSetting: Bool { value != nil || isSwitch }

    /// As it is typed: `--json`, `-v`.
    var flag: String { (name.count == 1 ? "-" : "--") + name }
  }

  /// Something that help texts list, a line each.
  struct Topic: Sendable {
    let title: String
    let rows: [(name: String, summary: String)]
  }

  /// `["orders", "verify"]`.
  let path: [String]
  /// Names of the positional arguments as the usage line shows them.
  var operands = ""
  /// What each positional argument can be, in order; those that are not told of are text.
  var operandValues: [Values] = []
  /// How many positional arguments there may be.
  var operandCount = 0...0
  let summary: String
  var options: [Option] = []
  /// Whether it tells what happens until somebody ends it, as every command does with `--watch`.
  var isStream = false
  /// What has to be listed to use its options.
  var topics: [Topic] = []
  let run: @Sendable (Invocation) async throws(UserError) -> Void

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

extension Subcommand.Values {
  /// A value with `~` at the beginning of a path read as the home directory.
  ///
  /// A shell does that only where a word begins, so not in `--data-dir=~/data`, and nobody does it
  /// for the environment of a service or for a settings file. `~name` stays as it is.
  func expandingHome(_ value: String, home: String?) throws(UserError) -> String {
    switch self {
    case .text, .oneOf, .someOf: return value
    case .file, .directory, .command: break
    }
    guard value == "~" || value.hasPrefix("~/") else { return value }
    guard let home, home.hasPrefix("/") else {
      throw .usage("\(harmless(value, limit: 60)) needs HOME, which is not set")
    }
    // A program's words are cut at blanks, but not within quotes.
    return (self == .command ? "\"\(home)\"" : home) + value.dropFirst()
  }
}
