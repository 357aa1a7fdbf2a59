/// What may stand in a place of the command line, as far as a shell can offer it.
enum Completable: Equatable {
  case nothing, file, directory
  case words([String])

  /// Reads a name from the tables: `FILE`, `DIR`, `csv|jsonl`; a word in capitals is anything.
  init(_ name: String) {
    let bare = name.filter { !"[]…".contains($0) }
    switch bare {
    case "FILE": self = .file
    case "DIR": self = .directory
    default:
      let words = bare.split(separator: "|").map(String.init)
      let areWords = words.allSatisfy { word in word.allSatisfy { $0.isLowercase || $0 == "-" } }
      self = words.count > 1 && areWords && !words.contains("-") ? .words(words) : .nothing
    }
  }
}

extension Subcommand.Option {
  /// What its value may be; nil for a flag.
  var completable: Completable? {
    guard let value else { return nil }
    return choices.isEmpty ? Completable(value) : .words(choices)
  }

  /// As it is typed.
  var typed: String { (name == "v" ? "-" : "--") + name }
}

extension Subcommand {
  /// What each positional argument may be, in their order.
  var completables: [Completable] { operands.split(separator: " ").map { Completable(String($0)) } }
}
