extension Completion {
  /// For bash 4 and newer.
  static var bash: String {
    """
    # What may follow the words of a command: other words, options, values, operands.
    _tercet_commands() {
      case "$1" in
    \(cases { $0.commands.map(\.word).joined(separator: " ") })
      esac
    }
    _tercet_options() {
      case "$1" in
    \(cases { $0.options.map(\.typed).joined(separator: " ") })
      esac
      echo '\(Subcommand.globalOptions.map(\.typed).joined(separator: " "))'
    }
    _tercet_value() {
      case "$1" in
    \(values)
      esac
    }
    _tercet_operand() {
      case "$1" in
    \(operands)
      esac
    }
    _tercet_takes_value() {
      case "$1" in
        \(valued.joined(separator: "|"))) return 0 ;;
      esac
      return 1
    }
    # Offers what $1 says: FILE, DIR, or words.
    _tercet_offer() {
      case "$1" in
        FILE) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
        DIR) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
        *) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2") ;;
      esac
    }
    _tercet() {
      local current="${COMP_WORDS[COMP_CWORD]}" at='' option='' word='' index=1 count=0
      COMPREPLY=()
      for (( index = 1; index < COMP_CWORD; index++ )); do
        word="${COMP_WORDS[index]}"
        # bash takes --format=csv for three words.
        if [[ $word == '=' ]]; then continue; fi
        if [[ -n $option ]]; then option=''; continue; fi
        if [[ $word == -?* ]]; then
          if _tercet_takes_value "$word"; then option="$word"; fi
        elif [[ " $(_tercet_commands "$at") " == *" $word "* ]] && (( count == 0 )); then
          at="${at:+$at }$word"
        else
          count=$(( count + 1 ))
        fi
      done
      if [[ $current == '=' ]]; then current=''; fi
      # What was typed of a file's name may be quoted.
      current="${current#[\\"\\']}"
      current="${current//\\\\/}"
      if [[ -n $option ]]; then
        _tercet_offer "$(_tercet_value "$at $option")" "$current"
      elif [[ $current == -* ]]; then
        _tercet_offer "$(_tercet_options "$at")" "$current"
      else
        word="$(_tercet_operand "$at $count")"
        if (( count == 0 )) && [[ -n $(_tercet_commands "$at") ]]; then
          word="$(_tercet_commands "$at") $word"
        fi
        _tercet_offer "$word" "$current"
      fi
    }
    complete -F _tercet tercet
    """
  }

  /// What a shell function of a case a place prints; nothing where there is nothing.
  private static func cases(_ words: (Place) -> String) -> String {
    places.compactMap { place in
      let words = words(place)
      return words.isEmpty ? nil : "    '\(place.path)') echo '\(words)' ;;"
    }.joined(separator: "\n")
  }

  private static var values: String {
    // An option of every command is looked for last: a command may have one of the same name.
    let own = places.flatMap { place in place.options.compactMap { line("'\(place.path) ", $0) } }
    let global = Subcommand.globalOptions.compactMap { line("*' ", $0) }
    return (own + global).joined(separator: "\n")
  }

  private static func line(_ place: String, _ option: Subcommand.Option) -> String? {
    guard let what = option.completable.flatMap(word) else { return nil }
    return "    \(place)\(option.typed)') echo '\(what)' ;;"
  }

  private static var operands: String {
    places.flatMap { place in
      place.operands.enumerated().compactMap { index, operand in
        word(operand).map { "    '\(place.path) \(index)') echo '\($0)' ;;" }
      }
    }.joined(separator: "\n")
  }

  /// As the functions name it; nil for what cannot be offered.
  private static func word(_ what: Completable) -> String? {
    switch what {
    case .nothing: nil
    case .file: "FILE"
    case .directory: "DIR"
    case .words(let words): words.joined(separator: " ")
    }
  }
}
