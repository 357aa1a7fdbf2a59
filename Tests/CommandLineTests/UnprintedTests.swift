import FoundationEssentials
import TestSupport
import Testing

/// What was done stays done, also when standard output takes no word of it: the ids go to standard
/// error, with what they mean.
struct UnprintedTests {
  /// Runs a command whose standard output is a full disk; its exit code is 1, its complaint one line.
  private func complaint(_ line: String, of person: Person) async throws -> String {
    let report = try await person.shell("tercet \(line) > /dev/full")
    try #require(report.code == 1 && report.errors.count >= 1, "\(line): \(report)")
    let complaint = try #require(report.errors.last)
    #expect(complaint.contains("No space left on device"), "\(report)")
    return complaint
  }

  @Test func aMessage() async throws {
    struct Message: Decodable { var id: String }
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let chat = MaxChatTests.pavel
    let sent = try await complaint("send \(chat) hello --wait", of: person)
    let last = try await person.lines("messages \(chat) --limit 1", as: Message.self).last
    let id = try #require(last?.id)
    #expect(sent.contains("The message WAS sent: \(id)  sent"), "\(sent)")
    let queued = try await person.shell(
      "TERCET_MAX_URL=ws://127.0.0.1:1/ tercet send \(chat) hello --timeout 1 --json > /dev/full")
    let error = try #require(queued.errors.first)
    #expect(queued.code == 1 && error.contains("The message IS queued"), "\(queued)")
    #expect(error.contains(#""unprinted":[{"chat":"\#(chat)","id":""#), "\(queued)")
    #expect(error.contains(#""status":"queued"}]"#), "\(queued)")
  }

  /// The line whose message cannot be told of is the last one that is written, whoever waits to write
  /// more.
  @Test func aLineOfManyIsTheLast() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let sending = try person.startShell("tercet send \(MaxChatTests.pavel) - > /dev/full")
    sending.write("one of many")
    let report = try await sending.wait { $0.code != nil }
    #expect(report.code == 1 && report.errors.count == 1, "\(report)")
    #expect(report.errors[0].contains("The message "), "\(report)")
    let lines = "printf '%s of many\\n' two three"
    let full = try await person.shell(
      "\(lines) | tercet send \(MaxChatTests.pavel) - > /dev/full; echo code $?")
    #expect(full.output == ["code 1"], "\(full)")
    let kept = try await person.run("export messages").output.filter { $0.contains("of many") }
    #expect(kept.count == 2 && kept.last?.contains("two of many") == true, "\(kept)")
  }

  @Test func aSwap() async throws {
    let person = try Person(try await Servers())
    try await person.signInToTrading()
    let swap = "swap ETH USDT 0.1 --slippage-bps 50 --yes --client-order-id"
    let full = try await complaint("\(swap) once", of: person)
    #expect(full.contains("The swap WAS sent, do not repeat it: once  "), "\(full)")
    let pipe = try await person.shell("(sleep 0.3; tercet \(swap) twice) | true")
    #expect(pipe.errors.last?.contains("The swap WAS sent") == true, "\(pipe)")
    #expect(pipe.errors.last?.contains(": twice  ") == true, "\(pipe)")
    let orders = try await person.run("orders --json")
    #expect(orders.output.count == 2, "\(orders)")
  }

  @Test func aSwapThatNobodyKnowsTheOutcomeOf() async throws {
    let person = try Person(try await Servers(faults: "no-swap-reply,no-order,no-push"))
    try await person.signInToTrading()
    let full = try await complaint(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes --client-order-id once --timeout 2", of: person)
    #expect(full.contains("PERHAPS executed, do not repeat it: once  UNKNOWN"), "\(full)")
  }

  @Test func whateverElseStaysDone() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    try await person.signInToTrading()
    for line in [
      "halt", "resume", "limits --set order.ETH=1", "alerts add ETH USDT above 5000",
      "mute \(MaxChatTests.pavel)", "logout max",
    ] {
      let words = try await complaint(line, of: person)
      #expect(words.contains("It was done all the same: "), "\(line): \(words)")
    }
    // What only tells something can be asked again.
    for line in ["limits", "alerts", "orders verify", "status"] {
      let words = try await complaint(line, of: person)
      #expect(!words.contains("all the same"), "\(line): \(words)")
    }
    let servers = try await Servers()
    let other = try Person(servers)
    let key = try #require(servers.listening.tradingKey)
    let secret = try #require(servers.listening.tradingSecret)
    let login = try await other.shell(
      "echo \(secret) | tercet login trading --key \(key) > /dev/full")
    #expect(login.code == 1, "\(login)")
    #expect(login.errors.last?.contains("You ARE signed in: TheOne: online") == true, "\(login)")
  }
}
