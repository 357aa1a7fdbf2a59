import ScreenState

/// Keys as a person meant them: what a decoder makes of the bytes, with an eye on the clock.
struct KeyReader {
  private var decoder = KeyDecoder()
  /// When something was pasted, if that came last.
  private var pasted: Duration?

  /// Nobody looks at what was pasted and presses a key so soon.
  private static let pasteTime: Duration = .milliseconds(100)

  /// How long to wait for the rest of what has begun; nil when nothing has.
  var patience: Duration? { decoder.patience }

  /// The keys in some bytes that arrived together.
  ///
  /// - Parameter now: of a clock that nobody sets.
  mutating func read(_ bytes: some Sequence<UInt8>, at now: Duration) -> [Key] {
    decoder.decode(bytes).map { meant($0, at: now) }
  }

  /// What the terminal has said of itself since this was asked last.
  mutating func takeReports() -> [TerminalReport] { decoder.takeReports() }

  /// What the input so far means, now that nothing more of it comes.
  mutating func pause(at now: Duration) -> [Key] { decoder.pause().map { meant($0, at: now) } }

  /// An Enter that comes with a paste is a line break of it: it sends nothing.
  private mutating func meant(_ key: Key, at now: Duration) -> Key {
    switch key {
    // What the mouse does comes between, and is no answer to the paste.
    case .click, .scroll, .focusIn, .focusOut: return key
    default: break
    }
    defer { pasted = if case .paste = key { now } else { nil } }
    guard key == .enter, let pasted, now - pasted < Self.pasteTime else { return key }
    return .newline
  }
}
