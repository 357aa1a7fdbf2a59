import Accounts
import Clocks
import Cryptography
import Domain
import Phrases
import Storage
import Trading
import TradingService
import Transport

/// Plays a recorded session back through the real client, outages included: a server on loopback says
/// what the recorded one said, and what a person asked for then is asked for again.
///
/// Nothing of it touches a profile: account, orders and journal live in memory.
package struct SessionReplay: Sendable {
  private let session: RecordedSession
  private let speed: Double?
  private let network: Network

  /// - Parameter speed: how many recorded seconds pass in one; nil for no waiting at all.
  package init(_ session: RecordedSession, speed: Double? = nil, network: Network) {
    self.session = session
    self.speed = speed
    self.network = network
  }

  /// Emits every change of an order and of a balance, as the watching commands do. Throws when no
  /// server can be started.
  package func run(
    emit: @escaping @Sendable (ReplayOutput) async -> Void
  ) async throws(UserError) {
    guard let start = session.frames.first?.at else { return }
    let server = ReplayServer()
    let listener: HTTPServer
    let store: Store
    do {
      listener = try HTTPServer(.init(), network: network) { await server.answer($0) }
      store = try Store.inMemory()
    } catch {
      throw UserError(
        .failed, code: "replay", "The recording cannot be played: \(error)",
        hint: Phrase.tryAgain.text)
    }
    let time = ManualTime(wallTime: start)
    let hub = hub(store, port: listener.port, time, server)
    let account = AccountRecord(
      service: .trading, url: hub.settings[.trading].url ?? "", identifier: "replay",
      secret: Secret("replay"), settings: AccountSettings(dialect: session.dialect.rawValue),
      createdAt: start)
    let news = hub.environment.changes.listen()
    let printing = Task {
      var balances: [String: BalanceOutput] = [:]
      for await change in news { await ReplayOutput.lines(change, &balances, emit) }
    }
    do {
      try await store.accounts.save(account)
    } catch {
      throw UserError(storing: error)
    }
    let trader = try await hub.open(.exchange, as: TradingAccount.self)
    await ReplayDriver(server: server, trader: trader, time: time, speed: speed).play(
      session.frames)
    await server.close()
    await hub.close()
    await listener.stop()
    printing.cancel()
    await printing.value
  }

  private func hub(
    _ store: Store, port: UInt16, _ time: ManualTime, _ server: ReplayServer
  ) -> AccountHub {
    var settings = HubSettings()
    settings[.trading].url = "ws://127.0.0.1:\(port)/ws/v1/stream"
    return AccountHub(
      environment: AccountEnvironment(
        store: store, network: network, time: time, random: SystemRandom()),
      settings: settings,
      services: [.trading(recorder: HandledFrameRecorder(server: server), isReplay: true)])
  }
}

/// Tells the server which frames the client has handled.
private struct HandledFrameRecorder: TradingRecorder {
  let server: ReplayServer

  func record(_ frame: RecordedFrame) {
    guard frame.event == .in || frame.event == .close else { return }
    Task { await server.noteHandled(frame.purpose) }
  }
}

/// What a replay prints: the line of `orders --watch` or of `balances --watch`.
package enum ReplayOutput: Encodable, Sendable, Equatable {
  case order(OrderOutput)
  case balance(BalanceOutput)

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .order(let line): try line.encode(to: encoder)
    case .balance(let line): try line.encode(to: encoder)
    }
  }

  static func lines(
    _ change: AccountEvent, _ shown: inout [String: BalanceOutput],
    _ emit: @Sendable (ReplayOutput) async -> Void
  ) async {
    switch change {
    case .order(let order): await emit(.order(OrderOutput(order)))
    case .balances(let balances):
      for line in balances.map(BalanceOutput.init) where !line.isSame(as: shown[line.asset]) {
        shown[line.asset] = line
        await emit(.balance(line))
      }
    default: break
    }
  }
}
