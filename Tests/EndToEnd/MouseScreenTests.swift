import TestSupport
import Testing

/// The mouse, as a terminal reports it.
struct MouseScreenTests {
  @Test func clicksAndTheWheel() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    #expect(try await terminal.variable("mouse_any_flag") == "1")
    #expect(try await terminal.variable("mouse_sgr_flag") == "1")
    try await terminal.until("the balances") { $0.contains("USDT") && $0.isComplete }

    // A chat, and what is typed into it.
    try await terminal.click(on: "Дача 2026")
    try await terminal.until("the chat, to write in") { $0.contains("Enter send") }
    try await terminal.type("hello\u{1b}[<0;900;900M\u{1b}[<35;9;9M!")
    let written = try await terminal.until("hello!")
    #expect(!written.contains("900;9") && !written.contains("[<"))

    // The desk: one click selects, the second opens; Escape by its word.
    try await terminal.click(on: "USDT")
    try await terminal.until("the keys of the desk") { !$0.contains("Enter send") }
    try await terminal.click(on: "? help")
    try await terminal.until("the help") { $0.contains("─ HELP") || $0.contains("─ Help") }
    try await terminal.click(on: "Esc close")
    try await terminal.until("no help") { $0.contains("? help") && !$0.contains("Esc close") }
    try await terminal.wheel(isUp: false, on: "Дача 2026")
    try await terminal.click(on: "^P")
    try await terminal.until("the list of everything") { $0.contains("Enter do it") }
    try await terminal.click(on: "tercet", in: 0..<1)
    try await terminal.press("Escape")
    try await terminal.until("the panes") { !$0.contains("Enter do it") }
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }

  @Test func tabsOfANarrowTerminal() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console(columns: 80, rows: 24)
    try await terminal.until("tabs") { $0.contains("3 Desk") && $0.isComplete }
    try await terminal.click(on: "3 Desk")
    try await terminal.until("BALANCES")
    try await terminal.click(on: "1 Chats")
    try await terminal.until("Дача 2026")
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func isOffWhereThatIsSet() async throws {
    let person = try Person()
    let terminal = try await person.terminal(environment: ["TERCET_MOUSE": "off"])
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    #expect(try await terminal.variable("mouse_any_flag") == "0")
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    try await terminal.run("tercet --sandbox --scenario quiet --mouse on")
    try await terminal.until("Welcome to Tercet.")
    #expect(try await terminal.variable("mouse_any_flag") == "1")
    try await terminal.press("C-c")
    try await terminal.until("the shell") { $0.lines.filter { $0.contains("ended=0;") }.count >= 1 }
    #expect(try await terminal.isRestored())
  }
}
