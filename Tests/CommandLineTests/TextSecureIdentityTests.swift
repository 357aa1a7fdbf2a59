import Accounts
import TestSupport
import Testing

/// `tercet identity`: fingerprints, and what becomes of messages when one changes.
struct TextSecureIdentityTests {
  @Test func holdsMessagesUntilAChangedIdentityIsAccepted() async throws {
    let pair = try await Pair()
    let (alice, bob) = (pair.alice, pair.bob)
    let own = try await bob.lines("identity", as: IdentityOutput.self)
    #expect(own.map(\.number) == [Pair.bob] && own.map(\.state) == [.own])
    for verb in ["verify", "accept", "show"] {
      let (code, error, _) = try await alice.failure("identity \(verb) \(Pair.bob)")
      #expect(code == 1 && error.code == "no-identity", "\(verb)")
    }

    #expect(try await alice.run("send \(Pair.toBob) one --wait").code == 0)
    let seen = try await alice.lines("identity show \(Pair.bob)", as: IdentityOutput.self)
    #expect(seen.map(\.fingerprint) == own.map(\.fingerprint) && seen[0].state == .trusted)
    let verified = try await alice.lines("identity verify \(Pair.bob)", as: IdentityOutput.self)
    #expect(verified.map(\.state) == [.verified])
    let unchanged = try await alice.failure("identity accept \(Pair.bob)")
    #expect(unchanged.code == 1 && unchanged.error.code == "identity-unchanged")

    // Another installation of the same number.
    let other = try Person(pair.servers)
    try await other.signInToTextSecure(Pair.bob, count: 2)
    let new = try await other.lines("identity", as: IdentityOutput.self)[0].fingerprint
    #expect(new != own[0].fingerprint)
    let watch = try alice.watch()
    let (code, error, _) = try await alice.failure("send \(Pair.toBob) two --wait")
    #expect(code == 4 && error.message.contains("identity key"), "\(error)")
    let changed = try await alice.lines("identity show \(Pair.bob)", as: IdentityOutput.self)
    #expect(changed[0].state == .changed && changed[0].newFingerprint == new)
    #expect(changed[0].fingerprint == own[0].fingerprint)
    let undecided = try await alice.failure("identity verify \(Pair.bob)")
    #expect(undecided.code == 4 && undecided.error.code == "identity-changed")
    #expect(try await alice.lines("status", as: StatusOutput.self)[2].outbox == 1)

    let accepted = try await alice.run("identity accept \(Pair.bob)")
    #expect(accepted.code == 0 && accepted.output == ["\(Pair.bob)  trusted", "  \(new)"])
    let atOther = try other.watch()
    #expect(try await atOther.message().text == "two")
    _ = try await watch.message { $0.text == "two" && $0.status == "sent" }
    #expect(try await alice.lines("status", as: StatusOutput.self)[2].outbox == 0)
    _ = bob
  }
}
