import TestSupport
import Testing

/// Control characters that servers send are shown, never obeyed.
struct UntrustedTextTests {
  @Test func neverReachesTheTerminalRaw() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    // So wide that the list shows the last messages too.
    let terminal = try await person.console(columns: 100, rows: 40)
    // A title with colours, a bell, a line break and a right-to-left override.
    try await terminal.until("␛[31mсрочно␛[0m␇")
    // A message that would set the window's title.
    try await terminal.until("␛]0;not a title␇tab")

    // The program's own titles hold a number and its name.
    let text = String(decoding: await terminal.written, as: UTF8.self)
      .replacing(/\u{1b}\]2;(\(\d+\) )?tercet\u{7}/, with: "")
    #expect(!text.contains("\u{1b}[31mсрочно"))
    #expect(!text.contains("\u{1b}]"))
    #expect(!text.contains("\u{7}"))
    #expect(!text.unicodeScalars.contains("\u{202e}"))
    #expect(try await terminal.variable("pane_title") != "not a title")
  }
}
