import Clocks
import Cryptography
import MaxService
import Sandbox
import Storage
import Synchronization
import TestSupport
import Testing
import TextSecureService
import Trading
import TradingService
import Transport

@testable import Accounts
@testable import Domain
@testable import ViewModels

/// Servers on loopback, a store and a clock that the test moves; hubs come and go on them.
final class HubFixture: Sendable {
  /// It starts at the real time: the trading client believes the `Date` header of the upgrade, which
  /// comes from the machine's clock.
  let time = ManualTime(wallTime: SystemTime().wallTime)
  let network = Network()
  let sandbox: Sandbox
  let tape: Tape
  let store: Store
  private let hubs = Mutex<[AccountHub]>([])

  private init(_ scenario: Scenario, faults: String, store: Store) async throws {
    var options = SandboxOptions()
    options.scenario = scenario
    options.faults = try FaultPlan(parsing: faults)
    sandbox = try await Sandbox.start(options, network: network, time: time)
    tape = Tape(sandbox.events)
    self.store = store
  }

  /// Runs `body` on a new fixture and clears it away, whatever happens.
  static func run(
    _ scenario: Scenario = .quiet, faults: String = "", store: Store? = nil,
    isolation: isolated (any Actor)? = #isolation, _ body: (HubFixture) async throws -> Void
  ) async throws {
    let fixture = try await HubFixture(scenario, faults: faults, store: store ?? .inMemory())
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(fixture))
    } catch {
      outcome = .failure(error)
    }
    for hub in fixture.hubs.withLock({ $0 }) { await hub.close() }
    await fixture.sandbox.stop()
    try outcome.get()
  }

  /// A hub as a new run of the program would have it; with a store of its own, another person's.
  func hub(
    store: Store? = nil, ledger: Store? = nil, directory: String = "", codec: String? = nil,
    recorder: (any TradingRecorder)? = nil,
    _ adjust: (inout HubSettings) -> Void = { _ in }
  ) -> AccountHub {
    var settings = HubSettings()
    settings[.textsecure].url = sandbox.endpoints.textsecureURL
    settings.dataDirectory = directory
    settings[.max].url =
      codec == "binary" ? sandbox.endpoints.maxBinaryURL : sandbox.endpoints.maxURL
    settings[.max].codec = codec
    settings[.trading].url = sandbox.endpoints.tradingURL
    settings.isSandbox = true
    adjust(&settings)
    let hub = AccountHub(
      environment: AccountEnvironment(
        store: store ?? self.store, ledger: ledger, network: network, time: time,
        random: SystemRandom()),
      settings: settings,
      services: [.max, .trading(recorder: recorder), .textsecure])
    hubs.withLock { $0.append(hub) }
    return hub
  }

  /// A hub with both accounts signed in.
  func signedInHub() async throws -> AccountHub {
    let hub = hub()
    try await signInToMax(hub)
    try await signInToTrading(hub)
    return hub
  }

  @discardableResult
  func signInToMax(_ hub: AccountHub, phone: String? = nil) async throws -> SignInOutput {
    let phone = phone ?? sandbox.endpoints.numbers.main
    let earlier = tape.codes(for: phone).count
    try await hub.only(SignIn.toMax(phone: phone))
    return try await hub.only(
      EnterCode(service: .max, code: try await code(for: phone, after: earlier)))
  }

  /// The code that the sandbox sends to `phone` after `earlier` others.
  func code(for phone: String, after earlier: Int = 0) async throws -> String {
    try await tape.eventually("a code for \(phone)") { [tape] in
      tape.codes(for: phone).dropFirst(earlier).last
    }
  }

  @discardableResult
  func signInToTextSecure(_ hub: AccountHub, _ number: String) async throws -> SignInOutput {
    let earlier = tape.codes(for: number).count
    try await hub.only(SignIn.toTextSecure(number: number))
    let code = try await code(for: number, after: earlier)
    return try await hub.only(EnterCode(service: .textsecure, code: code))
  }

  @discardableResult
  func signInToTrading(_ hub: AccountHub, secret: Secret? = nil) async throws -> SignInOutput {
    try await hub.only(
      SignIn.toTrading(
        key: sandbox.endpoints.tradingKey, secret: secret ?? sandbox.endpoints.tradingSecret))
  }

  /// A model of a console that nobody has signed in to, and whose hub nothing can reach.
  @MainActor static func emptyModel() throws -> ConsoleModel {
    let environment = AccountEnvironment(
      store: try .inMemory(), network: Network(), time: ManualTime(),
      random: SeededRandom(seed: 1))
    return ConsoleModel(
      hub: AccountHub(environment: environment, settings: HubSettings(), services: .all), zone: .utc
    )
  }
}

extension AccountHub {
  /// The one line of a call that has one.
  @discardableResult
  func only<R: Request>(_ call: R) async throws -> R.Output {
    let lines = try await lines(of: call)
    #expect(lines.count == 1)
    return try #require(lines.first)
  }

  /// Waits for something that the hub tells the news of.
  @discardableResult
  func eventually<Value: Sendable>(
    _ what: String, _ look: @escaping @Sendable () async throws -> Value?
  ) async throws -> Value {
    try await TestSupport.eventually(what, after: environment.changes.listen(), look)
  }

  /// The order as it is stored, once it has one of these statuses.
  @discardableResult
  func order(_ id: String, _ statuses: String...) async throws -> OrderRecord {
    try await eventually("order \(id) \(statuses)") { [environment] in
      let order = try await environment.store.orders.order(id)
      return order.flatMap { statuses.contains($0.status.text) ? $0 : nil }
    }
  }
}

/// Everything that the sandbox has told so far.
final class Tape: Sendable {
  private let past = Mutex<[SandboxEvent]>([])
  private let news = Broadcast<Void>()

  init(_ events: AsyncStream<SandboxEvent>) {
    Task {
      for await event in events {
        past.withLock { $0.append(event) }
        news.send(())
      }
      news.finish()
    }
  }

  var events: [SandboxEvent] { past.withLock { $0 } }

  func codes(for phone: String) -> [String] {
    events.compactMap { event in
      if case .sms(_, phone, let code) = event { code } else { nil }
    }
  }

  /// How often an operation, or an opcode in digits, was asked for.
  func requests(_ wanted: String) -> Int {
    events.count { event in
      if case .request(_, _, wanted) = event { true } else { false }
    }
  }

  func eventually<Value: Sendable>(
    _ what: String, _ look: @escaping @Sendable () async throws -> Value?
  ) async throws -> Value {
    try await TestSupport.eventually(what, after: news.listen(), look)
  }
}

extension RequestRunner {
  /// The error of a call that must fail.
  func failure<R: Request>(of call: R) async throws -> UserError {
    do throws(UserError) {
      _ = try await lines(of: call)
    } catch {
      return error
    }
    throw Missed("a failure of \(R.self)")
  }
}
