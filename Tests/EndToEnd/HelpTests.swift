import TestSupport
import Testing
import ViewModels

/// The help overlay, and keys on another keyboard.
struct HelpTests {
  @Test func showsEveryCommandAndKnowsACyrillicKeyboard() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console(columns: 80, rows: 24)

    try await terminal.press("?")
    // A mark says how many lines follow; it is drawn last.
    var seen = try await terminal.until("HELP and a mark") { $0.linesBelow != nil }.lines
    var below = Screen(lines: seen).linesBelow
    while let before = below {
      try await terminal.press("Down")
      // A reason that is over takes its line along.
      let screen = try await terminal.until("the next line") { ($0.linesBelow ?? 0) < before }
      seen += screen.lines
      below = screen.linesBelow
    }
    try await terminal.until("every command") { screen in
      Command.all.allSatisfy { command in
        (seen + screen.lines).contains { $0.shows(command) }
      }
    }
    // The end is the end: one press up is one line up.
    try await terminal.press("End", "Down", "NPage", "Up")
    try await terminal.until("the last line but one") { $0.linesBelow == 1 }
    // Letters find.
    try await terminal.type("mute")
    try await terminal.until("what mutes, and no more") { screen in
      screen.contains(Command.mute.title.text) && screen.linesBelow == nil
        && !screen.contains("quit")
    }
    try await terminal.press("Escape")
    try await terminal.until("the end of help") { !$0.contains("HELP") }

    try await terminal.type("е")
    try await terminal.until("─ SWAP")
    try await terminal.press("Escape")
    try await terminal.until("the ticket's end") { !$0.contains("─ SWAP") }
    try await terminal.type("й")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }
}

extension Screen {
  /// How many lines of the help follow; nil at its end.
  fileprivate var linesBelow: Int? {
    lines.compactMap { $0.firstMatch(of: /↓ (\d+) +│$/) }.first.flatMap { Int($0.1) }
  }
}

extension String {
  fileprivate func shows(_ command: Command) -> Bool {
    contains(command.title.text) && contains(command.keys[0].mark)
  }
}
