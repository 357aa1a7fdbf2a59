/// What the terminal is asked, once, when something is to be shown for the first time that not all
/// terminals show alike: until then it is not asked anything.
///
/// The answers come among the keys, late or never; nothing waits for them. Every terminal answers the
/// last question, so that one knows what it has not answered.
struct TerminalQuestions {
  private enum Stage { case unasked, asked, answered }

  /// What is known of the terminal.
  private(set) var traits: TerminalTraits
  private var stage = Stage.unasked
  /// Answers that count when all are there.
  private var heard: TerminalTraits
  private var turning: Int?
  private var measured: [Int] = []
  private let isMultiplexed: Bool
  private let isDumb: Bool

  /// The row in which emoji are measured, from 1 on; not the first one, see `TerminalReport.cursor`.
  static let measuredRow = 2

  /// - Parameter environment: of which `TERM`, and what terminals say of themselves, are read.
  init(_ environment: [String: String]) {
    traits = TerminalTraits(environment)
    heard = traits
    isMultiplexed = TerminalTraits.isMultiplexed(environment)
    let term = environment["TERM"] ?? ""
    // The console of Linux takes some of the questions for orders.
    isDumb = ["linux", "dumb"].contains(term)
  }

  /// Whether all that can be known is known.
  var isAnswered: Bool { isDumb || stage == .answered }
  /// Whether the questions have not been sent.
  var canAsk: Bool { !isDumb && stage == .unasked }

  /// The questions, to be sent between two pictures. The measured row has to be drawn anew.
  mutating func ask() -> String {
    stage = .asked
    let name = "\u{1b}[>0q"
    let turning = "\u{1b}[8$p"
    // Written so that nobody sees them.
    let widths = TerminalTraits.emojiSamples.map {
      "\u{1b}[\(Self.measuredRow);1H\($0.sample)\u{1b}[6n"
    }
    // Multiplexers take this for the title of the window.
    let graphics = isMultiplexed ? "" : "\u{1b}_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\u{1b}\\"
    return "\u{1b}7\u{1b}[0;8m" + name + turning + widths.joined() + graphics
      + "\u{1b}[0m\u{1b}8\u{1b}[c"
  }

  /// An answer, or something else that looks like one. Returns whether everything has to be drawn anew.
  mutating func receive(_ report: TerminalReport) -> Bool {
    guard stage == .asked else { return false }
    switch report {
    case .name(let name): heard.apply(name: name)
    case .mode(8, let value): turning = value
    case .mode: break
    case .cursor(Self.measuredRow, let column): measured.append(column - 1)
    case .cursor: break
    case .graphics(let isSupported): heard.hasKittyGraphics = isSupported
    case .abilities(let abilities):
      heard.hasSixel = abilities.contains(4)
      finish()
      return true
    }
    return false
  }

  private mutating func finish() {
    stage = .answered
    heard.turning =
      switch turning {
      // It does not know the mode, or cannot leave it: it turns nothing.
      case 0, 3, 4: .none
      case nil: .marks
      default: .mode
      }
    if measured.count == TerminalTraits.emojiSamples.count {
      for ((version, _), columns) in zip(TerminalTraits.emojiSamples, measured)
      where 0...2 ~= columns {
        heard.emojiColumns[version] = columns
      }
    }
    traits = heard
  }
}
