import Domain
import Sandbox
import Storage

@testable import ScreenState
@testable import ViewModels

/// What must be as before when nothing but text was typed: everything that letters could have done.
struct ConsoleWorld: Equatable {
  var accounts: [String]
  var orders: [String]
  var chats: [String]
  var calls: [String]
  var identities: [String]
  var settings: [String]
  var isHalted: Bool
  var isBellOn: Bool
  /// Requests that change something on the servers.
  var requests: [Int]

  @MainActor init(_ console: ConsoleFixture) async throws {
    await console.model.context.hub.environment.busy.untilIdle()
    let store = console.fixture.store
    let tape = console.fixture.tape
    accounts = try await store.accounts.all().map { "\($0.service) \($0.identifier)" }
    orders = try await store.orders.recent(limit: 99).map { "\($0)" }
    chats = try await store.chats.all().map { "\($0.chat) \($0.muted) \($0.closed)" }.sorted()
    calls = try await store.calls.recent(limit: 99).map { "\($0.conversationId) \($0.state)" }
    identities = console.screen.chats.rows.map { "\($0.id) \(String(describing: $0.identity))" }
      .sorted()
    var settings: [String] = []
    for key in [SettingKey.halt, .limits, .valueAsset, .silence] {
      settings.append("\(key) \(try await store.settings.value(key) ?? "")")
    }
    self.settings = settings
    isHalted = console.screen.status.isHalted
    isBellOn = console.model.calls.bell.isOn
    // Sign out, messages sent, edited and deleted, reactions, calls hung up, other devices, swaps.
    requests = ["20", "64", "67", "66", "178", "167", "97", "swap"].map { tape.requests($0) }
  }
}
