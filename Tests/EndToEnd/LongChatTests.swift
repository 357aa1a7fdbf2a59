import TestSupport
import Testing

/// A chat of 5,000 messages, by keys alone.
struct LongChatTests {
  @Test func fromItsFirstUnreadLineToItsBeginningAndToAWordInItsMiddle() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console(columns: 80, rows: 24)
    try await terminal.until("a line") { $0.lines[0].contains("M●") }

    try await terminal.press("C-p")
    try await terminal.until("the palette") { $0.contains("COMMANDS") }
    try await terminal.type("книжный")
    try await terminal.until("the chat alone") { screen in
      screen.contains("Книжный клуб") && !screen.contains("search in all messages")
    }
    try await terminal.press("Enter")
    let opened = try await terminal.until("its unread messages") { screen in
      screen.lineNumber(with: "── 12 new ──") != nil
        && screen.lines.count { $0.firstMatch(of: /^[ ▌]\d\d:\d\d\b/) != nil } > 12
    }
    #expect(opened.lineNumber(with: "── 12 new ──") ?? 99 < 12)

    try await terminal.press("Home")
    try await terminal.until("the beginning") {
      $0.contains("beginning of the conversation") && $0.contains("Запись № 1.")
    }
    // Everything between has been read.
    try await terminal.until("how many follow") { $0.contains("↓ 4999") }
    try await terminal.press("NPage", "NPage")
    try await terminal.until("lines that follow") { $0.contains("Запись № 21.") }

    try await terminal.press("C-f")
    try await terminal.until("the search") { $0.contains("─ SEARCH ─") }
    try await terminal.type("КАРАКАТ")
    try await terminal.until("the hit") { $0.contains("В середине лежит каракатица") }
    try await terminal.press("Enter")
    let hit = try await terminal.until("it among others") { screen in
      !screen.contains("─ SEARCH ─") && screen.line(with: "каракатица")?.hasPrefix("▌") == true
        && screen.lines.count { $0.firstMatch(of: /^ \d\d:\d\d\b/) != nil } > 6
    }
    #expect(hit.line(with: "каракатица") != nil)
    try await terminal.press("End")
    try await terminal.until("the end") { screen in
      screen.contains("── 12 new ──") && !screen.contains("↓")
    }
    try await terminal.press("Up", "U")
    try await terminal.until("the first unread line") { screen in
      guard let rule = screen.lineNumber(with: "── 12 new ──") else { return false }
      return screen.lines.indices.contains(rule + 1) && screen.lines[rule + 1].hasPrefix("▌")
    }
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func aWordThatOnlyTheServerKnows() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("a line") { $0.onlineConnections == 2 }
    try await terminal.press("C-f")
    try await terminal.until("the search") { $0.contains("─ SEARCH ─") }
    try await terminal.type("каракатица")
    try await terminal.until("nothing") { $0.contains("Nothing that is stored here says that.") }
    try await terminal.press("Tab")
    try await terminal.until("MAX's answer") {
      $0.contains("MAX has found 1 more.") && $0.contains("В середине лежит каракатица")
    }
    try await terminal.press("Enter")
    try await terminal.until("it among others") { screen in
      !screen.contains("─ SEARCH ─") && screen.contains("▌")
        && screen.line(with: "каракатица")?.contains("│▌") == true && screen.contains("+ │")
        && screen.lines.count { $0.firstMatch(of: /│[ ▌]\d\d:\d\d\b/) != nil } > 8
    }
  }
}

extension Screen {
  fileprivate func lineNumber(with text: String) -> Int? {
    lines.firstIndex { $0.contains(text) }
  }
}
