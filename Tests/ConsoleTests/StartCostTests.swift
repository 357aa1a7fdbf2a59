import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import ViewModels

/// What a start asks of the store does not grow with the people and chats that are known.
@MainActor @Suite(.timeLimit(.minutes(2))) struct StartCostTests {
  @Test("Nothing at the start is asked for each person, chat or group")
  func transactions() async throws {
    let few = try await transactions(people: 1)
    let many = try await transactions(people: 400)
    #expect(many < few + 100, "\(few) transactions with one person, \(many) with 400")
  }

  /// Those of a start with three accounts, up to where all is read and all are online.
  private func transactions(people: Int) async throws -> Int {
    var count = 0
    try await HubFixture.run { fixture in
      let before = try await fixture.signedInHub()
      try await fixture.signInToTextSecure(before, "+14155550101")
      await before.close()
      try await introduce(people, to: fixture.store)
      let start = await fixture.store.database.transactions
      let console = ConsoleFixture(fixture)
      try await console.until("three accounts") { screen in
        screen.status.entries.count { $0.state == .online } == 3
      }
      await console.model.context.hub.environment.busy.untilIdle()
      count = await fixture.store.database.transactions - start
    }
    return count
  }

  private func introduce(_ count: Int, to store: Store) async throws {
    let numbers = (0..<count).map { "+1416\(1_000_000 + $0)" }
    let chats = numbers.map { ChatID(.textsecure, $0) }
    try await store.database.write { connection in
      for number in numbers { try connection.trust([UInt8](repeating: 5, count: 33), of: number) }
    }
    _ = try await store.chats.introduce(
      chats.map { ChatRecord(chat: $0, service: .textsecure, kind: .dialog, title: "") })
  }
}
