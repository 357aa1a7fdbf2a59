import FoundationEssentials
import TestSupport
import Testing

/// The console line by line, through a pipe and on a terminal that can do nothing.
@Suite(.timeLimit(.minutes(5))) struct LinearTests {
  private func start(_ person: Person, _ scenario: String) throws -> Program {
    try person.start(["--linear", "--sandbox", "--scenario", scenario])
  }

  /// Signs in to MAX and TheOne with what the sandbox offers.
  private func signIn(_ program: Program) async throws {
    _ = try await program.line { $0.hasPrefix("Tercet, line by line.") }
    program.write("")
    _ = try await program.line { $0.hasPrefix("Phone?") }
    program.write("")
    _ = try await program.line { $0.hasPrefix("Sign in by?") }
    program.write("1")
    let sms = try await program.line { $0.contains("SMS") && $0.contains(": ") }
    program.write(String(sms.suffix(6)))
    _ = try await program.line { $0.hasPrefix("Key?") }
    program.write("")
    _ = try await program.line { $0.hasPrefix("Secret?") }
    program.write("")
    _ = try await program.line { $0 == "TheOne: online" }
    program.write("")
  }

  @Test("Signing in, reading, answering, swapping and an alert, with words and numbers alone")
  func aDay() async throws {
    let program = try start(try Person(), "quiet")
    try await signIn(program)
    program.write("chats")
    let first = try await program.line { $0.hasPrefix("1 ") && $0.contains(", MAX") }
    program.write("1")
    let name = first.dropFirst(2).prefix { $0 != "," }
    _ = try await program.line { $0.hasPrefix("Chat with \(name), MAX") }
    _ = try await program.line { $0.hasPrefix("A line is a message now") }
    program.write("буду *через час*")
    _ = try await program.line { $0.hasPrefix("you: буду через час (") }
    program.write("/messages")
    let last = try await program.line { line in
      line.first?.isNumber == true && line.contains("you: буду через час (")
    }
    program.write("/" + last.prefix { $0.isNumber })
    _ = try await program.line { $0.hasPrefix("Selected.") }
    program.write("/back")

    program.write("/swap 0.1 ETH USDT")
    _ = try await program.line { $0 == "SWAP" }
    program.write("")
    _ = try await program.line { $0 == "Type swap now to send it." }
    // Before the quote can have been read the word does nothing but say so.
    var isSent = false
    for _ in 0..<10 where !isSent {
      // It counts when it has not been said for a moment.
      try await Task.sleep(for: .milliseconds(800))
      program.write("swap now")
      let line = try await program.line { $0.contains("Shift-C") || $0.contains("FILLED") }
      isSent = line.contains("FILLED")
    }
    #expect(isSent)
    program.write("")
    program.write("/orders")
    _ = try await program.line { $0.hasPrefix("1 0.1") && $0.contains("ETH → USDT: FILLED") }

    program.write("/alert ETH above 9000")
    _ = try await program.line { $0.hasPrefix("From?") }
    for field in ["To?", "When?", "Price?"] {
      program.write("")
      _ = try await program.line { $0.hasPrefix(field) }
    }
    program.write("")
    _ = try await program.line { $0.hasPrefix("You will be told when the price is reached") }
    program.write("/quit")
    let report = try await program.end()
    #expect(report.code == 0)
    let text = report.output.joined(separator: "\n")
    #expect(!text.contains { "│┌─▸●\u{1b}".contains($0) }, "no boxes, no signs, no escapes")
  }

  @Test("A variable asks for it too, and a terminal without abilities is enough")
  func byVariable() async throws {
    let program = try Person().start(
      ["--sandbox", "--scenario", "quiet"], environment: ["ACCESSIBLE": "1", "TERM": "dumb"])
    _ = try await program.line { $0.hasPrefix("Tercet, line by line.") }
    program.write("/quit")
    #expect(try await program.end().code == 0)
  }

  @Test("A call is told over whatever is asked, and declined by a word")
  func aCall() async throws {
    let program = try start(try Person(), "calls")
    try await signIn(program)
    program.write("/settings")
    _ = try await program.line { $0 == "SETTINGS" }
    _ = try await program.line { $0.hasPrefix("CALL: ") && $0.contains(" is calling, MAX") }
    _ = try await program.line { $0.hasPrefix("/decline") }
    program.write("/decline")
    _ = try await program.line { $0.hasPrefix("Declined ") }
    program.write("/back")
    program.write("/calls")
    _ = try await program.line { $0.hasPrefix("1 ") }
    program.write("/quit")
    #expect(try await program.end().code == 0)
  }
}
