import FoundationEssentials
import TestSupport
import Testing

/// MAX as a daily messenger, by keys alone.
struct MaxChatTests {
  @Test(arguments: [(columns: 120, rows: 40), (columns: 80, rows: 24)])
  func answersChangesReactsDeletesAndMovesFiles(size: (columns: Int, rows: Int)) async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let words = "раз, два, три\n"
    try Data(words.utf8).write(to: URL(filePath: person.home.file("note.txt")))
    let terminal = try await person.console(columns: size.columns, rows: size.rows)
    try await terminal.press("Enter")
    try await terminal.until("the chat") { $0.contains("и молока") && $0.contains("Павел · MAX") }

    // An answer quotes what it answers.
    try await terminal.press("Up", "r")
    try await terminal.until("┃ Павел и молока")
    try await terminal.type("взила")
    try await terminal.press("Enter")
    try await terminal.until("the answer") { screen in
      screen.contains("┃ и молока") && screen.chatLines.contains { $0.hasSentTick(of: "взила") }
    }

    // What was wrong is put right.
    try await terminal.press("Up", "e")
    try await terminal.until("┃ editing взила")
    try await terminal.press("C-u")
    try await terminal.type("взяла")
    try await terminal.press("Enter")
    try await terminal.until("взяла  edited")

    try await terminal.press("Up", "+")
    try await terminal.until("REACT")
    try await terminal.press("1")
    try await terminal.until("the reaction") { $0.contains("👍 1") && !$0.contains("REACT") }

    try await terminal.press("F")
    try await terminal.until("FORWARD TO")
    try await terminal.type("saved")
    try await terminal.press("Enter")
    try await terminal.until("Forwarded to Saved messages")

    // A file goes out, and comes back under a name of its own.
    try await terminal.press("f")
    try await terminal.until("SEND A FILE")
    try await terminal.type("note.txt\r")
    try await terminal.until("the file sent") {
      $0.chatLines.contains { $0.hasSentTick(of: "note.txt") }
    }
    try await terminal.press("Up", "s")
    try await terminal.until("Where to save note.txt?")
    // The folder that is suggested is made where it is missing.
    try await terminal.press("Enter")
    try await terminal.until("✓ saved")
    #expect(try contents(person.home.file("Downloads/note.txt")) == words)

    try await terminal.press("D")
    try await terminal.until("for everybody")
    try await terminal.press("Down", "Down", "Enter")
    try await terminal.until("the deleted line") {
      $0.contains("message deleted") && !$0.contains("DELETE")
    }

    // All of it outlives the program, what is half typed too.
    try await terminal.press("End", "Enter")
    try await terminal.type("half a thou")
    try await terminal.until("▸ half a thou")
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    let again = try await person.console(columns: size.columns, rows: size.rows)
    try await again.until("Saved messages first") { $0.onlineConnections == 2 }
    try await again.press("Home", "Enter")
    let screen = try await again.until("the chat as it was") {
      $0.contains("Павел · MAX") && $0.contains("▸ half a thou")
    }
    #expect(screen.contains("взяла  edited") && screen.contains("👍 1"))
    #expect(screen.contains("message deleted"))
    try await again.press("Escape", "q")
    #expect(try await again.exitCode() == 0)
  }
}

extension String {
  /// A line of ours that the server has; the mark stands at the right edge of its pane.
  fileprivate func hasSentTick(of text: String) -> Bool {
    firstRange(of: text).map { self[$0.upperBound...].contains("✓") } ?? false
  }
}
