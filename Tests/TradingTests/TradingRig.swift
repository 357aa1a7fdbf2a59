import Clocks
import Cryptography
import Domain
import Sandbox
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Trading

/// The sandbox's trading server, clients of it, and what the server tells of them.
final class TradingRig: Sendable {
  let network: Network
  let time: any TimeSource
  let sandbox: TradingSandbox
  let log = ServerLog()
  private let listening: Task<Void, Never>

  init(
    faults: String = "", scenario: Scenario = .quiet, seed: UInt64 = 1, time: any TimeSource,
    network: Network = Network()
  ) async throws {
    var options = SandboxOptions()
    options.scenario = scenario
    options.seed = seed
    options.faults = try FaultPlan(parsing: faults)
    self.network = network
    self.time = time
    sandbox = try await TradingSandbox(options, network: network, time: time)
    let (events, log) = (sandbox.events, log)
    listening = Task { for await event in events { log.take(event) } }
  }

  var credentials: TradingCredentials {
    TradingCredentials(key: Secret(sandbox.key), secret: sandbox.secret)
  }

  func configuration(
    _ dialect: Dialect = .doc, _ keyOrder: KeyOrder = .sorted
  ) -> TradingConfiguration {
    var configuration = TradingConfiguration()
    configuration.url = sandbox.url
    configuration.dialect = dialect
    configuration.keyOrder = keyOrder
    return configuration
  }

  func client(
    _ configuration: TradingConfiguration? = nil, journal: (any SwapJournal)? = nil,
    seed: UInt64 = 3
  ) -> TradingClient {
    TradingClient(
      configuration: configuration ?? self.configuration(), credentials: credentials,
      journal: journal ?? RecordingJournal { 0 }, network: network, time: time,
      random: SeededRandom(seed: seed))
  }

  func end() async {
    await sandbox.stop()
    await listening.value
  }
}

/// What a server told.
final class ServerLog: Sendable {
  private struct State {
    var events: [SandboxEvent] = []
    var waiters: [(isMet: @Sendable ([SandboxEvent]) -> Bool, CheckedContinuation<Void, Never>)] =
      []
  }

  private let state = Mutex(State())

  var events: [SandboxEvent] { state.withLock { $0.events } }

  func take(_ event: SandboxEvent) {
    let woken = state.withLock { state in
      state.events.append(event)
      let events = state.events
      let met = state.waiters.filter { $0.isMet(events) }
      state.waiters.removeAll { $0.isMet(events) }
      return met
    }
    for (_, waiter) in woken { waiter.resume() }
  }

  func until(_ isMet: @escaping @Sendable ([SandboxEvent]) -> Bool) async {
    await withCheckedContinuation { waiter in
      let now = state.withLock { state in
        if isMet(state.events) { return true }
        state.waiters.append((isMet, waiter))
        return false
      }
      if now { waiter.resume() }
    }
  }

  func requests(_ name: String) -> Int {
    events.count { event in
      if case .request(_, _, name) = event { true } else { false }
    }
  }

  /// What clients were refused with.
  var refusals: [String] {
    events.compactMap { event in
      if case .refused(_, _, let error) = event { error } else { nil }
    }
  }

  var duplicates: Int {
    events.count { event in
      if case .duplicateOrder = event { true } else { false }
    }
  }

  /// The server's ids and last statuses of its orders, by the client's ids.
  var orders: [String: [String: String]] {
    var orders: [String: [String: String]] = [:]
    for case .order(let id, let clientId?, let status) in events {
      orders[clientId, default: [:]][id] = status
    }
    return orders
  }
}

/// A client's events as they come, remembered.
actor Listener {
  private(set) var seen: [TradingEvent] = []
  private var waiters:
    [(isMet: @Sendable ([TradingEvent]) -> Bool, waiter: CheckedContinuation<Void, Never>)] = []
  private var task: Task<Void, Never>?

  func listen(to client: TradingClient) {
    task = Task { for await event in client.events { take(event) } }
  }

  private func take(_ event: TradingEvent) {
    seen.append(event)
    let met = waiters.filter { $0.isMet(seen) }
    waiters.removeAll { $0.isMet(seen) }
    for (_, waiter) in met { waiter.resume() }
  }

  func until(_ isMet: @escaping @Sendable ([TradingEvent]) -> Bool) async {
    if isMet(seen) { return }
    await withCheckedContinuation { waiters.append((isMet, $0)) }
  }

  func untilOnline() async { await until { $0.contains(.state(.online)) } }

  /// The statuses of an order, each time that one was told.
  func statuses(of id: String) -> [OrderStatus] {
    seen.compactMap { event in
      if case .order(let state, _) = event, state.clientOrderId == id || state.orderId == id {
        return state.status
      }
      return nil
    }
  }

  func until(_ id: String, is status: OrderStatus) async {
    await until { events in
      events.contains { event in
        if case .order(let state, _) = event {
          return (state.clientOrderId == id || state.orderId == id) && state.status == status
        }
        return false
      }
    }
  }
}

extension TradingClient {
  /// Quotes and swaps a little ether.
  func trade(_ id: String, _ amount: String = "0.01") async throws -> SwapOutcome<TradingError> {
    let question = try QuoteRequest(from: "ETH", to: "USDT", amount: Amount(userText: amount))
    let quote = try await estimate(question)
    return await swap(
      try SwapRequest(
        from: "ETH", to: "USDT", amount: question.amount, slippageBps: 50,
        clientOrderId: try #require(ClientOrderID(id))), quote: quote)
  }
}
