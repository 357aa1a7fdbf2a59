import Clocks
import Cryptography
import Domain
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Accounts

/// A hub that is closed while an account is on its way: the account is ended all the same, and nothing
/// waits for ever.
@Suite("Closing the hub", .timeLimit(.minutes(2)))
struct HubClosingTests {
  private let stage = Stage()

  private func hub() async throws -> AccountHub {
    let store = try Store.inMemory()
    try await store.accounts.save(
      AccountRecord(
        service: .slow, url: "ws://127.0.0.1:1", identifier: "ada", secret: Secret("x"),
        createdAt: 1))
    return AccountHub(
      environment: AccountEnvironment(
        store: store, network: Network(), time: SystemTime(), random: SeededRandom(seed: 4)),
      settings: HubSettings(), services: [.slow(stage)])
  }

  @Test("An account in the middle of its start is stopped after it")
  func duringTheStart() async throws {
    let hub = try await hub()
    stage.made.open()
    let opening = Task { try await hub.open(.slow) }
    await stage.isStarting.wait(atMost: .seconds(60), time: SystemTime())
    let closing = Task { await hub.close() }
    // Room for a stop that comes too early.
    for _ in 0..<1_000 { await Task.yield() }
    stage.started.open()
    await closing.value
    _ = try await opening.value
    #expect(stage.log == ["start", "started", "stop"])
  }

  @Test("An account that is still being made is not started any more")
  func duringTheMaking() async throws {
    let hub = try await hub()
    stage.started.open()
    let opening = Task { () -> UserError? in
      do throws(UserError) { _ = try await hub.open(.slow) } catch { return error }
      return nil
    }
    await stage.isMaking.wait(atMost: .seconds(60), time: SystemTime())
    await hub.close()
    stage.made.open()
    #expect(await opening.value?.kind == .noConnection)
    #expect(stage.log == [])
  }
}

/// What an account waits for, and what was done with it.
private final class Stage: Sendable {
  let (isMaking, made, isStarting, started) = (AsyncGate(), AsyncGate(), AsyncGate(), AsyncGate())
  private let entries = Mutex<[String]>([])

  var log: [String] { entries.withLock { $0 } }

  func note(_ entry: String) { entries.withLock { $0.append(entry) } }
}

private actor SlowAccount: Account {
  let connection: ConnectionTracker
  private let stage: Stage

  init(_ account: AccountRecord, _ environment: AccountEnvironment, _ stage: Stage) {
    connection = ConnectionTracker(of: account, environment: environment)
    self.stage = stage
  }

  func start() async {
    stage.note("start")
    stage.isStarting.open()
    await stage.started.wait(atMost: .seconds(60), time: SystemTime())
    stage.note("started")
  }

  func stop() async { stage.note("stop") }
  func retryNow() async {}
}

extension Service {
  fileprivate static let slow = Service("slow", title: "Slow")
}

extension ServiceDescriptor {
  fileprivate static func slow(_ stage: Stage) -> ServiceDescriptor {
    ServiceDescriptor(
      .slow,
      words: Words(explanation: "slow", signOutLoses: "{}", signIn: "slow", server: "slow"),
      capabilities: [], hasPublicServer: false, server: { _, _, _ in nil },
      signInGuide: { _ in SignInGuide([]) },
      makeSignIn: { _ throws(UserError) in throw .unsupported },
      make: { account, hub in
        stage.isMaking.open()
        await stage.made.wait(atMost: .seconds(60), time: SystemTime())
        return SlowAccount(account, hub.environment, stage)
      })
  }
}
