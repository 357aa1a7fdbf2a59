import FoundationEssentials
import TestSupport
import Testing

/// The Tab key in the three shells, each in a terminal with the script that the program writes.
struct CompletionTests {
  /// A shell and how it gets the script.
  enum Shell: String, CaseIterable {
    case bash, zsh, fish
    /// As `make install` puts it where zsh looks.
    case zshFound

    /// What is typed into the terminal to have the shell, its script, and a program that says what
    /// it was given.
    func start(_ tercet: String) -> [String] {
      let kind = self == .zshFound ? "zsh" : rawValue
      let script = "\(tercet) completion \(kind) > script 2> errors"
      let program = "tercet() { printf '=%s' \"$@\"; echo =; }"
      return switch self {
      case .bash:
        [script, "PS1='$ ' exec bash --norc --noprofile", ". ./script 2>> errors", program]
      case .zsh:
        [script, "PS1='$ ' exec zsh -f", ". ./script 2>> errors", program]
      case .zshFound:
        [
          script, "mkdir found; mv script found/_tercet", "PS1='$ ' exec zsh -f",
          "fpath=($HOME/found $fpath); autoload -Uz compinit; compinit -u -D 2>> errors", program,
        ]
      case .fish:
        [
          script, "exec fish -N", "set -g fish_autosuggestion_enabled 0",
          "source ./script 2>> errors", "function tercet; printf '=%s' $argv; echo =; end",
        ]
      }
    }
  }

  /// What is typed before Tab and Enter, and what the program is given.
  private static let lines = [
    ("mess", "=messages="),
    ("--profile work bal", "=--profile=work=balances="),
    ("login tr", "=login=trading="),
    ("export --format=c", "=export=--format=csv="),
    ("--max-codec b", "=--max-codec=binary="),
    ("swap ETH USDT 1 --sli", "=swap=ETH=USDT=1=--slippage-bps="),
    ("send max:1 hi --attach my\\ ph", "=send=max:1=hi=--attach=my photo.jpeg="),
    ("sandbox --faults no-t", "=sandbox=--faults=no-time="),
    ("sandbox --faults skew=5,push-b", "=sandbox=--faults=skew=5,push-between="),
    ("sandbox --faults no-time,text=r", "=sandbox=--faults=no-time,text=refused="),
    ("--ca-file=my\\ ph", "=--ca-file=my photo.jpeg="),
    // Two files begin like this; one of them is a folder.
    ("save max:1 2 --to my", "=save=max:1=2=--to=my pictures/="),
    // Nothing is known of what stands here, least of all a word of the help text.
    ("messages C", "=messages=C="),
  ]

  @Test(arguments: Shell.allCases)
  func completes(in shell: Shell) async throws {
    let home = try ScratchDirectory()
    try Data().write(to: URL(filePath: home.file("my photo.jpeg")))
    try FileManager.default.createDirectory(
      atPath: home.file("my pictures"), withIntermediateDirectories: false)
    let terminal = try await Terminal(columns: 100, rows: 24, home: home.path)
    for line in ["cd"] + shell.start(Program.tercetPath) + ["clear; echo begin"] {
      try await terminal.type("\(line)\r")
    }
    try await terminal.until("the shell with its script") { $0.lines.first == "begin" }
    for (typed, given) in CompletionTests.lines {
      try await terminal.type("tercet \(typed)\t\r")
      try await terminal.until("`\(given)` from `\(typed)`") { screen in
        // zsh takes the slash of a folder back when the line is entered.
        screen.lines.contains { [given, given.replacing("/=", with: "=")].contains($0) }
      }
    }
    #expect(try contents(home.file("errors")) == "")
  }
}
