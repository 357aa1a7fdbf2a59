extension Completion {
  /// For zsh: to be evaluated, or as a file `_tercet` in `fpath`.
  static var zsh: String {
    """
    #compdef tercet
    compdef _tercet tercet

    # Offers the words and options that may follow the words of a command.
    _tercet_follow() {
      local -a found
      case "$1" in
    \(places.map(follow).joined(separator: "\n"))
      esac
      if [[ $2 == -* ]]; then
        found+=(
    \(Subcommand.globalOptions.map { entry($0.typed, $0.summary) }.joined(separator: "\n"))
        )
        found=(${(M)found:#-*})
        _describe -o 'option' found
      else
        found=(${found:#-*})
        (( $#found )) && _describe 'command' found
      fi
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
    _tercet() {
      local at='' option='' word=''
      integer index=2 count=0
      for (( index = 2; index < CURRENT; index++ )); do
        word="${words[index]}"
        if [[ -n $option ]]; then option=''; continue; fi
        if [[ $word == -?* ]]; then
          case "$word" in
            \(valued.joined(separator: "|"))) option="$word" ;;
          esac
        elif (( count == 0 )) && [[ " $(_tercet_words "$at") " == *" $word "* ]]; then
          at="${at:+$at }$word"
        else
          (( ++count ))
        fi
      done
      word="${words[CURRENT]}"
      if [[ -z $option && $word == --*=* ]]; then
        option="${word%%=*}"
        compset -P '*='
      fi
      if [[ -n $option ]]; then
        _tercet_value "$at $option"
      elif [[ $word == -* ]]; then
        _tercet_follow "$at" "$word"
      else
        (( count == 0 )) && _tercet_follow "$at" "$word"
        _tercet_operand "$at $count"
      fi
    }
    _tercet_words() {
      case "$1" in
    \(words)
      esac
    }
    # As a file it is called for the first completion.
    if [[ ${funcstack[1]:-} == _tercet ]]; then _tercet "$@"; fi
    """
  }

  private static var words: String {
    places.filter { !$0.commands.isEmpty }.map { place in
      "    '\(place.path)') print -r -- '\(place.commands.map(\.word).joined(separator: " "))' ;;"
    }.joined(separator: "\n")
  }

  private static func follow(_ place: Place) -> String {
    let entries =
      place.commands.map { entry($0.word, $0.summary) }
      + place.options.map { entry($0.typed, $0.summary) }
    return """
          '\(place.path)')
            found=(
      \(entries.joined(separator: "\n"))
            ) ;;
      """
  }

  /// `'word:what it is for'`.
  private static func entry(_ word: String, _ summary: String) -> String {
    let escaped = summary.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    return "          " + quoted("\(word):\(escaped)")
  }

  private static var values: String {
    // An option of every command is looked for last: a command may have one of the same name.
    let own = places.flatMap { place in place.options.compactMap { line("'\(place.path) ", $0) } }
    let global = Subcommand.globalOptions.compactMap { line("*' ", $0) }
    return (own + global).joined(separator: "\n")
  }

  private static func line(_ place: String, _ option: Subcommand.Option) -> String? {
    guard let action = option.completable.flatMap(action) else { return nil }
    return "    \(place)\(option.typed)') \(action) ;;"
  }

  private static var operands: String {
    places.flatMap { place in
      place.operands.enumerated().compactMap { index, operand in
        action(operand).map { "    '\(place.path) \(index)') \($0) ;;" }
      }
    }.joined(separator: "\n")
  }

  /// The command that offers it; nil for what cannot be offered.
  private static func action(_ what: Completable) -> String? {
    switch what {
    case .nothing: nil
    case .file: "_files"
    case .directory: "_files -/"
    case .words(let words): "compadd -- \(words.joined(separator: " "))"
    }
  }
}
