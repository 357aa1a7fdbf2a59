import Accounts
import FoundationEssentials
import TestSupport
import Testing
import TextSecureService

/// Encrypted messages between two people, as scripts write and read them.
struct TextSecureMessageTests {
  private static let nobody = "+14155550177"

  @Test func looksNumbersUp() async throws {
    let pair = try await Pair()
    let found = try await pair.alice.lines(
      "contacts --add \(Pair.bob) --add +1-415-555-0177 --name Bob", as: ContactOutput.self)
    #expect(found.map(\.id) == [Pair.bob, Self.nobody])
    #expect(found.map(\.registered) == [true, false])
    #expect(found.allSatisfy { $0.service == .textsecure && $0.name == "Bob" })
    let kept = try await pair.alice.lines("contacts", as: ContactOutput.self)
    #expect(kept.map(\.id) == [Pair.bob] && kept.map(\.name) == ["Bob"])
    let chats = try await pair.alice.lines("chats", as: ChatOutput.self)
    #expect(chats.map(\.chat.text) == [Pair.toBob] && chats.map(\.title) == ["Bob"])
    let own = try await pair.alice.failure("contacts --add \(Pair.alice)")
    #expect(own.code == 2 && own.output == [])
  }

  @Test(arguments: [[], ["--tls"]])
  func writesAndReads(options: [String]) async throws {
    let pair = try await Pair(options: options)
    let sent = try await pair.alice.run([
      "send", Pair.toBob, "Привет, Боб", "--wait", "--json",
    ])
    #expect(sent.code == 0 && sent.errors == [])
    let id = try JSONDecoder().decode(SentOutput.self, from: Data(sent.output[0].utf8)).id
    #expect(
      sent.output == [#"{"chat":"\#(Pair.toBob)","id":"\#(id)","status":"sent"}"#])

    let watch = try pair.bob.watch()
    let message = try await watch.message()
    #expect(message.chat.text == Pair.toAlice && message.from == Pair.alice)
    #expect(message.text == "Привет, Боб" && message.status == "received")
    let line = try #require(watch.report.output.last)
    let keys = try JSONDecoder().decode([String: Anything].self, from: Data(line.utf8)).keys
    #expect(
      Set(keys) == [
        "chat", "id", "from", "at", "text", "status", "replyTo", "attachments", "edited",
        "reactions",
      ])

    // Beside the watcher, through its connection.
    let answer = try await pair.bob.run(["send", Pair.toAlice, "Привет", "--wait"])
    #expect(answer.code == 0 && answer.output.first?.hasSuffix("  sent") == true)
    let chats = try await pair.bob.lines("chats", as: ChatOutput.self)
    #expect(chats.map(\.chat.text) == [Pair.toAlice] && chats[0].lastMessage == "Привет")
    let both = try await pair.bob.lines("messages \(Pair.toAlice)", as: MessageOutput.self)
    #expect(both.map(\.text) == ["Привет, Боб", "Привет"])
    #expect(both.map(\.status) == ["received", "sent"])
    #expect(watch.report.code == nil && watch.report.errors == [])
  }

  @Test func writesALineAMessage() async throws {
    let pair = try await Pair()
    let numbers = (1...30).map { "line \($0)" }
    let report = try await pair.alice.run(
      ["send", Pair.toBob, "-", "--json"], input: numbers + ["", "-"])
    #expect(report.code == 0 && report.errors == [] && report.output.count == 31)
    // It had time to go out before the program ended.
    #expect(try await pair.alice.lines("status", as: StatusOutput.self)[2].outbox == 0)
    let watch = try pair.bob.watch()
    _ = try await watch.message { $0.text == "-" }
    let read = try await pair.bob.lines("messages \(Pair.toAlice)", as: MessageOutput.self)
    #expect(read.map(\.text) == numbers + ["-"])
    let page = try await pair.bob.lines(
      "messages \(Pair.toAlice) --limit 2 --before \(read[9].id)", as: MessageOutput.self)
    #expect(page == Array(read[7..<9]))
    let found = try await pair.bob.lines(
      "search LINE --chat \(Pair.toAlice)", as: MessageOutput.self)
    #expect(found == Array(read.dropLast()))
    let rows = try await pair.bob.run("export messages")
    #expect(rows.output.count == 32 && rows.output.last?.hasPrefix(Pair.toAlice) == true)

    let files = try await pair.alice.run(["send", Pair.toBob, "-", "--attach", "x"])
    #expect(files.code == 2 && files.output == [])
    let waiting = try await pair.alice.run(
      ["send", Pair.toBob, "-", "--wait"], input: ["one", "two"])
    #expect(waiting.code == 0 && waiting.output.count == 2)
    #expect(waiting.output.allSatisfy { $0.hasSuffix("  sent") })
  }

  @Test func keepsWhatIsWrittenWithoutALine() async throws {
    let pair = try await Pair()
    pair.servers.program.kill(15)
    _ = try await pair.servers.program.end()
    for text in ["one", "two"] {
      let report = try await pair.alice.run([
        "send", Pair.toBob, text, "--json", "--timeout", "1",
      ])
      #expect(report.code == 0 && report.errors == [])
      #expect(report.output.first?.hasSuffix(#""status":"queued"}"#) == true)
    }
    let status = try await pair.alice.run("status --json --timeout 1")
    #expect(status.output.last?.contains(#""outbox":2"#) == true)
    let (code, error, output) = try await pair.alice.failure(
      "send \(Pair.toBob) three --wait --timeout 1")
    #expect(code == 6 && error.code == "no-connection" && error.hint.contains("stays queued"))
    #expect(output.count == 1 && output[0].hasSuffix(#""status":"queued"}"#))
  }

  @Test func saysWhyAMessageCannotGoOut() async throws {
    let pair = try await Pair()
    let (code, error, output) = try await pair.alice.failure(
      "send textsecure:\(Self.nobody) hello --wait")
    #expect(code == 4 && error.code == "not-sent" && error.message.contains("registered"))
    #expect(output.count == 1 && output[0].hasSuffix(#""status":"failed"}"#))
    let passing = try await pair.alice.failure("send textsecure:\(Self.nobody) hello")
    #expect(passing.code == 4 && passing.output.first?.contains(#""status":"failed""#) == true)

    for (words, code) in [
      ("\(Pair.toAlice) self", Int32(2)), ("textsecure:12 x", 1), ("textsecure:+12 x", 2),
      ("max:1 x --reply 1", 3),
      ("nonsense x", 1), ("\(Pair.toBob) x --reply 1", 4), ("\(Pair.toBob)", 2),
      ("\(Pair.toBob) \(String(repeating: "x", count: 50_000))", 2),
    ] {
      let refused = try await pair.alice.failure("send \(words)")
      #expect(refused.code == code && refused.output == [], "\(words.prefix(60))")
    }
  }

  @Test func showsNothingThatATerminalWouldObey() async throws {
    let pair = try await Pair()
    let watch = try pair.bob.watch()
    let evil = "a\u{1b}[2Jb\u{7}c\u{202e}d\u{9b}31m"
    #expect(try await pair.alice.run(["send", Pair.toBob, evil, "--wait"]).code == 0)
    let name = "B\u{1b}]0;owned\u{7}b"
    #expect(
      try await pair.bob.run(["contacts", "--add", Pair.alice, "--name", name]).code == 0)
    #expect(try await watch.message().text == evil)
    for command in [
      "messages \(Pair.toAlice)", "chats", "contacts", "search 2j", "export messages",
    ] {
      let report = try await pair.bob.run(command)
      #expect(report.code == 0 && !report.output.isEmpty)
      for scalar in report.output.joined().unicodeScalars where command != "export messages" {
        #expect(scalar.value >= 32 && !(0x7f...0x9f).contains(scalar.value), "\(command)")
        #expect(scalar != "\u{202e}", "\(command)")
      }
    }
    let json = try await pair.bob.run("messages \(Pair.toAlice) --json")
    #expect(json.output.joined().unicodeScalars.allSatisfy { $0.value >= 32 })
  }
}

/// A value of any kind, where only its key counts.
struct Anything: Decodable {
  init(from decoder: any Decoder) {}
}
