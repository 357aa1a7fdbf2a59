import Domain
import FoundationEssentials

/// How a terminal is asked to show a notification on the desktop.
enum DesktopNotice: Equatable {
  /// A text: iTerm2.
  case osc9
  /// Title and text: urxvt, foot, ghostty, wezterm; others ignore it.
  case osc777
  /// In pieces: kitty.
  case osc99

  /// - Parameter environment: in which terminals tell what they are. Inside tmux and screen nothing of
  ///   it gets through, and nothing does harm; there the bell marks the window.
  init(_ environment: [String: String]) {
    let isInside = environment["TMUX"] != nil || environment["STY"] != nil
    if isInside {
      self = .osc777
    } else if environment["TERM_PROGRAM"] == "iTerm.app" {
      self = .osc9
    } else if environment["TERM"] == "xterm-kitty" {
      self = .osc99
    } else {
      self = .osc777
    }
  }

  /// Both texts are made harmless, and lose what would divide them.
  func sequence(title: String, text: String) -> String {
    let words = [title, text].map { harmless($0, limit: 400).filter { $0 != ";" } }
    return switch self {
    // Behind a word: digits alone would be a progress bar to some.
    case .osc9: "\u{1b}]9;\(words[0]): \(words[1])\u{1b}\\"
    case .osc777: "\u{1b}]777;notify;\(words[0]);\(words[1])\u{1b}\\"
    case .osc99:
      "\u{1b}]99;i=tercet:o=unfocused:e=1:d=0:p=title;\(encoded(words[0]))\u{1b}\\"
        + "\u{1b}]99;i=tercet:o=unfocused:e=1:d=1:p=body;\(encoded(words[1]))\u{1b}\\"
    }
  }

  private func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

/// The terminal's title: the program's name, and how many things need the person. It holds no text of
/// others.
struct TerminalTitle {
  /// Keeps the title that is there, and puts it back: where entering the other screen does not.
  let saving: [UInt8]
  let restoring: [UInt8]
  private let isPossible: Bool
  private var shown: Int?

  /// Terminals that are known to have a title, by the beginnings of their names.
  private static let known = [
    "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "wezterm", "ghostty", "st-", "mlterm",
    "contour", "konsole", "gnome", "vte",
  ]

  /// - Parameters:
  ///   - term: what the terminal is called.
  ///   - entering: what enters the other screen.
  init(term: String, savedBy entering: [UInt8]) {
    isPossible = TerminalTitle.known.contains(where: term.hasPrefix)
    let isSaved = String(decoding: entering, as: UTF8.self).contains("22;0;0t")
    saving = isPossible && !isSaved ? Array("\u{1b}[22;2t".utf8) : []
    restoring = isPossible && !isSaved ? Array("\u{1b}[23;2t".utf8) : []
  }

  /// What is to be written for a number of things; nil where that stands there already.
  mutating func change(to count: Int) -> String? {
    guard isPossible, shown != count else { return nil }
    shown = count
    return "\u{1b}]2;\(count > 0 ? "(\(count)) tercet" : "tercet")\u{7}"
  }

  /// Somebody else may write another one.
  mutating func forget() { shown = nil }
}
