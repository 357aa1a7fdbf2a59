import Clocks
import Cryptography
import Domain
import Sandbox
import TestSupport
import Trading
import Transport

/// The sandbox's trading server, clients of it, and what the server tells of them.
package final class TradingRig: Sendable {
  package let network: Network
  package let time: any TimeSource
  package let sandbox: TradingSandbox
  package let log = ServerLog()
  private let listening: Task<Void, Never>

  package init(
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
    listening = Task { for await event in events { log.note(event) } }
  }

  package var credentials: TradingCredentials {
    TradingCredentials(key: Secret(sandbox.key), secret: sandbox.secret)
  }

  package func configuration(
    _ dialect: Dialect = .doc, _ keyOrder: KeyOrder = .sorted
  ) -> TradingConfiguration {
    var configuration = TradingConfiguration()
    configuration.url = sandbox.url
    configuration.dialect = dialect
    configuration.keyOrder = keyOrder
    return configuration
  }

  package func client(
    _ configuration: TradingConfiguration? = nil, journal: (any SwapJournal)? = nil,
    seed: UInt64 = 3
  ) -> TradingClient {
    TradingClient(
      configuration: configuration ?? self.configuration(), credentials: credentials,
      journal: journal ?? SilentJournal(), network: network, time: time,
      random: SeededRandom(seed: seed))
  }

  package func end() async {
    await sandbox.stop()
    await listening.value
  }
}

/// Keeps nothing.
private struct SilentJournal: SwapJournal {
  func willSend(_ intent: SwapIntent) async throws {}
  func record(_ event: SwapEvent) async throws {}
}

extension TradingClient {
  /// Quotes and swaps a little ether.
  package func trade(
    _ id: String, _ amount: String = "0.01"
  ) async throws -> SwapOutcome<TradingError> {
    let question = try QuoteRequest(from: "ETH", to: "USDT", amount: Amount(userText: amount))
    let quote = try await estimate(question)
    guard let clientOrderID = ClientOrderID(id) else { throw Missed("an order id in \(id)") }
    return await swap(
      try SwapRequest(
        from: "ETH", to: "USDT", amount: question.amount, slippageBps: 50,
        clientOrderId: clientOrderID), quote: quote)
  }
}
