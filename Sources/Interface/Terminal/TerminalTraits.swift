import Domain

/// In what terminals differ and cannot be known by their description: how they turn text, how wide they
/// find new emoji, whether they know links and pictures.
///
/// Until a terminal has answered, and where it does not, what it is taken for does no harm anywhere.
struct TerminalTraits: Equatable, Sendable {
  /// What is done so that the terminal does not turn what was turned already.
  enum Turning: Equatable, Sendable {
    /// Nothing: it turns no text.
    case none
    /// It is told not to (`CSI 8 l`).
    case mode
    /// Each run is put between LRO and PDF. A terminal that turns nothing does not see those, and one
    /// that does leaves the run alone, through tmux even.
    case marks
  }

  var turning: Turning = .marks
  /// How many columns it takes for the emoji of a version of Unicode, as far as it has said so.
  var emojiColumns: [Int: Int] = [:]
  /// Whether links can be sent: unknown ones are ignored by most, and shown as text by some.
  var canLink: Bool
  /// Pictures: kitty's own way.
  var hasKittyGraphics = false
  /// Pictures as DEC's printers had them.
  var hasSixel = false

  /// What the environment tells.
  init(_ environment: [String: String]) {
    canLink = Self.canLink(environment)
  }

  /// Whether a program stands between us and the terminal, which passes on only what it knows itself.
  static func isMultiplexed(_ environment: [String: String]) -> Bool {
    let term = environment["TERM"] ?? ""
    return ["TMUX", "STY"].contains { !(environment[$0] ?? "").isEmpty }
      || ["tmux", "screen"].contains(where: term.hasPrefix)
  }

  private static func canLink(_ environment: [String: String]) -> Bool {
    guard !isMultiplexed(environment) else { return false }
    let term = environment["TERM"] ?? ""
    let terms = ["kitty", "foot", "alacritty", "wezterm", "ghostty", "contour"]
    if terms.contains(where: term.contains) { return true }
    // From 0.50 on.
    if let version = environment["VTE_VERSION"].flatMap({ Int($0) }) { return version >= 5000 }
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "mintty", "Hyper"]
    return programs.contains(environment["TERM_PROGRAM"] ?? "")
      || ["KONSOLE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID", "DOMTERM"].contains {
        environment[$0] != nil
      }
  }

  /// Takes a name as a terminal answers with it: `tmux 3.4`, `kitty(0.35)`.
  mutating func apply(name: String) {
    let knowing = [
      "kitty", "WezTerm", "foot", "VTE", "iTerm2", "ghostty", "contour", "Konsole", "mintty",
    ]
    if knowing.contains(where: name.hasPrefix) { canLink = true }
    // It drops links where the terminal around it does not take them.
    if name.hasPrefix("tmux "), let version = Self.version(name.dropFirst(5)) {
      canLink = version.0 > 3 || version.0 == 3 && version.1 >= 4
    }
  }

  private static func version(_ text: Substring) -> (Int, Int)? {
    let numbers = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".")
    guard let first = numbers.first.flatMap({ Int($0) }) else { return nil }
    return (first, numbers.dropFirst().first.flatMap { Int($0) } ?? 0)
  }
}

extension TerminalTraits {
  /// How a glyph gets on the screen.
  enum Placement: Equatable {
    /// Curses writes it.
    case written
    /// Curses writes a sign that stands for it, and it is put over that at its place: whatever the
    /// terminal takes it for moves nothing else.
    case placed
    /// The sign stays: the terminal drops such characters.
    case replaced
  }

  /// The versions of which terminals are asked, with an emoji of each. Older ones are in every table.
  static let emojiSamples: [(version: Int, sample: Unicode.Scalar)] = [
    (14, "\u{1fae0}"), (15, "\u{1fae8}"), (16, "\u{1fae9}"), (17, "\u{1faea}"),
  ]

  func placement(of glyph: Glyph) -> Placement {
    let isNew = TextWidth.isNewerThanCurses(glyph)
    guard isNew || glyph.width == 2 && !emojiColumns.isEmpty && isReservedForEmoji(glyph.letter)
    else { return .written }
    // One that our own tables do not know is as new as the newest.
    let version = glyph.letter.properties.age?.major ?? 17
    guard version >= 14, let columns = emojiColumns[min(version, 17)] else {
      return isNew ? .placed : .written
    }
    if columns == 0 { return .replaced }
    return isNew || columns != glyph.width ? .placed : .written
  }
}
