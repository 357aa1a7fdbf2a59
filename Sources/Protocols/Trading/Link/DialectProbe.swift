import Cryptography
import Transport

/// How a server wants to be spoken to.
public struct ServerManner: Sendable, Equatable, Codable {
  /// Whose description of the interface it follows.
  public var dialect: Dialect
  /// The order of the fields that its signatures cover.
  public var keyOrder: KeyOrder

  /// A manner of speaking.
  public init(dialect: Dialect, keyOrder: KeyOrder) {
    self.dialect = dialect
    self.keyOrder = keyOrder
  }
}

/// Finds out how a server wants to be spoken to, by authentication and by questions that change
/// nothing: never by a swap.
///
/// The two dialects sign with different keys, so a second authentication settles it at most; the
/// order of fields shows when an estimate is refused for its signature after authentication passed.
public struct DialectProbe: Sendable {
  private let configuration: TradingConfiguration
  private let credentials: TradingCredentials
  private let network: Network
  private let time: any TimeSource
  private let random: any RandomSource

  /// - Parameter configuration: its dialect and key order are tried first.
  public init(
    configuration: TradingConfiguration, credentials: TradingCredentials, network: Network,
    time: any TimeSource = SystemTime(), random: any RandomSource = SystemRandom()
  ) {
    self.configuration = configuration
    self.credentials = credentials
    self.network = network
    self.time = time
    self.random = random
  }

  /// Asks, for as long as `patience` at most. Throws what the server refused the first dialect with
  /// if it refuses both, and `notReady` when time is up.
  public func run(within patience: Duration) async throws(TradingError) -> ServerManner {
    try await withDeadline(patience, time: time, error: TradingError.notReady) {
      () throws(TradingError) in
      let first = configuration.dialect
      do throws(TradingError) {
        return try await manner(of: first)
      } catch let refusal {
        guard refusal.mayBeTheDialect else { throw refusal }
        do throws(TradingError) {
          return try await manner(of: first == .doc ? .sdk : .doc)
        } catch {
          throw error.mayBeTheDialect ? refusal : error
        }
      }
    }
  }

  private func manner(of dialect: Dialect) async throws(TradingError) -> ServerManner {
    var configuration = configuration
    configuration.dialect = dialect
    let context = LinkContext(
      configuration: configuration, credentials: credentials, network: network, time: time,
      random: random)
    let (events, sink) = AsyncStream.makeStream(of: Lane.Event.self)
    let lane = Lane(.quotes, context) { sink.yield($0) }
    let run = Task { await lane.run() }
    let result = await ask(lane, context, events)
    await lane.stop()
    run.cancel()
    await run.value
    return try result.get()
  }

  private func ask(
    _ lane: Lane, _ context: LinkContext, _ events: AsyncStream<Lane.Event>
  ) async -> Result<ServerManner, TradingError> {
    for await event in events {
      switch event {
      case .stopped(let error): return .failure(error)
      case .waiting(_, let error) where error.mayBeTheDialect: return .failure(error)
      case .online:
        await tryOrder(lane)
        return .success(
          ServerManner(dialect: context.configuration.dialect, keyOrder: context.keyOrder))
      default: continue
      }
    }
    return .failure(.notReady)
  }

  /// The lane tries the other order by itself when an estimate is refused for its signature. Any other
  /// refusal comes after the signature was accepted.
  private func tryOrder(_ lane: Lane) async {
    let patience = configuration.timeouts.queue
    var assets: [String] = []
    if case .balances(let balances)? = try? await lane.ask(.balances, within: patience) {
      assets = balances.filter { $0.total.isPositive }.map(\.asset)
    }
    assets += ["ETH", "USDT"].filter { !assets.contains($0) }
    guard let amount = try? Amount(userText: "1"),
      let question = try? QuoteRequest(from: assets[0], to: assets[1], amount: amount)
    else { return }
    _ = try? await lane.ask(.estimate(question), within: patience)
  }
}

extension TradingError {
  /// Whether an authentication in another dialect may pass.
  fileprivate var mayBeTheDialect: Bool {
    guard case .refused(let refusal, _) = self else { return false }
    switch refusal {
    case .invalidSignature, .badRequest, .other: return true
    default: return false
    }
  }
}
