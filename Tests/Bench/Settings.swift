import Glibc

/// What the bench was told.
struct Settings {
  /// The figures that were asked for; empty for all.
  var figures: [String] = []
  var form = Report.Form.table
  /// How often each thing from outside is measured.
  var runs = 5
  /// Where profiles are kept from one run to the next.
  var profiles = ".build/bench-profiles"
  /// Where the scripts of the peers are.
  var fixtures = "Tests/Peers/Fixtures"
  /// The program that runs libsignal-protocol-c.
  var ratchetPeer = ".build/peers/ratchet_peer"

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--json": form = .json
      case "--markdown": form = .markdown
      case "--sealed": BenchStore.isSealed = true
      case "--runs", "--profiles", "--fixtures", "--ratchet-peer":
        guard let value = rest.popFirst() else { throw Usage("\(word) needs a value") }
        switch word {
        case "--profiles": profiles = value
        case "--fixtures": fixtures = value
        case "--ratchet-peer": ratchetPeer = value
        default:
          guard let number = Int(value), number > 0 else { throw Usage("--runs needs a number") }
          runs = number
        }
      default:
        guard Figure(rawValue: word) != nil else { throw Usage(Settings.usage) }
        figures.append(word)
      }
    }
  }

  func includes(_ figure: Figure) -> Bool {
    figures.isEmpty || figures.contains(figure.rawValue)
  }

  static let usage = """
    usage: bench [FIGURE…] [--json | --markdown] [--runs N] [--sealed] [--profiles DIR]
                 [--fixtures DIR] [--ratchet-peer FILE]
           bench profile DIR [--messages N] [--chats N] …
           bench costs [--against FILE | --accept FILE]
           bench cost NAME…

    figures, all without any:
    \(Figure.allCases.map(\.line).joined(separator: "\n"))

    The program is .build/release/tercet beside the bench, or TERCET_BINARY.
    """
}

/// What can be measured by itself.
enum Figure: String, CaseIterable {
  case start, keys, resize, idle, memory, intake, growth, ratchet, trading, search

  fileprivate var line: String {
    "  \(rawValue)\(String(repeating: " ", count: 10 - rawValue.count))\(summary)"
  }

  private var summary: String {
    switch self {
    case .start: "until words are on the screen"
    case .keys: "from a key to the bytes that answer it, idle and while messages come in"
    case .resize: "twenty new sizes of the terminal"
    case .idle: "what is done when there is nothing to do"
    case .memory: "at the start and after much scrolling"
    case .intake: "messages that come in, until they are on the disk"
    case .growth: "the same with ten times and a hundred times as many messages"
    case .ratchet: "messages encrypted and decrypted, beside libsignal-protocol-c"
    case .trading: "swaps and balances, beside node"
    case .search: "finding words in a million messages, beside Python's SQLite"
    }
  }
}

/// Says what is wrong, and ends the program as a wrong use.
func complain(_ words: String) -> Never {
  let bytes = Array((words + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
  exit(2)
}
