import Accounts
import FoundationEssentials
import TestSupport
import Testing

/// Two people with one relay between them.
struct Pair {
  static let alice = "+14155550101"
  static let bob = "+14155550102"
  /// How each calls the chat with the other.
  static let toBob = "textsecure:\(bob)"
  static let toAlice = "textsecure:\(alice)"

  let servers: Servers
  let alice: Person
  let bob: Person

  init(options: [String] = []) async throws {
    servers = try await Servers(options: options)
    alice = try Person(servers)
    bob = try Person(servers)
    try await alice.signInToTextSecure(Pair.alice)
    try await bob.signInToTextSecure(Pair.bob)
  }
}

extension Program {
  /// The next message that `tercet messages --watch --json` tells for which `condition` holds.
  func message(
    where condition: @Sendable (MessageOutput) -> Bool = { _ in true }
  ) async throws
    -> MessageOutput
  {
    while true {
      let line = try await line(within: .seconds(60))
      let message = try JSONDecoder().decode(MessageOutput.self, from: Data(line.utf8))
      if condition(message) { return message }
    }
  }
}
