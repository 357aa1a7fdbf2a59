extension Completion {
  /// For bash 4.4 and newer, with or without the package bash-completion.
  var bash: String {
    """
    # Completion of tercet for bash, as `tercet completion bash` writes it.

    _tercet() {
      local IFS=$' \\t\\n'
      # Bash splits at = and : too; here the words are as they were typed.
      local -a typed=() bare=()
      local line=$COMP_LINE word i
      for (( i = 0; i <= COMP_CWORD; i++ )); do
        word=${COMP_WORDS[i]}
        if (( i == 0 )) || [[ $line == [[:space:]]* ]]; then
          typed+=("$word")
        else
          typed[${#typed[@]}-1]+=$word
        fi
        line=${line#"${line%%[![:space:]]*}"}
        line=${line#"$word"}
      done

      # Which command it is, and the option that waits for its value.
      local current=${typed[${#typed[@]}-1]} option='' plain='' prefix=''
      for word in "${typed[@]:1:${#typed[@]}-2}"; do
        if [[ $option ]]; then
          option=''
        elif [[ $plain || $word == - || $word != -* ]]; then
          bare+=("$word")
        elif [[ $word == -- ]]; then
          plain=1
        else
          case $word in
            \(valued.joined(separator: "|"))) option=$word ;;
          esac
        fi
      done
      if [[ ! $option && ! $plain && $current == --*=* ]]; then
        option=${current%%=*}
        current=${current#*=}
        [[ $COMP_WORDBREAKS == *=* ]] || prefix=$option=
      fi
      local command=${bare[0]-} operand=$(( ${#bare[@]} - 1 ))
      case "$command ${bare[1]-}" in
        \(pairs.map(Completion.quoted).joined(separator: "|")))
          command="$command ${bare[1]}"
          operand=$(( operand - 1 )) ;;
      esac

      # What can stand here: words, or files by bash itself, which knows how to quote them.
      local offered='' files='' listed=''
      if [[ $option ]]; then
        case "$command $option" in
    \(optionValues(bashOffer))
        esac
      elif [[ ! $plain && $current == -* ]]; then
        case $command in
    \(flags)
        esac
        offered="$offered \(table.globalOptions.map(\.flag).joined(separator: " "))"
      else
        case "$command $operand" in
          ' -1') offered='\(firstWords.joined(separator: " "))' ;;
    \(operands(bashOffer))
        esac
      fi
      COMPREPLY=()
      if [[ $files ]]; then
        compopt -o "$files"
      elif [[ $listed ]]; then
        # Words with commas between: the last one, its name before its value.
        local before='' item=${current##*,} broken='' known=' '
        [[ $current == *,* ]] && before=${current%,*},
        # Readline replaces only what follows the last of its own breaks.
        [[ $COMP_WORDBREAKS == *=* ]] && broken=${current%"${current##*[=:]}"}
        compopt -o nospace
        for word in $listed; do
          [[ $item == *=* || $word != *=* ]] || word=${word%%=*}=
          [[ $word == "$item"* && $word != "$item" && $known != *" $word "* ]] || continue
          known+="$word "
          word=$prefix$before$word
          COMPREPLY+=("${word#"$broken"}")
        done
      else
        COMPREPLY=($(compgen -P "$prefix" -W "$offered" -- "$current"))
      fi
    }
    complete -F _tercet tercet
    """
  }

  private var flags: String {
    options.filter { $0.command != "*" && !$0.options.isEmpty }.map { command, options in
      "      \(Completion.quoted(command))) offered='\(options.map(\.flag).joined(separator: " "))' ;;"
    }.joined(separator: "\n")
  }

  private func bashOffer(_ values: Subcommand.Values) -> String {
    switch values {
    case .text, .command: "offered=''"
    case .file: "files=default"
    case .directory: "files=dirnames"
    case .oneOf(let words): "offered='\(words.joined(separator: " "))'"
    case .someOf(let words): "listed='\(words.joined(separator: " "))'"
    }
  }

  /// Branches of a `case` on the command and its option, as bash and zsh read them.
  func optionValues(_ offer: (Subcommand.Values) -> String) -> String {
    options.flatMap { command, options in
      options.filter { $0.values != .text }.map { option in
        let every = command == "*"
        let place = Completion.quoted("\(every ? "" : command) \(option.flag)")
        return "      \(every ? "*" : "")\(place)) \(offer(option.values)) ;;"
      }
    }.joined(separator: "\n")
  }

  /// Branches of a `case` on the command and the number of its operand, as bash and zsh read them.
  func operands(_ offer: (Subcommand.Values) -> String) -> String {
    places.map { place in
      let values = place.words.isEmpty ? place.values : .oneOf(place.words)
      return "      \(Completion.quoted("\(place.command) \(place.operand)"))) \(offer(values)) ;;"
    }.joined(separator: "\n")
  }
}
