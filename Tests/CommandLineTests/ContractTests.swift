import FoundationEssentials
import TestSupport
import Testing

/// The keys of every JSON line: scripts rely on each being there, on every line.
struct ContractTests {
  private func expect(
    _ keys: String, of command: String, by person: Person, atLeast count: Int = 1
  ) async throws {
    let report = try await person.run(command + " --json")
    #expect(report.code == 0 && report.errors == [] && report.output.count >= count, "\(command)")
    let expected = Set(keys.split(separator: " ").map(String.init))
    for line in report.output {
      let object = try JSONDecoder().decode([String: Anything].self, from: Data(line.utf8))
      #expect(Set(object.keys) == expected, "\(command)")
    }
  }

  @Test func messengerLines() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    try await expect(
      "service state account rttMs skewMs unread outbox", of: "status", by: person, atLeast: 3)
    try await expect(
      "chat service title kind unread muted lastMessageAt lastMessage", of: "chats", by: person)
    try await expect(
      "chat id from at text status replyTo attachments edited reactions",
      of: "messages \(MaxChatTests.pavel)", by: person, atLeast: 50)
    try await expect("service state account", of: "logout max", by: person)
  }

  @Test func tradingLines() async throws {
    let person = try Person(try await Servers())
    try await person.signInToTrading()
    try await expect("asset total locked available at", of: "balances", by: person, atLeast: 3)
    let quote = "from to amount expectedOut price fee expiresAt route"
    try await expect(quote, of: "estimate ETH USDT 1", by: person)
    try await expect(quote, of: "swap ETH USDT 1 --slippage-bps 9 --dry-run", by: person)
    try await expect(
      "clientOrderId orderId status filledOut txHash",
      of: "swap ETH USDT 0.1 --slippage-bps 9 --client-order-id a --yes", by: person)
    let order =
      "clientOrderId orderId status from to amount filledOut txHash updatedAt at expectedOut "
      + "minimumOut reason"
    for command in ["orders", "order a", "order a --watch"] {
      try await expect(order, of: command, by: person)
    }
    try await expect("rows whole brokenAt reason", of: "orders verify", by: person)
    try await expect("halted", of: "halt", by: person)
    try await expect("halted", of: "resume", by: person)
  }

  @Test func theSandboxTellsWhereItListens() async throws {
    let listening = try await Servers().listening
    #expect(listening.event == "listening" && listening.caFile == nil)
    #expect(listening.max?.hasPrefix("ws://127.0.0.1:") == true)
    #expect(listening.trading?.hasPrefix("ws://127.0.0.1:") == true)
    #expect(listening.tradingKey?.isEmpty == false && listening.tradingSecret?.isEmpty == false)
  }

  @Test func aClosedPipeEndsACommandInGoodOrder() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let command = "\(Program.tercetPath) messages \(MaxChatTests.pavel) --limit 300 | head -n 1"
    let bash = try Program("/bin/bash", ["-c", command], environment: ["HOME": person.home.path])
    let report = try await bash.end()
    #expect(report.output.count == 1)
    // One line at most: what is written before the reader goes has not failed.
    let told = report.errors.filter { $0.hasPrefix("tercet: Standard output cannot be written") }
    #expect(report.errors.count <= 1 && told == report.errors, "\(report.errors)")
  }
}
