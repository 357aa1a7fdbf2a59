/// Why the screen cannot be used, as a sentence without its full stop.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Input or output is a file or a pipe.
  case notATerminal
  /// The terminal, by its name in `TERM`, cannot place the cursor.
  case cannotPlaceCursor(term: String)
  /// Nothing is known about the terminal named in `TERM`.
  case unknown(term: String)

  package var description: String {
    let demand = "The console needs a terminal that can place the cursor"
    return switch self {
    case .notATerminal:
      "\(demand), but its input or output is not a terminal"
    case .cannotPlaceCursor(let term):
      term.isEmpty
        ? "\(demand), but TERM is not set. Try TERM=xterm-256color"
        : "\(demand), and TERM=\(term) cannot. Try TERM=xterm-256color"
    case .unknown(let term):
      "Nothing is known here about TERM=\(term). Try TERM=xterm-256color"
    }
  }
}
