import Clocks
import Cryptography
import Domain
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Trading

/// A client connected to a scripted server, on a clock that stands still.
struct ClientFixture {
  static let reply: Duration = .seconds(7)
  static let idle: Duration = .seconds(111)
  static let firstBackoff: Range<Duration> = .zero..<(.milliseconds(500))

  let network: Network
  let server: ScriptedServer
  let time: ManualTime
  let journal: RecordingJournal
  let client: TradingClient
  private var events: AsyncStream<TradingEvent>.Iterator
  /// All events that were read so far.
  private(set) var seen: [TradingEvent] = []

  init(
    headers: HTTPHeaders = [:], upgradeStatus: Int = 101, hasWorked: Bool = false,
    time: ManualTime = ManualTime(),
    script: @escaping ScriptedServer.Script = { _ in .usual }
  ) throws {
    let network = Network()
    let server = try ScriptedServer(
      network: network, headers: headers, upgradeStatus: upgradeStatus, script: script)
    self.network = network
    self.server = server
    self.time = time
    journal = RecordingJournal { server.log.count("swap") }
    var configuration = TradingConfiguration()
    configuration.url = server.url
    configuration.hasWorked = hasWorked
    configuration.timeouts.reply = Self.reply
    configuration.timeouts.idle = Self.idle
    client = TradingClient(
      configuration: configuration,
      credentials: TradingCredentials(key: Secret("fake-key"), secret: Secret("fake-secret")),
      journal: journal, network: network, time: time, random: SeededRandom(seed: 4))
    events = client.events.makeAsyncIterator()
  }

  /// Starts, and waits until swaps are possible.
  mutating func connect(following open: [OpenOrder] = []) async {
    await client.start(following: open)
    await skip { $0 == .state(.online) }
  }

  /// Reads events up to one that fulfils `condition`, and returns it.
  @discardableResult
  mutating func skip(to condition: (TradingEvent) -> Bool) async -> TradingEvent? {
    while let event = await events.next(isolation: nil) {
      seen.append(event)
      if condition(event) { return event }
    }
    return nil
  }

  /// Reads up to an order in this state.
  mutating func skip(to status: OrderStatus) async {
    await skip { event in
      if case .order(let state, _) = event { return state.status == status }
      return false
    }
  }

  /// Reads up to a failed connection, and lets the pause after it pass.
  mutating func passPause() async {
    let event = await skip { event in
      if case .state(.waiting) = event { return true }
      return false
    }
    if case .state(.waiting(let pause, _))? = event { await time.release(pause) }
  }

  func quote() async throws -> Quote {
    try await client.estimate(
      QuoteRequest(from: "ETH", to: "USDT", amount: try Amount(userText: "1.5")))
  }

  func request(_ id: String = "mine-1", slippage: Int = 30) throws -> SwapRequest {
    try SwapRequest(
      from: "ETH", to: "USDT", amount: try Amount(userText: "1.5"), slippageBps: slippage,
      clientOrderId: try #require(ClientOrderID(id)))
  }

  func swap(_ id: String = "mine-1") async throws -> SwapOutcome<TradingError> {
    await client.swap(try request(id), quote: try await quote())
  }

  /// A swap whose answer the test does not wait for at once.
  func swapping() async throws -> Task<SwapOutcome<TradingError>, Never> {
    let (client, request, quote) = (client, try request(), try await quote())
    return Task { await client.swap(request, quote: quote) }
  }

  func end() async {
    await client.stop()
    await server.stop()
  }
}

/// Keeps what a client journals, and how many swaps the server had seen at that moment.
final class RecordingJournal: SwapJournal {
  struct Full: Error {}

  private struct State {
    var intents: [(intent: SwapIntent, swapsSeen: Int)] = []
    var events: [SwapEvent] = []
    var isFull = false
    var hook: (@Sendable (SwapEvent?) async -> Void)?
  }

  private let state = Mutex(State())
  private let swapsSeen: @Sendable () -> Int

  init(swapsSeen: @escaping @Sendable () -> Int) { self.swapsSeen = swapsSeen }

  var intents: [SwapIntent] { state.withLock { $0.intents.map(\.intent) } }
  /// How many swaps had reached the server when each intent was journalled.
  var swapsSeenAtIntents: [Int] { state.withLock { $0.intents.map(\.swapsSeen) } }
  var events: [SwapEvent] { state.withLock { $0.events } }
  func fill() { state.withLock { $0.isFull = true } }
  /// Runs before anything is kept: with nil before an intent.
  func beforeEach(_ hook: @escaping @Sendable (SwapEvent?) async -> Void) {
    state.withLock { $0.hook = hook }
  }

  func willSend(_ intent: SwapIntent) async throws {
    await state.withLock { $0.hook }?(nil)
    let seen = swapsSeen()
    try state.withLock { state in
      if state.isFull { throw Full() }
      state.intents.append((intent, seen))
    }
  }

  func record(_ event: SwapEvent) async throws {
    await state.withLock { $0.hook }?(event)
    try state.withLock { state in
      if state.isFull { throw Full() }
      state.events.append(event)
    }
  }
}
