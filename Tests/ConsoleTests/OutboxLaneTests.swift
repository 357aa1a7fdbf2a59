import Clocks
import Cryptography
import Database
import Domain
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Storage
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct OutboxLaneTests {
  private let time = ManualTime()
  private let environment: AccountEnvironment
  private let bob = "+14155550101"
  private let carol = "+14155550102"

  init() throws {
    environment = AccountEnvironment(
      store: try .inMemory(), network: Network(), time: time, random: SeededRandom(seed: 3))
  }

  /// What was tried, and what comes of it.
  private final class Attempts: Sendable {
    struct Attempt: Equatable {
      var body: String
      var receiver: String
    }

    private let past = Mutex<[Attempt]>([])
    private let news = Broadcast<Void>()
    private let outcome: @Sendable (Attempt, Int) async -> Outbox.Outcome

    /// - Parameter outcome: of an attempt, which is the how-manieth of all.
    init(_ outcome: @escaping @Sendable (Attempt, Int) async -> Outbox.Outcome) {
      self.outcome = outcome
    }

    var all: [Attempt] { past.withLock { $0 } }

    func bodies(_ receiver: String) -> [String] {
      all.filter { $0.receiver == receiver }.map(\.body)
    }

    func make(_ entry: OutboxRecord, _ receiver: String) async -> Outbox.Outcome {
      let attempt = Attempt(body: entry.body, receiver: receiver)
      let count = past.withLock { past in
        past.append(attempt)
        return past.count
      }
      news.send(())
      return await outcome(attempt, count)
    }

    func reach(_ count: Int) async throws {
      _ = try await eventually("\(count) attempts", after: news.listen()) { [self] in
        all.count >= count ? true : nil
      }
    }
  }

  private func outbox(_ attempts: Attempts) -> Outbox {
    Outbox(service: .textsecure, environment: environment) { await attempts.make($0, $1) }
  }

  private func add(_ bodies: String..., to receivers: [String]? = nil) async throws {
    for body in bodies {
      let chat = ChatRecord(
        chat: "textsecure:\(bob)", service: .textsecure, kind: .dialog, title: "Bob")
      let line = MessageRecord(
        chat: chat.chat, id: "", at: time.wallTime, text: body, status: .queued, own: true)
      _ = try await environment.store.outbox.add(
        OutboxDraft(
          chat: chat, message: line, receivers: receivers ?? [bob], body: body,
          createdAt: time.wallTime))
    }
  }

  private func left() async throws -> Int {
    try await environment.store.outbox.count(.textsecure)
  }

  @Test("Nothing goes out before the line is up; then each receiver gets all in order")
  func order() async throws {
    let attempts = Attempts { _, _ in .arrived }
    let outbox = outbox(attempts)
    try await add("one", "two", to: [bob, carol])
    await outbox.wake()
    #expect(attempts.all.isEmpty)
    await outbox.open()
    await outbox.drain(within: .seconds(60))
    try await add("three", to: [carol])
    await outbox.drain(within: .seconds(60))
    #expect(attempts.bodies(bob) == ["one", "two"])
    #expect(attempts.bodies(carol) == ["one", "two", "three"])
    #expect(try await left() == 0)
    await outbox.stop()
  }

  @Test("A receiver who is slow holds up nobody else")
  func lanes() async throws {
    let gate = AsyncGate()
    let (bob, time) = (bob, time)
    let attempts = Attempts { attempt, _ in
      if attempt.receiver == bob { await gate.wait(atMost: .seconds(600), time: time) }
      return .arrived
    }
    let outbox = outbox(attempts)
    try await add("one", "two", to: [bob, carol])
    await outbox.open()
    try await attempts.reach(3)
    #expect(attempts.bodies(carol) == ["one", "two"])
    #expect(attempts.bodies(bob) == ["one"])
    gate.open()
    await outbox.drain(within: .seconds(60))
    #expect(attempts.bodies(bob) == ["one", "two"])
    await outbox.stop()
  }

  @Test("What could not go is tried again after a pause, before anything that follows it")
  func backoff() async throws {
    let attempts = Attempts { _, count in count <= 3 ? .later : .arrived }
    let outbox = outbox(attempts)
    try await add("one", "two")
    await outbox.open()
    for count in 1...3 {
      try await attempts.reach(count)
      await time.untilSleeping(1)
      #expect(attempts.all.count == count, "it waits for its pause")
      time.advance(by: .seconds(8))
    }
    await outbox.drain(within: .seconds(600))
    #expect(attempts.bodies(bob) == ["one", "one", "one", "one", "two"])
    await outbox.stop()
  }

  @Test("When the line is down the pause ends, and when it is up again it goes on at once")
  func closing() async throws {
    let attempts = Attempts { _, count in count == 1 ? .later : .arrived }
    let outbox = outbox(attempts)
    try await add("one")
    await outbox.open()
    try await attempts.reach(1)
    await time.untilSleeping(1)
    await outbox.close()
    try await add("two")
    await outbox.wake()
    #expect(attempts.all.count == 1)
    await outbox.open()
    await outbox.drain(within: .seconds(600))
    #expect(attempts.bodies(bob) == ["one", "one", "two"])
    await outbox.stop()
  }

  @Test("One that fails lets the next go; one that is held stops all for its receiver")
  func endings() async throws {
    var step = TextSecureStep()
    step.identities = [bob: [5] + [UInt8](repeating: 1, count: 32)]
    _ = try await environment.store.secure.commit(step)
    let (store, bob) = (environment.store, bob)
    let attempts = Attempts { attempt, _ in
      switch attempt.body {
      case "bad": return .failed(.unregistered)
      case "held":
        do {
          try await store.secure.suspect([5] + [UInt8](repeating: 2, count: 32), of: bob)
        } catch { Issue.record(error) }
        return .held(.identityChanged(of: .someone))
      default: return .arrived
      }
    }
    let outbox = outbox(attempts)
    try await add("bad", "good", "held", "after")
    await outbox.open()
    await outbox.drain(within: .seconds(600))
    #expect(attempts.bodies(bob) == ["bad", "good", "held"])
    let lines = try await store.messages.latest("textsecure:\(bob)", limit: 9)
    #expect(lines.map(\.status) == [.failed, .sent, .queued, .queued])
    let changed = SendFailure.identityChanged(of: .someone)
    #expect(lines.map(\.failure) == [.unregistered, nil, changed, changed])
    await outbox.stop()
  }

  @Test("What cannot be stored is not followed by anything until it can")
  func storeFails() async throws {
    let store = environment.store
    let attempts = Attempts { _, count in
      if count == 1 {
        do {
          try await store.database.write {
            try $0.run(
              """
              CREATE TRIGGER full BEFORE DELETE ON dispatch
                BEGIN SELECT RAISE(ABORT, 'full'); END;
              """)
          }
        } catch {
          Issue.record(error)
        }
      }
      return .arrived
    }
    let outbox = outbox(attempts)
    try await add("one", "two")
    await outbox.open()
    await time.untilSleeping(1)
    #expect(attempts.bodies(bob) == ["one"])
    try await store.database.write { try $0.run("DROP TRIGGER full") }
    time.advance(by: .seconds(1))
    await outbox.drain(within: .seconds(600))
    #expect(attempts.bodies(bob) == ["one", "one", "two"])
    #expect(try await left() == 0)
    await outbox.stop()
  }

  @Test("Draining ends when its time is over; stopping ends attempts under way")
  func limits() async throws {
    let attempts = Attempts { _, _ in .later }
    let outbox = outbox(attempts)
    try await add("one")
    await outbox.open()
    try await attempts.reach(1)
    await time.untilSleeping(1)
    let draining = Task { await outbox.drain(within: .milliseconds(1)) }
    await time.release(.milliseconds(1))
    await draining.value
    await outbox.stop()
    #expect(try await left() == 1)
    await outbox.wake()
    #expect(try await environment.store.messages.unsent(.textsecure).map(\.text) == ["one"])
  }
}
