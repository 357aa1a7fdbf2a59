import Glibc
import Interface

/// A QR code as text for a terminal, dark on light whatever its background is.
struct TerminalQRCode {
  let text: String

  /// Nil for a text that does not fit into a code.
  ///
  /// - Parameters:
  ///   - environment: `NO_COLOR` turns colours into plain reverse.
  ///   - isTerminal: else nothing but the blocks is written.
  init?(
    _ content: String, environment: [String: String],
    isTerminal: Bool = isatty(STDERR_FILENO) == 1
  ) {
    guard let code = QRCode(content) else { return nil }
    let isColourful = (environment["NO_COLOR"] ?? "").isEmpty
    let (begin, end) =
      switch (isTerminal, isColourful) {
      case (false, _): ("", "")
      case (true, true): ("\u{1b}[30;107m", "\u{1b}[0m")
      case (true, false): ("\u{1b}[7m", "\u{1b}[0m")
      }
    text = code.rows.map { begin + $0 + end }.joined(separator: "\n")
  }
}
