extension Completion {
  /// For zsh: to be found in `fpath` as `_tercet`, or evaluated.
  var zsh: String {
    """
    #compdef tercet
    # Completion of tercet for zsh, as `tercet completion zsh` writes it.

    # Words with commas between: the last one, its name before its value.
    _tercet_list() {
      compset -P '*,'
      local -aU listed=("$@")
      [[ $PREFIX == *=* ]] || listed=(${listed/=*/=})
      compadd -S '' -a listed
    }

    _tercet() {
      # Which command it is, and the option that waits for its value.
      local word option='' plain='' command
      local -a bare offered
      local -i operand
      for word in "${(@Q)words[2,CURRENT-1]}"; do
        if [[ -n $option ]]; then
          option=''
        elif [[ -n $plain || $word == - || $word != -* ]]; then
          bare+=("$word")
        elif [[ $word == -- ]]; then
          plain=1
        else
          case $word in
            (\(valued.joined(separator: "|"))) option=$word ;;
          esac
        fi
      done
      if [[ -z $option && -z $plain && $PREFIX == --*=* ]]; then
        option=${PREFIX%%=*}
        compset -P 1 '*='
      fi
      command=${bare[1]-} operand=$(( $#bare - 1 ))
      case "$command ${bare[2]-}" in
        (\(pairs.map(Completion.quoted).joined(separator: "|")))
          command="$command $bare[2]"
          operand=$(( operand - 1 )) ;;
      esac

      # What can stand here.
      if [[ -n $option ]]; then
        case "$command $option" in
    \(optionValues(zshOffer))
          *) _message 'a value' ;;
        esac
      elif [[ -z $plain && $PREFIX == -* ]]; then
        case $command in
    \(zshFlags)
        esac
        offered+=(
    \(table.globalOptions.map { described($0.flag, $0.summary) }.joined(separator: "\n"))
        )
        _describe -o option offered
      else
        case "$command $operand" in
          ' -1')
            offered=(
    \(firstWords.map { described($0, summary(of: [$0])) }.joined(separator: "\n"))
            )
            _describe command offered ;;
    \(operands(zshOffer))
          *) _message 'an argument' ;;
        esac
      fi
    }

    # Found in fpath, this file is the function's first call; evaluated, it only defines it.
    if [[ $funcstack[1] == _tercet ]]; then
      _tercet "$@"
    else
      (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
      compdef _tercet tercet
    fi
    """
  }

  private var zshFlags: String {
    options.filter { $0.command != "*" && !$0.options.isEmpty }.map { command, options in
      let lines = options.map { described($0.flag, $0.summary) }.joined(separator: "\n")
      return "      \(Completion.quoted(command)))\n        offered=(\n\(lines)\n        ) ;;"
    }.joined(separator: "\n")
  }

  /// A word and what it means, as `_describe` takes them.
  private func described(_ word: String, _ summary: String) -> String {
    "          " + Completion.quoted("\(word):\(summary)")
  }

  private func zshOffer(_ values: Subcommand.Values) -> String {
    switch values {
    case .text, .command: "_message 'a value'"
    case .file: "_files"
    case .directory: "_files -/"
    case .oneOf(let words): "compadd -- \(words.joined(separator: " "))"
    case .someOf(let words): "_tercet_list \(words.joined(separator: " "))"
    }
  }
}
