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

/// Servers on loopback, a store and a clock that the test moves; desks come and go on them.
final class Bench: Sendable {
  /// It starts at the real time: the trading client believes the `Date` header of the upgrade, which
  /// comes from the machine's clock.
  let time = ManualTime(wallTime: SystemTime().wallTime)
  let network = Network()
  let sandbox: Sandbox
  let tape: Tape
  let store: Store
  private let desks = Mutex<[Desk]>([])

  private init(_ scenario: Scenario, faults: String, store: Store) async throws {
    var options = SandboxOptions()
    options.scenario = scenario
    options.faults = try FaultPlan(parsing: faults)
    sandbox = try await Sandbox.start(options, network: network, time: time)
    tape = Tape(sandbox.events)
    self.store = store
  }

  /// Runs `body` on a new bench and clears it away, whatever happens.
  static func run(
    _ scenario: Scenario = .quiet, faults: String = "", store: Store? = nil,
    isolation: isolated (any Actor)? = #isolation, _ body: (Bench) async throws -> Void
  ) async throws {
    let bench = try await Bench(scenario, faults: faults, store: store ?? .inMemory())
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(bench))
    } catch {
      outcome = .failure(error)
    }
    for desk in bench.desks.withLock({ $0 }) { await desk.close() }
    await bench.sandbox.stop()
    try outcome.get()
  }

  /// A desk as a new run of the program would have it; with a store of its own, another person's.
  func desk(
    store: Store? = nil, ledger: Store? = nil, directory: String = "", codec: String? = nil,
    recorder: (any TradingRecorder)? = nil,
    _ adjust: (inout DeskSettings) -> Void = { _ in }
  ) -> Desk {
    var settings = DeskSettings()
    settings[.textsecure].url = sandbox.endpoints.textsecureURL
    settings.dataDirectory = directory
    settings[.max].url =
      codec == "binary" ? sandbox.endpoints.maxBinaryURL : sandbox.endpoints.maxURL
    settings[.max].codec = codec
    settings[.trading].url = sandbox.endpoints.tradingURL
    settings.isSandbox = true
    adjust(&settings)
    let desk = Desk(
      context: DeskContext(
        store: store ?? self.store, ledger: ledger, network: network, time: time,
        random: SystemRandom()),
      settings: settings,
      services: [.max, .trading(recorder: recorder), .textsecure])
    desks.withLock { $0.append(desk) }
    return desk
  }

  /// A desk with both accounts signed in.
  func signedInDesk() async throws -> Desk {
    let desk = desk()
    try await signInToMax(desk)
    try await signInToTrading(desk)
    return desk
  }

  @discardableResult
  func signInToMax(_ desk: Desk, phone: String? = nil) async throws -> SignInLine {
    let phone = phone ?? sandbox.endpoints.numbers.main
    let earlier = tape.codes(for: phone).count
    try await desk.only(SignIn.toMax(phone: phone))
    return try await desk.only(
      EnterCode(service: .max, code: try await code(for: phone, after: earlier)))
  }

  /// The code that the sandbox sends to `phone` after `earlier` others.
  func code(for phone: String, after earlier: Int = 0) async throws -> String {
    try await tape.eventually("a code for \(phone)") { [tape] in
      tape.codes(for: phone).dropFirst(earlier).last
    }
  }

  @discardableResult
  func signInToTextSecure(_ desk: Desk, _ number: String) async throws -> SignInLine {
    let earlier = tape.codes(for: number).count
    try await desk.only(SignIn.toTextSecure(number: number))
    let code = try await code(for: number, after: earlier)
    return try await desk.only(EnterCode(service: .textsecure, code: code))
  }

  @discardableResult
  func signInToTrading(_ desk: Desk, secret: Secret? = nil) async throws -> SignInLine {
    try await desk.only(
      SignIn.toTrading(
        key: sandbox.endpoints.tradingKey, secret: secret ?? sandbox.endpoints.tradingSecret))
  }

  /// A model of a console that nobody has signed in to, and whose desk nothing can reach.
  @MainActor static func emptyModel() throws -> ConsoleModel {
    let context = DeskContext(
      store: try .inMemory(), network: Network(), time: ManualTime(),
      random: SeededRandom(seed: 1))
    return ConsoleModel(
      desk: Desk(context: context, settings: DeskSettings(), services: .all), zone: .utc)
  }
}

extension Desk {
  /// The one line of a call that has one.
  @discardableResult
  func only<Call: DeskCall>(_ call: Call) async throws -> Call.Line {
    let lines = try await lines(of: call)
    #expect(lines.count == 1)
    return try #require(lines.first)
  }

  /// Waits for something that the desk tells the news of.
  @discardableResult
  func eventually<Value: Sendable>(
    _ what: String, _ look: @escaping @Sendable () async throws -> Value?
  ) async throws -> Value {
    try await TestSupport.eventually(what, after: context.changes.listen(), look)
  }

  /// The order as it is stored, once it has one of these statuses.
  @discardableResult
  func order(_ id: String, _ statuses: String...) async throws -> OrderRecord {
    try await eventually("order \(id) \(statuses)") { [context] in
      let order = try await context.store.orders.order(id)
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

extension DeskAccess {
  /// The error of a call that must fail.
  func failure<Call: DeskCall>(of call: Call) async throws -> ConsoleError {
    do throws(ConsoleError) {
      _ = try await lines(of: call)
    } catch {
      return error
    }
    throw Missed("a failure of \(Call.self)")
  }
}
