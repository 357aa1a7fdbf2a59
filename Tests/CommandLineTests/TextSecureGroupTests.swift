import Accounts
import TestSupport
import Testing

/// `tercet groups` among three people.
struct TextSecureGroupTests {
  private static let carol = "+14155550103"

  @Test func livesFromItsCreationToTheLastFarewell() async throws {
    let pair = try await Pair()
    let (alice, bob, carol) = (pair.alice, pair.bob, try Person(pair.servers))
    try await carol.signInToTextSecure(Self.carol)
    let (atBob, atCarol) = (try bob.watch(), try carol.watch())

    let made = try await alice.lines(
      "groups create Tercet \(Pair.bob)", as: ChatOutput.self)
    let chat = try #require(made.first?.chat)
    #expect(made.count == 1 && made[0].title == "Tercet" && made[0].kind == "group")
    #expect(chat.text.hasPrefix("textsecure:group:"))
    #expect(try await atBob.message { $0.chat == chat }.from == nil)

    let added = try await alice.lines("groups add \(chat) \(Self.carol)", as: GroupOutput.self)
    #expect(added.map(\.members) == [[Pair.alice, Pair.bob, Self.carol]])
    _ = try await atCarol.message { $0.chat == chat }
    let renamed = try await alice.lines("groups rename \(chat) Quartet", as: GroupOutput.self)
    #expect(renamed.map(\.title) == ["Quartet"])
    _ = try await atBob.message { $0.text.contains("Quartet") }
    _ = try await atCarol.message { $0.text.contains("Quartet") }

    // Whoever was told can write to all.
    #expect(try await carol.run("send \(chat) hello --wait").code == 0)
    #expect(try await atBob.message { $0.text == "hello" }.from == Self.carol)
    let shown = try await bob.run("groups \(chat)")
    #expect(shown.output.count == 1 && shown.output[0].hasPrefix("Quartet: "))
    for number in [Pair.alice, Pair.bob, Self.carol] { #expect(shown.output[0].contains(number)) }

    let left = try await bob.lines("groups leave \(chat)", as: GroupOutput.self)
    #expect(left.map(\.active) == [false])
    _ = try await atCarol.message { $0.text.contains(Pair.bob) && $0.from == nil }
    let rest = try await carol.lines("groups \(chat)", as: GroupOutput.self)
    #expect(Set(rest[0].members) == [Pair.alice, Self.carol] && rest[0].active)
    let gone = try await bob.failure("send \(chat) x")
    #expect(gone.code == 4 && gone.error.code == "left-group")
    #expect(try await bob.failure("groups leave \(chat)").error.code == "left-group")
  }

  @Test func refusesWhatIsNoGroup() async throws {
    let alice = try await Pair().alice
    for (words, code) in [
      ("groups", Int32(2)), ("groups create Name", 2), ("groups create Name 12", 2),
      ("groups create Name \(Pair.alice)", 2), ("groups leave", 2), ("groups \(Pair.toBob)", 1),
      ("groups leave textsecure:group:00", 1), ("groups rename textsecure:group:00 Name", 1),
    ] {
      let (exit, _, output) = try await alice.failure(words)
      #expect(exit == code && output == [], "\(words)")
    }
  }
}
