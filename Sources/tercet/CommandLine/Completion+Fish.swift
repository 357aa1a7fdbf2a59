extension Completion {
  /// For fish 3 and newer.
  static var fish: String {
    ([position, "complete -c tercet -f"] + places.flatMap(lines)
      + Subcommand.globalOptions.map { line($0, at: nil) }).joined(separator: "\n")
  }

  /// Whether the words of a command stand before the cursor, and no more of a command.
  private static var position: String {
    let paths = places.map(\.path).filter { !$0.isEmpty }.map(quoted).joined(separator: " ")
    return """
      function __tercet_at
          set -l tokens (commandline -opc)
          set -e tokens[1]
          set -l at ''
          set -l skip 0
          for word in $tokens
              if test $skip -eq 1
                  set skip 0
                  continue
              end
              switch $word
                  case \(valued.joined(separator: " "))
                      set skip 1
                  case '-*'
                  case '*'
                      set -l next (string trim -- "$at $word")
                      if contains -- $next \(paths)
                          set at $next
                      end
              end
          end
          test "$at" = "$argv[1]"
      end
      """
  }

  private static func lines(_ place: Place) -> [String] {
    let start = "complete -c tercet -n \(condition(place.path))"
    let commands = place.commands.map { "\(start) -a \($0.word) -d \(quoted($0.summary))" }
    let operands = place.operands.compactMap { operand -> String? in
      switch operand {
      case .nothing: nil
      case .file: "\(start) -F"
      case .directory: "\(start) -a \(directories)"
      case .words(let words): "\(start) -a \(quoted(words.joined(separator: " ")))"
      }
    }
    return commands + operands + place.options.map { line($0, at: place.path) }
  }

  /// - Parameter path: nil for an option of every command.
  private static func line(_ option: Subcommand.Option, at path: String?) -> String {
    let place = path.map { " -n \(condition($0))" } ?? ""
    let name = option.name.count == 1 ? "-s \(option.name)" : "-l \(option.name)"
    let value =
      switch option.completable {
      case nil: ""
      case .nothing: " -x"
      case .file: " -r -F"
      case .directory: " -x -a \(directories)"
      case .words(let words): " -x -a \(quoted(words.joined(separator: " ")))"
      }
    return "complete -c tercet\(place) \(name)\(value) -d \(quoted(option.summary))"
  }

  private static func condition(_ path: String) -> String { "'__tercet_at \"\(path)\"'" }

  private static let directories = "'(__fish_complete_directories (commandline -ct))'"
}
