import Clocks
import Cryptography
import Domain
import Synchronization
import Transport

/// Finds out how a server wants to be spoken to, by authentication and by questions that change
/// nothing: never by a swap.
///
/// The key of signatures shows at authentication, what an empty request is at the balances, names and
/// the order of fields at an estimate. Each is found by itself, so that a server with a bit of both
/// ways works. At most three attempts are refused; what is not known then shows later, since the
/// client learns from refused questions all the time.
public struct DialectProbe: Sendable {
  /// One for each difference between the document and the libraries.
  static let mostRefusals = 3

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

  /// Asks, for as long as `patience` at most. Throws what the server refused the first key with if it
  /// refuses both, and what kept it from being reached, or `notReady`, when time is up.
  public func run(within patience: Duration) async throws(TradingError) -> SpokenDialect {
    let trouble = Trouble()
    do throws(TradingError) {
      return try await withDeadline(patience, time: time, error: TradingError.notReady) {
        () throws(TradingError) in
        let first = configuration.dialect
        do throws(TradingError) {
          return try await spoken(of: first, bearing: DialectProbe.mostRefusals, trouble)
        } catch let refusal {
          guard refusal.mayBeTheDialect else { throw refusal }
          // A server that has the one side's key most likely has the rest of that side too.
          let other = first.key.other
          do throws(TradingError) {
            return try await spoken(
              of: Dialect(key: other, names: other, empty: other),
              bearing: DialectProbe.mostRefusals - 1, trouble)
          } catch {
            throw error.mayBeTheDialect ? refusal : error
          }
        }
      }
    } catch {
      throw error == .notReady ? trouble.last ?? error : error
    }
  }

  /// The last failure of a connection that is tried again.
  private final class Trouble: Sendable {
    private let error = Mutex<TradingError?>(nil)
    var last: TradingError? { error.withLock { $0 } }
    func note(_ error: TradingError) { self.error.withLock { $0 = error } }
  }

  private func spoken(
    of dialect: Dialect, bearing refusals: Int, _ trouble: Trouble
  ) async throws(TradingError) -> SpokenDialect {
    var configuration = configuration
    configuration.dialect = dialect
    let context = ConnectionContext(
      configuration: configuration, credentials: credentials, network: network, time: time,
      random: random, bearing: refusals)
    let (events, sink) = AsyncStream.makeStream(of: TradingConnection.Event.self)
    let connection = TradingConnection(.quotes, context) { sink.yield($0) }
    let run = Task { await connection.run() }
    let result = await ask(connection, context, events, trouble)
    await connection.stop()
    run.cancel()
    await run.value
    return try result.get()
  }

  private func ask(
    _ connection: TradingConnection, _ context: ConnectionContext,
    _ events: AsyncStream<TradingConnection.Event>, _ trouble: Trouble
  ) async -> Result<SpokenDialect, TradingError> {
    for await event in events {
      switch event {
      case .stopped(let error): return .failure(error)
      case .waiting(_, let error) where error.mayBeTheDialect: return .failure(error)
      case .waiting(_, let error): trouble.note(error)
      case .online:
        await question(connection, context)
        return .success(context.knowledge.spoken)
      default: continue
      }
    }
    return .failure(.notReady)
  }

  /// The connection tries the other way by itself when a question is refused.
  private func question(_ connection: TradingConnection, _ context: ConnectionContext) async {
    let patience = configuration.timeouts.queue
    let knowledge = context.knowledge
    let guess = knowledge.spoken.dialect
    var assets: [String] = []
    if case .balances(let balances)? = try? await connection.ask(.balances, within: patience) {
      assets = balances.balances.filter { $0.total.isPositive }.map(\.asset)
    }
    var spoken = knowledge.spoken
    if spoken.dialect.empty != guess.empty, spoken.dialect.names == guess.empty {
      spoken.dialect.names = spoken.dialect.empty
      knowledge.adopt(spoken)
    }
    guard knowledge.refusalsLeft != 0 else { return }
    assets += ["ETH", "USDT"].filter { !assets.contains($0) }
    guard let amount = try? Amount(userText: "1"),
      let question = try? QuoteRequest(from: assets[0], to: assets[1], amount: amount)
    else { return }
    // Whatever it costs: the answer or the refusals have taught the connection what there is to learn.
    _ = try? await connection.ask(.estimate(question), within: patience)
  }
}

extension TradingError {
  /// Whether an authentication with the other key may pass.
  fileprivate var mayBeTheDialect: Bool {
    guard case .refused(let refusal, _) = self else { return false }
    switch refusal {
    case .invalidSignature, .badRequest, .other: return true
    default: return false
    }
  }
}
