import Cryptography
import Storage
import Synchronization
import TestSupport
import Testing
import Trading
import TradingSupport
import Transport

@testable import Accounts
@testable import TradingService

/// One round: a person swaps twice while lines break and the program may be killed and started again
/// on what it had written. Then the server's log is held against the journal.
struct DropRun {
  /// How many swaps the person makes.
  private static let swaps = 2
  private static let words = ["FILLED", "FAILED", "CANCELLED", "REJECTED", "NOT_SENT"]

  let plan: DropPlan
  let network: Network

  /// What is wrong afterwards; nothing, that is.
  func complaints() async throws -> [String] {
    let time = FastTime(factor: 20)
    let rig = try await TradingRig(
      faults: plan.faults, seed: plan.seed, time: time, network: network)
    let store = try Store.inMemory()
    let environment = AccountEnvironment(
      store: store, network: network, time: time, random: SeededRandom(seed: plan.seed))
    var begun = 0
    var life = 0
    // A program that was killed is started again, once, and then lives.
    while life < 2 {
      let journal = MortalJournal(
        book: TradingService.StoredSwapJournal(environment: environment),
        death: life == 0 ? plan.death : nil)
      let client = rig.client(journal: journal, seed: plan.seed &+ UInt64(life))
      let draining = Task {
        for await event in client.events {
          guard case .state(.stopped) = event, journal.isAlive else { continue }
          // A person would try again; the key was right before.
          do {
            try await time.sleep(for: .seconds(1))
            await client.start(following: try await store.orders.open().map(OpenOrder.init))
          } catch { return }
        }
      }
      await client.start(following: try await store.orders.open().map(OpenOrder.init))
      let killer = life == 0 ? kill(journal, time) : nil
      while begun < DropRun.swaps, journal.isAlive {
        begun += 1
        await swap(client, "round-\(plan.round)-\(begun)", time, journal)
      }
      let isOver = journal.isAlive ? try await settle(store, rig, time, journal) : true
      killer?.cancel()
      await client.stop()
      draining.cancel()
      await draining.value
      if !isOver { break }
      life += journal.isAlive ? 2 : 1
    }
    await rig.end()
    return try await check(store, rig.log)
  }

  private func kill(_ journal: MortalJournal, _ time: FastTime) -> Task<Void, Never>? {
    guard case .after(let milliseconds)? = plan.death else { return nil }
    return Task {
      do { try await time.sleep(for: .milliseconds(milliseconds)) } catch { return }
      journal.die()
    }
  }

  /// Asks for a price until there is one, then swaps once.
  private func swap(
    _ client: TradingClient, _ id: String, _ time: FastTime, _ journal: MortalJournal
  ) async {
    for _ in 0..<40 where journal.isAlive {
      do {
        let outcome = try await client.trade(id, "0.001")
        if case .notSent(.notReady) = outcome { throw TradingError.notReady }
        return
      } catch {
        // The line is down: a person would try again when it is up.
        do { try await time.sleep(for: .milliseconds(700)) } catch { return }
      }
    }
  }

  /// Waits until every order has ended here and there, or is given up as unknown; false if that takes
  /// ten minutes.
  private func settle(
    _ store: Store, _ rig: TradingRig, _ time: FastTime, _ journal: MortalJournal
  ) async throws -> Bool {
    let end = time.uptime + .seconds(600)
    while time.uptime < end {
      guard journal.isAlive else { return true }
      let open = try await store.orders.open()
      let isQuiet = rig.log.orders.values.allSatisfy {
        $0.values.allSatisfy(DropRun.words.contains)
      }
      let lacking = try await store.orders.lackingAmounts()
      if isQuiet, open.allSatisfy(\.isLost), lacking.isEmpty {
        return true
      }
      try await time.sleep(for: .milliseconds(200))
    }
    return false
  }

  private func check(_ store: Store, _ log: ServerLog) async throws -> [String] {
    var complaints: [String] = []
    if log.duplicates > 0 { complaints.append("a swap was sent twice") }
    if case .broken(let line, let reason) = try await store.journal.verify() {
      complaints.append("the journal is broken at \(line): \(reason)")
    }
    let kept = try await store.orders.recent(limit: 1000)
    for (id, executed) in log.orders {
      if executed.count > 1 { complaints.append("\(id) was executed \(executed.count) times") }
      guard let order = kept.first(where: { $0.clientOrderId == id }) else {
        complaints.append("\(id) was executed and is forgotten")
        continue
      }
      let (theirs, status) = executed.first ?? ("", "")
      if order.orderId != theirs || order.status.text != status {
        complaints.append("\(id) is \(order.status) as \(order.orderId ?? "-"), not \(status)")
      }
      let lines = try await store.journal.lines(of: id)
      if lines.first?.entry.kind != .intent { complaints.append("\(id) was not intended") }
    }
    for order in kept where log.orders[order.clientOrderId] == nil {
      let isExplained = [.notSent, .rejected, .lost].contains(order.status)
      if !isExplained || order.reason?.isEmpty != false {
        complaints.append("\(order.clientOrderId) is \(order.status): \(order.reason ?? "why?")")
      }
    }
    return complaints
  }
}

/// The console's journal until the program dies; then nothing is written any more, as after kill -9.
final class MortalJournal: SwapJournal {
  struct Dead: Error {}

  private struct State {
    var isAlive = true
    var lines = 0
  }

  private let book: TradingService.StoredSwapJournal
  private let death: DropPlan.Death?
  private let state = Mutex(State())

  init(book: TradingService.StoredSwapJournal, death: DropPlan.Death?) {
    self.book = book
    self.death = death
  }

  var isAlive: Bool { state.withLock { $0.isAlive } }
  func die() { state.withLock { $0.isAlive = false } }

  func willSend(_ intent: SwapIntent) async throws {
    try await write { try await book.willSend(intent) }
  }

  func record(_ event: SwapEvent) async throws {
    try await write { try await book.record(event) }
  }

  private func write(_ work: () async throws -> Void) async throws {
    let line = state.withLock { state in
      state.lines += 1
      return state.lines
    }
    if case .atLine(line, isWritten: false)? = death { die() }
    guard isAlive else { throw Dead() }
    try await work()
    if case .atLine(line, isWritten: true)? = death { die() }
  }
}
