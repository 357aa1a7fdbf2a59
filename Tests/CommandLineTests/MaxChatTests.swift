import Accounts
import FoundationEssentials
import Glibc
import MaxService
import TestSupport
import Testing

/// Chats, messages and calls as a script reads them.
struct MaxChatTests {
  static let pavel = "max:121058319"

  @Test func listsChats() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let chats = try await person.lines("chats", as: ChatOutput.self)
    #expect(chats.count > 20)
    #expect(chats[0].chat.text == Self.pavel && chats[0].title == "Павел" && chats[0].unread == 2)
    #expect(chats[0].lastMessage == "и молока" && chats[0].kind == "dialog")
    let times = chats.compactMap(\.lastMessageAt)
    #expect(times == times.sorted(by: >))
    let words = try await person.run("chats")
    #expect(words.output.count == chats.count && words.errors == [])
    #expect(words.output[0].hasPrefix("\(Self.pavel)  20"), "then the time")
    #expect(words.output[0].hasSuffix("  Павел  (2)  и молока"))
  }

  @Test func pagesThroughAHistory() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let command = "messages \(Self.pavel)"
    let newest = try await person.lines("\(command) --limit 3", as: MessageOutput.self)
    #expect(newest.suffix(2).map(\.text) == ["Возьми хлеба", "и молока"])
    #expect(newest.first?.attachments.first?.name == "смета.xlsx")
    #expect(newest.first?.attachments.first?.bytes == 48_213)
    let replyTo = try #require(newest.first?.replyTo)

    let before = try await person.lines(
      "\(command) --limit 2 --before \(newest[0].id)", as: MessageOutput.self)
    #expect(before.map(\.text) == ["Ты где?", "Уже еду, буду через 20 минут"])
    #expect(before.last?.id == replyTo)
    let unknown = try await person.failure("\(command) --before 12345")
    #expect(unknown.code == 1 && unknown.error.code == "no-message")

    let all = try await person.lines("\(command) --limit 200", as: MessageOutput.self)
    #expect(all.count == 200)
    #expect(all.map(\.at) == all.map(\.at).sorted())
    #expect(Set(all.map(\.id)).count == 200)
    #expect(try await person.lines(command, as: MessageOutput.self).count == 50)
  }

  @Test func searchesOnTheServerWhenAsked() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let club = "max:-71000000000002"
    #expect(try await person.lines("search каракатица", as: MessageOutput.self) == [])
    let found = try await person.lines("search каракатица --server", as: MessageOutput.self)
    #expect(found.map(\.chat.text) == [club])
    #expect(try await person.lines("search каракат --limit 1", as: MessageOutput.self) == found)
    #expect(
      try await person.lines("search каракат --server --chat max:0", as: MessageOutput.self) == [])
    let usage = try await person.failure("search каракат --limit 0")
    #expect(usage.code == 2)
    // Beside somebody who holds the accounts.
    let holder = try person.watch()
    try await servers.event { $0.event == "request" }
    #expect(try await person.lines("search каракатица --server", as: MessageOutput.self) == found)
    holder.kill(SIGTERM)
    _ = try await holder.end()
    servers.program.kill(SIGTERM)
    _ = try await servers.program.end()
    let cut = try await person.failure("search каракатица --server --timeout 1")
    #expect(cut.code == 6)
    #expect(cut.output.count == 1, "what is stored is told all the same")
  }

  @Test func refusesWhatIsNoChat() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    for chat in ["max:1", "nonsense"] {
      let (code, error, output) = try await person.failure("messages \(chat)")
      #expect(code == 1 && error.code == "no-chat" && output == [], "\(chat)")
    }
    #expect(try await person.run("messages").code == 2)
    #expect(try await person.run("messages \(Self.pavel) --limit 0").code == 2)
  }

  @Test func showsWhatIsStoredWithoutAServer() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    _ = try await person.run("messages \(Self.pavel)")
    servers.program.kill(15)
    _ = try await servers.program.end()
    for command in ["chats", "messages \(Self.pavel)"] {
      let (code, error, output) = try await person.failure("\(command) --timeout 1")
      #expect(code == 6 && error.code == "no-connection" && !output.isEmpty, "\(command)")
    }
    let status = try await person.run("status --json --timeout 1")
    #expect(status.code == 0 && status.output[0].contains(#""state":"waiting""#), "\(status)")
  }

  @Test func findsWordsAndPeople() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    _ = try await person.run("messages \(Self.pavel)")
    let found = try await person.lines("search ХЛЕБА", as: MessageOutput.self)
    #expect(found.map(\.text) == ["Возьми хлеба"])
    #expect(try await person.lines("search хлеба --chat max:0", as: MessageOutput.self) == [])
    let people = try await person.lines("contacts", as: ContactOutput.self)
    #expect(people.contains { $0.name == "Павел" && $0.service == .max && $0.registered })
    #expect(people.map(\.name) == people.map(\.name).sorted())
  }

  @Test func declinesACall() async throws {
    let servers = try await Servers("calls")
    let person = try Person(servers)
    try await person.signInToMax()
    let watcher = try person.start(["calls", "--watch", "--json"])
    let decoder = JSONDecoder()
    let id = try await ringing(on: watcher).conversationId
    let declined = try await person.lines("calls decline \(id)", as: CallOutput.self)
    #expect(declined.map(\.event) == ["declined"])
    let ending = try decoder.decode(CallOutput.self, from: Data(try await watcher.line().utf8))
    #expect(ending.conversationId == id && ending.event == "declined")
    let (code, error, _) = try await person.failure("calls decline \(id)")
    #expect(code == 4 && error.code == "not-ringing")
    watcher.kill(15)
    _ = try await watcher.end()
  }

  @Test func ringsAndKeepsSecretsToItself() async throws {
    let servers = try await Servers("calls")
    let person = try Person(servers)
    try await person.signInToMax()
    let hiding = try person.start(["calls", "--watch", "--json"])
    // A second watcher goes through the first one's process.
    let revealing = try person.start(["calls", "--watch", "--json", "--reveal"])
    var call = try await ringing(on: hiding)
    var revealed = try await ringing(on: revealing)
    // Whichever began to watch earlier may have heard a call more.
    while call.conversationId != revealed.conversationId {
      if call.at < revealed.at {
        call = try await ringing(on: hiding)
      } else {
        revealed = try await ringing(on: revealing)
      }
    }
    #expect(call.token == nil && call.turnPassword == nil)
    #expect(call.turn.count == 2 && call.stun?.hasPrefix("stun:127.0.0.1:") == true)
    #expect(call.signaling?.hasPrefix("ws://127.0.0.1") == true)
    #expect(revealed.token?.revealed.count == 64)
    #expect(revealed.turnPassword?.revealed.count == 28)
    for watcher in [revealing, hiding] { watcher.kill(15) }
    for watcher in [revealing, hiding] { _ = try await watcher.end() }
    let log = try await person.lines("calls", as: CallOutput.self)
    #expect(log.first { $0.conversationId == call.conversationId }?.event == "missed")
  }

  /// The next call that `watcher` hears begin. What it hears before is the end of one that rang
  /// while somebody signed in.
  private func ringing(on watcher: Program) async throws -> CallOutput {
    let line = try await watcher.line(within: .seconds(120)) { $0.contains(#""incoming""#) }
    return try JSONDecoder().decode(CallOutput.self, from: Data(line.utf8))
  }
}
