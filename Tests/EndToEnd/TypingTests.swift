import TestSupport
import Testing

/// Words typed and pasted into a chat of the real program, while a call rings.
struct TypingTests {
  @Test func wordsAreWordsWhateverHappens() async throws {
    let servers = try await Servers("everyday")
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let before = try await person.run("status")
    let terminal = try await person.console(columns: 120, rows: 40)
    try await terminal.press("Enter")
    try await terminal.until("the chat") { $0.contains("· MAX") && $0.contains("▸") }

    try await terminal.type("HELLO Mama, Lunch? ")
    try await terminal.until("the ring", within: .seconds(60)) { $0.contains("is calling") }
    try await terminal.type("WELL LLAMA! Äpfel, Öl. ")
    try await terminal.type("Дома Щука: 1 + 2 / 4? ")
    try await terminal.paste("HALT: delete, Leave; quit")
    let written =
      "HELLO Mama, Lunch? WELL LLAMA! Äpfel, Öl. Дома Щука: 1 + 2 / 4? HALT: delete, Leave; quit"
    let screen = try await terminal.until("all of it") { $0.textAtFoot == written }
    #expect(screen.contains("is calling"))
    #expect(!screen.contains("HALTED") && !screen.contains("┌─"))

    // Cut, put in again, undone, and sent by nothing but Enter.
    try await terminal.press("C-w", "C-w")
    try await terminal.until("two words less") {
      $0.textAtFoot?.hasSuffix("HALT: delete,") ?? false
    }
    try await terminal.press("C-y")
    try await terminal.until("the words again") { $0.textAtFoot == written }
    try await terminal.press("C-u")
    try await terminal.until("nothing") { $0.textAtFoot?.isEmpty ?? false }
    try await terminal.press("C-x")
    try await terminal.until("all of it again") { $0.textAtFoot == written }

    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    let after = try await person.run("status")
    #expect(before.output.count == after.output.count)
    #expect(after.code == 0 && !after.output.contains { $0.contains("halted") })
  }
}

extension Screen {
  /// What is being written at the foot of the chat, its rows joined; nil where nothing can be.
  fileprivate var textAtFoot: String? {
    let columns = lines.map { $0.split(separator: "│", omittingEmptySubsequences: false) }
    let middle = columns.map { $0.count == 3 ? String($0[1]) : "" }
    guard let first = middle.lastIndex(where: { $0.hasPrefix(" ▸") }) else { return nil }
    let rows = middle[first...].prefix { !$0.isEmpty }.map { String($0.dropFirst(3)) }
    return rows.joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
