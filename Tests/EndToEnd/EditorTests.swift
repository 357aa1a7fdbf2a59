import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// The person's own editor takes the terminal, and gives it back.
struct EditorTests {
  @Test("It has the terminal to itself, a file for the owner alone, and leaves nothing behind")
  func aMessage() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let script = person.home.file("editor.sh")
    let words = """
      #!/bin/sh
      stat -c 'MODES %a' "$1" "$(dirname "$1")"
      echo "LINES $(wc -l < "$1")"
      read line
      [ "$line" = fail ] && exit 3
      printf '%s\\n' "$line" >> "$1"
      cp "$1" "$1~"
      """
    // Read by a shell: a file that has just been written may still be open in the child of another test,
    // and the system does not start such.
    try Data(words.utf8).write(to: URL(filePath: script))
    mkdir(person.home.file("run"), 0o700)
    let terminal = try await person.terminal(
      columns: 100, rows: 30,
      environment: ["EDITOR": "sh \(script)", "XDG_RUNTIME_DIR": person.home.file("run")])
    try await terminal.run("tercet")
    try await terminal.until("chats") { $0.contains("CHATS") && $0.contains("Дача 2026") }
    try await terminal.press("Enter")
    try await terminal.until("и молока")
    try await terminal.type("first line")
    try await terminal.press("C-g")
    try await terminal.until("the editor") { screen in
      screen.lines.contains("MODES 600") && screen.lines.contains("MODES 700")
        && screen.lines.contains("LINES 1")
    }
    try await terminal.type("second line\r")
    try await terminal.until("both lines in the chat") { screen in
      screen.contains("▸ first line") && screen.contains("second line")
    }
    try await terminal.press("C-g")
    // What the first one has said stands there as well.
    try await terminal.until("LINES 2")
    try await terminal.type("fail\r")
    try await terminal.until("the draft is as it was") { screen in
      screen.contains("second line") && screen.contains("has ended with 3")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: person.home.file("run")) == [])
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }
}
