import TestSupport
import Testing

/// MAX by keys alone: in by a QR code and a password, calls, devices, and out again.
struct MaxAccessTests {
  @Test(arguments: [(columns: 120, rows: 40), (columns: 80, rows: 24)])
  func signsInByCodeDeclinesChecksAndSignsOut(size: (columns: Int, rows: Int)) async throws {
    let person = try Person()
    let terminal = try await person.terminal(columns: size.columns, rows: size.rows)
    try await terminal.run("tercet --sandbox --scenario ringing")
    try await signIn(terminal)

    // It rings; the line is tried while it does.
    try await terminal.until("Павел is calling", within: .seconds(60))
    let ring = try await terminal.until("the keys of the ring") {
      $0.contains("d decline  m reply with a text  i ignore  c test connection")
    }
    #expect(ring.contains("(answer on your phone)"))
    try await terminal.press("c")
    let check = try await terminal.until("two answers and a refusal") { screen in
      screen.lines.count { $0.contains("seen as 127.0.0.1:") } == 2
        && screen.contains("The server refused (486")
    }
    #expect(check.contains("stun:127.0.0.1:") && check.contains("is calling"))
    try await terminal.press("d")
    try await terminal.until("silence") { !$0.contains("is calling") }
    try await terminal.press("Escape")
    try await terminal.until("the end of the dialog") { !$0.contains("CONNECTION TEST") }
    try await terminal.press("4")
    // The server's history comes to it, and the call is there once.
    try await terminal.until("the log") { screen in
      screen.lines.contains { $0.contains("☎ Павел") && $0.contains("declined") }
        && screen.lines.contains { $0.contains("→ Павел") && $0.contains("no answer") }
        && screen.lines.count { $0.contains("☎ Павел") } == 2
    }

    try await terminal.press("A")
    let devices = try await terminal.until("the devices") { $0.contains("this one") }
    #expect(devices.contains("DEVICES AND ACCOUNTS") && devices.contains("127.0.0.1"))
    try await terminal.press("X")
    try await terminal.until("No other device is signed in.")
    try await terminal.press("Escape")
    try await terminal.until("the end of the dialog") { !$0.contains("DEVICES AND ACCOUNTS") }

    try await terminal.press("M-b")
    try await terminal.until("The bell is off;")
    try await terminal.press("L")
    try await terminal.until("SIGN OUT OF MAX")
    try await terminal.press("Down", "Enter")
    try await terminal.until("nothing left") {
      $0.contains("No calls yet.") && !$0.contains("Павел")
    }
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }

  /// From the first page to the console, with MAX alone.
  private func signIn(_ terminal: Terminal) async throws {
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Down", "Space", "Enter")
    try await terminal.until(Person.phone)
    try await terminal.press("Tab", "Right", "Enter")
    let code = try await terminal.until("a whole QR code, two modules a row") {
      $0.contains("Waiting for your phone…") && $0.contains("The code is good for ")
        && $0.lines.count { $0.contains { "█▀▄".contains($0) } } == 17
    }
    #expect(code.contains("MAX: scan this code") && code.contains("max.example/qr/"))
    // The sandbox's phone takes three questions to approve, five seconds apart.
    try await terminal.until("The sandbox's password is: correct horse", within: .seconds(60))
    try await terminal.type("wrong\r")
    try await terminal.until("Enter the password again")
    try await terminal.type("correct horse\r")
    let done = try await terminal.until("Press Enter to open the console.")
    #expect(done.contains("MAX: signed in as Ира Т"))
    try await terminal.press("Enter")
    try await terminal.until("chats") { $0.contains("Дача 2026") && !$0.contains("signed in as") }
  }
}
