import TestSupport
import Testing

/// The first minutes with `tercet --sandbox`, by keys alone.
struct FirstRunTests {
  @Test(arguments: [(columns: 120, rows: 40), (columns: 80, rows: 24)])
  func everythingIsReachableByKeys(size: (columns: Int, rows: Int)) async throws {
    let person = try Person()
    let terminal = try await person.terminal(columns: size.columns, rows: size.rows)
    try await terminal.run("tercet --sandbox")
    try await signIn(terminal)

    // Everything that follows comes by itself or is one key away.
    try await terminal.press("3")
    let balance = try await terminal.until("a balance") { $0.usdt != nil }.usdt
    try await terminal.until("a balance that moves") { $0.usdt != nil && $0.usdt != balance }
    try await terminal.until("Павел is calling")
    try await terminal.press("i", "4")
    let log = try await terminal.until("ignored")
    #expect(!log.contains("is calling"))

    try await terminal.press("1", "Home")
    while true {
      let chats = try await terminal.until("a selected chat") { $0.selectedChat != nil }
      guard let chat = chats.selectedChat, !chat.contains("Павел") else { break }
      try await terminal.press("Down")
      try await terminal.until("the next chat") { $0.selectedChat.map { $0 != chat } ?? false }
    }
    try await terminal.press("Enter")
    try await terminal.until("the conversation") {
      $0.contains("Возьми хлеба") && $0.contains("и молока")
    }

    try await terminal.press("Escape")
    try await terminal.until("Enter open")
    try await swap(terminal)
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())

    // The second run begins where the first one ended.
    try await terminal.run("clear; tercet --sandbox")
    try await terminal.until("chats without a wizard") {
      $0.contains("Павел") && $0.contains("Дача 2026") && $0.contains("SANDBOX")
    }
    try await terminal.press("3")
    try await terminal.until("the order") { $0.order?.contains("FILLED") ?? false }
    try await terminal.press("4")
    try await terminal.until("ignored")
    try await terminal.press("3")
    let second = try await terminal.until("a balance") { $0.usdt != nil }.usdt
    try await terminal.until("a balance that moves") { $0.usdt != nil && $0.usdt != second }
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
  }

  private func signIn(_ terminal: Terminal) async throws {
    let welcome = try await terminal.until("Esc later")
    #expect(welcome.contains("Welcome to Tercet.") && welcome.contains("1 of 4"))
    try await terminal.press("Enter")
    try await terminal.until(Person.phone)
    try await terminal.press("Enter")
    let code = try await terminal.until("a code") { $0.sentCode != nil }.sentCode
    try await terminal.type(code ?? "")
    try await terminal.until("sandbox-key-")
    try await terminal.press("Enter")
    let done = try await terminal.until("Press Enter to open the console.")
    #expect(done.contains("MAX: signed in as Ира Т") && done.contains("TheOne: signed in as"))
    try await terminal.press("Enter")
    try await terminal.until("chats") { $0.contains("CHATS") && $0.contains("Дача 2026") }
  }

  private func swap(_ terminal: Terminal) async throws {
    try await terminal.press("t")
    try await terminal.until("Pay")
    try await terminal.type("eth\t0.1\tusdt")
    try await terminal.press("Enter")
    let review = try await terminal.until("a quote") { $0.secondsLeft != nil }
    #expect(review.contains("ETH → USDT") && review.contains("slippage 0.30 %"))
    let left = review.secondsLeft ?? 0
    try await terminal.until("a countdown") { $0.secondsLeft.map { $0 < left } ?? false }
    try await terminal.press("C")
    let filled = try await terminal.until("✓ Filled: 0.1 ETH → USDT")
    #expect(!filled.contains("nothing is sent"))
    try await terminal.press("Escape")
    try await terminal.until("the ticket's end") { !$0.contains("─ SWAP") }
    try await terminal.press("3")
    try await terminal.until("the order") { $0.order?.contains("FILLED") ?? false }
  }
}

extension Screen {
  /// The code in the sandbox's note.
  var sentCode: String? {
    line(with: "The sandbox sent an SMS")?.firstMatch(of: /: (\d{6})$/).map { String($0.1) }
  }

  /// The total of the account's dollars.
  var usdt: String? {
    // The pane is the last one of a line; a selection mark may stand before the asset.
    let panes = lines.compactMap { $0.split(separator: "│").last }
    let row = panes.first { $0.drop { " ▌".contains($0) }.hasPrefix("USDT ") }
    return row?.split(separator: " ").first { $0.contains(".") }.map(String.init)
  }

  fileprivate var order: String? { line(with: "ETH→USDT") }

  fileprivate var selectedChat: String? {
    // Without the mark of who is online, which comes and goes though nobody has pressed a key.
    lines.first { $0.hasPrefix("▌") }.map { $0.prefix(20).filter { !"• ".contains($0) } }
  }

  /// How long the quote is still good for.
  fileprivate var secondsLeft: Int? {
    line(with: "good for ")?.firstMatch(of: /good for (\d+) s/).flatMap { Int($0.1) }
  }
}
