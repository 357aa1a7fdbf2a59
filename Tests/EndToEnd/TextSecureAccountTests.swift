import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Encrypted chats by keys alone, on the sandbox's own relay.
struct TextSecureAccountTests {
  /// The contact of the sandbox that answers with what it hears.
  private static let echo = "+14155550199"

  @Test(arguments: [(columns: 120, rows: 40), (columns: 80, rows: 24)])
  func registersWritesAndComparesKeys(size: (columns: Int, rows: Int)) async throws {
    let person = try Person()
    let terminal = try await person.terminal(columns: size.columns, rows: size.rows)
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await register(terminal)

    // A number becomes a chat.
    try await terminal.press("n")
    try await terminal.until("NEW CHAT")
    try await terminal.type("\(Self.echo) ")
    try await terminal.type("Parrot\r")
    try await terminal.until("the chat") { $0.contains("Parrot · TextSecure") }
    let before = try await terminal.until("Enter send")
    #expect(!before.contains("NEW CHAT"))

    // Letters are text while one writes, a paste sends nothing by its line breaks.
    try await terminal.until("^J new line")
    try await terminal.type("q? ")
    try await terminal.type("\u{1b}[200~один\rдва\u{1b}[201~")
    try await terminal.until("both lines") { $0.contains("▸ q? один") && $0.contains("  два") }
    #expect(try await !terminal.screen.lines.contains { $0.hasTick })
    // An Enter that comes with the paste would be a line break: another key stands between.
    try await terminal.press("Right", "Enter")
    try await terminal.until("it sent") { $0.lines.contains { $0.hasTick } }
    try await terminal.until("its echo") { $0.chatLines.count { $0.contains("q? один") } == 2 }
    try await terminal.press("Escape")
    try await terminal.until("Enter open")

    // Keys beside each other, and as a picture that is whole.
    try await terminal.press("K")
    try await terminal.until("both keys") {
      $0.contains("Parrot reads to you:") && $0.lines.count { $0.contains(" 05 ") } > 0
    }
    try await terminal.press("c")
    try await terminal.until("a whole QR code, two modules a row") {
      $0.contains("QR code of your key")
        && $0.lines.count { $0.contains { "█▀▄".contains($0) } } == 17
    }
    try await terminal.press("Escape")
    try await terminal.until("Parrot reads to you:")
    try await terminal.press("v", "Down", "Enter")
    try await terminal.until("You have compared the key of Parrot")
    try await terminal.press("Escape")
    try await terminal.until("the end of the dialog") { !$0.contains("IDENTITY") }
    try await terminal.press("1")
    try await terminal.until("Parrot ✓")
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }

  @Test(
    "Whatever signal asks it to end, no used key stays in the store's log",
    arguments: [
      SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGALRM, SIGXCPU, SIGIO, 34,
    ])
  func emptiesTheLog(signal: Int32) async throws {
    let person = try Person()
    let terminal = try await person.terminal()
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await register(terminal)
    try await terminal.press("n")
    try await terminal.until("NEW CHAT")
    try await terminal.type("\(Self.echo) Parrot\r")
    try await terminal.until("^J new line")
    try await terminal.type("hello\r")
    try await terminal.until("its echo") { $0.chatLines.count { $0.contains("hello") } == 2 }
    kill(try await terminal.runningProcess(), signal)
    #expect(try await terminal.exitCode() == 128 + Int(signal))
    #expect(try await terminal.isRestored())
    let log = person.home.file(".local/share/tercet-sandbox/default/tercet.db-wal")
    let left = FileManager.default.contents(atPath: log) ?? Data()
    #expect(left.isEmpty)
  }

  /// From the first page to the console, with TextSecure alone.
  private func register(_ terminal: Terminal) async throws {
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Space", "Down", "Space", "Down", "Space")
    try await terminal.until("one choice") { $0.lines.count { $0.contains("[x]") } == 1 }
    try await terminal.press("Enter")
    try await terminal.until("its page") {
      $0.contains("TextSecure: your relay and number") && $0.contains("http://127.0.0.1:")
    }
    try await terminal.press("Down", "Down", "Right")
    try await terminal.until("(•) a call")
    try await terminal.press("Enter")
    let code = try await terminal.until("a code") { $0.sentSecureCode != nil }.sentSecureCode
    try await terminal.paste(code ?? "")
    try await terminal.until("TextSecure: signed in as +14155550101")
    // Not taken for a part of the paste, however fast this is.
    try await terminal.press("Right", "Enter")
    try await terminal.until("chats") { $0.contains("CHATS") }
  }
}

extension Screen {
  /// The relay's code in the sandbox's note: `345-678`, or without its dash.
  fileprivate var sentSecureCode: String? {
    line(with: "The sandbox sent an SMS")?.firstMatch(of: /: (\d{3}-?\d{3})$/).map { String($0.1) }
  }
}

extension String {
  /// A message of ours that the relay has; the mark stands at the right edge of its pane.
  fileprivate var hasTick: Bool { contains("   ✓") }
}
