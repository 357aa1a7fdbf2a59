import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import MaxService
@testable import ScreenState
@testable import TradingService
@testable import ViewModels

/// A console without a screen: keys go in, states come out.
@MainActor final class ConsoleFixture {
  let fixture: HubFixture
  let model: ConsoleModel
  private let changes = Broadcast<Void>()
  private let running: Task<Void, Never>

  init(_ fixture: HubFixture, hub: AccountHub? = nil, guide: SandboxGuide? = nil) {
    self.fixture = fixture
    let model = ConsoleModel(hub: hub ?? fixture.hub(), guide: guide, zone: .utc)
    self.model = model
    model.context.onChange = { [changes] in changes.send(()) }
    running = Task { await model.run() }
  }

  /// Runs `body` with a console that is signed in to all services and has all lines.
  static func runOnline(_ body: (ConsoleFixture) async throws -> Void) async throws {
    try await HubFixture.run { fixture in
      let hub = try await fixture.signedInHub()
      try await fixture.signInToTextSecure(hub, "+14155550101")
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("all lines") {
        $0.isOnline && $0.lamp(.textsecure) == .online
          && $0.chats.rows.contains { $0.title == "Павел" }
      }
      try await body(console)
    }
  }

  var hub: AccountHub { model.context.hub }
  var screen: ScreenState { model.screen }

  func press(_ keys: Key...) { for key in keys { model.press(key) } }

  func type(_ text: String) { for letter in text { model.press(.character(letter)) } }

  /// Waits until the screen shows what `look` looks for, once all that was stored is on it.
  @discardableResult
  func eventually<Value: Sendable>(
    _ what: String, _ look: @escaping @MainActor @Sendable (ScreenState) -> Value?
  ) async throws -> Value {
    try await TestSupport.eventually(what, after: changes.listen()) { @MainActor [self] in
      model.isComplete ? look(model.screen) : nil
    }
  }

  /// Waits until the screen is so.
  func until(
    _ what: String, _ isSo: @escaping @MainActor @Sendable (ScreenState) -> Bool
  ) async throws {
    try await eventually(what) { isSo($0) ? true : nil }
  }

  /// Waits until something is stored that the console keeps for itself.
  func untilStored(
    _ what: String, _ isSo: @escaping @Sendable () async throws -> Bool
  ) async throws {
    // The screen says nothing of it.
    await model.context.hub.environment.busy.untilIdle()
    #expect(try await isSo(), "\(what) is not stored")
  }

}

extension ScreenState {
  var wizard: WizardState? { if case .wizard(let state)? = dialog { state } else { nil } }
  var ticket: TicketState? { if case .ticket(let state)? = dialog { state } else { nil } }

  /// What is asked before something that cannot be undone.
  var question: ChoiceState? {
    if case .choice(let state)? = dialog, state.isQuestion { state } else { nil }
  }

  /// The fields of the wizard's page.
  var inputs: [FieldState] {
    if case .form(let inputs, _)? = wizard?.page { inputs.map(\.field) } else { [] }
  }

  /// Both services that the fixture signs in to.
  var isOnline: Bool {
    [.max, .trading].allSatisfy { lamp($0) == .online }
  }

  func lamp(_ service: Service) -> ConnectionState? {
    status.entries.first { $0.service == service }?.state
  }

  /// How long until a part of it goes though nothing happens; nil where nothing does.
  var untilExpiry: Duration? { nextExpiry.map { .milliseconds(max(1, $0 - uptime)) } }

  var form: FormState? { if case .form(let state)? = dialog { state } else { nil } }
}
