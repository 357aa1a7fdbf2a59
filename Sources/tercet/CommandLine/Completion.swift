/// Shell completion, written from the command table.
enum Completion {
  static var bash: String {
    """
    _tercet() {
      local current="${COMP_WORDS[COMP_CWORD]}" words="\(firstWords.joined(separator: " "))"
      if (( COMP_CWORD > 1 )); then
        case "${COMP_WORDS[1]}" in
    \(cases)
          *) words="" ;;
        esac
        words="$words \(globalFlags)"
      fi
      COMPREPLY=($(compgen -W "$words" -- "$current"))
      [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$current"))
    }
    complete -F _tercet tercet
    """
  }

  /// zsh reads bash completions.
  static var zsh: String {
    """
    #compdef tercet
    autoload -U +X bashcompinit && bashcompinit
    \(bash)
    """
  }

  static var fish: String {
    let commands = firstWords.map { word in
      let summary = Subcommand.all.first { $0.path == [word] }.map(quoted)
      return "complete -c tercet -n __fish_use_subcommand -f -a \(word)"
        + (summary.map { " -d '\($0)'" } ?? "")
    }
    let following = firstWords.flatMap { word in
      nextWords(after: word).map {
        "complete -c tercet -n '__fish_seen_subcommand_from \(word)' -f -a \($0)"
      }
    }
    let options = Subcommand.all.flatMap { command in
      command.options.map { option in
        "complete -c tercet -n '__fish_seen_subcommand_from \(command.path[0])' -l \(option.name)"
          + (option.value == nil ? "" : " -r")
      }
    }
    let global = Subcommand.globalOptions.filter { $0.name != "v" }.map {
      "complete -c tercet -l \($0.name)" + ($0.value == nil ? "" : " -r")
    }
    return (commands + following + options + global).joined(separator: "\n")
  }

  private static var firstWords: [String] {
    var seen: Set<String> = []
    return Subcommand.all.map { $0.path[0] }.filter { seen.insert($0).inserted }
  }

  private static var globalFlags: String {
    Subcommand.globalOptions.filter { $0.name != "v" }.map { "--\($0.name)" }
      .joined(separator: " ")
  }

  private static var cases: String {
    firstWords.map { word in
      let commands = Subcommand.all.filter { $0.path[0] == word }
      let options = commands.flatMap(\.options).map { "--\($0.name)" }
      let words = (nextWords(after: word) + options).joined(separator: " ")
      return "      \(word)) words=\"\(words)\" ;;"
    }.joined(separator: "\n")
  }

  /// Second words of commands, and operands that are one of a few words: `bash|zsh|fish`.
  private static func nextWords(after word: String) -> [String] {
    Subcommand.all.filter { $0.path[0] == word }.flatMap { command in
      if command.path.count > 1 { return [command.path[1]] }
      let choices = command.operands.split(separator: "|").map(String.init)
      return choices.count > 1 ? choices : []
    }
  }

  private static func quoted(_ command: Subcommand) -> String {
    command.summary.replacing("'", with: "’")
  }
}
