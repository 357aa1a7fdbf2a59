import TestSupport
import Testing

/// What the wizard says when something is wrong, and how one gets back.
struct WizardTests {
  /// A wizard on its page for the phone number, with the sandbox's number in it.
  private func wizard(_ person: Person) async throws -> Terminal {
    let terminal = try await person.terminal(columns: 80, rows: 24)
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Enter")
    try await terminal.until(Person.phone)
    return terminal
  }

  @Test func saysWhatIsWrongAndTakesPastes() async throws {
    let person = try Person()
    let terminal = try await wizard(person)

    try await terminal.press("C-u")
    try await terminal.type("abc")
    try await terminal.press("Enter")
    try await terminal.until("words about the number") {
      $0.contains("MAX: your phone number") && $0.contains("is not a phone number")
    }

    try await terminal.press("C-u")
    try await terminal.type(Person.phone)
    try await terminal.press("Enter")
    let code = try #require(try await terminal.until("a code") { $0.sentCode != nil }.sentCode)
    try await terminal.type(code == "111111" ? "222222" : "111111")
    try await terminal.until("words about the code") {
      $0.contains("Enter the code again") && $0.contains("_ _ _ _ _ _")
    }

    try await terminal.press("Escape")
    try await terminal.until("MAX: your phone number")
    try await terminal.press("Escape")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Enter")
    try await terminal.until("MAX: your phone number")
    try await terminal.press("Enter")
    let second = try await terminal.until("another code") { screen in
      screen.sentCode.map { $0 != code } ?? false
    }
    let words = try #require(second.sentCode)
    try await terminal.paste("Your code is \(words.prefix(3))-\(words.dropFirst(3)).")

    try await terminal.until("TheOne: your API key")
    try await terminal.press("Tab", "C-u")
    try await terminal.type("wrong-secret")
    try await terminal.press("Enter")
    let refusal = try await terminal.until("words about the secret") {
      $0.contains("TheOne: your API key") && $0.contains("signature")
    }
    #expect(!refusal.contains("wrong-secret"))
  }

  @Test func scrollsOnASmallTerminal() async throws {
    let person = try Person()
    let terminal = try await person.terminal(columns: 40, rows: 12)
    try await terminal.run("tercet --sandbox --scenario quiet")
    let first = try await terminal.until("the first page, and more of it") {
      $0.contains("Welcome to Tercet.") && $0.contains("PgDn")
    }
    #expect(!first.contains("Everything is kept"))
    try await terminal.press("NPage", "NPage")
    try await terminal.until("the end of the page") {
      $0.contains("Everything is kept") && $0.contains("PgUp") && !$0.contains("PgDn")
    }
    // Any other key is for the page, and shows what it does.
    try await terminal.press("Space")
    try await terminal.until("the first choice, taken back") {
      $0.contains("[ ] MAX") && $0.contains("PgDn")
    }
  }

  @Test func escapeLeavesTheWizardToLookAround() async throws {
    let person = try Person()
    let terminal = try await wizard(person)
    try await terminal.press("Escape")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Escape")
    try await terminal.until("No chats yet.")
    try await terminal.press("t")
    try await terminal.until("Sign in to TheOne first: press S.")
    try await terminal.press("S")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("C-c")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }
}
