extension Completion {
  /// For fish 3.4 and newer.
  var fish: String {
    let always = options.last?.options ?? []
    let own = options.dropLast().flatMap { command, options in
      options.map { "\(fishLine(runs: command)) \(fishOption($0))" }
    }
    return """
      # Completion of tercet for fish, as `tercet completion fish` writes it.

      function __tercet_bare --description 'The words before the cursor that are no options'
          set -l waits no
          set -l plain no
          for word in (commandline -opc)[2..]
              if test $waits = yes
                  set waits no
              else if test $plain = yes; or test "$word" = -; or not string match -q -- '-*' "$word"
                  printf '%s\\n' "$word"
              else if test "$word" = --
                  set plain yes
              else if contains -- "$word" \(valued.joined(separator: " "))
                  set waits yes
              end
          end
      end

      function __tercet_runs --description 'Whether the command before the cursor is this one'
          set -l bare (__tercet_bare)
          set -l command "$bare[1]"
          if contains -- "$bare[1] $bare[2]" \(pairs.map(Completion.quoted).joined(separator: " "))
              set command "$bare[1] $bare[2]"
          end
          test "$command" = "$argv[1]"
      end

      function __tercet_at --description 'Whether this operand of this command comes next'
          set -l bare (__tercet_bare)
          set -l words (string split -n ' ' -- "$argv[1]")
          __tercet_runs "$argv[1]"; and test (count $bare) -eq (math (count $words) + $argv[2])
      end

      function __tercet_list --description 'The last of some words with commas between'
          set -l token (string replace -r -- '^--[^=]*=' '' (commandline -ct))
          set -l item (string replace -r -- '^.*,' '' "$token")
          set -l before (string replace -r -- '[^,]*$' '' "$token")
          set -l known
          for word in $argv
              if not string match -q -- '*=*' "$item"
                  set word (string replace -r -- '=.*' '=' "$word")
              end
              if not contains -- "$word" $known
                  set known $known "$word"
                  printf '%s%s\n' "$before" "$word"
              end
          end
      end

      complete -c tercet -f
      \(fishPlaces.joined(separator: "\n"))
      \(own.joined(separator: "\n"))
      \(always.map { "complete -c tercet \(fishOption($0))" }.joined(separator: "\n"))
      """
  }

  private var fishPlaces: [String] {
    firstWords.map { word in
      "\(fishLine(at: "", 0)) -a \(word) -d \(fishQuoted(summary(of: [word])))"
    }
      + places.flatMap { place in
        let line = fishLine(at: place.command, place.operand)
        if place.words.isEmpty { return ["\(line) \(fishValues(place.values))"] }
        return place.words.map { word in
          "\(line) -a \(word) -d \(fishQuoted(summary(of: [place.command, word])))"
        }
      }
  }

  private func fishLine(at command: String, _ operand: Int) -> String {
    "complete -c tercet -n \"__tercet_at '\(command)' \(operand)\""
  }

  private func fishLine(runs command: String) -> String {
    "complete -c tercet -n \"__tercet_runs '\(command)'\""
  }

  private func fishOption(_ option: Subcommand.Option) -> String {
    let name = "\(option.name.count == 1 ? "-s" : "-l") \(option.name)"
    // A value is needed; without words or files of its own nothing is offered for it.
    let value =
      switch option.values {
      case .text, .command: option.value == nil ? "" : " -x"
      case .file: " -r \(fishValues(option.values))"
      case .directory, .oneOf, .someOf: " -x \(fishValues(option.values))"
      }
    return "\(name)\(value) -d \(fishQuoted(option.summary))"
  }

  private func fishValues(_ values: Subcommand.Values) -> String {
    switch values {
    case .text, .command: ""
    case .file: "-F"
    case .directory: "-a '(__fish_complete_directories)'"
    case .oneOf(let words): "-a '\(words.joined(separator: " "))'"
    case .someOf(let words): "-a '(__tercet_list \(words.joined(separator: " ")))'"
    }
  }

  private func fishQuoted(_ text: String) -> String {
    "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }
}
